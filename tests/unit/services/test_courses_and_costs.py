"""Protocols, courses, prices, payments and receipts in a practice, as they are kept and read again."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from mesomap.atlas import Atlas
from mesomap.domain.course import Course, CourseStatus
from mesomap.domain.errors import BadInputError
from mesomap.domain.patient import Patient
from mesomap.domain.price import PaidBy, Payment
from mesomap.domain.session import SessionStatus
from mesomap.services import Practice, costs, courses, protocols, receipts
from mesomap.services.letterhead import Letterhead, set_letterhead
from tests.unit.services.conftest import PASSPHRASE

FIRST = date(2026, 3, 2)


@pytest.fixture
def patient(practice: Practice) -> Patient:
    return practice.new_patient(family_name="Beispiel", given_name="Anna", number="17")


@pytest.fixture
def course(practice: Practice, patient: Patient) -> Course:
    protocols.add_examples(practice)
    lift = next(one for one in protocols.protocols(practice) if one.kind == "mesolift")
    return courses.begin_course(practice, patient.id, lift, count=4, first=FIRST, interval_days=14)


def test_examples_are_added_once_and_are_the_practices_own_after_an_edit(practice: Practice) -> None:
    added = protocols.add_examples(practice)
    assert protocols.add_examples(practice) == ()
    edited = protocols.save_protocol(practice, replace(added[0], remark="ours"))
    assert not edited.example
    assert next(one for one in protocols.protocols(practice) if one.id == edited.id).remark == "ours"


def test_two_protocols_never_have_one_name(practice: Practice) -> None:
    first = protocols.save_protocol(practice, replace(protocols.new_protocol(), name="Neck"))
    with pytest.raises(BadInputError, match="named “NECK” already"):
        protocols.save_protocol(practice, replace(protocols.new_protocol(), name="NECK"))
    protocols.withdraw_protocol(practice, first, "not used any more")
    protocols.save_protocol(practice, replace(protocols.new_protocol(), name="neck"))


def test_a_protocol_goes_out_of_use_only_with_a_reason(practice: Practice) -> None:
    one = protocols.save_protocol(practice, replace(protocols.new_protocol(), name="Neck"))
    with pytest.raises(BadInputError, match="why"):
        protocols.withdraw_protocol(practice, one, "  ")
    protocols.withdraw_protocol(practice, one, "replaced")
    assert protocols.protocols(practice) == ()


def test_sessions_join_the_course_in_their_order(
    practice: Practice, patient: Patient, course: Course, atlas: Atlas
) -> None:
    first, second = (practice.new_session(patient.id, atlas) for _ in range(2))
    place = courses.join(practice, course, first.id)
    assert (place.number, place.planned) == (1, 4)
    place = courses.join(practice, place.course, second.id)
    assert place.number == 2
    again = courses.join(practice, place.course, first.id)
    assert again.number == 1
    found = courses.place_of(practice, second.id)
    assert found is not None
    assert found.number == 2
    assert courses.to_join(practice, patient.id)[0].next_due == date(2026, 3, 30)


def test_a_session_of_another_patient_or_a_void_one_never_joins(
    practice: Practice, patient: Patient, course: Course, atlas: Atlas
) -> None:
    other = practice.new_patient(family_name="Esempio", given_name="Bruno")
    with pytest.raises(BadInputError, match="another patient"):
        courses.join(practice, course, practice.new_session(other.id, atlas).id)
    void = practice.new_session(patient.id, atlas)
    practice.edit_session(void, status=SessionStatus.VOIDED)
    with pytest.raises(BadInputError, match="void"):
        courses.join(practice, course, void.id)


def test_a_full_course_takes_a_session_only_when_one_is_added(
    practice: Practice, patient: Patient, course: Course, atlas: Atlas
) -> None:
    for _ in range(4):
        course = courses.join(practice, course, practice.new_session(patient.id, atlas).id).course
    more = practice.new_session(patient.id, atlas)
    with pytest.raises(BadInputError, match="No session of this course is to come"):
        courses.join(practice, course, more.id)
    assert courses.join(practice, courses.add_visit(practice, course), more.id).number == 5


def test_deviations_are_kept_with_their_words(practice: Practice, course: Course, home: Path) -> None:
    course = courses.note_deviation(practice, course, 0, "neck  left out: sunburn")
    with pytest.raises(BadInputError, match="why the session is left out"):
        courses.leave_out(practice, course, 1, " ")
    course = courses.leave_out(practice, course, 1, "holiday")
    practice.close()
    with Practice.open(home, PASSPHRASE) as again:
        (kept,) = courses.courses_of(again, course.patient_id or course.id)
        assert kept == course
        assert [visit.deviation for visit in kept.visits[:2]] == ["neck left out: sunburn", "holiday"]
        assert courses.plan_again(again, kept, 1).planned == 4
        assert not again.verify().findings


def test_an_older_copy_of_a_course_is_never_written_over_a_newer_one(practice: Practice, course: Course) -> None:
    courses.note_deviation(practice, course, 0, "first")
    with pytest.raises(BadInputError):
        courses.note_deviation(practice, course, 0, "second")


def test_what_is_due_comes_in_the_order_of_its_days(practice: Practice, patient: Patient, course: Course) -> None:
    late = courses.begin_course(
        practice, patient.id, None, count=1, first=FIRST - timedelta(days=30), interval_days=None, name="Own"
    )
    assert [one.id for one in courses.due_until(practice, FIRST)] == [late.id, course.id]
    assert courses.next_due(courses.courses_of(practice, patient.id)) == late
    courses.set_status(practice, late, CourseStatus.FINISHED)
    assert [one.id for one in courses.due_until(practice, FIRST)] == [course.id]


def test_costs_are_exact_and_a_price_is_changed_not_doubled(practice: Practice, patient: Patient, atlas: Atlas) -> None:
    session = practice.new_session(patient.id, atlas)
    for amount in ("100", "0.30"):
        costs.set_price(practice, patient.id, Decimal(amount), "EUR", session_id=session.id)
    for _ in range(3):
        costs.pay(practice, patient.id, Decimal("0.10"), "EUR", FIRST, PaidBy.CASH, session_id=session.id)
    cost = costs.session_cost(practice, session.id)
    assert cost is not None
    assert (cost.paid, cost.due, cost.is_paid) == (Decimal("0.30"), Decimal("0.00"), True)
    assert costs.account_of(practice, patient.id).open_by_currency() == {}
    assert costs.last_currency(practice) == "EUR"


def test_a_session_without_a_price_shows_that_of_its_course(
    practice: Practice, patient: Patient, course: Course, atlas: Atlas
) -> None:
    session = practice.new_session(patient.id, atlas)
    assert costs.session_cost(practice, session.id) is None
    courses.join(practice, course, session.id)
    costs.set_price(practice, patient.id, Decimal("400"), "EUR", course_id=course.id)
    cost = costs.session_cost(practice, session.id)
    assert cost is not None
    assert (cost.due, cost.is_paid) == (Decimal("400"), False)


def test_a_payment_in_another_currency_pays_nothing_of_the_price(
    practice: Practice, patient: Patient, atlas: Atlas
) -> None:
    session = practice.new_session(patient.id, atlas)
    costs.set_price(practice, patient.id, Decimal("100"), "EUR", session_id=session.id)
    costs.pay(practice, patient.id, Decimal("100"), "CHF", FIRST, PaidBy.CARD, session_id=session.id)
    cost = costs.session_cost(practice, session.id)
    assert cost is not None
    assert cost.due == Decimal("100")
    assert costs.account_of(practice, patient.id).open_by_currency() == {"EUR": Decimal("100"), "CHF": Decimal("-100")}


def test_a_payment_is_taken_back_with_a_reason_and_never_in_the_future(practice: Practice, patient: Patient) -> None:
    with pytest.raises(BadInputError, match="still to come"):
        costs.pay(practice, patient.id, Decimal("5"), "EUR", date(2999, 1, 1), PaidBy.CASH)
    payment = costs.pay(practice, patient.id, Decimal("5"), "EUR", FIRST, PaidBy.CASH)
    with pytest.raises(BadInputError, match="why"):
        costs.withdraw_payment(practice, payment, "")
    costs.withdraw_payment(practice, payment, "entered twice")
    assert costs.account_of(practice, patient.id).payments == ()


def test_receipts_are_numbered_and_each_payment_has_one(practice: Practice, patient: Patient) -> None:
    set_letterhead(practice, Letterhead("Practice Beispiel", ("Street 1",)))
    paid = [costs.pay(practice, patient.id, Decimal(n), "EUR", FIRST, PaidBy.CASH, words=f"no {n}") for n in (5, 7)]
    first = receipts.issue_receipt(practice, patient.id, paid[:1], issued_on=FIRST)
    second = receipts.issue_receipt(practice, patient.id, paid[1:], issued_on=FIRST, paid_words="Cash")
    assert (first.number, second.number) == (1, 2)
    assert first.letterhead == ("Practice Beispiel", "Street 1")
    assert (second.total, second.lines[0].words) == (Decimal(7), "no 7")
    with pytest.raises(BadInputError, match="has a receipt already"):
        receipts.issue_receipt(practice, patient.id, paid[:1], issued_on=FIRST)
    assert receipts.without_receipt(paid, receipts.receipts_of(practice, patient.id)) == ()


def test_a_receipt_names_who_treated_and_who_wrote_it(practice: Practice, patient: Patient, atlas: Atlas) -> None:
    sessions = [practice.new_session(patient.id, atlas, practitioner=name) for name in ("Dr A", "Dr B", "Dr A")]
    paid = [
        costs.pay(practice, patient.id, Decimal(5), "EUR", FIRST, PaidBy.CASH, session_id=session.id)
        for session in sessions
    ]
    assert receipts.issue_receipt(practice, patient.id, paid, issued_on=FIRST).practitioner == "Dr A, Dr B"


def _paid(practice: Practice, patient: Patient, amount: str, words: str) -> Payment:
    return costs.pay(practice, patient.id, Decimal(amount), "EUR", FIRST, PaidBy.CASH, words=words)


def test_a_corrected_receipt_stays_and_the_new_one_stands_for_it(practice: Practice, patient: Patient) -> None:
    right, wrong = _paid(practice, patient, "5", "first"), _paid(practice, patient, "70", "second")
    old = receipts.issue_receipt(practice, patient.id, [right, wrong], issued_on=FIRST)
    with pytest.raises(BadInputError, match=r"stands on receipt 1\. Correct the receipt first"):
        costs.withdraw_payment(practice, wrong, "typing slip")
    better = _paid(practice, patient, "7", "second")
    assert receipts.payments_to_correct(practice, old) == (right, wrong, better)
    new = receipts.issue_receipt(
        practice, patient.id, [right, better], issued_on=FIRST, corrects=old, reason=" typing slip "
    )
    assert (new.number, new.corrects, new.corrects_number, new.corrects_issued_on) == (2, old.id, 1, FIRST)
    assert (new.total, new.reason) == (Decimal(12), "typing slip")
    written = receipts.receipts_of(practice, patient.id)
    assert written == (new, old)
    assert receipts.standing(written) == (new,)
    assert receipts.without_receipt([right, wrong, better], written) == (wrong,)
    costs.withdraw_payment(practice, wrong, "typing slip")
    third = receipts.issue_receipt(practice, patient.id, [better], issued_on=FIRST, corrects=new, reason="other one")
    assert receipts.standing(receipts.receipts_of(practice, patient.id)) == (third,)


def test_a_receipt_can_be_taken_back_and_nothing_put_in_its_place(practice: Practice, patient: Patient) -> None:
    payment = _paid(practice, patient, "5", "entered twice")
    old = receipts.issue_receipt(practice, patient.id, [payment], issued_on=FIRST)
    new = receipts.issue_receipt(practice, patient.id, [], issued_on=FIRST, corrects=old, reason="entered twice")
    assert (new.lines, new.total, new.currency) == ((), Decimal(0), "EUR")
    costs.withdraw_payment(practice, payment, "entered twice")
    assert receipts.payments_to_correct(practice, new) == ()


def test_what_no_correction_can_be(practice: Practice, patient: Patient) -> None:
    one, two = _paid(practice, patient, "5", "one"), _paid(practice, patient, "7", "two")
    other = practice.new_patient(family_name="Esempio", given_name="Bruno")
    first = receipts.issue_receipt(practice, patient.id, [one], issued_on=FIRST)
    receipts.issue_receipt(practice, patient.id, [two], issued_on=FIRST)
    for who, payments, reason, words in (
        (patient.id, [one], " ", "why the receipt is corrected"),
        (patient.id, [one], "x" * 501, "501 letters"),
        (patient.id, [one, two], "both", "stands on another receipt"),
        (other.id, [one], "wrong", "is another patient's"),
    ):
        with pytest.raises(BadInputError, match=words):
            receipts.issue_receipt(practice, who, payments, issued_on=FIRST, corrects=first, reason=reason)
    third = receipts.issue_receipt(practice, patient.id, [one], issued_on=FIRST, corrects=first, reason="name")
    with pytest.raises(BadInputError, match=f"replaced by receipt {third.number}"):
        receipts.issue_receipt(practice, patient.id, [one], issued_on=FIRST, corrects=first, reason="again")


def test_what_no_receipt_can_hold(practice: Practice, patient: Patient) -> None:
    other = practice.new_patient(family_name="Esempio", given_name="Bruno")
    euro = costs.pay(practice, patient.id, Decimal("5"), "EUR", FIRST, PaidBy.CASH)
    franc = costs.pay(practice, patient.id, Decimal("5"), "CHF", FIRST, PaidBy.CASH)
    for payments, who, words in (
        ([], patient.id, "at least one payment"),
        ([euro, franc], patient.id, "different currencies"),
        ([euro], other.id, "another patient"),
    ):
        with pytest.raises(BadInputError, match=words):
            receipts.issue_receipt(practice, who, payments, issued_on=FIRST)


def test_what_a_protocol_asks_is_offered_and_never_recorded_by_itself(
    practice: Practice, patient: Patient, atlas: Atlas
) -> None:
    own = protocols.save_protocol(
        practice,
        replace(protocols.new_protocol(), name="Neck", price_session=Decimal("60.00"), currency="CHF"),
    )
    course = courses.begin_course(practice, patient.id, own, count=2, first=FIRST, interval_days=7)
    session = practice.new_session(patient.id, atlas)
    assert costs.usual_price(practice, session_id=session.id) is None
    courses.join(practice, course, session.id)
    assert costs.usual_price(practice, session_id=session.id) == (Decimal("60.00"), "CHF")
    assert costs.usual_price(practice, course_id=course.id) is None
    assert costs.account_of(practice, patient.id).prices == ()
