"""What sessions and courses cost, and what was paid. Plain sums by currency: no tax, no accounting."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.commands.entries import AddEntries, EditEntry
from mesomap.domain.clock import now
from mesomap.domain.course import Course
from mesomap.domain.errors import BadInputError
from mesomap.domain.money import checked_currency, total
from mesomap.domain.price import PaidBy, Payment, Price
from mesomap.domain.receipt import Receipt
from mesomap.services.entering import entering
from mesomap.services.protocols import protocol_of
from mesomap.services.receipts import standing

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

#: Setting with the currency used last.
_CURRENCY = "costs.currency"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one session or course costs and what of it is paid. Payments in another currency count apart."""

    price: Price | None
    payments: tuple[Payment, ...]

    @property
    def paid(self) -> Decimal:
        """Sum of what was paid in the currency of the price."""
        currency = self.price.currency if self.price is not None else ""
        return total(p.amount or Decimal(0) for p in self.payments if not currency or p.currency == currency)

    @property
    def due(self) -> Decimal:
        """What is still to be paid; below zero when more was paid than asked, 0 without a price."""
        return Decimal(0) if self.price is None else (self.price.amount or Decimal(0)) - self.paid

    @property
    def is_paid(self) -> bool:
        """True when there is a price and nothing of it is open."""
        return self.price is not None and self.due <= 0


@dataclass(frozen=True, slots=True)
class Account:
    """All prices and payments of a patient that stand."""

    prices: tuple[Price, ...] = ()
    payments: tuple[Payment, ...] = ()

    def of_session(self, session_id: UUID) -> Cost | None:
        """Price and payments of a session; None when neither is recorded."""
        return self._cost(
            [p for p in self.prices if p.session_id == session_id],
            tuple(p for p in self.payments if p.session_id == session_id),
        )

    def of_course(self, course_id: UUID) -> Cost | None:
        """Price and payments of a course; None when neither is recorded."""
        return self._cost(
            [p for p in self.prices if p.course_id == course_id],
            tuple(p for p in self.payments if p.course_id == course_id),
        )

    def _cost(self, prices: list[Price], payments: tuple[Payment, ...]) -> Cost | None:
        # Of several prices the one entered last is meant; set_price() edits instead of adding.
        return Cost(prices[-1] if prices else None, payments) if prices or payments else None

    def open_by_currency(self) -> dict[str, Decimal]:
        """Sum of all prices less all payments, by currency; below zero: more was paid than asked."""
        found: dict[str, Decimal] = {}
        for price in self.prices:
            found[price.currency] = found.get(price.currency, Decimal(0)) + (price.amount or Decimal(0))
        for payment in self.payments:
            found[payment.currency] = found.get(payment.currency, Decimal(0)) - (payment.amount or Decimal(0))
        return {currency: amount for currency, amount in found.items() if amount}


def account_of(practice: "Practice", patient_id: UUID) -> Account:
    """Prices and payments of a patient, in the order of their days."""
    return Account(
        tuple(one for one in practice.entries(Price, patient_id=patient_id) if not one.withdrawn),
        tuple(one for one in practice.entries(Payment, patient_id=patient_id) if not one.withdrawn),
    )


def session_cost(practice: "Practice", session_id: UUID) -> Cost | None:
    """Price and payments of one session; of its course where the session itself has neither. None without either."""
    session = practice.session(session_id)
    account = account_of(practice, session.patient_id)
    own = account.of_session(session_id)
    if own is not None:
        return own
    courses = practice.entries(Course, refers_to=session_id)
    return account.of_course(courses[0].id) if courses else None


def usual_price(
    practice: "Practice", *, session_id: UUID | None = None, course_id: UUID | None = None
) -> tuple[Decimal, str] | None:
    """What the protocol of the course asks for a session or the whole course, with its currency; None = not stated."""
    if course_id is not None:
        held: tuple[Course, ...] = (practice.entry(Course, course_id),)
    else:
        held = practice.entries(Course, refers_to=session_id) if session_id is not None else ()
    for course in held:
        protocol = protocol_of(practice, course)
        if protocol is not None:
            amount = protocol.price_course if course_id is not None else protocol.price_session
            if amount is not None:
                return amount, protocol.currency
    return None


def last_currency(practice: "Practice") -> str:
    """The currency entered last, "" = none yet."""
    kept = practice.setting(_CURRENCY)
    return kept if isinstance(kept, str) else ""


def set_price(
    practice: "Practice",
    patient_id: UUID,
    amount: Decimal,
    currency: str,
    *,
    session_id: UUID | None = None,
    course_id: UUID | None = None,
    words: str = "",
) -> Price:
    """What a session or a course costs; a price that stands is changed. Raises BadInputError."""
    account = account_of(practice, patient_id)
    held = account.of_session(session_id) if session_id is not None else None
    if course_id is not None:
        held = account.of_course(course_id)
    before = None if held is None else held.price
    if before is None:
        price = Price(
            **entering(practice),
            patient_id=patient_id,
            session_id=session_id,
            course_id=course_id,
            amount=amount,
            currency=currency,
            words=words.strip(),
        )
        practice.run(AddEntries((price,), name="Set price"))
    else:
        price = replace(before, amount=amount, currency=currency, words=words.strip() or before.words)
        practice.run(EditEntry(before, price, name="Set price"))
    _keep_currency(practice, currency)
    return price


def pay(
    practice: "Practice",
    patient_id: UUID,
    amount: Decimal,
    currency: str,
    paid_on: date,
    paid_by: PaidBy,
    *,
    session_id: UUID | None = None,
    course_id: UUID | None = None,
    words: str = "",
) -> Payment:
    """Record a payment. Raises BadInputError: nothing paid, a day to come, no currency."""
    if paid_on > now().date():
        raise BadInputError("The day of the payment is still to come. Enter the day on which it was paid.")
    payment = Payment(
        **entering(practice),
        patient_id=patient_id,
        session_id=session_id,
        course_id=course_id,
        amount=amount,
        currency=checked_currency(currency),
        paid_on=paid_on,
        paid_by=paid_by,
        words=words.strip(),
    )
    practice.run(AddEntries((payment,), name="Payment"))
    _keep_currency(practice, currency)
    return payment


def withdraw_payment(practice: "Practice", payment: Payment, reason: str) -> None:
    """A payment entered by mistake; it stays on record with the reason.

    Raises BadInputError: no reason, or a receipt that stands names it.
    """
    held = practice.entries(Receipt, patient_id=payment.patient_id)
    for receipt in standing(held):
        if payment.id in receipt.payment_ids:
            raise BadInputError(f"The payment stands on receipt {receipt.number}. Correct the receipt first.")
    if not reason.strip():
        raise BadInputError("Say in a few words why the payment is taken back.")
    practice.run(EditEntry(payment, replace(payment, withdrawn=reason.strip()), name="Withdraw payment"))


def _keep_currency(practice: "Practice", currency: str) -> None:
    if currency != last_currency(practice):
        practice.set_setting(_CURRENCY, currency)
