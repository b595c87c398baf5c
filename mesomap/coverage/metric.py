"""The true metric of a skin chart, sampled on a fine grid.

A chart is nearly, never quite, length-true. The grid holds, at every node, the metric tensor of the triangle under it
(M = JᵀJ, J the map from chart mm to body mm), so that lengths, footprints and areas are those of the skin.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def triangle_metric(corners_xy: Floats, corners_xyz: Floats) -> Floats:
    """Metric tensor of each triangle: (M, 3, 2) chart mm and (M, 3, 3) body mm -> (M, 3) as E, F, G (no unit)."""
    flat = np.stack([corners_xy[:, 1] - corners_xy[:, 0], corners_xy[:, 2] - corners_xy[:, 0]], axis=2)
    skin = np.stack([corners_xyz[:, 1] - corners_xyz[:, 0], corners_xyz[:, 2] - corners_xyz[:, 0]], axis=2)
    jacobian = skin @ np.linalg.inv(flat)
    metric = np.swapaxes(jacobian, 1, 2) @ jacobian
    return np.stack([metric[:, 0, 0], metric[:, 0, 1], metric[:, 1, 1]], axis=1)


@dataclass(frozen=True, eq=False)
class ChartMetric:
    """Metric of one chart on a grid: node (row, column) lies at origin + step * (column, row), chart mm."""

    origin: Floats
    step_mm: float
    tensor: Floats

    @classmethod
    def of(cls, corners_xy: Floats, corners_xyz: Floats, *, nodes: int = 60_000) -> "ChartMetric":
        """Sample the chart with about `nodes` grid nodes. Outside the triangles the chart counts as true (identity)."""
        low, high = corners_xy.reshape(-1, 2).min(axis=0), corners_xy.reshape(-1, 2).max(axis=0)
        step = float(np.clip(np.sqrt(np.prod(high - low) / nodes), 0.25, 4.0))
        shape = np.ceil((high - low) / step).astype(int) + 3
        origin = low - step
        tensor = np.zeros((int(shape[1]), int(shape[0]), 3))
        tensor[..., 0] = tensor[..., 2] = 1.0
        columns, rows, owner = _nodes_in_triangles((corners_xy - origin) / step)
        tensor[rows, columns] = triangle_metric(corners_xy, corners_xyz)[owner]
        return cls(origin, step, tensor)

    def at(self, xy: Floats) -> Floats:
        """Metric (…, 3) at chart positions (…, 2) in mm, bilinear between nodes, held at the rim."""
        rows, columns = self.tensor.shape[:2]
        place = (xy - self.origin) / self.step_mm
        column = np.clip(place[..., 0], 0.0, columns - 1.001)
        row = np.clip(place[..., 1], 0.0, rows - 1.001)
        c, r = column.astype(np.intp), row.astype(np.intp)
        u, v = (column - c)[..., None], (row - r)[..., None]
        flat = self.tensor.reshape(-1, 3)
        base = r * columns + c
        low = flat[base] * (1 - u) + flat[base + 1] * u
        high = flat[base + columns] * (1 - u) + flat[base + columns + 1] * u
        mixed: Floats = low * (1 - v) + high * v
        return mixed

    def lengths(self, start: Floats, end: Floats, *, samples: int = 5) -> Floats:
        """Length on the skin in mm of the straight chart segments start -> end, (N, 2) each."""
        step = (end - start) / samples
        middle = start[:, None, :] + step[:, None, :] * (np.arange(samples) + 0.5)[None, :, None]
        found: Floats = stretched(self.at(middle), step[:, None, :]).sum(axis=1)
        return found

    @cached_property
    def _area_sum(self) -> Floats:
        """Integral along x of the area factor from the left rim to each node, mm (trapezoid)."""
        factor = np.sqrt(np.maximum(self.tensor[..., 0] * self.tensor[..., 2] - self.tensor[..., 1] ** 2, 0.0))
        inner = np.cumsum((factor[:, 1:] + factor[:, :-1]) * (self.step_mm / 2), axis=1)
        return np.concatenate([np.zeros((len(factor), 1)), inner], axis=1)

    def area_mm2(self, shape: shapely.Geometry) -> float:
        """True skin area in mm² of a chart polygon: the area factor integrated by Green's theorem along its rings."""
        total = 0.0
        for polygon in shapely.get_parts(shape):
            if polygon.geom_type != "Polygon" or polygon.is_empty:
                continue
            rings = shapely.get_rings(polygon)
            sizes = [abs(self._ring_integral(shapely.get_coordinates(ring))) for ring in rings]
            total += sizes[0] - sum(sizes[1:])
        return total

    def _ring_integral(self, ring: Floats) -> float:
        """Integral of (∫ factor dx) dy along a closed ring, two Gauss points on pieces no longer than a grid step."""
        start, end = ring[:-1], ring[1:]
        pieces = np.maximum(np.ceil(np.hypot(*(end - start).T) / self.step_mm).astype(int), 1)
        owner = np.repeat(np.arange(len(start)), pieces)
        first = np.concatenate([[0], np.cumsum(pieces)[:-1]])
        index = np.arange(len(owner)) - first[owner]
        step = (end - start)[owner] / pieces[owner][:, None]
        base = start[owner] + step * index[:, None]
        gauss = 0.5 / np.sqrt(3.0)
        total = 0.0
        for share in (0.5 - gauss, 0.5 + gauss):
            total += float(np.sum(self._area_left_of(base + step * share) * step[:, 1])) / 2
        return total

    def _area_left_of(self, xy: Floats) -> Floats:
        rows, columns = self._area_sum.shape
        place = (xy - self.origin) / self.step_mm
        column = np.clip(place[:, 0], 0.0, columns - 1.001)
        row = np.clip(place[:, 1], 0.0, rows - 1.001)
        c, r = column.astype(np.intp), row.astype(np.intp)
        u, v = column - c, row - r
        flat = self._area_sum.ravel()
        base = r * columns + c
        low = flat[base] * (1 - u) + flat[base + 1] * u
        high = flat[base + columns] * (1 - u) + flat[base + columns + 1] * u
        inside: Floats = low * (1 - v) + high * v
        # Left and right of the grid the factor is 1, so the integral goes on as plain length.
        return inside + (place[:, 0] - column) * self.step_mm


