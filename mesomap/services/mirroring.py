"""Marks set out on the other side of the body: what is on the midline stays, what is there already stays single."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import numpy as np
import shapely

from mesomap.atlas import Atlas, SkinArray
from mesomap.coverage.shapes import outline_in_chart
from mesomap.domain.marks import InjectionSet, Mark, Origin, Outline
from mesomap.domain.place import SkinPoint
from mesomap.services.selection import Selected

#: A place nearer than this to a point of the same technique and mixture is that point, reference mm.
SAME_PLACE_MM = 1.0
#: An area that shares more than this part of itself with one charted already is that area.
SAME_AREA = 0.5
_ROWS = 256


def mirrored(atlas: Atlas, marks: Sequence[Mark], wanted: Selected, at: datetime) -> tuple[Mark, ...]:
    """Copies of the wanted marks (or points) on the other side, done and entered `at`.

    A copy is a pattern: the program laid it out, no needle was seen there. Points on the midline, and
    those that the session holds on the other side already, get no copy; so mirroring twice adds nothing.
    """
    found: list[Mark] = []
    for mark in marks:
        if mark.id not in wanted:
            continue
        indices = wanted[mark.id]
        copy = _copy(atlas, mark, indices, marks, at)
        if copy is not None:
            found.append(copy)
    return tuple(found)


def _copy(atlas: Atlas, mark: Mark, indices: frozenset[int] | None, marks: Sequence[Mark], at: datetime) -> Mark | None:
    origin = Origin.REPEAT if mark.origin in (Origin.TAP, Origin.IMPORT) else mark.origin
    outline = tuple(_other_side(atlas, ring) for ring in mark.outline) if indices is None else ()
    regions = tuple(dict.fromkeys(atlas.mirror_region(region).id for region in mark.region_ids))
    if outline and _charted(atlas, mark, outline, regions, marks):
        return None
    if not isinstance(mark, InjectionSet):
        return replace(
            mark, id=uuid4(), outline=outline, region_ids=regions, origin=origin, done_at=at, entered_at=at, citation=""
        )
    chosen = mark.points if indices is None else tuple(p for i, p in enumerate(mark.points) if i in indices)
    points = _other_side(atlas, chosen) if outline else _free(atlas, mark, _other_side(atlas, chosen), marks)
    if not points:
        return None
    homes = (atlas.region_id_at(point) for point in points)
    return replace(
        mark,
        id=uuid4(),
        points=points,
        outline=outline,
        region_ids=tuple(dict.fromkeys(home for home in homes if home is not None)),
        origin=origin,
        done_at=at,
        entered_at=at,
        citation="",
    )


def _other_side(atlas: Atlas, points: Sequence[SkinPoint]) -> tuple[SkinPoint, ...]:
    return atlas.mirror(SkinArray.of(points)).points()


def _like(mark: Mark, marks: Sequence[Mark]) -> list[Mark]:
    """Marks of the same technique and mixture, the mark itself among them."""
    return [m for m in marks if (m.dose.technique, m.dose.mixture) == (mark.dose.technique, mark.dose.mixture)]


def _free(atlas: Atlas, mark: Mark, points: tuple[SkinPoint, ...], marks: Sequence[Mark]) -> tuple[SkinPoint, ...]:
    """The points at whose place the session holds no like point yet."""
    held = [point for m in _like(mark, marks) if isinstance(m, InjectionSet) for point in m.points]
    if not points or not held:
        return points
    new, old = atlas.position(SkinArray.of(points)), atlas.position(SkinArray.of(held))
    kept: list[SkinPoint] = []
    for start in range(0, len(points), _ROWS):
        away = np.linalg.norm(new[start : start + _ROWS, None, :] - old[None, :, :], axis=2).min(axis=1)
        kept.extend(points[start + int(row)] for row in np.flatnonzero(away > SAME_PLACE_MM))
    return tuple(kept)


def _charted(atlas: Atlas, mark: Mark, outline: Outline, regions: tuple[str, ...], marks: Sequence[Mark]) -> bool:
    """Whether most of an area is covered by the outline of a like mark already."""
    whole = shared = 0.0
    others = [m for m in _like(mark, marks) if m.outline and set(m.region_ids) & set(regions)]
    for region_id in regions:
        chart = atlas.chart(region_id)
        area = outline_in_chart(chart, outline)
        held = shapely.union_all([outline_in_chart(chart, m.outline) for m in others])
        whole += float(area.area)
        shared += float(shapely.intersection(area, held).area)
    return whole > 0 and shared / whole > SAME_AREA
