"""Covered area of equal footprints, all at once."""

import shapely

from mesomap.atlas.areas import polygonal
from mesomap.atlas.atlas import Atlas
from mesomap.atlas.skin import SkinArray
from mesomap.coverage.footprints import footprints
from mesomap.coverage.shapes import union


def covered_area_cm2(atlas: Atlas, region_id: str, points: SkinArray, radius_mm: float) -> float:
    """Skin of the region within radius_mm of any of the points, reference cm² and mm.

    Points that the region's chart does not hold are left out. Raises NotFoundError for an unknown region.
    """
    chart = atlas.chart(region_id)
    held = points[chart.rows(points.tri) >= 0]
    whole = union(footprints(chart.metric, chart.to_chart(held), radius_mm))
    return chart.metric.area_mm2(polygonal(shapely.intersection(whole, chart.polygon))) / 100.0
