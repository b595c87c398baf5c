"""What a session is of its course and what is paid of it, in a few words beside it."""

from uuid import UUID

from mesomap.domain.course import Course
from mesomap.services import Practice
from mesomap.services.costs import account_of
from mesomap.services.courses import courses_of, place_of
from mesomap.ui.courses.course_words import cost_words, place_words


class SessionNotes:
    """Reads courses and costs of one patient once."""

    def __init__(self, practice: Practice, patient_id: UUID) -> None:
        self._account = account_of(practice, patient_id)
        self._courses: tuple[Course, ...] = courses_of(practice, patient_id)

    def of(self, session_id: UUID) -> str:
        """Session 4 of 8 · EUR 120.00, not paid; "" when neither is recorded."""
        parts = []
        cost = self._account.of_session(session_id)
        for course in self._courses:
            number = course.number_of(session_id)
            if number is not None:
                parts.append(place_words(number, course.planned))
                cost = cost or self._account.of_course(course.id)
        if cost is not None:
            parts.append(cost_words(cost))
        return " · ".join(parts)


def course_words(practice: Practice, session_id: UUID) -> str:
    """Session 4 of 8; "" for a session of no course."""
    place = place_of(practice, session_id)
    return "" if place is None else place_words(place.number, place.planned)
