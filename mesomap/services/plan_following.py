"""What an edit of marks means for the plan they carry out: erased opens the place again, moved says so."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

import numpy as np

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.change import Change
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark, Outline
from mesomap.domain.place import SkinPoint
from mesomap.domain.plan import PlannedMark, PlanOutcome


def followed(atlas: Atlas, planned: Sequence[PlannedMark], changes: Sequence[Change]) -> tuple[Change, ...]:
    """Changes of the plan that go with changes of marks carrying it out; empty when none does."""
    known = {found.id: found for found in planned}
    before = _carried(known, (change.before for change in changes))
    after = _carried(known, (change.after for change in changes))
    found: list[Change] = []
    for plan_id in {**before, **after}:
        was = known[plan_id]
        if isinstance(was.mark, AreaRecord):
            now = _area(was, before.get(plan_id, []), after.get(plan_id, []))
        else:
            now = _points(atlas, was, _all_points(before.get(plan_id, [])), _all_points(after.get(plan_id, [])))
        if now != was:
            found.append(Change(was, now))
    return tuple(found)


def _carried(known: Mapping[UUID, PlannedMark], records: Iterable[object]) -> dict[UUID, list[Mark]]:
    found: dict[UUID, list[Mark]] = {}
    for record in records:
        if isinstance(record, InjectionSet | AreaRecord) and record.plan_id in known and record.plan_id is not None:
            found.setdefault(record.plan_id, []).append(record)
    return found


def _all_points(marks: Sequence[Mark]) -> list[SkinPoint]:
    return [point for mark in marks if isinstance(mark, InjectionSet) for point in mark.points]


def _area(was: PlannedMark, before: Sequence[Mark], after: Sequence[Mark]) -> PlannedMark:
    """An area is one place: gone opens it, another outline moves it."""
    whole = frozenset({0})
    if before and not after:
        return was.with_outcome(PlanOutcome.PLANNED, whole)
    if before and _outlines(before) != _outlines(after):
        return was.with_outcome(PlanOutcome.MOVED, whole)
    return was


def _outlines(marks: Sequence[Mark]) -> list[Outline]:
    return [mark.outline for mark in marks]


def _points(atlas: Atlas, was: PlannedMark, before: list[SkinPoint], after: list[SkinPoint]) -> PlannedMark:
    """Points that left are put down to the place they were planned at, else to the nearest one that was moved."""
    assert isinstance(was.mark, InjectionSet)
    gone, new = list((Counter(before) - Counter(after)).elements()), Counter(after) - Counter(before)
    landed = new.total()
    outcomes = list(was.outcomes)
    left = _Left(atlas, was.mark, outcomes)
    for number, point in enumerate(gone):
        place = left.take(point)
        if place is not None:
            outcomes[place] = PlanOutcome.MOVED if number < landed else PlanOutcome.PLANNED
    return replace(was, outcomes=tuple(outcomes))


class _Left:
    """Settled places of a planned set whose point has not been put down to an edit yet."""

    def __init__(self, atlas: Atlas, mark: InjectionSet, outcomes: Sequence[PlanOutcome]) -> None:
        self._atlas, self._mark = atlas, mark
        self._places: dict[SkinPoint, list[int]] = {}
        self._moved: list[int] = []
        for i, (point, outcome) in enumerate(zip(mark.points, outcomes, strict=True)):
            if outcome is PlanOutcome.DONE:
                self._places.setdefault(point, []).append(i)
            elif outcome is PlanOutcome.MOVED:
                self._moved.append(i)

    def take(self, point: SkinPoint) -> int | None:
        """The place that stood for this point, used up; None when there is none."""
        if self._places.get(point):
            return self._places[point].pop()
        if not self._moved:
            return None
        at = self._atlas.position(SkinArray.of([self._mark.points[i] for i in self._moved]))
        away = np.linalg.norm(at - self._atlas.position(SkinArray.of([point])), axis=1)
        return self._moved.pop(int(np.argmin(away)))
