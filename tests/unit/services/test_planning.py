"""The plan as last time: laid, confirmed by tap, region or all, skipped, moved; it follows edits and undo."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mesomap.atlas import SkinArray
from mesomap.commands import ReplaceMarks
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Mark, Origin
from mesomap.domain.plan import PlannedMark, PlanOutcome
from mesomap.services import ChartingService
from mesomap.services.moving import Push, moved
from mesomap.services.planning import SET_POINTS, Planning, lay, repeat
from mesomap.services.redosing import redosed
from tests.unit.services.conftest import PAPULE, point_at, reopened
from tests.unit.services.test_last_session import last_of, next_visit

NAPPAGE = Dose(technique="nappage", mixture="B", depth_mm=1.0)
DONE, OPEN, SKIPPED, MOVED = PlanOutcome.DONE, PlanOutcome.PLANNED, PlanOutcome.SKIPPED, PlanOutcome.MOVED


@pytest.fixture
def today(charting: ChartingService) -> ChartingService:
    """The next visit with a plan: a fill of papules on the left, a nappage area on the right."""
    charting.fill("chest.left", PAPULE, 0.02, spacing_mm=60)
    charting.fill("chest.right", NAPPAGE, 0.01, spacing_mm=15)
    service = next_visit(charting)
    lay(service, last_of(service))
    return service


def the_set(today: ChartingService) -> PlannedMark:
    """The planned fill of papules."""
    return today.planned[0]


def a_set(mark: Mark) -> InjectionSet:
    assert isinstance(mark, InjectionSet)
    return mark


def outcomes(today: ChartingService) -> list[PlanOutcome]:
    """What became of the fill's places."""
    return list(the_set(today).outcomes)


def some(plan: PlannedMark, *places: int) -> dict[UUID, frozenset[int] | None]:
    return {plan.id: frozenset(places)}


def test_a_plan_is_laid_in_one_step_and_puts_nothing_on_the_skin(today: ChartingService) -> None:
    assert today.marks == ()
    assert today.undo_name == "Plan as last time"
    fill, area = today.planned
    assert set(fill.outcomes) == set(area.outcomes) == {OPEN}
    assert fill.mark.session_id == today.session.id
    assert fill.mark.id == fill.id != fill.source_mark_id
    assert isinstance(area.mark, AreaRecord)
    plan = Planning(today)
    assert sorted((c.region_id, c.open, c.about) for c in plan.counts()) == [
        ("chest.left", a_set(fill.mark).count, False),
        ("chest.right", area.mark.about_n, True),
    ]
    assert plan.total().planned == a_set(fill.mark).count + (area.mark.about_n or 0)
    today.undo()
    assert today.planned == ()
    assert today.session.mixtures == ()


def test_laying_twice_plans_nothing_twice(today: ChartingService) -> None:
    with pytest.raises(BadInputError, match="planned already"):
        lay(today, last_of(today))


def test_all_is_confirmed_as_a_pattern_with_its_outline(today: ChartingService) -> None:
    plan = Planning(today)
    fill, area = plan.confirm(plan.open_places())
    assert (a_set(fill).points, fill.outline) == (a_set(the_set(today).mark).points, the_set(today).mark.outline)
    assert {fill.origin, area.origin} == {Origin.REPEAT}
    assert [fill.plan_id, area.plan_id] == [planned.id for planned in today.planned]
    assert not plan.is_open
    assert plan.total().done == plan.total().planned
    with pytest.raises(BadInputError, match="Nothing of the plan is open"):
        plan.confirm(plan.open_places())
    today.undo()
    assert today.marks == ()
    assert plan.total().open == plan.total().planned


def test_a_region_is_confirmed_alone_and_the_rest_stays_open(today: ChartingService) -> None:
    plan = Planning(today)
    (area,) = plan.confirm(plan.open_places({"chest.right"}))
    assert isinstance(area, AreaRecord)
    assert {count.region_id: count.open > 0 for count in plan.counts()} == {"chest.left": True, "chest.right": False}


def test_taps_share_one_mark_and_each_is_undone_alone(today: ChartingService) -> None:
    plan = Planning(today)
    for place in (4, 0, 2):
        plan.confirm(some(the_set(today), place), by_tap=True)
    (mark,) = today.marks
    points = a_set(the_set(today).mark).points
    assert a_set(mark).points == (points[4], points[0], points[2])
    assert (mark.origin, mark.outline, mark.dose) == (Origin.TAP, (), PAPULE)
    assert outcomes(today)[:5] == [DONE, OPEN, DONE, OPEN, DONE]
    today.undo()
    assert a_set(today.marks[0]).points == (points[4], points[0])
    assert outcomes(today)[2] is OPEN
    today.redo()
    assert outcomes(today)[2] is DONE
    assert a_set(today.marks[0]).count == 3


