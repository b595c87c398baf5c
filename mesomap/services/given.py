"""What a patient was given of each substance: in a session, by region, over a course, over everything on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.domain.course import Course
from mesomap.domain.marks import Mark
from mesomap.domain.mixing import SubstanceDose
from mesomap.domain.session import Session, SessionStatus
from mesomap.services.courses import courses_of
from mesomap.services.mixing import course_doses, session_doses

if TYPE_CHECKING:
    from mesomap.services.practice import Practice


@dataclass(frozen=True, slots=True)
class GivenDoses:
    """Doses over some sessions. unknown: how many of them have mixtures whose products are not recorded.

    by_region: of a single session only, in the order of its regions.
    """

    sessions: int
    unknown: int
    doses: tuple[SubstanceDose, ...]
    by_region: tuple[tuple[str, tuple[SubstanceDose, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Sessions to add up. key: "session:ID", "course:ID" or "all"; name: of the course; session: of a single one."""

    key: str
    session_ids: tuple[UUID, ...]
    name: str = ""
    session: Session | None = None


def scopes(practice: "Practice", patient_id: UUID) -> tuple[Scope, ...]:
    """What can be added up of a patient: all, each course, each session with the latest first. Voided ones never."""
    counted = [one for one in practice.sessions(patient_id) if one.status is not SessionStatus.VOIDED]
    counted.sort(key=lambda one: one.started_at, reverse=True)
    ids = {one.id for one in counted}
    courses = [
        Scope(f"course:{course.id}", _held(course, ids), course.protocol_name)
        for course in courses_of(practice, patient_id)
    ]
    singles = [Scope(f"session:{one.id}", (one.id,), session=one) for one in counted]
    return (Scope("all", tuple(one.id for one in counted)), *(one for one in courses if one.session_ids), *singles)


def given_doses(practice: "Practice", scope: Scope) -> GivenDoses:
    """Doses over the sessions of a scope; a single session also by region."""
    read = [(practice.session(one), practice.marks(one)) for one in scope.session_ids]
    unknown = sum(_has_unknown(session, marks) for session, marks in read)
    if scope.session is None:
        return GivenDoses(len(read), unknown, course_doses(read))
    ((session, marks),) = read
    regions = dict.fromkeys(region for mark in marks for region in mark.region_ids)
    by_region = tuple((region, session_doses(session, marks, region)) for region in regions)
    return GivenDoses(1, unknown, session_doses(session, marks), by_region)


def _has_unknown(session: Session, marks: Iterable[Mark]) -> bool:
    """True when marks carry a mixture whose products are not recorded."""
    known = {mixture.letter for mixture in session.mixtures if mixture.details is not None and mixture.details.lines}
    return any(mark.dose.mixture is not None and mark.dose.mixture not in known for mark in marks)


def _held(course: Course, ids: set[UUID]) -> tuple[UUID, ...]:
    return tuple(
        visit.session_id for visit in course.visits if visit.session_id in ids and visit.session_id is not None
    )
