"""Which triangle of the plane holds a point: one bucket grid for views and charts.

Cells are squares; each lists the triangles whose bounding box touches it (compressed rows). A query evaluates
the two weights, which are affine in x and y, for the triangles of the point's cell.
"""

import math
from collections.abc import Iterator

import numpy as np

from mesomap.atlas.records import Floats, Ints

#: Weights may be this negative and still count as inside: rounding on shared edges must not leave gaps.
_SLACK = 1e-9
#: Cell numbers fit 16 bits, which numpy sorts by radix, many times faster than by comparison.
_MAX_CELLS = 60_000
_NO_AREA_MM2 = 1e-9
#: So many points or triangles are worked on in one go.
_AT_ONCE = 4096
_INT32 = np.int32


def parts(count: int) -> Iterator[slice]:
    """Slices of so many rows that what is worked out for them stays in the processor's cache."""
    for first in range(0, count, _AT_ONCE):
        yield slice(first, min(first + _AT_ONCE, count))


class TriangleGrid:
    """Point → (triangle, weights) among n triangles of the plane; of several hits the greatest depth wins."""

    def __init__(self, corners: Floats, depth: Floats | None = None) -> None:
        """corners (n, 3, 2) mm; depth (n, 3) toward the viewer, None for charts.

        Triangles that run clockwise (turned away from the viewer) or have no area hold no point.
        """
        found = [_solved(corners, part) for part in parts(len(corners))] or [_solved(corners, slice(0, 0))]
        self._ids, self._coef, low, high = (np.concatenate(each) for each in zip(*found, strict=True))
        self._n = len(self._ids)
        if self._n == 0:
            return
        self._depth = None if depth is None else depth[self._ids]
        # column by column: numpy is slow along rows of two
        self._origin = np.array([low[:, k].min() for k in range(2)])
        size = np.array([high[:, k].max() for k in range(2)]) - self._origin
        wide, quarter = np.maximum(*(high - low).T), self._n // 4
        # np.quantile is slow the first time, which is on the way to the first touch of a view
        fine = float(np.partition(wide, quarter)[quarter])
        self._cell = max(fine, math.sqrt(float(size[0] * size[1]) / _MAX_CELLS), 1e-6)
        self._nx, self._ny = (int(s / self._cell) + 1 for s in size)
        self._fill_cells(low, high)

    def _fill_cells(self, low: Floats, high: Floats) -> None:
        first = ((low - self._origin) / self._cell).astype(_INT32)
        span = ((high - self._origin) / self._cell).astype(_INT32) - first + 1
        count = span[:, 0] * span[:, 1]
        owner = np.repeat(np.arange(self._n, dtype=_INT32), count)
        start = np.cumsum(count, dtype=_INT32) - count
        step = np.arange(len(owner), dtype=_INT32) - start[owner]
        wide = span[owner, 0]
        row = step // wide
        cell = (first[owner, 1] + row) * _INT32(self._nx) + first[owner, 0] + (step - row * wide)
        order = np.argsort(cell.astype(np.uint16), kind="stable")
        self._items = owner[order].astype(np.int64)
        filled = np.bincount(cell, minlength=self._nx * self._ny)
        self._start = np.concatenate([[0], np.cumsum(filled)])

    def find(self, xy: Floats) -> tuple[Ints, Floats]:
        """Triangle (N,) and weights (N, 2) of points xy (N, 2); −1 and NaN where none holds the point."""
        tri = np.full(len(xy), -1, dtype=np.int64)
        bary = np.full((len(xy), 2), np.nan)
        if self._n:
            for part in parts(len(xy)):
                self._find_part(xy[part, 0], xy[part, 1], tri[part], bary[part])
        return tri, bary

    def _find_part(self, x: Floats, y: Floats, tri: Ints, bary: Floats) -> None:
        """Write triangles and weights of the points into tri and bary."""
        across, up = (x - self._origin[0]) / self._cell, (y - self._origin[1]) / self._cell
        rows = np.flatnonzero((across >= 0) & (up >= 0) & (across < self._nx) & (up < self._ny))
        index = up[rows].astype(np.int64) * self._nx + across[rows].astype(np.int64)
        start = self._start[index]
        count = self._start[index + 1] - start
        pair_row = np.repeat(rows, count)
        shift = np.repeat(start - (np.cumsum(count) - count), count)
        item = self._items[np.arange(len(pair_row)) + shift]
        coef = self._coef[item]
        x, y = x[pair_row], y[pair_row]
        w0 = coef[:, 0] + coef[:, 1] * x + coef[:, 2] * y
        w1 = coef[:, 3] + coef[:, 4] * x + coef[:, 5] * y
        hit = np.flatnonzero((w0 >= -_SLACK) & (w1 >= -_SLACK) & (w0 + w1 <= 1.0 + _SLACK))
        if self._depth is not None:
            d = self._depth[item[hit]]
            z = d[:, 0] * w0[hit] + d[:, 1] * w1[hit] + d[:, 2] * (1.0 - w0[hit] - w1[hit])
            hit = hit[np.argsort(z, kind="stable")]
        else:
            hit = hit[::-1]
        # a later hit of the same point overwrites an earlier one: greatest depth, or lowest triangle, stays
        held = pair_row[hit]
        tri[held] = self._ids[item[hit]]
        bary[held] = _cleaned(np.column_stack([w0[hit], w1[hit]]))

    def find_one(self, x: float, y: float) -> tuple[int, float, float] | None:
        """Triangle and weights of one point, or None."""
        if self._n == 0 or not (math.isfinite(x) and math.isfinite(y)):
            return None
        column = math.floor((x - self._origin[0]) / self._cell)
        row = math.floor((y - self._origin[1]) / self._cell)
        if not (0 <= column < self._nx and 0 <= row < self._ny):
            return None
        index = row * self._nx + column
        item = self._items[self._start[index] : self._start[index + 1]]
        best: tuple[int, float, float] | None = None
        best_z = -math.inf
        # A few triangles: numpy's eight steps over them would take twice as long.
        for t, (a0, ax, ay, b0, bx, by) in zip(item.tolist(), self._coef[item].tolist(), strict=True):
            w0, w1 = a0 + ax * x + ay * y, b0 + bx * x + by * y
            if w0 < -_SLACK or w1 < -_SLACK or w0 + w1 > 1.0 + _SLACK:
                continue
            if self._depth is None:
                return int(self._ids[t]), *_clean_one(w0, w1)
            z0, z1, z2 = self._depth[t].tolist()
            z = z0 * w0 + z1 * w1 + z2 * (1.0 - w0 - w1)
            if z >= best_z:
                best, best_z = (int(self._ids[t]), *_clean_one(w0, w1)), z
        return best


