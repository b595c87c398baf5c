"""Receipts of the practice: numbered one after the other, kept as they were handed out."""

from collections.abc import Sequence
from dataclasses import replace
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


def replacements(receipts: Sequence[Receipt]) -> dict[UUID, Receipt]:
    """By the id of a corrected receipt: the one that replaces it."""
    return {receipt.corrects: receipt for receipt in receipts if receipt.corrects is not None}


def standing(receipts: Sequence[Receipt]) -> tuple[Receipt, ...]:
    """Receipts that no other one replaces."""
    replaced = replacements(receipts)
    return tuple(receipt for receipt in receipts if receipt.id not in replaced)


def without_receipt(payments: Sequence[Payment], receipts: Sequence[Receipt]) -> tuple[Payment, ...]:
    """Payments that no standing receipt names: one that a correction left out has none any more."""
    named = {payment_id for receipt in standing(receipts) for payment_id in receipt.payment_ids}
    return tuple(payment for payment in payments if payment.id not in named and not payment.withdrawn)


def payments_to_correct(practice: "Practice", receipt: Receipt) -> tuple[Payment, ...]:
    """What a correction of the receipt can be for: its own payments first, then those without any receipt."""
    payments = practice.entries(Payment, patient_id=receipt.patient_id)
    own = tuple(one for one in payments if one.id in receipt.payment_ids and not one.withdrawn)
    written = practice.entries(Receipt, patient_id=receipt.patient_id)
    return own + tuple(one for one in without_receipt(payments, written) if one.id not in receipt.payment_ids)


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
    reason: str = "",
) -> Receipt:
    """Write the receipt for these payments: letterhead and patient as they are now, one line a payment.

    line_words: words of the lines in the order of the payments; without them what the payment was for. corrects: the
    receipt that this one replaces, which stays on record; it needs a reason, and may be left without any payment.
    Raises BadInputError: no payment, several currencies, another patient's, one that stands on another receipt, no
    reason, a receipt that was replaced before.
    """
    reason = reason.strip()
    if corrects is None:
        _check(practice, patient_id, payments)
    else:
        _check_correction(practice, patient_id, payments, corrects, reason)
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
        currency=payments[0].currency if payments or corrects is None else corrects.currency,
        paid_words=paid_words,
        payment_ids=tuple(payment.id for payment in payments),
    )
    if corrects is not None:
        receipt = replace(
            receipt,
            corrects=corrects.id,
            corrects_number=corrects.number,
            corrects_issued_on=corrects.issued_on,
            reason=reason,
        )
    practice.run(AddEntries((receipt,), name="Receipt" if corrects is None else "Correct receipt"))
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


def _check(practice: "Practice", patient_id: UUID, payments: Sequence[Payment]) -> None:
    if not payments:
        raise BadInputError("Choose at least one payment for the receipt.")
    _check_payments(patient_id, payments)
    if len(without_receipt(payments, receipts_of(practice, patient_id))) < len(payments):
        raise BadInputError("A payment has a receipt already. Print that one again, or correct it.")


def _check_correction(
    practice: "Practice", patient_id: UUID, payments: Sequence[Payment], corrects: Receipt, reason: str
) -> None:
    written = receipts_of(practice, patient_id)
    if corrects.id not in {receipt.id for receipt in written}:
        raise BadInputError(f"Receipt {corrects.number} is another patient's. Correct it from that patient's page.")
    newer = replacements(written).get(corrects.id)
    if newer is not None:
        raise BadInputError(f"Receipt {corrects.number} was replaced by receipt {newer.number}. Correct that one.")
    if not reason:
        raise BadInputError("Say in a few words why the receipt is corrected.")
    _check_payments(patient_id, payments)
    others = (receipt for receipt in standing(written) if receipt.id != corrects.id)
    elsewhere = {payment_id for receipt in others for payment_id in receipt.payment_ids}
    if any(payment.id in elsewhere for payment in payments):
        raise BadInputError("A payment stands on another receipt. Leave it out, or correct that one.")


def _check_payments(patient_id: UUID, payments: Sequence[Payment]) -> None:
    if len({payment.currency for payment in payments}) > 1:
        raise BadInputError("The payments are in different currencies. Write one receipt for each.")
    if any(payment.patient_id != patient_id for payment in payments):
        raise BadInputError("A payment is another patient's. It cannot stand on this receipt.")
    if any(payment.withdrawn for payment in payments):
        raise BadInputError("A payment was taken back. It cannot stand on a receipt.")
