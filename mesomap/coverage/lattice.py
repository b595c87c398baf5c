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
MAX_POINTS = 20_000
#: Rounds of relaxation, and the share of the last move carried on (heavy ball): large nets settle too.
ROUNDS = 90
MOMENTUM = 0.92


@dataclass(frozen=True)
class _Net:
    """Lattice nodes (N, 2), and the node pairs (K, 2) that ought to lie one rest length apart."""

    xy: Floats
    pairs: Numbers
    rest_mm: Floats


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
    net = _net(area, spacing_mm, lattice)
    relaxed = _relax(metric, net)
    inside = shapely.contains_xy(area, relaxed[:, 0], relaxed[:, 1])
    kept: Floats = relaxed[inside]
    return kept if len(kept) else _middle(area)


def _middle(area: BaseGeometry) -> Floats:
    """One point well inside an area too small for the lattice."""
    return shapely.get_coordinates(shapely.point_on_surface(area))


def _net(area: BaseGeometry, spacing_mm: float, lattice: Lattice) -> _Net:
    """Regular nodes over the area and a rim of one spacing, with their neighbour pairs."""
    centre = shapely.get_coordinates(shapely.centroid(area))[0]
    low_x, low_y, high_x, high_y = shapely.bounds(area)
    reach = (
        math.hypot(high_x - low_x, high_y - low_y) / 2
        + 3 * spacing_mm
        + math.hypot(*(centre - np.array([low_x + high_x, low_y + high_y]) / 2))
    )
    rise = spacing_mm * (math.sqrt(3) / 2 if lattice is Lattice.HEX else 1.0)
    rows, columns = np.mgrid[
        -math.ceil(reach / rise) : math.ceil(reach / rise) + 1,
        -math.ceil(reach / spacing_mm) : math.ceil(reach / spacing_mm) + 1,
    ]
    shift = 0.5 * (rows % 2) if lattice is Lattice.HEX else 0.0
    xy = np.stack([(columns + shift) * spacing_mm, rows * rise], axis=-1) + centre
    near = shapely.buffer(area, spacing_mm)
    shapely.prepare(near)
    keep = shapely.contains_xy(near, xy[..., 0], xy[..., 1])
    number = np.where(keep, np.cumsum(keep).reshape(keep.shape) - 1, -1)
    pairs, rest = _pairs(number, rows, lattice, spacing_mm)
    return _Net(xy[keep], pairs, rest)


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


def _relax(metric: ChartMetric, net: _Net) -> Floats:
    """Move the nodes until the pairs have their rest length on the skin; the centre of mass stays."""
    xy = net.xy.copy()
    if len(net.pairs) == 0:
        return xy
    first, second = net.pairs.T
    degree = np.bincount(net.pairs.ravel(), minlength=len(xy))[:, None]
    carried = np.zeros_like(xy)
    before = xy.mean(axis=0)
    for _ in range(ROUNDS):
        line = xy[second] - xy[first]
        length = np.maximum(metric.lengths_mm(xy[first], xy[second], nodes=3), 1e-6)
        pull = line * ((length - net.rest_mm) / length)[:, None] * 0.5
        move = np.zeros_like(xy)
        for axis in range(2):
            move[:, axis] += np.bincount(first, pull[:, axis], len(xy))
            move[:, axis] -= np.bincount(second, pull[:, axis], len(xy))
        carried = MOMENTUM * carried + move / np.maximum(degree, 1)
        xy += carried
    moved: Floats = xy - (xy.mean(axis=0) - before)
    return moved
