"""The skin chart of one region: a flattening in reference mm where distances and areas are (nearly) true."""

from bisect import bisect_left
from functools import cached_property

import numpy as np
from shapely.geometry.base import BaseGeometry

from mesomap.atlas.areas import triangles_area, turned_rings
from mesomap.atlas.geometry import CHART_UNIT_MM, Geometry
from mesomap.atlas.grid import TriangleGrid
from mesomap.atlas.metric import ChartMetric, triangle_metric
from mesomap.atlas.records import Bools, ChartAccuracy, Floats, Ints, Region
from mesomap.atlas.skin import SkinArray
from mesomap.domain.errors import DamagedError
from mesomap.domain.place import SkinPoint

#: A point this far outside the chart's triangles still counts as lying on their edge.
EDGE_SNAP_MM = 0.05


class Chart:
    """Chart of `region`. tri: ids of its triangles, ascending; corners (n, 3, 2): theirs in chart mm."""

    def __init__(self, region: Region, geometry: Geometry) -> None:
        self.region = region
        self._geometry = geometry
        g, r = geometry, region.index
        verts = g.chart_vert[g.chart_vert_offset[r] : g.chart_vert_offset[r + 1]]
        self.xy: Floats = np.multiply(
            g.chart_xy[g.chart_vert_offset[r] : g.chart_vert_offset[r + 1]], CHART_UNIT_MM, dtype=np.float64
        )
        self.tri: Ints = g.chart_tri[g.chart_tri_offset[r] : g.chart_tri_offset[r + 1]].astype(np.int64)
        used = g.tri[self.tri]
        local = np.searchsorted(verts, used)
        if len(verts) == 0 or (local >= len(verts)).any() or (verts[local] != used).any():
            raise DamagedError(
                f"The body atlas file geometry.npz is damaged: the chart of {region.id} lacks corners. "
                "Install MesoMap again to restore it."
            )
        self.corners: Floats = self.xy[local]

    @property
    def accuracy(self) -> ChartAccuracy:
        """Measured flattening error."""
        return self.region.accuracy

    @cached_property
    def grid(self) -> TriangleGrid:
        """Finder of the triangle (row of `tri`) that holds a chart position."""
        return TriangleGrid(self.corners)

    @cached_property
    def metric(self) -> ChartMetric:
        """How long and how large chart lengths and areas truly are, place by place."""
        xyz = self._geometry.positions[0][self._geometry.tri[self.tri]]
        return ChartMetric(self.grid, self.corners, triangle_metric(self.corners, xyz))

    @cached_property
    def domain(self) -> BaseGeometry:
        """Area of the chart with its margin, chart mm (Polygon or MultiPolygon)."""
        return self.part(np.ones(len(self.tri), dtype=np.bool_))

    @cached_property
    def polygon(self) -> BaseGeometry:
        """Outline of the region in chart mm (Polygon or MultiPolygon with holes), valid."""
        g = self._geometry
        rings = []
        for k in range(int(g.ring_start[self.region.index]), int(g.ring_start[self.region.index + 1])):
            part = slice(int(g.ring_offset[k]), int(g.ring_offset[k + 1]))
            xy = self.to_chart(SkinArray(g.ring_tri[part], g.ring_bary[part]))
            if not np.isfinite(xy).all():
                raise DamagedError(
                    f"The body atlas file geometry.npz is damaged: the outline of {self.region.id} "
                    "leaves its chart. Install MesoMap again to restore it."
                )
            rings.append(xy)
        return turned_rings(rings)

    def rows(self, tri: Ints) -> Ints:
        """Row in `tri` of each triangle id, −1 where the chart does not hold it."""
        row = np.searchsorted(self.tri, tri)
        row[row == len(self.tri)] = 0
        return np.where(self.tri[row] == tri, row, -1)

    def to_chart(self, points: SkinArray) -> Floats:
        """Chart positions (N, 2) mm; NaN where the chart does not hold the point."""
        row = self.rows(points.tri)
        xy: Floats = np.einsum("ni,nij->nj", points.weights(), self.corners[row])
        xy[row < 0] = np.nan
        return xy

    def to_chart_one(self, point: SkinPoint) -> tuple[float, float] | None:
        """Chart position of one point, or None."""
        row = bisect_left(self.tri, point.triangle)
        if row == len(self.tri) or self.tri[row] != point.triangle:
            return None
        (x0, y0), (x1, y1), (x2, y2) = self.corners[row].tolist()
        b0, b1, b2 = point.b0, point.b1, 1.0 - point.b0 - point.b1
        return b0 * x0 + b1 * x1 + b2 * x2, b0 * y0 + b1 * y1 + b2 * y2

    def from_chart(self, xy: Floats) -> SkinArray:
        """Skin at chart positions (N, 2) mm; −1 outside the chart."""
        row, bary = self.grid.find(xy)
        lost = np.flatnonzero((row < 0) & np.isfinite(xy).all(axis=1))
        for i in lost.tolist():
            hit = self._on_edge(xy[i])
            if hit is not None:
                row[i], bary[i] = hit
        return SkinArray(np.where(row >= 0, self.tri[row], -1), bary)

    def _on_edge(self, xy: Floats) -> tuple[int, Floats] | None:
        """Triangle whose rim passes within EDGE_SNAP_MM of the position, and the weights on the rim."""
        low, high = self.corners.min(axis=1) - EDGE_SNAP_MM, self.corners.max(axis=1) + EDGE_SNAP_MM
        near = np.flatnonzero((xy >= low).all(axis=1) & (xy <= high).all(axis=1))
        best: tuple[int, Floats] | None = None
        best_gap = EDGE_SNAP_MM
        for row in near.tolist():
            for k in range(3):
                a, b = self.corners[row, k], self.corners[row, (k + 1) % 3]
                along = b - a
                t = float(np.clip((xy - a) @ along / max(float(along @ along), 1e-12), 0.0, 1.0))
                gap = float(np.hypot(*(a + t * along - xy)))
                if gap < best_gap:
                    weights = np.zeros(3)
                    weights[k], weights[(k + 1) % 3] = 1.0 - t, t
                    best, best_gap = (row, weights[:2]), gap
        return best

    def part(self, member: Bools) -> BaseGeometry:
        """Area of the triangles of `tri` that are members (n,), chart mm."""
        return triangles_area(self.corners, self._geometry.tri[self.tri], member)
