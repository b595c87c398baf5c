"""Outlines of what is at or above a level of a raster: marching squares (Lorensen & Cline, 1987), in two dimensions."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

#: Segments of marching squares by the corners above the level (1 lower left, 2 lower right, 4 upper right, 8 upper
#: left); sides: 0 lower, 1 right, 2 upper, 3 left; what is above lies on the same hand of all of them.
_CASES: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 5: ((3, 0), (1, 2)), 6: ((0, 2),), 7: ((3, 2),),
    8: ((2, 3),), 9: ((2, 0),), 10: ((0, 1), (2, 3)), 11: ((2, 1),), 12: ((1, 3),), 13: ((1, 0),), 14: ((0, 3),),
}  # fmt: skip
#: The same by (first or second segment, start or end, case); −1 where a case has no such segment.
_SIDES: npt.NDArray[np.int8] = np.full((2, 2, 16), -1, dtype=np.int8)
for _case, _segments in _CASES.items():
    for _number, _segment in enumerate(_segments):
        _SIDES[_number, :, _case] = _segment


def contours(values: FloatArray, level: float) -> list[FloatArray]:
    """Closed rings (n, 2) as (column, row) round all that is at or above the level, even-odd; 0 beyond the raster.

    Linear interpolation between the places of the raster.
    """
    points, begins = contour_lines(values, level)
    return np.split(points, np.flatnonzero(begins)[1:]) if len(points) else []


def contour_lines(values: FloatArray, level: float) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """The rings of contours(), one after the other: corners (n, 2), and where a ring begins (n,)."""
    above = values >= level
    rows, columns = np.flatnonzero(above.any(axis=1)), np.flatnonzero(above.any(axis=0))
    if level <= 0 or not len(rows):
        return np.empty((0, 2)), np.empty(0, dtype=np.bool_)
    # Nothing crosses the level farther than one place away from what is above it.
    top, left = rows[0], columns[0]
    near = values[max(top - 1, 0) : rows[-1] + 2, max(left - 1, 0) : columns[-1] + 2]
    padded = np.pad(near, 1)
    starts, ends = _segments_of(padded >= level)
    lines, begins = _chained(starts, ends)
    corner = np.array([max(left - 1, 0) - 1, max(top - 1, 0) - 1])
    return _places(padded, lines, level) + corner, begins


def _segments_of(above: npt.NDArray[np.bool_]) -> tuple[IntArray, IntArray]:
    """Raster lines that each segment comes from and goes to.

    The line from a place to the next of its row has the number of the place, that to the next row the number of all
    places more.
    """
    bits = above.view(np.int8)
    code = (bits[:-1, :-1] + 2 * bits[:-1, 1:] + 4 * bits[1:, 1:] + 8 * bits[1:, :-1]).ravel()
    crossed = np.flatnonzero((code > 0) & (code < 15))
    cases = code[crossed]
    row, column = np.divmod(crossed, above.shape[1] - 1)
    place = row * above.shape[1] + column
    to_side = np.array([0, above.size + 1, above.shape[1], above.size])
    found = []
    for start, end in _SIDES[:, :, cases]:
        known = np.flatnonzero(start >= 0)
        found.append((place[known] + to_side[start[known]], place[known] + to_side[end[known]]))
    starts, ends = (np.concatenate(part) for part in zip(*found, strict=True))
    return starts, ends


def _chained(starts: IntArray, ends: IntArray) -> tuple[IntArray, npt.NDArray[np.bool_]]:
    """The starts (n,) in the order in which one segment follows the other, ring by ring, and where a ring begins.

    Every line that a segment goes to is the one another comes from.
    """
    order = np.argsort(starts)
    following: list[int] = order[np.searchsorted(starts, ends, sorter=order)].tolist()
    chain: list[int] = []
    begins: list[int] = []
    for first in range(len(following)):
        if following[first] < 0:
            continue
        begins.append(len(chain))
        at = first
        while at >= 0:
            chain.append(at)
            # what was passed is marked, and ends the ring when it is met again
            following[at], at = -1, following[at]
        chain.pop()
    begun = np.zeros(len(chain), dtype=np.bool_)
    begun[begins] = True
    return starts[chain], begun


def _places(values: FloatArray, line: IntArray, level: float) -> FloatArray:
    """Where the level crosses the raster lines: (n, 2) column and row."""
    flat, columns = values.ravel(), values.shape[1]
    upright = line >= values.size
    first = np.where(upright, line - values.size, line)
    second = first + np.where(upright, columns, 1)
    share = (level - flat[first]) / (flat[second] - flat[first])
    row, column = np.divmod(first, columns)
    return np.column_stack([column + np.where(upright, 0.0, share), row + np.where(upright, share, 0.0)])
