"""Commands on the plan: what laying takes over, what settling refuses, and how the plan follows edits."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

import pytest

from mesomap.commands.marks import EraseMarks
from mesomap.commands.plan import AlsoPlanned, LayPlan, SettlePlan
from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Mark
from mesomap.domain.plan import PlannedMark, PlanOutcome, place_count
from mesomap.domain.session import Mixture, Session
from tests.records import a_patient, a_session, a_set, an_area


def planned(session: Session, mark: Mark) -> PlannedMark:
    """The mark as a plan of the session, all of it open."""
    outcomes = (PlanOutcome.PLANNED,) * place_count(mark)
    return PlannedMark(id=mark.id, session_id=session.id, mark=mark, source_mark_id=uuid4(), outcomes=outcomes)


def test_a_named_letter_keeps_its_name_and_a_missing_one_is_taken_over() -> None:
    session = replace(a_session(a_patient()), mixtures=(Mixture(letter="B", name="here"),))
    plan = [planned(session, a_set(session)), planned(session, an_area(session))]
    taken = (Mixture(letter="B", name="then"), Mixture(letter="A", name="then"))
    head, *marks = LayPlan(session, plan, taken).changes()
    assert head.after == replace(session, mixtures=(taken[1], session.mixtures[0]))
    assert [(change.before, change.after) for change in marks] == [(None, found) for found in plan]


def test_laying_nothing_or_impossible_values_is_refused() -> None:
    session = a_session(a_patient())
    mark = a_set(session)
    with pytest.raises(BadInputError, match="Nothing to repeat"):
        LayPlan(session, []).changes()
    with pytest.raises(BadInputError, match="volume"):
        LayPlan(session, [planned(session, replace(mark, volume_ml=-1.0))]).changes()
    with pytest.raises(BadInputError, match="mixture letter"):
        LayPlan(session, [planned(session, mark)], [Mixture(letter="Z", name="x")]).changes()
    with pytest.raises(BadInputError, match="no place"):
        LayPlan(session, [planned(session, mark)], done=[replace(mark, points=())]).changes()


def test_settling_holds_outcomes_and_marks_together_and_refuses_what_is_settled() -> None:
    session = a_session(a_patient())
    plan = planned(session, a_set(session, 3))
    done = plan.with_outcome(PlanOutcome.DONE, frozenset({1}))
    mark = replace(a_set(session), plan_id=plan.id)
    grown = replace(mark, points=(*mark.points, *a_set(session, 1, 5).points))
    changes = SettlePlan("Confirm", [(plan, done)], [], [(mark, grown)]).changes()
    assert changes == (Change(plan, done), Change(mark, grown))
    with pytest.raises(BadInputError, match="Nothing of the plan is open there"):
        SettlePlan("Confirm", [(plan, plan)], [mark]).changes()


def test_what_an_edit_means_for_the_plan_is_part_of_its_step() -> None:
    session = a_session(a_patient())
    plan = planned(session, a_set(session))
    mark = a_set(session)
    erase = EraseMarks(marks=[mark], what={mark.id: None})
    seen: list[Change] = []

    def follow(changes: Sequence[Change]) -> Sequence[Change]:
        seen.extend(changes)
        return [Change(plan, None)]

    command = AlsoPlanned(erase, follow)
    assert command.name == "Erase"
    assert command.changes() == (Change(mark, None), Change(plan, None))
    assert seen == [Change(mark, None)]
