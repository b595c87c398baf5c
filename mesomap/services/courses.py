"""Courses of a patient: begun after a protocol, followed session by session, deviated from with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.commands.entries import AddEntries, EditEntry
from mesomap.domain.course import Course, CourseStatus, CourseVisit, moved_on, planned_visits
from mesomap.domain.errors import BadInputError
from mesomap.domain.protocol import Protocol
from mesomap.domain.session import SessionStatus
from mesomap.services.entering import entering

if TYPE_CHECKING:
    from mesomap.services.practice import Practice


@dataclass(frozen=True, slots=True)
class CoursePlace:
    """Where a session stands in a course: number from 1, of so many planned."""

    course: Course
    number: int

    @property
    def planned(self) -> int:
        """Number of sessions planned."""
        return self.course.planned


def begin_course(
    practice: "Practice",
    patient_id: UUID,
    protocol: Protocol | None,
    *,
    count: int,
    first: date | None,
    interval_days: int | None,
    name: str = "",
    remark: str = "",
) -> Course:
    """Plan the sessions of a patient. protocol None: a course under a name of its own. Raises BadInputError."""
    course = Course(
        **entering(practice),
        patient_id=patient_id,
        protocol_id=None if protocol is None else protocol.id,
        protocol_name=name.strip() or ("" if protocol is None else protocol.name),
        began_on=first,
        interval_days=interval_days,
        visits=planned_visits(count, first, interval_days),
        remark=remark.strip(),
    )
    if not course.protocol_name:
        raise BadInputError("The course has no name. Choose a protocol, or enter a name.")
    practice.run(AddEntries((course,), name="New course"))
    return course


def courses_of(practice: "Practice", patient_id: UUID) -> tuple[Course, ...]:
    """Courses of a patient, open ones first, then the latest first."""
    known = [course for course in practice.entries(Course, patient_id=patient_id) if not course.withdrawn]
    known.sort(key=lambda course: course.at, reverse=True)
    return tuple(sorted(known, key=lambda course: course.status is not CourseStatus.OPEN))


def place_of(practice: "Practice", session_id: UUID) -> CoursePlace | None:
    """The course that a session belongs to and its number there; None when it belongs to none."""
    for course in practice.entries(Course, refers_to=session_id):
        number = course.number_of(session_id)
        if number is not None and not course.withdrawn:
            return CoursePlace(course, number)
    return None


def to_join(practice: "Practice", patient_id: UUID) -> tuple[Course, ...]:
    """Open courses of a patient with a session still to come: what a session that begins now may belong to."""
    return tuple(course for course in courses_of(practice, patient_id) if course.next_visit is not None)


def join(practice: "Practice", course: Course, session_id: UUID) -> CoursePlace:
    """Make a session the next one of the course. Raises BadInputError: another patient's, another course's, no room.

    A course whose planned sessions are all done takes one more when that is asked with add_visit() first.
    """
    session = practice.session(session_id)
    if session.patient_id != course.patient_id:
        raise BadInputError("The session is another patient's. It was not added to the course.")
    if session.status is SessionStatus.VOIDED:
        raise BadInputError("The session is void. It was not added to the course.")
    elsewhere = place_of(practice, session_id)
    if elsewhere is not None:
        if elsewhere.course.id == course.id:
            return elsewhere
        raise BadInputError(f"The session belongs to the course “{elsewhere.course.protocol_name}” already.")
    position = course.next_visit
    if position is None:
        raise BadInputError("No session of this course is to come. Add one to the course first.")
    after = course.with_visit(position, replace(course.visits[position], session_id=session_id))
    _edit(practice, course, after, "Join course")
    number = after.number_of(session_id)
    assert number is not None
    return CoursePlace(after, number)


def leave(practice: "Practice", course: Course, session_id: UUID) -> Course:
    """Take a session out of its course; its place is open again. The session itself stays as it is."""
    return _edit(practice, course, without_session(course, session_id), "Leave course")


def without_session(course: Course, session_id: UUID) -> Course:
    """The course with the place of a session open again."""
    visits = tuple(replace(v, session_id=None) if v.session_id == session_id else v for v in course.visits)
    return replace(course, visits=visits)


def note_deviation(practice: "Practice", course: Course, position: int, words: str) -> Course:
    """Say in which way a session was not as planned, and why; empty words take it back."""
    visit = replace(course.visits[position], deviation=" ".join(words.split()))
    return _edit(practice, course, course.with_visit(position, visit), "Note deviation")


def leave_out(practice: "Practice", course: Course, position: int, reason: str) -> Course:
    """A session that does not take place. Raises BadInputError without a reason, or when it took place."""
    if not reason.strip():
        raise BadInputError("Say in a few words why the session is left out.")
    visit = replace(course.visits[position], left_out=True, deviation=" ".join(reason.split()))
    return _edit(practice, course, course.with_visit(position, visit), "Leave session out")


def plan_again(practice: "Practice", course: Course, position: int) -> Course:
    """A session that was left out is planned again."""
    visit = replace(course.visits[position], left_out=False)
    return _edit(practice, course, course.with_visit(position, visit), "Plan session again")


def add_visit(practice: "Practice", course: Course, due: date | None = None) -> Course:
    """One session more at the end."""
    return _edit(practice, course, replace(course, visits=(*course.visits, CourseVisit(due=due))), "Add session")


def move_visit(practice: "Practice", course: Course, position: int, due: date) -> Course:
    """Another day for a session to come; the ones after it follow at the interval of the course."""
    return _edit(practice, course, moved_on(course, position, due), "Move session")


def set_status(practice: "Practice", course: Course, status: CourseStatus, reason: str = "") -> Course:
    """Finished, stopped with a reason, or open again. Raises BadInputError."""
    return _edit(practice, course, replace(course, status=status, reason=" ".join(reason.split())), "Edit course")


def next_due(courses: Iterable[Course]) -> Course | None:
    """Of the open courses the one whose next session is due first; one without a day comes last."""
    coming = [course for course in courses if course.next_visit is not None]
    return min(coming, key=lambda course: course.next_due or date.max, default=None)


def due_until(practice: "Practice", until: date) -> tuple[Course, ...]:
    """Open courses of all patients whose next session is due by that day, the most overdue first."""
    known = [course for course in practice.entries(Course) if course.next_due is not None]
    return tuple(
        sorted(
            (course for course in known if course.next_due is not None and course.next_due <= until),
            key=lambda course: course.next_due or date.max,
        )
    )


def _edit(practice: "Practice", before: Course, after: Course, name: str) -> Course:
    if before != after:
        practice.run(EditEntry(before, after, name=name))
    return after
