"""The plan of a session: laid from the last one, then confirmed, skipped or moved – all of it, by region, by place."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

import numpy as np
import numpy.typing as npt

from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.records import Region
from mesomap.commands.plan import LayPlan, SettlePlan
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark, Origin
from mesomap.domain.place import SkinPoint
from mesomap.domain.plan import PlannedMark, PlanOutcome
from mesomap.services.charting import ChartingService
from mesomap.services.last_session import LastSession, copies_of, names_to_take
from mesomap.services.moving import Push, moved
from mesomap.services.touched import regions_of_points

#: Planned mark → positions of its places; None = all of them.
Places = Mapping[UUID, frozenset[int] | None]
#: Points confirmed one by one share a set up to this number: a set is stored anew with every point it takes in.
SET_POINTS = 40
#: Of a pair the patient's right comes first.
_SIDES = {"right": 0, "mid": 1, "": 1, "left": 2}


@dataclass(frozen=True, slots=True)
class PlanCount:
    """How far a plan is, in a region or in all. Areas count with their about n; areas: outcomes that hold one."""

    region_id: str
    done: int = 0
    skipped: int = 0
    moved: int = 0
    open: int = 0
    areas: frozenset[PlanOutcome] = frozenset()

    @property
    def planned(self) -> int:
        """All that was planned."""
        return self.done + self.skipped + self.moved + self.open

    @property
    def about(self) -> bool:
        """Whether an area is among all, so that the numbers are estimates."""
        return bool(self.areas)

    def plus(self, outcome: PlanOutcome, places: int, *, about: bool) -> "PlanCount":
        """With more places of this outcome."""
        field = "open" if outcome is PlanOutcome.PLANNED else outcome.value
        areas = self.areas | {outcome} if about else self.areas
        return replace(self, areas=areas, **{field: getattr(self, field) + places})


def region_order(atlas: Atlas, region: Region) -> tuple[int, int]:
    """From head to foot as the atlas lists the regions; of a pair the patient's right first, then the left."""
    return min(region.index, atlas.mirror_region(region.id).index), _SIDES.get(region.side, 1)


def goes_whole(mark: Mark) -> bool:
    """Whether a mark is confirmed, skipped and moved as one: an area, or a line, whose points make it a line."""
    return isinstance(mark, AreaRecord) or mark.origin is Origin.LINE


def weight(planned: PlannedMark) -> int:
    """What one place of a planned mark counts for: 1, or about n of an area."""
    return max(1, planned.mark.about_n or 1) if isinstance(planned.mark, AreaRecord) else 1


