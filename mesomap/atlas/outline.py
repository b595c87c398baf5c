"""Areas of skin drawn in a view: cut to what is seen first, then mapped: nothing folds at the silhouette."""

import shapely
from shapely.geometry.base import BaseGeometry

from mesomap.atlas.areas import EMPTY, even_odd, polygonal
from mesomap.atlas.chart import Chart
from mesomap.atlas.records import Floats
from mesomap.atlas.skin import SkinArray
from mesomap.atlas.view_map import ViewMap

#: Longest straight piece of an outline, chart mm: skin curves, longer pieces would cut corners in a view.
STEP_MM = 2.0
#: Smaller pieces of an area are crumbs of the cut, chart mm².
LEAST_MM2 = 0.05


def visible_part(view_map: ViewMap, chart: Chart) -> BaseGeometry | None:
    """Part of the chart whose triangles are seen in the view, chart mm; None when all of it is seen."""
    seen = view_map.visible[chart.tri]
    return None if seen.all() else chart.part(seen)


def mapped_area(area: BaseGeometry, view_map: ViewMap, chart: Chart, seen: BaseGeometry | None) -> BaseGeometry:
    """A polygonal chart area as it is seen in the view, view mm: Polygon, MultiPolygon, or empty."""
    cut = polygonal(area if seen is None else shapely.intersection(area, seen))
    parts = [part for part in shapely.get_parts(cut) if part.area > LEAST_MM2]
    if not parts:
        return EMPTY
    fine = shapely.segmentize(shapely.MultiPolygon(parts), STEP_MM)
    points = chart.from_chart(shapely.get_coordinates(fine))
    xy = view_map.project(points).xy
    if (points.tri < 0).any():
        return _ring_by_ring(fine, points, xy)
    mapped: BaseGeometry = shapely.set_coordinates(fine, xy)
    if not mapped.is_valid:
        # parts that touch at the silhouette may overlap by a hair: join them, do not cut them out
        mapped = shapely.make_valid(mapped, method="structure", keep_collapsed=False)
    return polygonal(mapped)


def _ring_by_ring(fine: BaseGeometry, points: SkinArray, xy: Floats) -> BaseGeometry:
    """The mapped area when some corners of `fine` found no skin: these are left out."""
    mapped, first = [], 0
    for ring in shapely.get_rings(shapely.get_parts(fine)):
        last = first + shapely.get_num_coordinates(ring)
        known = points.tri[first:last] >= 0
        mapped.append(xy[first:last][known])
        first = last
    return even_odd(mapped)
