"""Area, overlap, density, spacing and fills, on the skin charts."""

from mesomap.coverage.figures import RegionFigures, Spacing, Tally
from mesomap.coverage.fill import Fill, fill
from mesomap.coverage.tally import Tallier, shipped_radii, tally

__all__ = ["Fill", "RegionFigures", "Spacing", "Tallier", "Tally", "fill", "shipped_radii", "tally"]