def test_a_set_of_taps_stays_small(charting: ChartingService) -> None:
    points = [point_at(charting.atlas, x, y) for x in range(20, 62, 6) for y in range(-20, 22, 6)]
    charting.place(points, PAPULE, 0.02, Origin.FILL)
    today = next_visit(charting)
    (planned,) = lay(today, last_of(today))
    plan = Planning(today)
    for place in range(SET_POINTS + 2):
        plan.confirm(some(planned, place), by_tap=True)
    assert [a_set(mark).count for mark in today.marks] == [SET_POINTS, 2]
    assert plan.total().done == SET_POINTS + 2


def test_skipped_places_can_be_opened_again(today: ChartingService) -> None:
    plan = Planning(today)
    plan.skip(some(the_set(today), 0, 1))
    assert outcomes(today)[:3] == [SKIPPED, SKIPPED, OPEN]
    assert plan.total().skipped == 2
    plan.reopen(some(the_set(today), 1))
    assert outcomes(today)[:3] == [SKIPPED, OPEN, OPEN]
    with pytest.raises(BadInputError, match="Nothing of the plan"):
        plan.confirm(some(the_set(today), 0))
    assert today.marks == ()


def push_of(today: ChartingService, place: int) -> Push:
    """A push of the place 6 mm upwards as the front view shows it."""
    start = a_set(the_set(today).mark).points[place]
    x, y = today.atlas.project("body_front", SkinArray.of([start])).xy[0].tolist()
    return Push("body_front", start, point_at(today.atlas, x, y + 6))


def visible_places(today: ChartingService) -> list[int]:
    """Places of the fill that the front view shows."""
    seen = today.atlas.project("body_front", SkinArray.of(a_set(the_set(today).mark).points)).visible
    return np.flatnonzero(seen).tolist()


def test_a_moved_place_is_done_elsewhere_and_says_so(today: ChartingService) -> None:
    plan = Planning(today)
    place, other = visible_places(today)[:2]
    push = push_of(today, place)
    mark = a_set(plan.move(the_set(today).id, place, push))
    assert (mark.points, mark.origin, mark.plan_id) == ((push.end,), Origin.TAP, the_set(today).id)
    assert outcomes(today)[place] is MOVED
    plan.confirm(some(the_set(today), other), by_tap=True)
    assert len(today.marks) == 2, "a tap does not join the mark that was moved"
    with pytest.raises(BadInputError, match="Nothing of the plan"):
        plan.move(the_set(today).id, place, push)


def test_an_area_moves_as_a_whole_or_not_at_all(today: ChartingService) -> None:
    plan, area = Planning(today), today.planned[1]
    start = point_at(today.atlas, -60, 0)
    with pytest.raises(BadInputError, match="leave the body"):
        plan.move(area.id, 0, Push("body_front", start, point_at(today.atlas, -118, 0)))
    assert today.marks == ()


def test_erasing_opens_the_place_again_and_undo_brings_both_back(today: ChartingService) -> None:
    plan = Planning(today)
    fill, area = plan.confirm(plan.open_places())
    today.erase({fill.id: frozenset({1, 5})})
    assert [i for i, o in enumerate(outcomes(today)) if o is OPEN] == [1, 5]
    today.erase([area.id])
    assert today.planned[1].outcomes == (OPEN,)
    today.undo()
    today.undo()
    assert not plan.is_open
    today.erase([fill.id])
    assert set(outcomes(today)) == {OPEN}


def test_erasing_a_moved_mark_opens_the_place_it_stood_for(today: ChartingService) -> None:
    plan = Planning(today)
    seen = visible_places(today)
    first, other = seen[0], seen[-1]
    mark = plan.move(the_set(today).id, first, push_of(today, first))
    plan.move(the_set(today).id, other, push_of(today, other))
    today.erase([mark.id])
    assert (outcomes(today)[first], outcomes(today)[other]) == (OPEN, MOVED)


