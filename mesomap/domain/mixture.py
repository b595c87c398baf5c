"""What a syringe of a session was filled with: products and lots as they were when it was prepared."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from mesomap.domain.errors import BadInputError
from mesomap.domain.exact import check_figure
from mesomap.domain.substance import SubstanceAmount

MAX_LINES = 40
#: Longest name, lot number or place in characters; a remark may be ten times as long.
MAX_WORDS = 200
#: More than this goes into no mixture, mL.
MOST_ML = Decimal(1000)
MOST_FILLS = 100


class LineRole(StrEnum):
    """What a line is in the mixture."""

    PRODUCT = "product"
    DILUENT = "diluent"
    ANAESTHETIC = "anaesthetic"


@dataclass(frozen=True, slots=True, kw_only=True)
class MixtureLine:
    """One product drawn up. Names, lot and composition as they were then: later edits of the product change nothing.

    product_id, lot_id: entries of the practice, None = written by hand or from a file. composition_known False:
    nothing was recorded of what the product holds.
    """

    role: LineRole = LineRole.PRODUCT
    product_id: UUID | None = None
    lot_id: UUID | None = None
    product_name: str = ""
    lot_number: str = ""
    expiry: date | None = None
    volume_ml: Decimal | None = None
    substances: tuple[SubstanceAmount, ...] = ()
    vial_id: UUID | None = None
    #: Why it was chosen although a recorded allergy matches; "" = none matched or none was asked.
    reason: str = ""

    @property
    def composition_known(self) -> bool:
        """True when at least one substance is recorded."""
        return bool(self.substances)


@dataclass(frozen=True, slots=True, kw_only=True)
class MixtureDetails:
    """How a mixture was made. None and "" = not recorded.

    fills: how often the syringe was filled from it. favourite_id: the favourite it was made from. A mixture without
    a letter of its own: the session holds it under its letter, with the name.
    """

    lines: tuple[MixtureLine, ...] = ()
    prepared_by: str = ""
    prepared_where: str = ""
    prepared_at: datetime | None = None
    use_by: datetime | None = None
    discarded_ml: Decimal | None = None
    fills: int | None = None
    remark: str = ""
    favourite_id: UUID | None = None

    @property
    def is_empty(self) -> bool:
        """True when nothing of it is recorded."""
        return self == MixtureDetails()

    @property
    def lots(self) -> tuple[tuple[str, str], ...]:
        """(product name, lot number) of every line that has a lot, in order."""
        return tuple((line.product_name, line.lot_number) for line in self.lines if line.lot_number)


def check_details(details: MixtureDetails) -> None:
    """Refuse what no mixture can be; what is only missing is no error. Raises BadInputError."""
    if len(details.lines) > MAX_LINES:
        raise BadInputError(f"A mixture of {len(details.lines)} products is not possible; {MAX_LINES} at most.")
    for number, line in enumerate(details.lines, start=1):
        check_line(line, number)
    check_ml(details.discarded_ml, "The volume discarded")
    if details.fills is not None and not 0 <= details.fills <= MOST_FILLS:
        raise BadInputError(f"{details.fills} fillings of a syringe are not possible. Enter 0 to {MOST_FILLS}.")
    for words, what, most in (
        (details.prepared_by, "name of who prepared it", MAX_WORDS),
        (details.prepared_where, "place of preparation", MAX_WORDS),
        (details.remark, "remark", 10 * MAX_WORDS),
    ):
        _check_words(words, f"The {what}", most)
    for moment, what in ((details.prepared_at, "time of preparation"), (details.use_by, "use-by time")):
        if moment is not None and moment.utcoffset() is None:
            raise BadInputError(f"The {what} has no offset from UTC. Enter it again.")
    if details.prepared_at and details.use_by and details.use_by < details.prepared_at:
        raise BadInputError("The mixture cannot be used up before it is prepared. Check both times.")


def check_line(line: MixtureLine, number: int) -> None:
    """Refuse a line that cannot be. number: of the line, from 1, for the sentence. Raises BadInputError."""
    name = line.product_name or f"Line {number}"
    if not line.product_name.strip():
        raise BadInputError(f"Line {number} of the mixture has no product. Enter its name, or take the line away.")
    check_ml(line.volume_ml, f"{name[:60]}: the volume drawn up")
    _check_words(line.product_name, "The name of a product", MAX_WORDS)
    _check_words(line.lot_number, f"{name[:60]}: the lot number", MAX_WORDS)
    _check_words(line.reason, f"{name[:60]}: the reason", 10 * MAX_WORDS)
    for substance in line.substances:
        substance.check()


def check_ml(volume_ml: Decimal | None, what: str) -> None:
    """Refuse a volume that is no number, negative or absurd. Raises BadInputError."""
    if volume_ml is None:
        return
    check_figure(volume_ml, what)
    if not 0 <= volume_ml <= MOST_ML:
        raise BadInputError(f"{what} of {volume_ml} mL is not possible. Enter 0 to {MOST_ML} mL.")


def _check_words(words: str, what: str, most: int) -> None:
    if len(words) > most:
        raise BadInputError(f"{what} is too long ({len(words)} characters; {most} at most).")
