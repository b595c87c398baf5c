"""Section "Planned sessions" of the practice's page: whose next session is overdue or due in the days to come."""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mesomap.domain.course import Course
from mesomap.domain.errors import MesoMapError
from mesomap.services.courses import due_until
from mesomap.ui.controls.record_lines import RecordCard, RecordLine, wrapping
from mesomap.ui.controls.track import Track
from mesomap.ui.courses.course_words import place_words
from mesomap.ui.page_context import PageContext
from mesomap.ui.words import day, spoken_name

#: Days ahead to choose from.
_AHEAD = (0, 7, 30)
#: So many are listed; how many there are is said.
_LISTED = 200


class DueSection(QWidget):
    """Reads all courses beside the window."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._ahead = 7
        self.periods = Track()
        self.periods.setFixedHeight(50)
        for days in _AHEAD:
            words = self.tr("Overdue and today") if not days else self.tr("and the next {0} days").format(days)
            self.periods.add(str(days), words)
        self.periods.chosen.connect(self._choose)
        self.card = RecordCard(self.tr("Next sessions of open courses"), scrolls=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.periods)
        column.addWidget(self.card, 1)
        self.refresh()

    def refresh(self) -> None:
        """Read again."""
        self.periods.show_chosen(str(self._ahead))
        practice, until = self._context.practice, date.today() + timedelta(days=self._ahead)

        def work(_progress: object) -> list[tuple[Course, UUID, str]]:
            found = [(course, course.patient_id) for course in due_until(practice, until)]
            known = {who: practice.patient(who) for _, who in found[:_LISTED] if who is not None}
            return [
                (course, who, spoken_name(known[who]) if who in known else "")
                for course, who in found
                if who is not None
            ]

        self._context.work(self, work, done=self._show, failed=self._refused)

    def _choose(self, key: str) -> None:
        self._ahead = int(key)
        self.refresh()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self._context.say(error.sentence)

    def _show(self, found: list[tuple[Course, UUID, str]]) -> None:
        self.card.clear()
        today = date.today()
        for row, (course, who, name) in enumerate(found[:_LISTED]):
            due = course.next_due
            words = self.tr("overdue since {0}") if course.is_overdue(today) else self.tr("planned for {0}")
            place = place_words(course.done + 1, course.planned)
            small = f"{course.protocol_name} · {place} · {words.format(day(due))}"
            line = RecordLine(name, small, first=not row)
            button = line.add_button(
                self.tr("Open record"), partial(self._context.open_patient, who), f"{self.tr('Open record')}: {name}"
            )
            button.setObjectName(f"open{row}")
            self.card.body.addWidget(line)
        if not found:
            self.card.say_empty(self.tr("No open course has a session planned by that day."))
        if len(found) > _LISTED:
            self.card.body.addWidget(wrapping("small2", self.tr("{0} more.").format(len(found) - _LISTED)))
        self.card.body.addStretch(1)
