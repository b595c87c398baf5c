"""One view: from a position in the picture to the skin, and back."""

import math
from functools import cached_property

import numpy as np

from mesomap.atlas.geometry import Geometry
from mesomap.atlas.grid import TriangleGrid, parts
from mesomap.atlas.normals import cross, cross_rows, dot
from mesomap.atlas.records import Bools, Floats, Ints, Projection, View
from mesomap.atlas.skin import SkinArray
from mesomap.domain.place import SkinPoint


class ViewMap:
    """Maps of one view; the grid is built at the first look-up."""

    def __init__(self, view: View, geometry: Geometry) -> None:
        self.view = view
        self._geometry = geometry

    @cached_property
    def positions(self) -> Floats:
        """Vertices (V, 3) in view axes: x right, y up, z toward the viewer, mm."""
        turned: Floats = self._geometry.positions[self.view.pose] @ self.view.rotation.T
        return turned

    @cached_property
    def visible(self) -> Bools:
        """(T,) triangle seen in this view: turned to the viewer and at least half unhidden."""
        bits = self._geometry.view_visible[self.view.index]
        return np.unpackbits(bits, count=len(self._geometry.tri)).astype(np.bool_)

    @cached_property
    def _grid(self) -> tuple[TriangleGrid, Ints]:
        tri = self._geometry.tri
        ids = np.concatenate([self._shown(part) for part in parts(len(tri))])
        corners = self.positions[tri[ids]]
        return TriangleGrid(corners[:, :, :2], corners[:, :, 2].copy()), ids

    def _shown(self, part: slice) -> Ints:
        """Triangles of a part that are turned to the viewer and reach into the picture."""
        corners = self.positions[self._geometry.tri[part]]
        (xa, xb, xc), (ya, yb, yc), z = np.ascontiguousarray(corners.transpose(2, 1, 0))
        x0, y0, x1, y1 = self.view.box_mm
        rows = np.flatnonzero(
            (np.minimum(np.minimum(*z[:2]), z[2]) > self.view.back_mm)
            & ((xb - xa) * (yc - ya) > (yb - ya) * (xc - xa))
            & (np.maximum(np.maximum(xa, xb), xc) >= x0)
            & (np.minimum(np.minimum(xa, xb), xc) <= x1)
            & (np.maximum(np.maximum(ya, yb), yc) >= y0)
            & (np.minimum(np.minimum(ya, yb), yc) <= y1)
        )
        ids: Ints = rows + part.start
        return ids

    def locate(self, xy: Floats) -> SkinArray:
        """Skin under positions xy (N, 2) mm of the view; −1 beside the skin and off the picture."""
        grid, ids = self._grid
        x0, y0, x1, y1 = self.view.box_mm
        tri, bary = grid.find(xy)
        found = np.flatnonzero(tri >= 0)
        x, y, held = xy[found, 0], xy[found, 1], ids[tri[found]]
        on_skin = (x >= x0) & (y >= y0) & (x <= x1) & (y <= y1) & (self._geometry.tri_region[held] >= 0)
        tri[found] = np.where(on_skin, held, -1)
        bary[found[~on_skin]] = np.nan
        return SkinArray(tri, bary)

    def locate_one(self, x: float, y: float) -> SkinPoint | None:
        """Skin under one position, or None."""
        grid, ids = self._grid
        x0, y0, x1, y1 = self.view.box_mm
        if not (x0 <= x <= x1 and y0 <= y <= y1):
            return None
        hit = grid.find_one(x, y)
        if hit is None:
            return None
        tri = int(ids[hit[0]])
        if self._geometry.tri_region[tri] < 0:
            return None
        return SkinPoint(tri, hit[1], hit[2])

    def cosine_of(self, point: SkinPoint) -> float | None:
        """How squarely one point is seen, as project() says it; None where it is not seen. Builds nothing first."""
        geometry, tri = self._geometry, point.triangle
        if not int(geometry.view_visible[self.view.index, tri >> 3]) >> (7 - (tri & 7)) & 1:
            return None
        a, b, c = geometry.positions[self.view.pose][geometry.tri[tri]].tolist()
        right, up, near = self.view.rotation.tolist()
        normal = cross(a, b, c)
        facing = dot(near, normal)
        if facing <= 0.0:
            return None
        w0, w1, w2 = point.b0, point.b1, 1.0 - point.b0 - point.b1
        at = [w0 * p + w1 * q + w2 * r for p, q, r in zip(a, b, c, strict=True)]
        x0, y0, x1, y1 = self.view.box_mm
        if not (x0 <= dot(right, at) <= x1 and y0 <= dot(up, at) <= y1):
            return None
        return facing / math.sqrt(dot(normal, normal))

    def seen(self) -> Ints:
        """Triangles whose middle is seen in the view, as project() would say; only those that can be are looked at."""
        rows = np.flatnonzero(self.visible)
        return rows[self.project(SkinArray(rows, np.full((len(rows), 2), 1 / 3))).visible]

    def project(self, points: SkinArray) -> Projection:
        """Where the points lie in the view, how squarely they are seen, and whether they are seen."""
        on = points.tri >= 0
        tri = np.where(on, points.tri, 0)
        corners = self.positions[self._geometry.tri[tri]]
        xyz = np.einsum("ni,nij->nj", points.weights(), corners)
        normal = cross_rows(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        length = np.linalg.norm(normal, axis=1)
        cos = np.where(on, normal[:, 2] / np.where(length > 0, length, 1.0), np.nan)
        x0, y0, x1, y1 = self.view.box_mm
        with np.errstate(invalid="ignore"):
            in_box = (xyz[:, :2] >= (x0, y0)).all(axis=1) & (xyz[:, :2] <= (x1, y1)).all(axis=1)
            visible = on & in_box & self.visible[tri] & (cos > 0)
        return Projection(xyz[:, :2], cos, visible)
