"""The skin under the raster of a view, and sums of kernels that are spread over it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mesomap.atlas.atlas import Atlas
from mesomap.atlas.records import Floats, Ints
from mesomap.atlas.skin import SkinArray
from mesomap.coverage.neighbours import Neighbours
from mesomap.domain.body_size import PatientScale

#: Cells beside the skin that take the value of the skin next to them, so that no step follows the silhouette.
_GROWN = 3
#: So many points are spread in one go: what is worked out for them stays in the processor's cache.
_AT_ONCE = 400


@dataclass(frozen=True, slots=True, eq=False)
class RasterSkin:
    """The M raster places of a view that show skin, row by row; rows go up.

    cells (M,): number of each among all places, row by row. xyz and normal (M, 3): in the pose of the view, reference
    mm. cm2 (M,): patient cm² per reference mm². tri, region (M,): what lies there.
    rim: places beside the skin, step by step outward: their number in the raster with one row and column more on every
    side, the four beside each, and how many of those have a value by then.
    """

    view_key: str
    shape: tuple[int, int]
    origin_mm: tuple[float, float]
    step_mm: float
    cells: Ints
    xyz: Floats
    normal: Floats
    cm2: Floats
    tri: Ints
    region: Ints
    rim: tuple[tuple[Ints, Ints, Ints], ...]

    def raster(self, values: Floats) -> Floats:
        """Values (M,) of the skin as a raster (rows, columns): a rim beside the skin takes them on, the rest is 0."""
        framed = np.zeros((self.shape[0] + 2, self.shape[1] + 2))
        inner = np.zeros(self.shape)
        inner.ravel()[self.cells] = values
        framed[1:-1, 1:-1] = inner
        flat = framed.ravel()
        for fresh, beside, count in self.rim:
            flat[fresh] = flat[beside].sum(axis=1) / count
        return framed[1:-1, 1:-1].copy()


def raster_skin(atlas: Atlas, view_key: str, step_mm: float, scale: PatientScale) -> RasterSkin:
    """The skin of a view, every step_mm (reference mm). Raises NotFoundError for an unknown view."""
    view = atlas.view(view_key)
    x0, y0, x1, y1 = view.box_mm
    x, y = np.arange(x0, x1 + step_mm, step_mm), np.arange(y0, y1 + step_mm, step_mm)
    places = atlas.locate(view_key, np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2))
    cells = np.flatnonzero(places.tri >= 0)
    places = places[cells]
    region = atlas.region_at(places)
    cm2 = np.array([scale.factor(known.fixed_scale) ** 2 / 100.0 for known in atlas.regions])
    shape = (len(y), len(x))
    return RasterSkin(
        view_key=view_key,
        shape=shape,
        origin_mm=(float(x[0]), float(y[0])),
        step_mm=step_mm,
        cells=cells,
        xyz=atlas.position(places, view.pose),
        normal=_normals(atlas, places, view.pose),
        cm2=cm2[np.maximum(region, 0)],
        tri=places.tri,
        region=region,
        rim=tuple(_rim(shape, cells)),
    )


def spread(
    atlas: Atlas, skin: RasterSkin, places: SkinArray, weights: Floats, radius_mm: float, beside: Neighbours
) -> Floats:
    """Sum of the weighted kernels of places (N,) at the skin of the raster (M,), per cm² of the patient."""
    view = atlas.view(skin.view_key)
    xyz = atlas.position(places, view.pose)
    reach = math.ceil(radius_mm / skin.step_mm)
    x, y, depth = (xyz @ view.rotation.T).T
    row, column = (
        np.rint((along - first) / skin.step_mm).astype(np.intp)
        for along, first in ((y, skin.origin_mm[1]), (x, skin.origin_mm[0]))
    )
    near = _within_reach(skin, skin.xyz @ view.rotation[2], reach, radius_mm, (row, column, depth))
    places, weights, xyz, row, column = places[near], weights[near], xyz[near], row[near], column[near]
    normal, lies_in = _normals(atlas, places, view.pose), atlas.region_at(places)
    number, wide = _numbered(skin, reach)
    offsets = _round(reach, radius_mm, skin.step_mm, wide)
    home = (row + 2 * reach) * wide + column + 2 * reach
    skin_axes, own_axes = (np.ascontiguousarray(points.T) for points in (skin.xyz, xyz))
    values = np.zeros(len(skin.cells))
    height = 3.0 / (math.pi * radius_mm**2)
    for part in _parts(len(weights)):
        found = number[home[part, None] + offsets]
        owner = np.repeat(np.arange(len(weights))[part], (found >= 0).sum(axis=1))
        cell = found[found >= 0]
        square = np.zeros(len(cell))
        for there, here in zip(skin_axes, own_axes, strict=True):
            square += (there[cell] - here[owner]) ** 2
        square /= radius_mm**2
        close = np.flatnonzero(square < 1.0)
        owner, cell, square = owner[close], cell[close], square[close]
        held = np.flatnonzero(np.einsum("ni,ni->n", skin.normal[cell], normal[owner]) > 0)
        owner, cell, square = owner[held], cell[held], square[held]
        joined = beside.joined(lies_in[owner], skin.region[cell], skin.tri[cell])
        owner, cell, square = owner[joined], cell[joined], square[joined]
        values += np.bincount(cell, height * (1.0 - square) ** 2 * weights[owner], len(values))
    return values / skin.cm2


def _within_reach(
    skin: RasterSkin, depth: Floats, reach: int, radius_mm: float, points: tuple[Ints, Ints, Floats]
) -> Ints:
    """Which of the points (row, column, depth toward the viewer) can have skin of the raster within the radius.

    The skin of a square of places, and of the eight squares round it, lies between two depths: a point of the far side
    of the body lies outside of them by more than the radius, and need not be compared place by place.
    """
    row, column, toward = points
    shape = (skin.shape[0] // reach + 5, skin.shape[1] // reach + 5)
    low, high = np.full(shape, np.inf), np.full(shape, -np.inf)
    square = _squares(*np.divmod(skin.cells, skin.shape[1]), reach)
    np.minimum.at(low, square, depth)
    np.maximum.at(high, square, depth)
    lowest, highest = low.copy(), high.copy()
    for way in ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1)):
        # two rows and columns without skin lie all round: nothing comes in from the other side
        np.minimum(lowest, np.roll(low, way, axis=(0, 1)), out=lowest)
        np.maximum(highest, np.roll(high, way, axis=(0, 1)), out=highest)
    rows, columns = skin.shape
    near = np.flatnonzero((row >= -reach) & (row < rows + reach) & (column >= -reach) & (column < columns + reach))
    square, depth = _squares(row[near], column[near], reach), toward[near]
    return near[(depth >= lowest[square] - radius_mm) & (depth <= highest[square] + radius_mm)]


def _squares(row: Ints, column: Ints, reach: int) -> tuple[Ints, Ints]:
    return row // reach + 2, column // reach + 2


def _numbered(skin: RasterSkin, reach: int) -> tuple[NDArray[np.int32], int]:
    """Number of each place among those of the skin, −1 beside it, with 2 · reach more places on every side; flat, and
    how many places a row has.
    """
    number = np.full((skin.shape[0] + 4 * reach, skin.shape[1] + 4 * reach), -1, dtype=np.int32)
    row, column = np.divmod(skin.cells, skin.shape[1])
    number[row + 2 * reach, column + 2 * reach] = np.arange(len(skin.cells), dtype=np.int32)
    return number.ravel(), number.shape[1]


def _round(reach: int, radius_mm: float, step_mm: float, wide: int) -> Ints:
    """How far the places within the radius of another lie from it in a flat raster of so many places a row."""
    span = np.arange(-reach, reach + 1)
    up, right = (axis.ravel() for axis in np.meshgrid(span, span, indexing="ij"))
    # What is farther away in the picture is farther away on the skin; half a diagonal was rounded off.
    close = np.hypot(up, right) <= radius_mm / step_mm + 0.71
    offsets: Ints = (up * wide + right)[close]
    return offsets


def _normals(atlas: Atlas, places: SkinArray, pose: int) -> Floats:
    geometry = atlas.geometry
    corners = geometry.positions[pose][geometry.tri[np.maximum(places.tri, 0)]]
    normal: Floats = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    return normal


def _rim(shape: tuple[int, int], cells: Ints) -> Iterator[tuple[Ints, Ints, Ints]]:
    """The steps of the rim, see RasterSkin."""
    held = np.zeros((shape[0] + 2, shape[1] + 2), dtype=np.bool_)
    inner = np.zeros(shape, dtype=np.bool_)
    inner.ravel()[cells] = True
    held[1:-1, 1:-1] = inner
    wide, flat = held.shape[1], held.ravel()
    for _ in range(_GROWN):
        touched = np.zeros_like(held)
        touched[1:-1, 1:-1] = held[:-2, 1:-1] | held[2:, 1:-1] | held[1:-1, :-2] | held[1:-1, 2:]
        fresh = np.flatnonzero((touched & ~held).ravel())
        beside = fresh[:, None] + np.array([wide, -wide, 1, -1])
        yield fresh, beside, flat[beside].sum(axis=1)
        flat[fresh] = True


def _parts(count: int) -> Iterator[slice]:
    for start in range(0, count, _AT_ONCE):
        yield slice(start, min(start + _AT_ONCE, count))
