"""A course: the sessions planned for a patient after a protocol, and what became of them."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from mesomap.domain.day import on_day
from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError
from mesomap.domain.protocol import MOST_SESSIONS

LONGEST_TEXT = 2000


class CourseStatus(StrEnum):
    """Open while sessions are to come; finished and stopped are said by a person."""

    OPEN = "open"
    FINISHED = "finished"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseVisit:
    """One session of a course. due: when it is planned; session_id: the session that was it.

    deviation: in which way it was not as planned, with the reason; left_out: it does not take place.
    """

    due: date | None = None
    session_id: UUID | None = None
    deviation: str = ""
    left_out: bool = False

    @property
    def is_open(self) -> bool:
        """Still to come."""
        return self.session_id is None and not self.left_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Course(Entry):
    """Sessions planned for one patient. protocol_name: as it was named when the course began."""

    KIND: ClassVar[str] = "course"

    protocol_id: UUID | None = None
    protocol_name: str = ""
    began_on: date | None = None
    interval_days: int | None = None
    visits: tuple[CourseVisit, ...] = ()
    status: CourseStatus = CourseStatus.OPEN
    reason: str = ""
    remark: str = ""

    @property
    def at(self) -> datetime:
        """Day it began."""
        return on_day(self.began_on, self.entered_at)

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """Its protocol and its sessions."""
        sessions = tuple(visit.session_id for visit in self.visits if visit.session_id is not None)
        return sessions if self.protocol_id is None else (self.protocol_id, *sessions)

    @property
    def planned(self) -> int:
        """Number of sessions planned; what was left out is none."""
        return sum(not visit.left_out for visit in self.visits)

    @property
    def done(self) -> int:
        """Number of sessions that took place."""
        return sum(visit.session_id is not None for visit in self.visits)

    @property
    def next_visit(self) -> int | None:
        """Position of the next session to come; None when none is, or the course is not open."""
        if self.status is not CourseStatus.OPEN or self.withdrawn:
            return None
        return next((i for i, visit in enumerate(self.visits) if visit.is_open), None)

    @property
    def next_due(self) -> date | None:
        """When the next session is planned; None when none is to come or no day is planned."""
        position = self.next_visit
        return None if position is None else self.visits[position].due

    def number_of(self, session_id: UUID) -> int | None:
        """Which session of the course it is, from 1, not counting what was left out; None when it is of another."""
        number = 0
        for visit in self.visits:
            number += not visit.left_out
            if visit.session_id == session_id:
                return number
        return None

    def is_overdue(self, today: date) -> bool:
        """Whether the day of the next session has passed."""
        due = self.next_due
        return due is not None and due < today

    def with_visit(self, position: int, visit: CourseVisit) -> "Course":
        """The course with another visit at a position."""
        return replace(self, visits=(*self.visits[:position], visit, *self.visits[position + 1 :]))

    def check(self) -> None:
        """Raises BadInputError with what is missing or impossible."""
        if self.patient_id is None:
            raise BadInputError("The course belongs to no patient. Open it from the patient's page.")
        if not self.visits or len(self.visits) > MOST_SESSIONS:
            raise BadInputError(f"A course has 1 to {MOST_SESSIONS} sessions; {len(self.visits)} were entered.")
        if self.interval_days is not None and not 0 <= self.interval_days <= 730:
            raise BadInputError(f"{self.interval_days} days between sessions are not possible. Enter 0 to 730.")
        sessions = [visit.session_id for visit in self.visits if visit.session_id is not None]
        if len(set(sessions)) != len(sessions):
            raise BadInputError("A session stands twice in the course.")
        if any(visit.left_out and visit.session_id is not None for visit in self.visits):
            raise BadInputError("A session that took place cannot be left out of its course.")
        if self.status is CourseStatus.STOPPED and not self.reason.strip():
            raise BadInputError("Say in a few words why the course is stopped.")
        for text in (self.protocol_name, self.reason, self.remark, *(visit.deviation for visit in self.visits)):
            if len(text) > LONGEST_TEXT:
                raise BadInputError(f"A text of the course is too long ({len(text)} letters; {LONGEST_TEXT} at most).")


def planned_visits(count: int, first: date | None, interval_days: int | None) -> tuple[CourseVisit, ...]:
    """Visits at even intervals from the first; without a first day or an interval no day is made up.

    Raises BadInputError for a number of sessions that no course has.
    """
    if not 1 <= count <= MOST_SESSIONS:
        raise BadInputError(f"A course has 1 to {MOST_SESSIONS} sessions; {count} were entered.")
    if first is None:
        return (CourseVisit(),) * count
    if interval_days is None:
        return (CourseVisit(due=first), *(CourseVisit(),) * (count - 1))
    return tuple(CourseVisit(due=first + timedelta(days=interval_days * turn)) for turn in range(count))


def moved_on(course: Course, position: int, due: date) -> Course:
    """The course with the visit at a position due on another day, and the open ones after it at its interval."""
    changed = list(course.visits)
    changed[position] = replace(changed[position], due=due)
    if course.interval_days is not None:
        day = due
        for later in range(position + 1, len(changed)):
            if changed[later].is_open:
                day = day + timedelta(days=course.interval_days)
                changed[later] = replace(changed[later], due=day)
    return replace(course, visits=tuple(changed))
