"""A course as a card: where it stands, its sessions one by one, what it costs."""

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from mesomap.domain.course import Course, CourseStatus, CourseVisit
from mesomap.services.costs import Cost
from mesomap.ui.controls.asked_role import reads
from mesomap.ui.controls.chips import StateChip
from mesomap.ui.controls.record_lines import RecordCard, RecordLine, small_button, wrapping
from mesomap.ui.courses.course_words import cost_words, course_state, done_words
from mesomap.ui.words import day


class CourseCard(RecordCard):
    """asked(what, position of the visit or -1) is sent by its buttons: start, open, move, note, leave_out, plan_again,
    add, finish, stop, reopen, price, pay.
    """

    asked = Signal(str, int)

    def __init__(self, course: Course, cost: Cost | None, numbers: dict[UUID, int], today: date) -> None:
        """numbers: chart number of every session of the course."""
        super().__init__(course.protocol_name)
        self.course = course
        self._numbers, self._today = numbers, today
        bold, more, kind = course_state(course, today)
        self.state = StateChip(kind, "clock" if kind == "amber" else "plan")
        self.state.show_text(bold, more)
        self.state.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.head.addWidget(self.state)
        interval = "" if course.interval_days is None else self.tr("every {0} days").format(course.interval_days)
        self.body.addWidget(wrapping("small2", " · ".join(p for p in (done_words(course), interval) if p)))
        if course.remark:
            self.body.addWidget(wrapping("", course.remark))
        number = 0
        for position, visit in enumerate(course.visits):
            number += not visit.left_out
            self.body.addWidget(self._line(position, number, visit))
        self.cost = wrapping("strong", self.tr("Course: {0}").format(cost_words(cost)))
        self.body.addWidget(self._foot())

    def _line(self, position: int, number: int, visit: CourseVisit) -> RecordLine:
        small = []
        if visit.session_id is not None:
            title = self.tr("Session {0} of {1}").format(number, self.course.planned)
            small.append(self.tr("chart {0}").format(self._numbers.get(visit.session_id, "–")))
        elif visit.left_out:
            title = self.tr("Left out")
        else:
            title = self.tr("Session {0} of {1}, to come").format(number, self.course.planned)
        if visit.due is not None:
            late = visit.is_open and self.course.status is CourseStatus.OPEN and visit.due < self._today
            words = self.tr("was planned for {0}: overdue") if late else self.tr("planned for {0}")
            small.append(words.format(day(visit.due)))
        elif visit.is_open:
            small.append(self.tr("no day planned"))
        deviation = self.tr("Not as planned: {0}").format(visit.deviation) if visit.deviation else ""
        line = RecordLine(title, " · ".join(small), deviation)
        for what, words in self._acts(position, visit):
            name = f"{words}: {title}"
            button = line.add_button(words, partial(self.asked.emit, what, position), name)
            button.setObjectName(f"{what}{position}")
            if what == "open":
                reads(button)
            if what == "start":
                button.setProperty("kind", "primary")
        return line

    def _acts(self, position: int, visit: CourseVisit) -> list[tuple[str, str]]:
        note = ("note", self.tr("Deviation"))
        if visit.session_id is not None:
            return [note, ("open", self.tr("Open"))]
        if self.course.status is not CourseStatus.OPEN:
            return []
        if visit.left_out:
            return [("plan_again", self.tr("Plan again"))]
        acts = [("move", self.tr("Day")), ("leave_out", self.tr("Leave out"))]
        return [*acts, ("start", self.tr("Start"))] if position == self.course.next_visit else acts

    def _foot(self) -> QWidget:
        line = RecordLine("", "")
        line.words.takeAt(0)
        line.words.addWidget(self.cost)
        course = self.course
        acts = [("price", self.tr("Price")), ("pay", self.tr("Payment"))]
        if course.status is CourseStatus.OPEN:
            acts += [("add", self.tr("Add session")), ("stop", self.tr("Stop")), ("finish", self.tr("Finish"))]
        else:
            acts += [("reopen", self.tr("Open again"))]
        for what, words in acts:
            button = small_button(words, partial(self.asked.emit, what, -1), f"{words}: {course.protocol_name}")
            button.setObjectName(what)
            line.buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line
