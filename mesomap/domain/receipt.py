"""A receipt as it was handed out: it is never changed, only followed by another one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError
from mesomap.domain.money import checked_amount, checked_currency, total

MOST_LINES = 200
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """What was paid for, in words, and how much."""

    words: str = ""
    day: date | None = None
    amount: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Entry):
    """number: running number of the practice. letterhead, patient_words: as they were, one line each.

    payment_ids: the payments it is for. corrects: the receipt that this one replaces, with its number and day as they
    stand on paper, and the reason, which does not. Without lines it takes that receipt back and puts nothing in its
    place.
    """

    KIND: ClassVar[str] = "receipt"
    SEALED: ClassVar[bool] = True

    number: int = 0
    issued_on: date | None = None
    letterhead: tuple[str, ...] = ()
    patient_words: tuple[str, ...] = ()
    practitioner: str = ""
    lines: tuple[ReceiptLine, ...] = ()
    currency: str = ""
    paid_words: str = ""
    payment_ids: tuple[UUID, ...] = ()
    corrects: UUID | None = None
    corrects_number: int = 0
    corrects_issued_on: date | None = None
    reason: str = ""

    @property
    def key(self) -> str:
        """Its number."""
        return str(self.number)

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """Its payments, and the receipt it corrects."""
        return self.payment_ids if self.corrects is None else (*self.payment_ids, self.corrects)

    @property
    def total(self) -> Decimal:
        """Exact sum of its lines."""
        return total(line.amount for line in self.lines)

    def check(self) -> None:
        """Raises BadInputError with what is missing or impossible."""
        if self.patient_id is None:
            raise BadInputError("The receipt belongs to no patient. Open it from the patient's page.")
        if self.number < 1 or self.issued_on is None:
            raise BadInputError("The receipt has no number or no day.")
        if not (0 if self.corrects else 1) <= len(self.lines) <= MOST_LINES:
            raise BadInputError(f"A receipt has 1 to {MOST_LINES} lines; this one has {len(self.lines)}.")
        if len(self.reason) > LONGEST_REASON:
            raise BadInputError(f"The reason has {len(self.reason)} letters; {LONGEST_REASON} at most.")
        checked_currency(self.currency)
        for line in self.lines:
            checked_amount(line.amount)
