"""Follow-ups and what is due, events, measures, notes, sheets and scores."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from mesomap.atlas import Atlas
from mesomap.commands.entries import AddEntries
from mesomap.domain.adverse_event import AdverseEvent, Outcome
from mesomap.domain.advice import AdviceSheet
from mesomap.domain.body_measure import Measured
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.follow_up import Contact
from mesomap.domain.lot import Lot
from mesomap.domain.person import Role
from mesomap.domain.product import Product
from mesomap.domain.score import Judge
from mesomap.domain.session import SessionStatus
from mesomap.services import Practice
from mesomap.services.advice_sheets import advice_sheets, give_sheet, sheets_given
from mesomap.services.aftercare import (
    change_before,
    change_event,
    events,
    measures,
    nutrition_notes,
    record_event,
    record_measure,
    record_nutrition,
    session_before,
    take_out,
)
from mesomap.services.follow_ups import (
    change_follow_up,
    drop_planned,
    due_by,
    due_weeks,
    dues,
    follow_ups,
    plan_follow_up,
    record_follow_up,
    set_due_weeks,
)
from mesomap.services.practice_texts import change_text, new_text
from mesomap.services.scales import licensed, line_value, note_licence, offered, record_score, scores, trends

_TODAY = now().date()


@pytest.fixture
def patient_id(practice: Practice) -> UUID:
    return practice.new_patient(family_name="Beispiel", given_name="Anna").id


def _visit(practice: Practice, atlas: Atlas, patient_id: UUID, days_ago: int) -> UUID:
    return practice.new_session(patient_id, atlas, started_at=now() - timedelta(days=days_ago)).id


def test_two_and_twelve_weeks_after_the_last_session(practice: Practice, atlas: Atlas, patient_id: UUID) -> None:
    assert dues(practice, patient_id) == ()
    _visit(practice, atlas, patient_id, 60)
    _visit(practice, atlas, patient_id, 20)
    last = _TODAY - timedelta(days=20)
    assert [due.on for due in dues(practice, patient_id)] == [last + timedelta(weeks=2), last + timedelta(weeks=12)]
    assert due_by(practice, _TODAY) == {patient_id: last + timedelta(weeks=2)}
    record_follow_up(practice, patient_id, contact=Contact.PHONE, text="Nothing new")
    assert [due.on for due in dues(practice, patient_id)] == [last + timedelta(weeks=12)]
    assert due_by(practice, _TODAY) == {}


def test_list_leaves_out_what_lapsed_long_ago(practice: Practice, atlas: Atlas, patient_id: UUID) -> None:
    _visit(practice, atlas, patient_id, 14 + 84 + 80)
    assert len(dues(practice, patient_id)) == 2
    assert due_by(practice, _TODAY) == {}


def test_voided_session_asks_for_nothing(practice: Practice, atlas: Atlas, patient_id: UUID) -> None:
    session = practice.session(_visit(practice, atlas, patient_id, 20))
    practice.edit_session(session, status=SessionStatus.VOIDED)
    assert dues(practice, patient_id) == ()
    assert due_by(practice, _TODAY) == {}


def test_suspected_lot_is_found_by_its_number(practice: Practice, patient_id: UUID) -> None:
    product = Product(id=uuid4(), entered_at=now(), name="Example")
    lot = Lot(id=uuid4(), entered_at=now(), product_id=product.id, number="MV23-0419")
    practice.run(AddEntries((product, lot)))
    event = record_event(practice, patient_id, onset=now(), term="nodule", suspected_lot=" mv23-0419 ")
    assert event.lot_id == lot.id
    assert practice.entries(AdverseEvent, refers_to=lot.id) == (event,)
    assert change_event(practice, event, suspected_lot="other").lot_id is None


def test_own_weeks_and_none(practice: Practice, atlas: Atlas, patient_id: UUID) -> None:
    _visit(practice, atlas, patient_id, 20)
    set_due_weeks(practice, (4, 1, 4))
    assert due_weeks(practice) == (1, 4)
    set_due_weeks(practice, ())
    assert dues(practice, patient_id) == ()
    with pytest.raises(BadInputError, match="not possible"):
        set_due_weeks(practice, (0,))


def test_planned_follow_up_is_due_until_it_is_met_or_dropped(practice: Practice, patient_id: UUID) -> None:
    planned = plan_follow_up(practice, patient_id, _TODAY - timedelta(days=1), "look at the cheek")
    other = plan_follow_up(practice, patient_id, _TODAY + timedelta(days=100))
    assert [due.planned for due in dues(practice, patient_id)] == [planned, other]
    assert due_by(practice, _TODAY) == {patient_id: planned.due_on}
    record_follow_up(practice, patient_id, contact=Contact.VISIT, text="seen", settles=planned.id)
    drop_planned(practice, other, "moved away")
    assert dues(practice, patient_id) == ()
    assert due_by(practice, _TODAY + timedelta(days=200)) == {}


def test_follow_up_without_a_session_can_be_changed(practice: Practice, patient_id: UUID) -> None:
    first = record_follow_up(
        practice, patient_id, contact=Contact.MESSAGE, text="nodule", done_at=now() - timedelta(weeks=30)
    )
    change_follow_up(practice, first, text="nodule, left thigh")
    assert [one.text for one in follow_ups(practice, patient_id)] == ["nodule, left thigh"]


def test_event_counts_its_days_from_the_session(practice: Practice, atlas: Atlas, patient_id: UUID) -> None:
    session_id = _visit(practice, atlas, patient_id, 60)
    onset = now() - timedelta(days=18)
    session = session_before(practice, patient_id, onset)
    assert session is not None
    assert session.id == session_id
    event = record_event(practice, patient_id, onset=onset, term="nodule", session_id=session_id, grade=2)
    late = record_event(practice, patient_id, onset=now(), description="cannot be placed")
    assert [(one.event.id, one.days) for one in events(practice, patient_id)] == [(late.id, None), (event.id, 42)]
    change_event(practice, event, outcome=Outcome.RECOVERED, ended_on=date.today())
    assert events(practice, patient_id)[1].event.lasted_days == 19
    take_out(practice, late, "entered for somebody else")
    assert len(events(practice, patient_id)) == 1


def test_measures_show_what_changed_at_the_same_site(practice: Practice, patient_id: UUID) -> None:
    before = now() - timedelta(days=30)
    record_measure(
        practice, patient_id, Measured.CIRCUMFERENCE, Decimal("62.5"), site="Thigh, left", measured_at=before
    )
    record_measure(practice, patient_id, Measured.CIRCUMFERENCE, Decimal("99"), site="Hips", measured_at=before)
    record_measure(practice, patient_id, Measured.CIRCUMFERENCE, Decimal("61.0"), site="thigh, left")
    found = measures(practice, patient_id)
    assert change_before(found, found[0]) == Decimal("-1.5")
    assert change_before(found, found[1]) is None


def test_sheet_given_says_which_version(practice: Practice, patient_id: UUID) -> None:
    first = new_text(practice, AdviceSheet, title="After the session", language="en", body="Words of the practice.")
    give_sheet(practice, patient_id, first)
    second = change_text(practice, first, body="Other words.")
    give_sheet(practice, patient_id, second)
    assert advice_sheets(practice) == (second,)
    assert [one.version for one in sheets_given(practice, patient_id)] == [1, 2]
    assert sheets_given(practice, patient_id)[0].text_sha256 == first.digest


def test_scores_keep_the_label_beside_the_number(practice: Practice, patient_id: UUID) -> None:
    record_score(practice, patient_id, "gais", Decimal(2), judge=Judge.PATIENT)
    record_score(practice, patient_id, "wsrs", Decimal(3), site="left")
    note_licence(practice, "wsrs", "Written permission, example")
    record_score(practice, patient_id, "wsrs", Decimal(2), site="Left")
    assert [one.label for one in scores(practice, patient_id)] == ["Much improved", "3", "Mild"]
    assert licensed(practice) == {"wsrs"}
    assert [len(trend.scores) for trend in trends(scores(practice, patient_id))] == [2, 1]
    assert offered(practice)[0].key == "wsrs"
    assert "ctcae" not in {one.key for one in offered(practice)}


def test_both_judges_are_apart(practice: Practice, patient_id: UUID) -> None:
    for judge in Judge:
        record_score(practice, patient_id, "gais", Decimal(3), judge=judge)
    assert {trend.judge for trend in trends(scores(practice, patient_id))} == set(Judge)


@pytest.mark.parametrize(("fraction", "value"), [(-1, "0.0"), (0, "0.0"), (0.375, "3.8"), (0.999, "10.0"), (2, "10.0")])
def test_place_on_the_line_is_a_millimetre(fraction: float, value: str) -> None:
    assert str(line_value(fraction)) == value


def test_entries_name_who_is_at_the_computer(practice: Practice, patient_id: UUID) -> None:
    assert record_nutrition(practice, patient_id, "one").entered_by == ""
    person = practice.people.add("Dr Beispiel", roles=(Role.CHART, Role.ADMINISTER))
    practice.people.take(person)
    assert record_nutrition(practice, patient_id, "two").entered_by == "Dr Beispiel"


def test_notes_newest_first(practice: Practice, patient_id: UUID) -> None:
    record_nutrition(practice, patient_id, "three meals", _TODAY - timedelta(days=9))
    record_nutrition(practice, patient_id, "two meals")
    assert [one.text for one in nutrition_notes(practice, patient_id)] == ["two meals", "three meals"]
    assert practice.verify().ok
