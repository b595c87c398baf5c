"""Marks set out on the other side of the body: what is on the midline stays, what is there already stays single."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.marks import InjectionSet, Mark, Origin
from mesomap.domain.place import SkinPoint
from mesomap.services.charted_already import area_charted, free_points
from mesomap.services.selection import Selected


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
    if outline and area_charted(atlas, mark, outline, regions, marks):
        return None
    if not isinstance(mark, InjectionSet):
        return replace(
            mark,
            id=uuid4(),
            outline=outline,
            region_ids=regions,
            origin=origin,
            done_at=at,
            entered_at=at,
            citation="",
            plan_id=None,
        )
    chosen = mark.points if indices is None else tuple(p for i, p in enumerate(mark.points) if i in indices)
    points = _other_side(atlas, chosen) if outline else free_points(atlas, mark, _other_side(atlas, chosen), marks)
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
        plan_id=None,
    )


def _other_side(atlas: Atlas, points: Sequence[SkinPoint]) -> tuple[SkinPoint, ...]:
    return atlas.mirror(SkinArray.of(points)).points()
