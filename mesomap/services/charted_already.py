"""What a session holds already, so that marks set out anew (mirrored, repeated) are never doubled."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

from mesomap.atlas import Atlas, SkinArray
from mesomap.coverage.shapes import outline_in_chart
from mesomap.domain.marks import InjectionSet, Mark, Outline
from mesomap.domain.place import SkinPoint

#: A place nearer than this to a point of the same technique and mixture is that point, reference mm.
SAME_PLACE_MM = 1.0
#: An area that shares more than this part of itself with one charted already is that area.
SAME_AREA = 0.5
#: Bodies are longest along y, so points are spread widest there.
_AXIS = 1


def _like(mark: Mark, marks: Sequence[Mark]) -> list[Mark]:
    """Marks of the same technique and mixture, the mark itself if it is among them."""
    return [m for m in marks if (m.dose.technique, m.dose.mixture) == (mark.dose.technique, mark.dose.mixture)]


def free_points(
    atlas: Atlas, mark: Mark, points: tuple[SkinPoint, ...], marks: Sequence[Mark]
) -> tuple[SkinPoint, ...]:
    """The points at whose place the marks hold no point of the mark's technique and mixture yet."""
    free = is_free(atlas, mark, points, marks).tolist()
    return tuple(point for point, keep in zip(points, free, strict=True) if keep)


def is_free(atlas: Atlas, mark: Mark, points: Sequence[SkinPoint], marks: Sequence[Mark]) -> npt.NDArray[np.bool_]:
    """(N,) True where the marks hold no point of the mark's technique and mixture within SAME_PLACE_MM."""
    held = [point for m in _like(mark, marks) if isinstance(m, InjectionSet) for point in m.points]
    free = np.ones(len(points), np.bool_)
    if not points or not held:
        return free
    new, old = atlas.position(SkinArray.of(points)), atlas.position(SkinArray.of(held))
    # Sorted along one axis, only a handful of the points held can be near each new one.
    old = old[np.argsort(old[:, _AXIS])]
    first = np.searchsorted(old[:, _AXIS], new[:, _AXIS] - SAME_PLACE_MM, "left")
    count = np.searchsorted(old[:, _AXIS], new[:, _AXIS] + SAME_PLACE_MM, "right") - first
    row = np.repeat(np.arange(len(new)), count)
    other = np.repeat(first - np.cumsum(count) + count, count) + np.arange(len(row))
    free[row[np.linalg.norm(new[row] - old[other], axis=1) <= SAME_PLACE_MM]] = False
    return free


def area_charted(atlas: Atlas, mark: Mark, outline: Outline, regions: Sequence[str], marks: Sequence[Mark]) -> bool:
    """Whether most of an area is covered by the outline of a like mark already."""
    whole = shared = 0.0
    others = [m for m in _like(mark, marks) if m.outline and set(m.region_ids) & set(regions)]
    if not others:
        return False
    for region_id in regions:
        chart = atlas.chart(region_id)
        area = outline_in_chart(chart, outline)
        held = shapely.union_all([outline_in_chart(chart, m.outline) for m in others])
        whole += float(area.area)
        shared += float(shapely.intersection(area, held).area)
    return whole > 0 and shared / whole > SAME_AREA
