"""Lots of products: number, expiry, what was bought, opened vials, recalls."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError
from mesomap.domain.exact import check_figure

MAX_WORDS = 200
#: More than this is bought of no lot, mL.
MOST_BOUGHT_ML = Decimal(1_000_000)


def folded_lot(number: str) -> str:
    """A lot number as it is compared: capitals, no spaces; letters and digits are never exchanged for others."""
    return "".join(unicodedata.normalize("NFKC", number).upper().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot(Entry):
    """One lot of one product. expiry: the last day; day_given False = the pack names the month only.

    bought_ml: everything that was bought of it, None = not recorded. finished: none is left on the shelf.
    """

    KIND: ClassVar[str] = "lot"

    product_id: UUID
    number: str
    expiry: date | None = None
    day_given: bool = True
    bought_ml: Decimal | None = None
    packs: int | None = None
    supplier: str = ""
    finished: bool = False
    remark: str = ""

    @property
    def key(self) -> str:
        """The number as it is compared."""
        return folded_lot(self.number)

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """Its product."""
        return (self.product_id,)

    def expired(self, on: date) -> bool:
        """True when its last day was before `on`."""
        return self.expiry is not None and self.expiry < on

    def check(self) -> None:
        """Refuse a lot without a number and absurd figures. An expiry in the past is recorded. Raises BadInputError."""
        if not folded_lot(self.number):
            raise BadInputError("The lot has no number. Enter what the pack says.")
        for words, what in ((self.number, "lot number"), (self.supplier, "supplier"), (self.remark, "remark")):
            if len(words) > MAX_WORDS:
                raise BadInputError(f"The {what} is too long ({len(words)} characters; {MAX_WORDS} at most).")
        if self.expiry is not None and not 1990 <= self.expiry.year <= 2100:
            raise BadInputError(f"The expiry {self.expiry:%Y-%m} of lot {self.number} is not possible. Check the pack.")
        if self.bought_ml is not None:
            check_figure(self.bought_ml, "The volume bought")
            if not 0 <= self.bought_ml <= MOST_BOUGHT_ML:
                raise BadInputError(f"{self.bought_ml} mL bought is not possible. Enter what the packs hold together.")
        if self.packs is not None and not 0 <= self.packs <= 100_000:
            raise BadInputError(f"{self.packs} packs are not possible. Enter 0 to 100,000.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedVial(Entry):
    """A vial of a lot that was opened. ended_at: used up or thrown away, None = still open.

    volume_ml: what it held. reconstituted_with, reconstituted_ml: a powder, and what it was dissolved in.
    """

    KIND: ClassVar[str] = "opened_vial"

    lot_id: UUID
    opened_at: datetime
    use_by: datetime | None = None
    ended_at: datetime | None = None
    volume_ml: Decimal | None = None
    discarded_ml: Decimal | None = None
    reconstituted_with: str = ""
    reconstituted_ml: Decimal | None = None

    @property
    def at(self) -> datetime:
        """When it was opened."""
        return self.opened_at

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """Its lot."""
        return (self.lot_id,)

    def check(self) -> None:
        """Refuse times in the wrong order and absurd volumes. Raises BadInputError."""
        for moment, what in ((self.use_by, "use-by time"), (self.ended_at, "end")):
            if moment is not None and moment < self.opened_at:
                raise BadInputError(f"The {what} of the vial is before it was opened. Check both times.")
        for volume, what in (
            (self.volume_ml, "volume of the vial"),
            (self.discarded_ml, "volume discarded"),
            (self.reconstituted_ml, "volume of the diluent"),
        ):
            if volume is None:
                continue
            check_figure(volume, f"The {what}")
            if not 0 <= volume <= 1000:
                raise BadInputError(f"The {what}, {volume} mL, is not possible. Enter 0 to 1000 mL.")
        if len(self.reconstituted_with) > MAX_WORDS:
            raise BadInputError("The name of the diluent is too long.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LotRecall(Entry):
    """A recall of a lot as it was heard of; never edited. ends: an earlier recall that this one takes back."""

    KIND: ClassVar[str] = "lot_recall"
    SEALED: ClassVar[bool] = True

    lot_id: UUID
    reason: str
    dated: date
    source: str = ""
    ends: UUID | None = None

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """The lot, and the recall it takes back."""
        return (self.lot_id,) if self.ends is None else (self.lot_id, self.ends)

    def check(self) -> None:
        """Refuse a recall without a reason. Raises BadInputError."""
        if not self.reason.strip():
            raise BadInputError("The recall has no reason. Enter what was said, and by whom.")
        for words, what in ((self.reason, "reason"), (self.source, "source")):
            if len(words) > 10 * MAX_WORDS:
                raise BadInputError(f"The {what} is too long ({len(words)} characters; {10 * MAX_WORDS} at most).")


def standing_recall(recalls: tuple[LotRecall, ...]) -> LotRecall | None:
    """The latest recall of a lot that was not taken back, or None. recalls: of one lot, oldest first."""
    ended = {recall.ends for recall in recalls}
    return next((r for r in reversed(recalls) if r.ends is None and r.id not in ended), None)
