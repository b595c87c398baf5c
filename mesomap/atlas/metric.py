"""True length and area in a chart.

A triangle of the chart maps to its triangle of skin by a linear map J (3 × 2). Its metric is M = Jᵀ J: a
chart vector d is √(dᵀ M d) mm long on the skin, chart area counts √det M times (first fundamental form). The
metric is kept on a fine raster so that thousands of places are read at once; the area of any outline follows
from Green's theorem: ∬ ρ dA = A + ∮ H dy with H(x, y) = ∫ (ρ − 1) dx, ρ = √det M.
"""

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mesomap.atlas.grid import TriangleGrid
from mesomap.atlas.records import Bools, Floats, Ints

_MAX_RASTER = 40_000
_MIN_STEP_MM = 0.4
_FRAYED = 4
#: So many places are read in one go: what is worked out for them stays in the processor's cache.
_AT_ONCE = 4096


def triangle_metric(corners: Floats, xyz: Floats) -> Floats:
    """Metric (n, 3) as m11, m12, m22 of chart triangles (n, 3, 2) whose skin corners are xyz (n, 3, 3), mm.

    A triangle without chart area gets the identity.
    """
    u, v = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    e, f = xyz[:, 1] - xyz[:, 0], xyz[:, 2] - xyz[:, 0]
    det = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    sound = det > 1e-9
    scale = 1.0 / np.where(sound, det, 1.0)[:, None]
    jx = (e * v[:, 1:2] - f * u[:, 1:2]) * scale
    jy = (f * u[:, 0:1] - e * v[:, 0:1]) * scale
    metric = np.column_stack([(jx * jx).sum(axis=1), (jx * jy).sum(axis=1), (jy * jy).sum(axis=1)])
    metric[~sound] = (1.0, 0.0, 1.0)
    return metric


class ChartMetric:
    """The metric of one chart on a raster of `step_mm`, read by bilinear interpolation."""

    def __init__(self, grid: TriangleGrid, corners: Floats, metric: Floats) -> None:
        """corners (n, 3, 2) chart mm; metric (n, 3) per triangle."""
        low, high = corners.min(axis=(0, 1)), corners.max(axis=(0, 1))
        edge = float(np.median(np.linalg.norm(corners[:, 1] - corners[:, 0], axis=1)))
        size = high - low
        coarse = math.sqrt(float(size[0] * size[1]) / _MAX_RASTER)
        self.step_mm = max(edge / 4.0, coarse, _MIN_STEP_MM)
        margin = (_FRAYED + 1) * self.step_mm
        self._origin = low - margin
        self._shape = tuple(math.ceil((s + 2 * margin) / self.step_mm) + 1 for s in size[::-1])
        y, x = np.mgrid[: self._shape[0], : self._shape[1]]
        nodes = np.column_stack([x.ravel(), y.ravel()]) * self.step_mm + self._origin
        row, _ = grid.find(nodes)
        raster = metric[row].reshape(*self._shape, 3)
        held = (row >= 0).reshape(self._shape)
        raster = _grown(raster, held)
        rho = np.sqrt(np.maximum(raster[..., 0] * raster[..., 2] - raster[..., 1] ** 2, 0.0))
        excess = (rho - 1.0) * self.step_mm
        summed = np.cumsum((excess[:, 1:] + excess[:, :-1]) / 2.0, axis=1)
        self._layers = np.concatenate(
            [raster, np.concatenate([np.zeros((self._shape[0], 1)), summed], axis=1)[..., None]], axis=2
        ).reshape(-1, 4)

    def at(self, xy: Floats) -> Floats:
        """Metric (N, 3) as m11, m12, m22 at chart positions (N, 2)."""
        return self._read(xy)[:, :3]

    def _read(self, xy: Floats) -> Floats:
        read = np.empty((len(xy), 4))
        for first in range(0, len(xy), _AT_ONCE):
            read[first : first + _AT_ONCE] = self._read_part(xy[first : first + _AT_ONCE])
        return read

    def _read_part(self, xy: Floats) -> Floats:
        rows, columns = self._shape
        # In place and by take(): a picture of many marks reads millions, and this is twice as fast.
        place = xy - self._origin
        place /= self.step_mm
        px, py = place[:, 0], place[:, 1]
        np.clip(px, 0.0, columns - 1.001, out=px)
        np.clip(py, 0.0, rows - 1.001, out=py)
        ix, iy = px.astype(np.int64), py.astype(np.int64)
        fx, fy = (px - ix)[:, None], (py - iy)[:, None]
        first = iy * columns + ix
        lower, upper = self._across(first, fx), self._across(first + columns, fx)
        lower *= 1.0 - fy
        upper *= fy
        lower += upper
        return lower

    def _across(self, first: Ints, share: Floats) -> Floats:
        """Between the node of a row and the next one of it."""
        read: Floats = self._layers.take(first, axis=0)
        read *= 1.0 - share
        after = self._layers.take(first + 1, axis=0)
        after *= share
        read += after
        return read

    def lengths_mm(self, start: Floats, end: Floats, nodes: int = 5) -> Floats:
        """Skin length (N,) of straight chart segments start → end (N, 2); Simpson on `nodes` (odd) places."""
        along = end - start
        t = np.linspace(0.0, 1.0, nodes)
        places = start[:, None, :] + t[None, :, None] * along[:, None, :]
        m = self.at(places.reshape(-1, 2)).reshape(len(start), nodes, 3)
        dx, dy = along[:, 0, None], along[:, 1, None]
        speed = np.sqrt(np.maximum(m[..., 0] * dx**2 + 2 * m[..., 1] * dx * dy + m[..., 2] * dy**2, 0.0))
        weight = np.full(nodes, 2.0)
        weight[1::2] = 4.0
        weight[[0, -1]] = 1.0
        result: Floats = speed @ weight / (3.0 * (nodes - 1))
        return result

    def area_mm2(self, area: BaseGeometry) -> float:
        """True skin area in mm² of a polygonal chart geometry (0 when empty)."""
        if area.is_empty:
            return 0.0
        plain = float(shapely.area(area))
        rings = shapely.get_rings(shapely.get_parts(shapely.segmentize(shapely.orient_polygons(area), self.step_mm)))
        xy, ring = shapely.get_coordinates(rings, return_index=True)
        same = ring[1:] == ring[:-1]
        h = self._read(xy)[:, 3]
        rise = np.diff(xy[:, 1])
        return plain + float(((h[1:] + h[:-1]) / 2.0 * rise)[same].sum())


def _grown(raster: Floats, held: Bools) -> Floats:
    """Spread the values of held nodes outward a few nodes; farther out the identity."""
    raster = np.where(held[..., None], raster, 0.0)
    known = held.astype(np.float64)
    filled = held.copy()
    for _ in range(_FRAYED):
        total, weight = raster * filled[..., None], known * filled
        sums = np.zeros_like(raster)
        counts = np.zeros_like(known)
        for axis, shift in ((0, 1), (0, -1), (1, 1), (1, -1)):
            sums += np.roll(total, shift, axis=axis)
            counts += np.roll(weight, shift, axis=axis)
        fresh = ~filled & (counts > 0)
        raster[fresh] = sums[fresh] / counts[fresh][:, None]
        known[fresh] = 1.0
        filled |= fresh
    raster[~filled] = (1.0, 0.0, 1.0)
    return raster