class Planning:
    """The plan of one session under the pen. Every change is one step of the session."""

    def __init__(self, charting: ChartingService) -> None:
        self._charting = charting
        self._atlas = charting.atlas
        self._regions: dict[UUID, npt.NDArray[np.int64]] = {}
        self._counts: dict[UUID, tuple[PlannedMark, Counter[tuple[int, PlanOutcome]]]] = {}

    # -- reading

    @property
    def marks(self) -> tuple[PlannedMark, ...]:
        """The plan, in the order of last time's charting."""
        return self._charting.planned

    @property
    def is_open(self) -> bool:
        """Whether a place is neither done nor skipped nor moved."""
        return any(PlanOutcome.PLANNED in planned.outcomes for planned in self.marks)

    def region_rows(self, planned: PlannedMark) -> npt.NDArray[np.int64]:
        """(places,) row of the region each place counts for. An area over several regions counts for its first."""
        known = self._regions.get(planned.id)
        if known is None:
            mark = planned.mark
            if isinstance(mark, InjectionSet):
                known = np.asarray(self._atlas.region_at(SkinArray.of(mark.points)), np.int64)
            else:
                known = np.array([self._atlas.region_index(r) for r in mark.region_ids[:1]] or [-1], np.int64)
            self._regions[planned.id] = known
        return known

    def counts(self) -> tuple[PlanCount, ...]:
        """How far the plan is by region, from head to foot, right before left."""
        found: dict[int, PlanCount] = {}
        for planned in self.marks:
            about = isinstance(planned.mark, AreaRecord)
            for (row, outcome), places in self._counted(planned).items():
                if row >= 0:
                    before = found.get(row) or PlanCount(self._atlas.regions[row].id)
                    found[row] = before.plus(outcome, places * weight(planned), about=about)
        regions = self._atlas.regions
        return tuple(found[row] for row in sorted(found, key=lambda row: region_order(self._atlas, regions[row])))

    def total(self) -> PlanCount:
        """How far the whole plan is."""
        found = PlanCount("")
        for planned in self.marks:
            about = isinstance(planned.mark, AreaRecord)
            for (_, outcome), places in self._counted(planned).items():
                found = found.plus(outcome, places * weight(planned), about=about)
        return found

    def _counted(self, planned: PlannedMark) -> Counter[tuple[int, PlanOutcome]]:
        """Places by region row and outcome; counted once for each state of a planned mark."""
        known = self._counts.get(planned.id)
        if known is None or known[0] is not planned:
            rows = self.region_rows(planned).tolist()
            known = self._counts[planned.id] = (planned, Counter(zip(rows, planned.outcomes, strict=True)))
        return known[1]

    def open_places(self, region_ids: Collection[str] | None = None) -> dict[UUID, frozenset[int] | None]:
        """The open places in the regions, None = everywhere. A line belongs where its first point lies."""
        rows = None if region_ids is None else {self._atlas.region_index(region_id) for region_id in region_ids}
        found: dict[UUID, frozenset[int] | None] = {}
        for planned in self.marks:
            left = planned.open_places
            if rows is not None:
                lies_in = self.region_rows(planned).tolist()
                whole = goes_whole(planned.mark)
                left = tuple(i for i in left if lies_in[0 if whole else i] in rows)
            if left:
                found[planned.id] = frozenset(left)
        return found

    # -- settling

    def confirm(self, places: Places, *, by_tap: bool = False) -> tuple[Mark, ...]:
        """Record open places as done, now, with the dose of the plan; returns the marks that carry them.

        by_tap: a person pointed at each of them, so the mark is a tap; else it is a pattern. Points tapped one
        after the other share one mark. Raises BadInputError when none of the places is open.
        """
        added: list[Mark] = []
        grown: list[tuple[Mark, Mark]] = []
        settled: list[tuple[PlannedMark, PlannedMark]] = []
        at = now()
        for planned, chosen in self._open_among(places):
            settled.append((planned, planned.with_outcome(PlanOutcome.DONE, chosen)))
            part = done_part(self._charting, planned, chosen, at, by_tap=by_tap)
            before = self._growing(planned, part)
            if before is None:
                added.append(part)
            else:
                grown.append((before, _joined(before, part)))
        self._charting.run(SettlePlan("Confirm", settled, added, grown))
        return (*added, *(after for _, after in grown))

    def skip(self, places: Places) -> None:
        """Note that open places were left out on purpose. Raises BadInputError when none of them is open."""
        settled = [(p, p.with_outcome(PlanOutcome.SKIPPED, chosen)) for p, chosen in self._open_among(places)]
        self._charting.run(SettlePlan("Skip", settled))

    def reopen(self, places: Places) -> None:
        """Make skipped places open again. Raises BadInputError when none of them was skipped."""
        pairs = self._among(places, PlanOutcome.SKIPPED)
        self._charting.run(SettlePlan("Reopen", [(p, p.with_outcome(PlanOutcome.PLANNED, c)) for p, c in pairs]))

    def move(self, plan_id: UUID, place: int, push: Push) -> Mark:
        """Record an open place as done elsewhere; a line or area goes as a whole. The new mark is returned.

        Raises BadInputError when the place is not open any more, or the skin ends there.
        """
        pairs = self._open_among({plan_id: frozenset({place})})
        if not pairs:
            raise BadInputError("Nothing of the plan is open there. What is settled can be undone.")
        planned, chosen = pairs[0]
        part = done_part(self._charting, planned, chosen, now(), by_tap=True)
        if isinstance(part, InjectionSet) and part.count == 1:
            part = replace(part, points=(push.end,), region_ids=regions_of_points(self._atlas, (push.end,)))
        else:
            ((_, part),) = moved(self._atlas, (part,), {part.id: None}, push)
        settled = [(planned, planned.with_outcome(PlanOutcome.MOVED, chosen))]
        self._charting.run(SettlePlan("Move planned", settled, [part]))
        return part

    # -- inside

    def _open_among(self, places: Places) -> list[tuple[PlannedMark, frozenset[int]]]:
        return self._among(places, PlanOutcome.PLANNED)

    def _among(self, places: Places, outcome: PlanOutcome) -> list[tuple[PlannedMark, frozenset[int]]]:
        """Planned marks with those of the places that have this outcome; a line or area goes as a whole."""
        found: list[tuple[PlannedMark, frozenset[int]]] = []
        for planned in self.marks:
            if planned.id not in places:
                continue
            wanted = places[planned.id]
            if wanted is None or (wanted and goes_whole(planned.mark)):
                wanted = frozenset(range(len(planned.outcomes)))
            chosen = frozenset(i for i in wanted if planned.outcomes[i] is outcome)
            if chosen:
                found.append((planned, chosen))
        return found

    def _growing(self, planned: PlannedMark, part: Mark) -> InjectionSet | None:
        """The set that earlier taps on the same planned mark made, while it has room and the same dose."""
        if not isinstance(part, InjectionSet) or part.origin is not Origin.TAP:
            return None
        for mark in reversed(self._charting.marks):
            if isinstance(mark, InjectionSet) and mark.plan_id == planned.id and mark.origin is Origin.TAP:
                alike = (mark.dose, mark.volume_ml, mark.remark) == (part.dose, part.volume_ml, part.remark)
                totals = (mark.given_total_ml is None) == (part.given_total_ml is None)
                fits = mark.count + part.count <= SET_POINTS and _of_plan(mark, planned)
                return mark if alike and totals and fits and not mark.outline else None
        return None


