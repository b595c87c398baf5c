"""Lattices on the skin: even spacing in true mm, relaxed by the chart's metric."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from mesomap.atlas.metric import ChartMetric
from mesomap.atlas.records import Floats
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Lattice

Numbers = NDArray[np.intp]

#: More points than this in one fill is a slip of the finger, not a treatment.
MAX_POINTS = 60_000
#: Rounds of relaxation, and the share of the last move carried on (heavy ball): large nets settle too.
ROUNDS = 90
MOMENTUM = 0.92
#: Finer nets first follow a net of this many nodes, which settles fast, and are then only polished.
COARSE_NODES = 300
POLISH_ROUNDS = 8
#: A jittered place lies up to this share of the spacing from its place in the lattice.
JITTER_SHARE = 0.25


@dataclass(frozen=True)
class _Net:
    """Lattice nodes (N, 2), and the node pairs (K, 2) that ought to lie one rest length apart.

    number: node of each lattice row and column, −1 where none is; corner: position of row 0, column 0.
    """

    xy: Floats
    pairs: Numbers
    rest_mm: Floats
    number: Numbers
    corner: Floats


def lattice_points(
    metric: ChartMetric, area: BaseGeometry, spacing_mm: float, lattice: Lattice = Lattice.HEX
) -> Floats:
    """Chart positions (N, 2) of a lattice inside `area` (chart mm), neighbours spacing_mm apart on the skin.

    The lattice is laid from the area's centre, a little beyond its rim, then relaxed as a net of springs
    whose rest length is the spacing measured by the metric, and cut to the area. The same input gives the
    same points. Raises BadInputError when the spacing is not positive or gives more than MAX_POINTS.
    """
    if not (math.isfinite(spacing_mm) and spacing_mm > 0):
        raise BadInputError("The spacing of a fill must be more than 0 mm.")
    if area.is_empty:
        return np.empty((0, 2))
    if area.area / spacing_mm**2 > MAX_POINTS:
        raise BadInputError(
            f"A spacing of {spacing_mm:g} mm gives over {MAX_POINTS} points here. Choose a wider spacing."
        )
    skin_mm2 = metric.area_mm2(area)
    grain = math.sqrt(area.area / skin_mm2) if skin_mm2 > 0 else 1.0
    net = _net(area, spacing_mm, lattice, grain)
    coarse_mm = math.sqrt(area.area / COARSE_NODES)
    if coarse_mm > 2 * spacing_mm:
        drift = _coarse_drift(metric, area, coarse_mm, grain, net.xy)
        relaxed = _relax(metric, net, net.xy + drift, POLISH_ROUNDS, 0.0)
    else:
        relaxed = _relax(metric, net, net.xy, ROUNDS, MOMENTUM)
    inside = shapely.contains_xy(area, relaxed[:, 0], relaxed[:, 1])
    kept: Floats = relaxed[inside]
    if lattice is Lattice.JITTERED:
        kept = _jittered(kept, area, spacing_mm * grain)
    return kept if len(kept) else _middle(area)


def _jittered(xy: Floats, area: BaseGeometry, spacing_mm: float) -> Floats:
    """Places (N, 2) moved aside by up to JITTER_SHARE of the spacing (chart mm), evenly over a disc.

    What would leave the area stays. Neighbours keep at least 1 − 2 · JITTER_SHARE of their spacing.
    """
    turn, reach = 2 * math.pi * _scattered(len(xy), 1), JITTER_SHARE * spacing_mm * np.sqrt(_scattered(len(xy), 2))
    moved = xy + np.column_stack([np.cos(turn), np.sin(turn)]) * reach[:, None]
    inside = shapely.contains_xy(area, moved[:, 0], moved[:, 1])
    found: Floats = np.where(inside[:, None], moved, xy)
    return found


def _scattered(count: int, stream: int) -> Floats:
    """`count` numbers in [0, 1) without order, the same on every machine and for ever (splitmix64)."""
    with np.errstate(over="ignore"):
        z = (np.arange(count, dtype=np.uint64) * np.uint64(2) + np.uint64(stream)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    found: Floats = (z >> np.uint64(11)).astype(np.float64) / 2.0**53
    return found


def reach_mm(spacing_mm: float, lattice: Lattice) -> float:
    """Farthest that a place between the points of a lattice can lie from the nearest of them, mm."""
    if lattice is Lattice.SQUARE:
        return spacing_mm / math.sqrt(2.0)
    return spacing_mm * (1 / math.sqrt(3.0) + (JITTER_SHARE if lattice is Lattice.JITTERED else 0.0))


def _middle(area: BaseGeometry) -> Floats:
    """One point well inside an area too small for the lattice."""
    return shapely.get_coordinates(shapely.point_on_surface(area))


def _net(area: BaseGeometry, rest_mm: float, lattice: Lattice, grain: float) -> _Net:
    """Regular nodes over the area and a rim of one spacing, with their neighbour pairs.

    rest_mm: spacing on the skin; grain: chart mm per mm of skin, on average.
    """
    spacing_mm = rest_mm * grain
    centre = shapely.get_coordinates(shapely.centroid(area))[0]
    low_x, low_y, high_x, high_y = shapely.bounds(area)
    reach = (
        math.hypot(high_x - low_x, high_y - low_y) / 2
        + 3 * spacing_mm
        + math.hypot(*(centre - np.array([low_x + high_x, low_y + high_y]) / 2))
    )
    rise = spacing_mm * (math.sqrt(3) / 2 if lattice is not Lattice.SQUARE else 1.0)
    rows, columns = np.mgrid[
        -math.ceil(reach / rise) : math.ceil(reach / rise) + 1,
        -math.ceil(reach / spacing_mm) : math.ceil(reach / spacing_mm) + 1,
    ]
    shift = 0.5 * (rows % 2) if lattice is not Lattice.SQUARE else 0.0
    xy = np.stack([(columns + shift) * spacing_mm, rows * rise], axis=-1) + centre
    near = shapely.buffer(area, spacing_mm)
    shapely.prepare(near)
    keep = shapely.contains_xy(near, xy[..., 0], xy[..., 1])
    number = np.where(keep, np.cumsum(keep).reshape(keep.shape) - 1, -1)
    pairs, rest = _pairs(number, rows, lattice, rest_mm)
    # beyond the rim there may be no skin: pairs that lie there whole would pull for nothing
    inside = shapely.contains_xy(area, xy[keep][:, 0], xy[keep][:, 1])
    felt = inside[pairs].any(axis=1)
    return _Net(xy[keep], pairs[felt], rest[felt], number, xy[0, 0])


def _pairs(number: Numbers, rows: Numbers, lattice: Lattice, spacing_mm: float) -> tuple[Numbers, Floats]:
    """Neighbour pairs of the node numbers (−1 = left out) and their rest lengths in mm."""
    found: list[Numbers] = []
    rest: list[Floats] = []

    def join(a: Numbers, b: Numbers, length: float, only: NDArray[np.bool_] | bool = True) -> None:
        both = (a >= 0) & (b >= 0) & only
        found.append(np.stack([a[both], b[both]], axis=1))
        rest.append(np.full(int(both.sum()), length))

    join(number[:, :-1], number[:, 1:], spacing_mm)
    if lattice is Lattice.SQUARE:
        join(number[:-1], number[1:], spacing_mm)
        join(number[:-1, :-1], number[1:, 1:], spacing_mm * math.sqrt(2))
        join(number[:-1, 1:], number[1:, :-1], spacing_mm * math.sqrt(2))
    else:
        odd = rows[:-1] % 2 == 1
        join(number[:-1], number[1:], spacing_mm)
        join(number[:-1, :-1], number[1:, 1:], spacing_mm, odd[:, :-1])
        join(number[:-1, 1:], number[1:, :-1], spacing_mm, ~odd[:, 1:])
    return np.concatenate(found), np.concatenate(rest)


def _coarse_drift(metric: ChartMetric, area: BaseGeometry, coarse_mm: float, grain: float, xy: Floats) -> Floats:
    """How a coarse net moves when it settles, read at the positions (N, 2) by bilinear interpolation."""
    net = _net(area, coarse_mm / grain, Lattice.SQUARE, grain)
    held = net.number >= 0
    drift = np.zeros((*net.number.shape, 2))
    drift[held] = _relax(metric, net, net.xy, ROUNDS, MOMENTUM) - net.xy
    for _ in range(2):
        drift, held = _spread(drift, held)
    place = (xy - net.corner) / coarse_mm
    column, row = np.floor(place).astype(np.intp).T
    u, v = (place[:, 0] - column)[:, None], (place[:, 1] - row)[:, None]
    low = drift[row, column] * (1 - u) + drift[row, column + 1] * u
    high = drift[row + 1, column] * (1 - u) + drift[row + 1, column + 1] * u
    read: Floats = low * (1 - v) + high * v
    return read


def _spread(drift: Floats, held: NDArray[np.bool_]) -> tuple[Floats, NDArray[np.bool_]]:
    """Give each empty neighbour of held nodes their mean drift. The rim of the array is never held."""
    total, count = np.zeros_like(drift), np.zeros(held.shape)
    for axis, shift in ((0, 1), (0, -1), (1, 1), (1, -1)):
        total += np.roll(np.where(held[..., None], drift, 0.0), shift, axis=axis)
        count += np.roll(held, shift, axis=axis)
    fresh = ~held & (count > 0)
    drift = np.where(fresh[..., None], total / np.maximum(count, 1)[..., None], drift)
    return drift, held | fresh


def _relax(metric: ChartMetric, net: _Net, start: Floats, rounds: int, momentum: float) -> Floats:
    """Move the nodes from `start` until the pairs have their rest length on the skin; the middle stays."""
    xy = start.copy()
    if len(net.pairs) == 0:
        return xy
    first, second = net.pairs.T
    degree = np.bincount(net.pairs.ravel(), minlength=len(xy))[:, None]
    carried = np.zeros_like(xy)
    before = xy.mean(axis=0)
    for _ in range(rounds):
        line = xy[second] - xy[first]
        # the metric at the two ends is near enough here: it hardly changes over one spacing
        tensor = metric.at(xy)
        m = (tensor[first] + tensor[second]) / 2.0
        square = m[:, 0] * line[:, 0] ** 2 + 2 * m[:, 1] * line[:, 0] * line[:, 1] + m[:, 2] * line[:, 1] ** 2
        length = np.sqrt(np.maximum(square, 1e-12))
        pull = line * ((length - net.rest_mm) / length)[:, None] * 0.5
        move = np.zeros_like(xy)
        for axis in range(2):
            move[:, axis] += np.bincount(first, pull[:, axis], len(xy))
            move[:, axis] -= np.bincount(second, pull[:, axis], len(xy))
        carried = momentum * carried + move / np.maximum(degree, 1)
        xy += carried
    moved: Floats = xy - (xy.mean(axis=0) - before)
    return moved
