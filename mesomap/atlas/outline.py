"""Areas of skin drawn in a view: cut to what is seen first, then mapped, so that nothing folds at the silhouette."""

import numpy as np
import shapely

from mesomap.atlas.chart import Chart
from mesomap.atlas.records import Floats
from mesomap.atlas.view_map import ViewMap

#: Longest straight piece of an outline, chart mm: skin curves, so longer pieces would cut corners in the view.
STEP_MM = 2.0
_EMPTY = shapely.Polygon()


def visible_part(view_map: ViewMap, chart: Chart) -> shapely.Geometry | None:
    """Part of the chart whose triangles are seen in the view, chart mm; None when all of it is seen."""
    seen = view_map.visible[chart.tri]
    return None if seen.all() else chart.part(seen)


def mapped_area(
    area: shapely.Geometry, view_map: ViewMap, chart: Chart, seen: shapely.Geometry | None
) -> shapely.Geometry:
    """A polygonal chart area as it is seen in the view, view mm: Polygon, MultiPolygon, or empty."""
    cut = area if seen is None else shapely.intersection(area, seen)
    cut = polygonal(cut)
    if cut.is_empty:
        return _EMPTY

    def to_view(xy: Floats) -> Floats:
        points = chart.from_chart(xy)
        flat: Floats = view_map.project(points).xy
        flat[points.tri < 0] = np.nan
        return flat

    fine = shapely.segmentize(cut, STEP_MM)
    parts = []
    for ring_owner in shapely.get_parts(fine):
        xy = to_view(shapely.get_coordinates(ring_owner))
        if np.isfinite(xy).all():
            parts.append(shapely.set_coordinates(ring_owner, xy))
    if not parts:
        return _EMPTY
    whole = [part if part.is_valid else polygonal(shapely.make_valid(part)) for part in parts]
    return polygonal(shapely.union_all(whole)) if len(whole) > 1 else whole[0]


def polygonal(area: shapely.Geometry) -> shapely.Geometry:
    """Only the polygons of a geometry: Polygon, MultiPolygon, or an empty Polygon."""
    if area.geom_type in ("Polygon", "MultiPolygon"):
        return area
    parts = [
        p for p in shapely.get_parts(area) if p.geom_type in ("Polygon", "MultiPolygon") and not p.is_empty
    ]
    return shapely.union_all(parts) if parts else _EMPTY
