"""Courses and protocols as records: numbers of sessions, days, what is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.course import Course, CourseStatus, CourseVisit, moved_on, planned_visits
from mesomap.domain.errors import BadInputError
from mesomap.domain.price import Payment, Price
from mesomap.domain.protocol import Protocol, ProtocolStep
from mesomap.domain.protocol_examples import example_protocols
from mesomap.domain.receipt import Receipt, ReceiptLine
from mesomap.storage.canonical import canonical, record_from
from tests.records import NOON

FIRST = date(2026, 3, 2)


def a_course(count: int = 4, interval_days: int | None = 14) -> Course:
    return Course(
        id=uuid4(),
        entered_at=NOON,
        patient_id=uuid4(),
        protocol_name="Mesolift",
        began_on=FIRST,
        interval_days=interval_days,
        visits=planned_visits(count, FIRST, interval_days),
    )


def test_sessions_are_planned_at_even_intervals() -> None:
    assert [visit.due for visit in a_course().visits] == [
        FIRST, date(2026, 3, 16), date(2026, 3, 30), date(2026, 4, 13),
    ]  # fmt: skip


def test_without_an_interval_no_day_is_made_up() -> None:
    assert [visit.due for visit in a_course(interval_days=None).visits] == [FIRST, None, None, None]


def test_the_next_session_is_the_first_that_is_neither_done_nor_left_out() -> None:
    course = a_course()
    course = course.with_visit(0, replace(course.visits[0], session_id=uuid4()))
    course = course.with_visit(1, replace(course.visits[1], left_out=True))
    assert course.next_visit == 2
    assert course.next_due == date(2026, 3, 30)
    assert (course.done, course.planned) == (1, 3)
    assert course.is_overdue(date(2026, 3, 31))
    assert not course.is_overdue(date(2026, 3, 30))


def test_numbers_of_sessions_do_not_count_what_was_left_out() -> None:
    third = uuid4()
    course = a_course()
    course = course.with_visit(1, replace(course.visits[1], left_out=True))
    course = course.with_visit(2, replace(course.visits[2], session_id=third))
    assert course.number_of(third) == 2
    assert course.number_of(uuid4()) is None


def test_nothing_is_next_in_a_course_that_is_finished() -> None:
    finished = replace(a_course(), status=CourseStatus.FINISHED)
    assert finished.next_visit is None
    assert not finished.is_overdue(date(2030, 1, 1))


@given(st.integers(2, 12), st.integers(0, 60), st.integers(-20, 20), st.data())
def test_a_moved_session_takes_those_after_it_along(count: int, days: int, by: int, data: st.DataObject) -> None:
    course = a_course(count, days)
    position = data.draw(st.integers(0, count - 1))
    old = [visit.due for visit in course.visits]
    day = date.fromordinal((old[position] or FIRST).toordinal() + by)
    new = [visit.due for visit in moved_on(course, position, day).visits]
    assert new[:position] == old[:position]
    assert new[position] == day
    gaps = {(b - a).days for a, b in zip(new[position:], new[position + 1 :], strict=False) if a and b}
    assert gaps <= {days}


@pytest.mark.parametrize("count", [0, -1, 61])
def test_impossible_numbers_of_sessions(count: int) -> None:
    with pytest.raises(BadInputError, match="1 to 60 sessions"):
        planned_visits(count, FIRST, 7)


def test_what_a_course_cannot_be() -> None:
    course, twice = a_course(), uuid4()
    done = CourseVisit(session_id=twice)
    for wrong, words in (
        (replace(course, patient_id=None), "no patient"),
        (replace(course, visits=()), "1 to 60"),
        (replace(course, interval_days=-1), "not possible"),
        (replace(course, visits=(done, done)), "twice"),
        (replace(course, visits=(replace(done, left_out=True),)), "cannot be left out"),
        (replace(course, status=CourseStatus.STOPPED), "why the course is stopped"),
    ):
        with pytest.raises(BadInputError, match=words):
            wrong.check()


def test_a_course_is_found_by_its_sessions_and_its_protocol() -> None:
    session, protocol = uuid4(), uuid4()
    course = replace(a_course(), protocol_id=protocol)
    course = course.with_visit(0, replace(course.visits[0], session_id=session))
    assert set(course.refers_to) == {protocol, session}
    assert course.at.date() == FIRST


def test_examples_can_be_recorded_and_state_no_volume_that_no_source_states() -> None:
    examples = example_protocols(uuid4, NOON)
    assert len(examples) >= 10
    for one in examples:
        one.check()
        assert one.example
        assert one.sources
        for step in one.steps:
            assert step.volume_ml is None
            assert step.total_ml is None
            assert step.spacing_mm is None
    assert [step.depth_mm for one in examples for step in one.steps if step.depth_mm] == [1.0]


def test_what_a_protocol_cannot_be() -> None:
    step = ProtocolStep(regions=("buttock",), technique="papule")
    good = Protocol(id=uuid4(), entered_at=NOON, name="Own", steps=(step,))
    good.check()
    for wrong, words in (
        (replace(good, name="  "), "no name"),
        (replace(good, name="x" * 121), "121 letters"),
        (replace(good, sessions_min=0), "number of sessions 0"),
        (replace(good, sessions_min=5, sessions_max=3), "smaller number first"),
        (replace(good, interval_max_days=800), "800 is not possible"),
        (replace(good, price_session=Decimal("1.001"), currency="EUR"), "more than two decimals"),
        (replace(good, price_session=Decimal("1.00")), "not a currency"),
        (replace(good, steps=(replace(step, regions=()),)), "Step 1 of the protocol has no region"),
        (replace(good, steps=(step, replace(step, technique=""))), "Step 2 of the protocol has no technique"),
        (replace(good, steps=(replace(step, technique="nothing"),)), "not a technique"),
        (replace(good, steps=(replace(step, depth_mm=-1.0),)), "not possible"),
        (replace(good, steps=(replace(step, total_ml=float("nan")),)), "not a number"),
        (replace(good, steps=(replace(step, mixture="Z"),)), "not a mixture letter"),
    ):
        with pytest.raises(BadInputError, match=words):
            wrong.check()


def test_a_price_is_of_a_session_or_of_a_course() -> None:
    price = Price(id=uuid4(), entered_at=NOON, patient_id=uuid4(), amount=Decimal("120"), currency="EUR")
    with pytest.raises(BadInputError, match="one session or of one course"):
        price.check()
    replace(price, session_id=uuid4()).check()
    replace(price, course_id=uuid4()).check()
    with pytest.raises(BadInputError, match="one session or of one course"):
        replace(price, session_id=uuid4(), course_id=uuid4()).check()


def test_a_payment_has_an_amount_and_a_day() -> None:
    payment = Payment(id=uuid4(), entered_at=NOON, patient_id=uuid4(), amount=Decimal("0.00"), currency="EUR")
    with pytest.raises(BadInputError, match="nothing is not recorded"):
        payment.check()
    with pytest.raises(BadInputError, match="day of the payment"):
        replace(payment, amount=Decimal("5")).check()


def test_a_receipt_adds_up_exactly() -> None:
    lines = tuple(ReceiptLine(words=f"Session {n}", day=FIRST, amount=Decimal("0.10")) for n in range(3))
    receipt = Receipt(
        id=uuid4(), entered_at=NOON, patient_id=uuid4(), number=1, issued_on=FIRST, lines=lines, currency="CHF"
    )
    receipt.check()
    assert receipt.total == Decimal("0.30")
    with pytest.raises(BadInputError, match="1 to 200 lines"):
        replace(receipt, lines=()).check()


def test_records_come_back_as_they_were_written() -> None:
    course = a_course()
    price = Price(
        id=uuid4(), entered_at=NOON, patient_id=uuid4(), session_id=uuid4(), amount=Decimal("120.50"), currency="EUR"
    )
    for record in (course, price, *example_protocols(uuid4, NOON)):
        assert record_from(canonical(record)) == record