def stretched(metric: Floats, direction: Floats) -> Floats:
    """Length of direction vectors (…, 2) under metrics (…, 3): sqrt(E dx² + 2 F dx dy + G dy²)."""
    dx, dy = direction[..., 0], direction[..., 1]
    square = metric[..., 0] * dx * dx + 2 * metric[..., 1] * dx * dy + metric[..., 2] * dy * dy
    found: Floats = np.sqrt(np.maximum(square, 0.0))
    return found


def _nodes_in_triangles(corners: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Integer grid nodes inside each triangle (M, 3, 2), grid units -> columns, rows, triangle index."""
    low = np.ceil(corners.min(axis=1) - 1e-9).astype(np.intp)
    count = np.maximum(np.floor(corners.max(axis=1) + 1e-9).astype(np.intp) - low + 1, 0)
    size = count[:, 0] * count[:, 1]
    owner = np.repeat(np.arange(len(corners)), size)
    index = np.arange(len(owner)) - np.concatenate([[0], np.cumsum(size)[:-1]])[owner]
    column = low[owner, 0] + index % np.maximum(count[owner, 0], 1)
    row = low[owner, 1] + index // np.maximum(count[owner, 0], 1)
    a, b, c = (corners[:, k][owner] for k in range(3))
    inside = np.ones(len(owner), dtype=bool)
    for p, q in ((a, b), (b, c), (c, a)):
        inside &= (q[:, 0] - p[:, 0]) * (row - p[:, 1]) - (q[:, 1] - p[:, 1]) * (column - p[:, 0]) >= -1e-9
    return column[inside], row[inside], owner[inside]