def _of_plan(mark: InjectionSet, planned: PlannedMark) -> bool:
    """Whether all points of a mark stand where they were planned; one that was moved is a mark of its own."""
    return isinstance(planned.mark, InjectionSet) and set(mark.points) <= set(planned.mark.points)


def _joined(before: InjectionSet, part: Mark) -> InjectionSet:
    assert isinstance(part, InjectionSet)
    total = None
    if before.given_total_ml is not None and part.given_total_ml is not None:
        total = before.given_total_ml + part.given_total_ml
    regions = tuple(dict.fromkeys((*before.region_ids, *part.region_ids)))
    return replace(before, points=(*before.points, *part.points), region_ids=regions, given_total_ml=total)


def done_part(
    charting: ChartingService, planned: PlannedMark, chosen: frozenset[int], at: datetime, *, by_tap: bool
) -> Mark:
    """The mark that carries out these places of a planned mark. A whole fill keeps its outline, a part has none."""
    mark = planned.mark
    pattern = mark.origin is Origin.LINE or isinstance(mark, AreaRecord) or not by_tap
    origin = mark.origin if pattern else Origin.TAP
    fresh = replace(mark, id=uuid4(), plan_id=planned.id, origin=origin, done_at=at, entered_at=at)
    if not isinstance(fresh, InjectionSet) or len(chosen) == fresh.count:
        return fresh
    points = tuple(point for i, point in enumerate(fresh.points) if i in chosen)
    share = None if fresh.given_total_ml is None else fresh.given_total_ml * len(points) / fresh.count
    return replace(
        fresh,
        points=points,
        outline=(),
        spacing_mm=None,
        region_ids=regions_of_points(charting.atlas, points),
        given_total_ml=share,
    )


def lay(
    charting: ChartingService, last: LastSession, region_ids: Collection[str] | None = None
) -> tuple[PlannedMark, ...]:
    """Put the marks of the last session that lie in the regions (None = all) on the body as a plan; one step.

    A letter that this session neither names nor uses takes its name over. What is charted or planned already is
    left out. Raises BadInputError when nothing is left to plan.
    """
    planned, command = _laying(charting, last, region_ids)
    charting.run(command)
    return planned


def repeat(charting: ChartingService, last: LastSession, region_ids: Collection[str] | None = None) -> tuple[Mark, ...]:
    """Lay the plan and record all of it as done, in one step to undo.

    A mark has the dose and mixture letter of last time, is done and entered now, and is a pattern: no needle was
    seen there. A remark of that day is not repeated. Raises BadInputError when nothing is left to repeat.
    """
    planned, command = _laying(charting, last, region_ids)
    at = now()
    done = [done_part(charting, p, frozenset(p.open_places), at, by_tap=False) for p in planned]
    settled = [p.with_outcome(PlanOutcome.DONE) for p in planned]
    charting.run(replace(command, planned=settled, done=done))
    return tuple(done)


def _laying(
    charting: ChartingService, last: LastSession, region_ids: Collection[str] | None
) -> tuple[tuple[PlannedMark, ...], LayPlan]:
    pairs = copies_of(charting, last, region_ids)
    planned = tuple(_planned(charting.session.id, source, copy) for source, copy in pairs)
    names = names_to_take(charting, last, [copy for _, copy in pairs])
    return planned, LayPlan(charting.session, planned, names)


def _planned(session_id: UUID, source: Mark, copy: Mark) -> PlannedMark:
    places = copy.count if isinstance(copy, InjectionSet) else 1
    return PlannedMark(
        id=copy.id,
        session_id=session_id,
        mark=copy,
        source_mark_id=source.id,
        outcomes=(PlanOutcome.PLANNED,) * places,
    )


def point_of(planned: PlannedMark, place: int) -> SkinPoint:
    """Skin of a place: the point, or the first corner of an area."""
    return planned.mark.points[place] if isinstance(planned.mark, InjectionSet) else planned.mark.outline[0][0]
