"""Area, overlap, density, spacing and fills, on the skin charts.

metric (chart metric grid, written by the lead) -> footprints -> fill, figures, tally.
"""
