"""An adverse event: onset, site, grade, suspected lot, action, outcome, and whether it was reported."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import ClassVar
from uuid import UUID

from mesomap.domain.danger_zones import table_rows
from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError
from mesomap.domain.indication import RecordWord
from mesomap.domain.place import AtlasRef

MAX_WORDS = 5000
MAX_REGIONS = 200
_CLOCK_SLACK = timedelta(minutes=5)


class Outcome(StrEnum):
    """How it went on (the terms of ICH E2B, recalled)."""

    NOT_RECORDED = "not recorded"
    RECOVERED = "recovered"
    RECOVERING = "recovering"
    NOT_RECOVERED = "not recovered"
    SEQUELAE = "recovered with sequelae"
    FATAL = "fatal"
    UNKNOWN = "unknown"


class Reported(StrEnum):
    """Whether it was reported to an authority."""

    NOT_RECORDED = "not recorded"
    NO = "no"
    YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseTerm(RecordWord):
    """A term of the list. status: read in the source, or recalled."""

    source: str
    status: str


@cache
def adverse_terms() -> dict[str, AdverseTerm]:
    """The terms by key, in the order of the table."""
    return {
        row["key"]: AdverseTerm(
            key=row["key"],
            names={name[5:]: text for name, text in row.items() if name.startswith("name_") and len(name) == 7},
            reviewed=row["names_reviewed"] == "yes",
            source=row["source"],
            status=row["status"],
        )
        for row in table_rows("adverse_terms.csv")
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePoint:
    """A place on the skin of a body: triangle and two barycentric weights in that atlas version."""

    atlas: AtlasRef
    triangle: int
    b0: float
    b1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseEvent(Entry):
    """One event, editable with its history; "" and None = not recorded.

    onset: when it began; onset_hour_known False = only the day is. term: key of the list, "" = own words in
    description. grade: the number on grade_scale (key of the table of scales). regions: region ids. lot_id names a lot
    of the practice, suspected_lot is its number in words. ended_on: last day of it.
    """

    KIND: ClassVar[str] = "adverse_event"

    onset: datetime
    onset_hour_known: bool = True
    term: str = ""
    description: str = ""
    grade: int | None = None
    grade_scale: str = "ctcae"
    regions: tuple[str, ...] = ()
    point: SitePoint | None = None
    suspected_lot: str = ""
    lot_id: UUID | None = None
    action: str = ""
    outcome: Outcome = Outcome.NOT_RECORDED
    ended_on: date | None = None
    reported: Reported = Reported.NOT_RECORDED
    reported_on: date | None = None
    reported_to: str = ""

    @property
    def key(self) -> str:
        """Looked up by its term."""
        return self.term

    @property
    def at(self) -> datetime:
        """Its onset."""
        return self.onset

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """The suspected lot."""
        return () if self.lot_id is None else (self.lot_id,)

    @property
    def lasted_days(self) -> int | None:
        """Days from onset to the last day, both counted; None while it lasts or the end is not recorded."""
        return None if self.ended_on is None else (self.ended_on - self.onset.date()).days + 1

    def check(self) -> None:
        """Refuse an event of nobody, without words, ended before it began, off the grades. Raises BadInputError."""
        if self.patient_id is None:
            raise BadInputError("This event names no patient. Open a patient and enter it there.")
        if not (self.term or self.description.strip()):
            raise BadInputError("This event has no name. Choose a term or describe it.")
        if self.onset > self.entered_at + _CLOCK_SLACK:
            raise BadInputError("The onset lies in the future. Enter when it began.")
        if self.ended_on is not None and self.ended_on < self.onset.date():
            raise BadInputError("The event ended before it began. Correct one of the two days.")
        if self.grade is not None and not 1 <= self.grade <= 5:
            raise BadInputError(f"Grade {self.grade} is not on the scale. Choose 1 to 5.")
        if self.reported_on is not None and self.reported is not Reported.YES:
            raise BadInputError("There is a day of reporting, but it was not reported. Correct one of the two.")
        if self.reported_on is not None and self.reported_on < self.onset.date():
            raise BadInputError("The event was reported before it began. Correct one of the two days.")
        if len(self.regions) > MAX_REGIONS or max(len(self.description), len(self.action)) > MAX_WORDS:
            raise BadInputError(f"The words are longer than {MAX_WORDS:,} letters. Shorten them.")


def days_after(onset: datetime, session_started: datetime) -> int | None:
    """Days of the calendar from a session to the onset; None when the onset lies before it."""
    days = (onset.astimezone().date() - session_started.astimezone().date()).days
    return days if days >= 0 else None
