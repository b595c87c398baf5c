"""What a session or a course costs, and what was paid. Plain amounts: no tax, no accounting."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from mesomap.domain.day import on_day
from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError
from mesomap.domain.money import checked_amount, checked_currency

LONGEST_WORDS = 200


class PaidBy(StrEnum):
    """How a payment was made."""

    CASH = "cash"
    CARD = "card"
    TRANSFER = "transfer"
    OTHER = "other"


def _check(patient_id: UUID | None, amount: Decimal | None, currency: str, words: str) -> None:
    if patient_id is None:
        raise BadInputError("The amount belongs to no patient. Open it from the patient's page.")
    if amount is None:
        raise BadInputError("Enter the amount, for example 120.50.")
    checked_amount(amount)
    checked_currency(currency)
    if len(words) > LONGEST_WORDS:
        raise BadInputError(f"The words beside the amount have {len(words)} letters; {LONGEST_WORDS} at most.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Entry):
    """What one session (session_id) or one course (course_id) costs the patient."""

    KIND: ClassVar[str] = "price"

    amount: Decimal | None = None
    currency: str = ""
    words: str = ""
    course_id: UUID | None = None

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """Its course."""
        return () if self.course_id is None else (self.course_id,)

    def check(self) -> None:
        """Raises BadInputError with what is missing or impossible."""
        _check(self.patient_id, self.amount, self.currency, self.words)
        if (self.session_id is None) == (self.course_id is None):
            raise BadInputError("A price is that of one session or of one course. Choose which.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Entry):
    """What the patient paid, on which day and how; for a session, a course, or neither."""

    KIND: ClassVar[str] = "payment"

    amount: Decimal | None = None
    currency: str = ""
    paid_on: date | None = None
    paid_by: PaidBy = PaidBy.CASH
    words: str = ""
    course_id: UUID | None = None

    @property
    def at(self) -> datetime:
        """Day of the payment."""
        return on_day(self.paid_on, self.entered_at)

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """Its course."""
        return () if self.course_id is None else (self.course_id,)

    def check(self) -> None:
        """Raises BadInputError with what is missing or impossible."""
        _check(self.patient_id, self.amount, self.currency, self.words)
        if not self.amount:
            raise BadInputError("A payment of nothing is not recorded. Enter what was paid.")
        if self.paid_on is None:
            raise BadInputError("Enter the day of the payment.")
        if self.session_id is not None and self.course_id is not None:
            raise BadInputError("A payment is for one session or for one course. Choose which.")
