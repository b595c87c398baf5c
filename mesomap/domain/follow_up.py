"""What was heard or seen after a treatment, with or without a session, however late."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError

MAX_WORDS = 5000
#: Weeks after a session at which the practice asks, until it chooses its own.
DUE_WEEKS = (2, 12)
MAX_WEEKS = 520
_CLOCK_SLACK = timedelta(minutes=5)


class Contact(StrEnum):
    """How the patient was met."""

    VISIT = "visit"
    PHONE = "phone"
    MESSAGE = "message"
    VIDEO = "video"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Entry):
    """One contact after a treatment. session_id None = it belongs to no one session.

    reaction: words picked or said; text: what was said and seen. settles: the planned follow-up that this one was.
    """

    KIND: ClassVar[str] = "follow_up"

    done_at: datetime
    contact: Contact
    reaction: str = ""
    text: str = ""
    settles: UUID | None = None

    @property
    def at(self) -> datetime:
        """When the contact was."""
        return self.done_at

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """The planned one it settles."""
        return () if self.settles is None else (self.settles,)

    def check(self) -> None:
        """Refuse one of nobody, in the future, with nothing in it. Raises BadInputError."""
        if self.patient_id is None:
            raise BadInputError("This follow-up names no patient. Open a patient and enter it there.")
        if self.done_at > self.entered_at + _CLOCK_SLACK:
            raise BadInputError("This follow-up lies in the future. Enter the day it took place.")
        if not (self.reaction.strip() or self.text.strip()):
            raise BadInputError("This follow-up says nothing. Enter what was said or seen.")
        if max(len(self.reaction), len(self.text)) > MAX_WORDS:
            raise BadInputError(f"The text is longer than {MAX_WORDS:,} letters. Shorten it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpPlanned(Entry):
    """A follow-up that somebody set for a day, beside those that the practice's weeks give."""

    KIND: ClassVar[str] = "follow_up_due"

    due_on: date
    text: str = ""

    @property
    def at(self) -> datetime:
        """The morning of the day."""
        return datetime(self.due_on.year, self.due_on.month, self.due_on.day, tzinfo=self.entered_at.tzinfo)

    def check(self) -> None:
        """Refuse one of nobody. Raises BadInputError."""
        if self.patient_id is None:
            raise BadInputError("This follow-up names no patient. Open a patient and plan it there.")
        if len(self.text) > MAX_WORDS:
            raise BadInputError(f"The text is longer than {MAX_WORDS:,} letters. Shorten it.")


def check_weeks(weeks: tuple[int, ...]) -> tuple[int, ...]:
    """The weeks in order, each once. Raises BadInputError for one outside 1-520."""
    for week in weeks:
        if not 1 <= week <= MAX_WEEKS:
            raise BadInputError(f"{week} weeks is not possible. Enter 1 to {MAX_WEEKS}.")
    return tuple(sorted(set(weeks)))


def due_days(last_session: date, weeks: tuple[int, ...]) -> tuple[date, ...]:
    """Days on which a follow-up falls due after the last session."""
    return tuple(last_session + timedelta(weeks=week) for week in weeks)


def open_due(last_session: date | None, weeks: tuple[int, ...], done: tuple[date, ...]) -> tuple[date, ...]:
    """Due days after the last session that no follow-up has met, in order.

    A follow-up meets the due day it lies nearest to and those before it: one at 13 days meets the one at two weeks, not
    the one at twelve. A later session begins the count anew.
    """
    if last_session is None:
        return ()
    due = due_days(last_session, weeks)
    met = max((day for day in done if day > last_session), default=last_session)
    before = (last_session, *due)
    return tuple(day for start, day in zip(before, due, strict=False) if met - start < day - met)
