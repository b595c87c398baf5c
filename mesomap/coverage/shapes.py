"""Chart shapes of marks: outlines, unions of footprints, areas that a lattice covers."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from mesomap.atlas.areas import EMPTY, even_odd, polygonal
from mesomap.atlas.chart import Chart
from mesomap.atlas.records import Floats
from mesomap.atlas.skin import SkinArray
from mesomap.coverage.footprints import RAYS, footprints
from mesomap.coverage.lattice import lattice_points, reach_mm
from mesomap.domain.marks import Lattice, Outline

#: From so many footprints on they are drawn with fewer corners; the area of each stays right.
MANY, FEW_RAYS = 1000, 12

#: Gaps below a micrometre are rounding, not gaps.
LEAST_GAP_MM = 1e-3


def outline_in_chart(chart: Chart, outline: Outline) -> BaseGeometry:
    """Polygon in chart mm of an outline on the skin (even-odd rings), cut to the region; may be empty."""
    rings = [chart.to_chart(SkinArray.of(ring)) for ring in outline]
    shape = even_odd([ring[np.isfinite(ring).all(axis=1)] for ring in rings])
    return polygonal(shapely.intersection(shape, chart.polygon))


def union(shapes: NDArray[np.object_] | list[BaseGeometry]) -> BaseGeometry:
    """Union of polygons, valid; empty for none."""
    return polygonal(shapely.union_all(shapes)) if len(shapes) else EMPTY


def closed(shape: BaseGeometry, gap_mm: float) -> BaseGeometry:
    """The shape with gaps up to gap_mm between its parts closed (morphological closing)."""
    if gap_mm < LEAST_GAP_MM or shape.is_empty:
        return shape
    wide = shapely.buffer(shape, gap_mm / 2, quad_segs=6)
    return polygonal(shapely.union(shapely.buffer(wide, -gap_mm / 2, quad_segs=6), shape))


def lattice_cover(
    chart: Chart, area: BaseGeometry, spacing_mm: float, lattice: Lattice, radius_mm: float
) -> list[BaseGeometry]:
    """Shapes whose union is covered by footprints on a lattice over `area` (a density technique stores none).

    When the lattice is dense enough to leave no gap, only its rim is drawn disc by disc.
    """
    xy = lattice_points(chart.metric, area, spacing_mm, lattice)
    if radius_mm < reach_mm(spacing_mm, lattice) * 1.05:
        return list(footprints(chart.metric, xy, radius_mm, RAYS if len(xy) < MANY else FEW_RAYS))
    core = shapely.buffer(area, -2 * spacing_mm)
    shapely.prepare(core)
    rim = xy[~shapely.contains_xy(core, xy[:, 0], xy[:, 1])]
    return [*footprints(chart.metric, rim, radius_mm), polygonal(shapely.buffer(area, -spacing_mm))]


def nearest_mm(chart: Chart, xy: Floats) -> Floats:
    """Skin distance of each chart position (N, 2) to its nearest neighbour, reference mm; empty for one."""
    if len(xy) < 2:
        return np.empty(0)
    points = np.asarray(shapely.points(xy))
    first, second = shapely.STRtree(points).query_nearest(points, exclusive=True, all_matches=False)
    return chart.metric.lengths_mm(xy[first], xy[second])