def test_moving_a_done_mark_makes_its_places_moved_and_another_dose_does_not(today: ChartingService) -> None:
    plan = Planning(today)
    left, moving = visible_places(today)[:2]
    (mark,) = plan.confirm(some(the_set(today), left, moving))
    split = frozenset({sorted((left, moving)).index(left)})
    change = redosed(today.marks, {mark.id: split}, replace(PAPULE, depth_mm=3.0), 0.05)
    today.run(ReplaceMarks("Change dose", change.replaced, change.added))
    assert len(today.marks) == 2
    assert outcomes(today).count(DONE) == 2
    rest = a_set(today.marks[0])
    push = push_of(today, moving)
    today.run(ReplaceMarks("Move", moved(today.atlas, today.marks, {rest.id: None}, push)))
    assert (outcomes(today)[left], outcomes(today)[moving]) == (DONE, MOVED)


def test_the_plan_is_there_after_a_restart_with_its_undo(today: ChartingService, home: Path) -> None:
    plan = Planning(today)
    plan.confirm(some(the_set(today), 0), by_tap=True)
    plan.skip(some(the_set(today), 1))
    again = reopened(today, home)
    try:
        assert again.planned == today.planned
        again.undo()
        assert list(again.planned[0].outcomes)[:2] == [DONE, OPEN]
        Planning(again).confirm(some(again.planned[0], 1), by_tap=True)
        assert a_set(again.marks[0]).count == 2
    finally:
        again.practice.close()


def test_a_total_is_shared_by_the_places(charting: ChartingService) -> None:
    mark = charting.place([point_at(charting.atlas, x, 10) for x in (40, 60, 80, 100)], PAPULE, None, Origin.FILL)
    charting.run(ReplaceMarks("Total", [(mark, replace(mark, given_total_ml=2.0))]))
    today = next_visit(charting)
    (planned,) = lay(today, last_of(today))
    plan = Planning(today)
    plan.confirm(some(planned, 0), by_tap=True)
    plan.confirm(some(planned, 1), by_tap=True)
    (done,) = today.marks
    assert a_set(done).given_total_ml == pytest.approx(1.0)


def test_a_line_is_confirmed_skipped_and_erased_as_a_whole(charting: ChartingService) -> None:
    line = Dose(technique="linear_retrograde", mixture="A", depth_mm=2.0)
    charting.place([point_at(charting.atlas, 40, 10), point_at(charting.atlas, 60, 10)], line, 0.05, Origin.LINE)
    today = next_visit(charting)
    (planned,) = lay(today, last_of(today))
    plan = Planning(today)
    (done,) = plan.confirm(some(planned, 1), by_tap=True)
    assert (a_set(done).count, done.origin) == (2, Origin.LINE)
    assert today.planned[0].outcomes == (DONE, DONE)
    today.erase([done.id])
    plan.skip(some(planned, 0))
    assert today.planned[0].outcomes == (SKIPPED, SKIPPED)


def test_repeating_at_once_leaves_a_settled_plan_behind(charting: ChartingService) -> None:
    charting.place([point_at(charting.atlas, 60, 10)], PAPULE, 0.05)
    today = next_visit(charting)
    (mark,) = repeat(today, last_of(today))
    (planned,) = today.planned
    assert (planned.outcomes, mark.plan_id, today.undo_name) == ((DONE,), planned.id, "As last time")
    today.undo()
    assert (today.marks, today.planned) == ((), ())


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["tap", "skip", "erase", "undo", "redo"]), st.integers(0, 11)), max_size=14))
def test_done_places_and_marks_always_agree(today: ChartingService, acts: list[tuple[str, int]]) -> None:
    while today.undo_name != "Plan as last time":
        today.undo()
    plan = Planning(today)
    for act, number in acts:
        places = some(the_set(today), number % len(outcomes(today)))
        open_now = outcomes(today)[number % len(outcomes(today))] is OPEN
        if act == "tap" and open_now:
            plan.confirm(places, by_tap=True)
        elif act == "skip" and open_now:
            plan.skip(places)
        elif act == "erase" and today.marks:
            today.erase({today.marks[0].id: frozenset({number % a_set(today.marks[0]).count})})
        elif act == "undo" and today.undo_name != "Plan as last time":
            today.undo()
        elif act == "redo":
            today.redo()
        points = a_set(the_set(today).mark).points
        charted = {point for mark in today.marks for point in a_set(mark).points}
        assert charted == {points[i] for i, outcome in enumerate(outcomes(today)) if outcome is DONE}