def _solved(corners: Floats, part: slice) -> tuple[Ints, Floats, Floats, Floats]:
    """Of the triangles of a part that hold points: their number, the weights of the first two corners as constant, x
    and y (n, 6), and their bounds (n, 2).
    """
    p, q, r = (corners[part, k] for k in range(3))
    u, v = q - p, r - p
    det = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    rows = np.flatnonzero(det > _NO_AREA_MM2)
    p, q, r, u, v, det = (each[rows] for each in (p, q, r, u, v, det))
    w1 = np.column_stack([v[:, 1], -v[:, 0]]) / det[:, None]
    w2 = np.column_stack([-u[:, 1], u[:, 0]]) / det[:, None]
    c1, c2 = -np.einsum("ij,ij->i", w1, p), -np.einsum("ij,ij->i", w2, p)
    coef = np.column_stack([1.0 - c1 - c2, -(w1 + w2), c1, w1])
    return rows + part.start, coef, np.minimum(np.minimum(p, q), r), np.maximum(np.maximum(p, q), r)


def _cleaned(bary: Floats) -> Floats:
    """Weights without the slack: none negative, sum of the two at most 1."""
    np.maximum(bary, 0.0, out=bary)
    total = bary.sum(axis=1)
    over = total > 1.0
    if over.any():
        bary[over] /= total[over, None]
    return bary


def _clean_one(w0: float, w1: float) -> tuple[float, float]:
    w0, w1 = max(w0, 0.0), max(w1, 0.0)
    total = w0 + w1
    return (w0 / total, w1 / total) if total > 1.0 else (w0, w1)
