"""A protocol of the practice: what it usually does for an indication. A record of its own habit, never advice.

What a source or the practice does not state stays None or empty and is asked at the chair.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import check_dose_values
from mesomap.domain.money import checked_amount, checked_currency
from mesomap.domain.session import checked_letter
from mesomap.domain.technique import technique

LONGEST_NAME = 120
LONGEST_TEXT = 4000
MOST_STEPS = 40
MOST_SESSIONS = 60
LONGEST_INTERVAL_DAYS = 730


class ProtocolKind(StrEnum):
    """Types of mesotherapy as the base texts name them, and the practice's own."""

    MESOLIFT = "mesolift"
    MESOBOTOX = "mesobotox"
    MESOHAIR = "mesohair"
    MESOCELLULITE = "mesocellulite"
    BODY_CONTOUR = "body_contour"
    PAIN = "pain"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolStep:
    """One technique over some regions.

    regions: ids with a side ("buttock.left") or without ("buttock": every side the body has). spacing_mm in patient
    mm. volume_ml of each point, total_ml of the whole step (goes before volume_ml). mixture: letter of the syringe;
    mixture_words what it holds, in words; mixture_id a favourite of the practice.
    """

    regions: tuple[str, ...] = ()
    technique: str = ""
    spacing_mm: float | None = None
    depth_mm: float | None = None
    volume_ml: float | None = None
    total_ml: float | None = None
    mixture: str = "A"
    mixture_words: str = ""
    mixture_id: UUID | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol(Entry):
    """What the practice usually does.

    sessions_min, sessions_max: number of sessions of a course; interval_min_days, interval_max_days: days between
    them; None = not stated. schedule: the same in the words of the source, where figures do not hold it. example:
    shipped with the program, from the sources named. price_session, price_course: what the practice asks.
    """

    KIND: ClassVar[str] = "protocol"

    name: str = ""
    kind: ProtocolKind = ProtocolKind.OWN
    indication_keys: tuple[str, ...] = ()
    steps: tuple[ProtocolStep, ...] = ()
    sessions_min: int | None = None
    sessions_max: int | None = None
    interval_min_days: int | None = None
    interval_max_days: int | None = None
    schedule: str = ""
    sources: str = ""
    remark: str = ""
    example: bool = False
    price_session: Decimal | None = None
    price_course: Decimal | None = None
    currency: str = ""

    @property
    def key(self) -> str:
        """Folded name."""
        return " ".join(self.name.split()).casefold()

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """The favourite mixtures of its steps."""
        return tuple(dict.fromkeys(step.mixture_id for step in self.steps if step.mixture_id is not None))

    def check(self) -> None:
        """Raises BadInputError with what is missing or impossible."""
        if not self.name.strip():
            raise BadInputError("The protocol has no name. Enter one, so that it can be told from the others.")
        if len(self.name) > LONGEST_NAME:
            raise BadInputError(f"The name of the protocol has {len(self.name)} letters; {LONGEST_NAME} at most.")
        for text in (self.schedule, self.sources, self.remark, *(step.remark for step in self.steps)):
            if len(text) > LONGEST_TEXT:
                raise BadInputError(f"A text of the protocol has {len(text)} letters; {LONGEST_TEXT} at most.")
        if len(self.steps) > MOST_STEPS:
            raise BadInputError(f"The protocol has {len(self.steps)} steps; {MOST_STEPS} at most.")
        _check_span("number of sessions", self.sessions_min, self.sessions_max, MOST_SESSIONS, least=1)
        _check_span("days between sessions", self.interval_min_days, self.interval_max_days, LONGEST_INTERVAL_DAYS)
        for price in (self.price_session, self.price_course):
            if price is not None:
                checked_amount(price)
                checked_currency(self.currency)
        for number, step in enumerate(self.steps, 1):
            _check_step(number, step)


def _check_span(name: str, low: int | None, high: int | None, most: int, least: int = 0) -> None:
    for value in (low, high):
        if value is not None and not least <= value <= most:
            raise BadInputError(f"The {name} {value} is not possible. Enter {least} to {most}.")
    if low is not None and high is not None and low > high:
        raise BadInputError(f"The {name} runs from {low} to {high}. Enter the smaller number first.")


def _check_step(number: int, step: ProtocolStep) -> None:
    if not step.regions:
        raise BadInputError(f"Step {number} of the protocol has no region. Choose at least one.")
    if not step.technique:
        raise BadInputError(f"Step {number} of the protocol has no technique. Choose one.")
    technique(step.technique)
    if step.mixture:
        checked_letter(step.mixture)
    check_dose_values(depth_mm=step.depth_mm, volume_ml=step.volume_ml, spacing_mm=step.spacing_mm)
    check_dose_values(depth_mm=None, volume_ml=step.total_ml)
