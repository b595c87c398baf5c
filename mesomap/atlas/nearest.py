"""The nearest skin to a position in space."""

import numpy as np

from mesomap.atlas.geometry import Geometry
from mesomap.atlas.records import Floats
from mesomap.atlas.skin import SkinArray


class NearestSkin:
    """Exact nearest outer skin of pose 0, by bounding spheres of the triangles."""

    def __init__(self, geometry: Geometry) -> None:
        self._ids = np.flatnonzero(geometry.tri_region >= 0)
        self._corners = geometry.positions[0][geometry.tri[self._ids]]
        self._centre = self._corners.mean(axis=1)
        self._radius = np.linalg.norm(self._corners - self._centre[:, None], axis=2).max(axis=1)

    def find(self, xyz: Floats) -> SkinArray:
        """Nearest skin of positions (N, 3) mm; −1 where a position is not finite."""
        found = SkinArray.nowhere(len(xyz))
        for i in np.flatnonzero(np.isfinite(xyz).all(axis=1)).tolist():
            gap = np.linalg.norm(self._centre - xyz[i], axis=1)
            # a centroid is skin, so nothing farther than the nearest centroid can win
            near = np.flatnonzero(gap - self._radius <= gap.min())
            weights, distance = closest_in_triangles(self._corners[near], xyz[i])
            best = int(np.argmin(distance))
            found.tri[i] = self._ids[near[best]]
            found.bary[i] = weights[best, :2]
        return found


def closest_in_triangles(corners: Floats, p: Floats) -> tuple[Floats, Floats]:
    """Weights (n, 3) of the point of each triangle (n, 3, 3) closest to p (3,); its distance (n,) mm."""
    a, u, v = corners[:, 0], corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    w = p - a
    uu, uv, vv = (np.einsum("ij,ij->i", *pair) for pair in ((u, u), (u, v), (v, v)))
    wu, wv = np.einsum("ij,ij->i", w, u), np.einsum("ij,ij->i", w, v)
    det = np.maximum(uu * vv - uv * uv, 1e-18)
    s, t = (vv * wu - uv * wv) / det, (uu * wv - uv * wu) / det
    inner = np.column_stack([1.0 - s - t, s, t])
    weights = inner.copy()
    best = np.where((inner >= 0).all(axis=1), 0.0, np.inf)
    outside = ~np.isfinite(best)
    for k in range(3):
        j = (k + 1) % 3
        start, along = corners[:, k], corners[:, j] - corners[:, k]
        size = np.maximum(np.einsum("ij,ij->i", along, along), 1e-18)
        f = np.clip(np.einsum("ij,ij->i", p - start, along) / size, 0.0, 1.0)
        gap = np.linalg.norm(start + f[:, None] * along - p, axis=1)
        better = outside & (gap < best)
        edge = np.zeros((len(corners), 3))
        edge[:, k], edge[:, j] = 1.0 - f, f
        weights[better] = edge[better]
        best[better] = gap[better]
    place = np.einsum("ni,nij->nj", weights, corners)
    return weights, np.linalg.norm(place - p, axis=1)
