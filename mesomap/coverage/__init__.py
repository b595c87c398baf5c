"""Area, overlap, density, spacing and fills, on the skin charts."""

from mesomap.coverage.details import MixtureVolume, RegionDetails
from mesomap.coverage.figures import RegionFigures, Spacing, Tally
from mesomap.coverage.fill import Fill, fill
from mesomap.coverage.tally import Tallier, region_details, shipped_radii, tally

__all__ = [
    "Fill",
    "MixtureVolume",
    "RegionDetails",
    "RegionFigures",
    "Spacing",
    "Tallier",
    "Tally",
    "fill",
    "region_details",
    "shipped_radii",
    "tally",
]
