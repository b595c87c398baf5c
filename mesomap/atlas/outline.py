"""Areas of skin drawn in a view: cut to what is seen first, then mapped: nothing folds at the silhouette."""

import shapely
from shapely.geometry.base import BaseGeometry

from mesomap.atlas.areas import EMPTY, even_odd, polygonal, rings_of
from mesomap.atlas.chart import Chart
from mesomap.atlas.view_map import ViewMap

#: Longest straight piece of an outline, chart mm: skin curves, longer pieces would cut corners in a view.
STEP_MM = 2.0


def visible_part(view_map: ViewMap, chart: Chart) -> BaseGeometry | None:
    """Part of the chart whose triangles are seen in the view, chart mm; None when all of it is seen."""
    seen = view_map.visible[chart.tri]
    return None if seen.all() else chart.part(seen)


def mapped_area(
    area: BaseGeometry, view_map: ViewMap, chart: Chart, seen: BaseGeometry | None
) -> BaseGeometry:
    """A polygonal chart area as it is seen in the view, view mm: Polygon, MultiPolygon, or empty."""
    cut = polygonal(area if seen is None else shapely.intersection(area, seen))
    if cut.is_empty:
        return EMPTY
    mapped = []
    for ring in rings_of(cut, STEP_MM):
        points = chart.from_chart(ring)
        mapped.append(view_map.project(points[points.tri >= 0]).xy)
    return even_odd(mapped)
