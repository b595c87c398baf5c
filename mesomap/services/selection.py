"""A choice of marks or of single points of them, and ways to make one."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import numpy as np

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.marks import InjectionSet, Mark

#: Mark id → positions of the points meant; None = the whole mark.
Selected = Mapping[UUID, frozenset[int] | None]


def chosen(mark: InjectionSet, selected: Selected) -> list[int]:
    """Positions of the selected points of a mark."""
    indices = selected.get(mark.id, frozenset())
    return list(range(mark.count)) if indices is None else sorted(i for i in indices if 0 <= i < mark.count)


def is_whole(mark: Mark, selected: Selected) -> bool:
    """Whether the whole mark is selected."""
    if mark.id not in selected:
        return False
    return not isinstance(mark, InjectionSet) or len(chosen(mark, selected)) == mark.count


def count(marks: Iterable[Mark], selected: Selected) -> tuple[int, int]:
    """Selected points, and selected area records."""
    points = areas = 0
    for mark in marks:
        if mark.id in selected:
            if isinstance(mark, InjectionSet):
                points += len(chosen(mark, selected))
            else:
                areas += 1
    return points, areas


def still_there(marks: Sequence[Mark], selected: Selected) -> dict[UUID, frozenset[int] | None]:
    """The selection without marks and points that are gone."""
    left: dict[UUID, frozenset[int] | None] = {}
    for mark in marks:
        if mark.id not in selected:
            continue
        if not isinstance(mark, InjectionSet):
            left[mark.id] = None
        elif kept := frozenset(chosen(mark, selected)):
            left[mark.id] = kept
    return left


def joined(first: Selected, second: Selected) -> dict[UUID, frozenset[int] | None]:
    """Both selections."""
    result = dict(first)
    for mark_id, indices in second.items():
        have = result.get(mark_id, frozenset())
        result[mark_id] = None if indices is None or have is None else have | indices
    return result


def in_region(atlas: Atlas, marks: Sequence[Mark], region_id: str) -> dict[UUID, frozenset[int] | None]:
    """Points in a region, hidden ones too, and the area records drawn on it."""
    row = atlas.region_index(region_id)
    found: dict[UUID, frozenset[int] | None] = {}
    for mark in marks:
        if not isinstance(mark, InjectionSet):
            if region_id in mark.region_ids:
                found[mark.id] = None
            continue
        here = np.flatnonzero(atlas.region_at(SkinArray.of(mark.points)) == row)
        if len(here):
            found[mark.id] = frozenset(here.tolist())
    return found


def of_same_technique(marks: Sequence[Mark], selected: Selected) -> dict[UUID, frozenset[int] | None]:
    """Every mark of the session whose technique the selection holds."""
    keys = {mark.dose.technique for mark in marks if mark.id in selected}
    return {mark.id: None for mark in marks if mark.dose.technique in keys}
