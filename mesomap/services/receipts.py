"""Receipts of the practice: numbered one after the other, kept as they were handed out."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.commands.entries import AddEntries
from mesomap.domain.course import Course
from mesomap.domain.errors import BadInputError
from mesomap.domain.price import Payment
from mesomap.domain.receipt import Receipt, ReceiptLine
from mesomap.services.entering import entering
from mesomap.services.letterhead import letterhead

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

#: Setting with the number given last; a number on record is never given again.
_LAST = "receipts.last"


def receipts_of(practice: "Practice", patient_id: UUID) -> tuple[Receipt, ...]:
    """Receipts of a patient, the latest first."""
    return tuple(reversed(practice.entries(Receipt, patient_id=patient_id)))


def without_receipt(payments: Sequence[Payment], receipts: Sequence[Receipt]) -> tuple[Payment, ...]:
    """Payments that no receipt names, those of a receipt that was corrected left to the one that stands for it."""
    named = {payment_id for receipt in receipts for payment_id in receipt.payment_ids}
    return tuple(payment for payment in payments if payment.id not in named and not payment.withdrawn)


def next_number(practice: "Practice") -> int:
    """The number that the next receipt gets."""
    kept = practice.setting(_LAST)
    number = kept + 1 if isinstance(kept, int) and kept > 0 else 1
    while practice.entries(Receipt, key=str(number)):
        number += 1
    return number


def issue_receipt(
    practice: "Practice",
    patient_id: UUID,
    payments: Sequence[Payment],
    *,
    issued_on: date,
    paid_words: str = "",
    line_words: Sequence[str] = (),
    corrects: Receipt | None = None,
) -> Receipt:
    """Write the receipt for these payments: letterhead and patient as they are now, one line a payment.

    line_words: words of the lines in the order of the payments; without them what the payment was for. Raises
    BadInputError: no payment, several currencies, another patient's, one that has a receipt already.
    """
    _check(practice, patient_id, payments, corrects)
    patient = practice.patient(patient_id)
    words = tuple(line_words) or tuple(words_for(practice, payment) for payment in payments)
    number = next_number(practice)
    treated = [practice.session(key) for key in (payment.session_id for payment in payments) if key is not None]
    practitioner = ", ".join(dict.fromkeys(session.practitioner for session in treated if session.practitioner))
    receipt = Receipt(
        **entering(practice),
        practitioner=practitioner,
        patient_id=patient_id,
        number=number,
        issued_on=issued_on,
        letterhead=letterhead(practice).lines,
        patient_words=tuple(part for part in (patient.display_name, patient.number) if part),
        lines=tuple(
            ReceiptLine(words=text, day=payment.paid_on, amount=payment.amount or Decimal(0))
            for text, payment in zip(words, payments, strict=True)
        ),
        currency=payments[0].currency,
        paid_words=paid_words,
        payment_ids=tuple(payment.id for payment in payments),
        corrects=None if corrects is None else corrects.id,
    )
    practice.run(AddEntries((receipt,), name="Receipt"))
    practice.set_setting(_LAST, number)
    return receipt


def words_for(practice: "Practice", payment: Payment) -> str:
    """What a payment was for: its own words, else its session or its course."""
    if payment.words:
        return payment.words
    if payment.session_id is not None:
        session = practice.session(payment.session_id)
        return f"Session {session.number}, {session.started_at.date().isoformat()}"
    if payment.course_id is not None:
        return practice.entry(Course, payment.course_id).protocol_name
    return "Payment"


def _check(practice: "Practice", patient_id: UUID, payments: Sequence[Payment], corrects: Receipt | None) -> None:
    if not payments:
        raise BadInputError("Choose at least one payment for the receipt.")
    if len({payment.currency for payment in payments}) > 1:
        raise BadInputError("The payments are in different currencies. Write one receipt for each.")
    if any(payment.patient_id != patient_id for payment in payments):
        raise BadInputError("A payment is another patient's. It cannot stand on this receipt.")
    if any(payment.withdrawn for payment in payments):
        raise BadInputError("A payment was taken back. It cannot stand on a receipt.")
    if corrects is None and len(without_receipt(payments, receipts_of(practice, patient_id))) < len(payments):
        raise BadInputError("A payment has a receipt already. Print that one again, or correct it.")
