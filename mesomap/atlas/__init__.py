"""The body: load it; view ↔ skin ↔ chart; region at; mirror; distance; the patient's scale."""

from mesomap.atlas.atlas import Atlas, open_atlas
from mesomap.atlas.bodies import Bodies
from mesomap.atlas.chart import Chart
from mesomap.atlas.files import atlas_folder
from mesomap.atlas.records import ChartAccuracy, Projection, Region, View, ViewLevel
from mesomap.atlas.skin import SkinArray

__all__ = [
    "Atlas",
    "Bodies",
    "Chart",
    "ChartAccuracy",
    "Projection",
    "Region",
    "SkinArray",
    "View",
    "ViewLevel",
    "atlas_folder",
    "open_atlas",
]
