"""Orthographic z-buffer in plain numpy: which triangle is seen at each pixel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from body_atlas.arrays import F32, F64, I64, Bool

_CANDIDATES_PER_STEP = 4_000_000
_SIZES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256, 512, 1024, 4096)
NOTHING = np.float32(-1e9)


@dataclass(frozen=True)
class Buffer:
    """What is seen: `tri` (H,W) triangle or −1, `depth` (H,W) larger = nearer, and for every covered
    pixel its row, column, triangle and barycentric weights (n,3)."""

    tri: NDArray[np.int32]
    depth: F32
    row: I64
    column: I64
    hit: I64
    weight: F32

    @property
    def mask(self) -> Bool:
        """(H,W) covered pixels."""
        return np.asarray(self.tri >= 0)

    def interpolate(self, tri: I64, values: NDArray[np.floating]) -> F32:
        """Per covered pixel, the vertex attribute `values` (N,…) blended by the barycentrics."""
        shape = (-1, 1) if values.ndim > 1 else (-1,)
        out = values[tri[self.hit, 0]].astype(np.float32) * self.weight[:, 0].reshape(shape)
        for k in (1, 2):
            out += values[tri[self.hit, k]].astype(np.float32) * self.weight[:, k].reshape(shape)
        return np.asarray(out)

    def image(self, values: NDArray[np.floating], fill: float = 0.0) -> F32:
        """(H,W,…) picture of per-pixel values."""
        out = np.full(self.tri.shape + values.shape[1:], fill, np.float32)
        out[self.row, self.column] = values
        return out


def rasterise(pixel: F64, depth: F64, tri: I64, width: int, height: int) -> Buffer:
    """Draws triangles given at `pixel` (N,2: x right, y down) with `depth` (N, larger = nearer).

    Only triangles that turn counter-clockwise as seen (their front) are drawn. A pixel belongs to a
    triangle when its centre lies inside.
    """
    seen, nearest = _draw(pixel, depth, tri, width, height)
    row, column = np.nonzero(seen >= 0)
    hit = seen[row, column].astype(np.int64)
    return Buffer(
        seen,
        nearest,
        row,
        column,
        hit,
        _barycentric(pixel, tri[hit], np.asarray(column + 0.5, np.float64), np.asarray(row + 0.5, np.float64)),
    )


def _barycentric(pixel: F64, corners: I64, x: F64, y: F64) -> F32:
    a, b, c = (pixel[corners[:, k]] for k in range(3))
    double = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (c[:, 0] - a[:, 0]) * (b[:, 1] - a[:, 1])
    w0 = ((b[:, 0] - x) * (c[:, 1] - y) - (c[:, 0] - x) * (b[:, 1] - y)) / double
    w1 = ((c[:, 0] - x) * (a[:, 1] - y) - (a[:, 0] - x) * (c[:, 1] - y)) / double
    return np.stack([w0, w1, 1 - w0 - w1], 1).astype(np.float32)


def _draw(pixel: F64, depth: F64, tri: I64, width: int, height: int) -> tuple[NDArray[np.int32], F32]:
    corner = pixel[tri]
    low = np.ceil(corner.min(1) - 0.5).astype(np.int64)
    high = np.floor(corner.max(1) - 0.5).astype(np.int64)
    side = np.maximum((high - low).max(1) + 1, 0)
    a, b, c = corner[:, 0], corner[:, 1], corner[:, 2]
    double = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (c[:, 0] - a[:, 0]) * (b[:, 1] - a[:, 1])
    inside = (high >= 0).all(1) & (low[:, 0] < width) & (low[:, 1] < height)
    usable = np.flatnonzero((side > 0) & (double < -1e-9) & inside)
    seen = np.full(width * height, -1, np.int32)
    nearest = np.full(width * height, NOTHING, np.float32)
    smallest = 0
    for largest in _SIZES:
        group = usable[(side[usable] > smallest) & (side[usable] <= largest)]
        smallest = largest
        step = max(1, _CANDIDATES_PER_STEP // (largest * largest))
        gy, gx = (g.ravel() for g in np.mgrid[0:largest, 0:largest])
        for start in range(0, len(group), step):
            t = group[start : start + step]
            x, y = low[t, 0][:, None] + gx, low[t, 1][:, None] + gy
            plane = (a[t], b[t], c[t], double[t], depth[tri[t]])
            _fill(t, x, y, plane, (width, height), seen, nearest)
    return seen.reshape(height, width), nearest.reshape(height, width)


def _fill(
    t: I64,
    x: I64,
    y: I64,
    plane: tuple[F64, F64, F64, F64, F64],
    size: tuple[int, int],
    seen: NDArray[np.int32],
    nearest: F32,
) -> None:
    """Writes the candidates (triangles t × their box pixels) that win the depth test."""
    a, b, c, double, z = plane
    px, py = x + 0.5, y + 0.5
    w0 = ((b[:, 0, None] - px) * (c[:, 1, None] - py) - (c[:, 0, None] - px) * (b[:, 1, None] - py)) / double[:, None]
    w1 = ((c[:, 0, None] - px) * (a[:, 1, None] - py) - (a[:, 0, None] - px) * (c[:, 1, None] - py)) / double[:, None]
    w2 = 1 - w0 - w1
    tiny = -1e-7
    ok = (w0 >= tiny) & (w1 >= tiny) & (w2 >= tiny) & (x >= 0) & (x < size[0]) & (y >= 0) & (y < size[1])
    place = (y * size[0] + x)[ok]
    value = (w0 * z[:, 0, None] + w1 * z[:, 1, None] + w2 * z[:, 2, None])[ok].astype(np.float32)
    who = np.broadcast_to(t[:, None], ok.shape)[ok]
    np.maximum.at(nearest, place, value)
    won = value == nearest[place]
    seen[place[won]] = who[won]
