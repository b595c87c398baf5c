"""Tab "Course" of the patient's page: courses with their sessions, prices, payments, receipts."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.course import Course, CourseStatus
from mesomap.domain.errors import MesoMapError
from mesomap.services import costs, courses
from mesomap.services.coming_days import read_coming_day, read_whole
from mesomap.services.protocols import protocols
from mesomap.ui.controls.record_lines import wrapping
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.courses.cost_forms import ask_payment, ask_price
from mesomap.ui.courses.costs_card import CostsCard
from mesomap.ui.courses.course_card import CourseCard
from mesomap.ui.courses.course_words import schedule_words
from mesomap.ui.dialogs.ask_form import AskForm
from mesomap.ui.page_context import PageContext


class PatientCourses(QWidget):
    """The patient's courses and costs."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.cards: list[CourseCard] = []
        self.begin = QPushButton(self.tr("Plan a course"))
        self.begin.setProperty("kind", "primary")
        self.begin.clicked.connect(self.ask_course)
        self._empty = wrapping(
            "small2", self.tr("No course yet. “Plan a course” sets out its sessions after a protocol.")
        )
        self._left = QVBoxLayout()
        self._left.setContentsMargins(0, 0, 8, 0)
        self._left.setSpacing(10)
        inner = QWidget()
        inner.setLayout(self._left)
        self.costs = CostsCard(context)
        self.costs.recorded.connect(self.refresh)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.begin)
        right.addWidget(self.costs, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(scrolled(inner), 3)
        row.addLayout(right, 2)
        self.refresh()

    def refresh(self) -> None:
        """Read courses and costs again."""
        practice, patient = self._context.practice, self._context.patient
        while (item := self._left.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._empty:
                widget.hide()
                widget.deleteLater()
        account = costs.account_of(practice, patient.id)
        numbers = {session.id: session.number for session in practice.sessions(patient.id)}
        known = courses.courses_of(practice, patient.id)
        self.cards = []
        for course in known:
            card = CourseCard(course, account.of_course(course.id), numbers, date.today())
            card.asked.connect(partial(self._act, course))
            self._left.addWidget(card)
            self.cards.append(card)
        self._left.addWidget(self._empty)
        self._empty.setVisible(not known)
        self._left.addStretch(1)
        self.costs.show_account(account)

    # -- what is asked

    def ask_course(self) -> None:
        """The form of a new course."""
        known = protocols(self._context.practice)
        choices = {str(one.id): f"{one.name} ({schedule_words(one)})" for one in known}
        choices[""] = self.tr("Without a protocol")
        by_id = {str(one.id): one for one in known}

        def record(values: Mapping[str, str]) -> None:
            protocol = by_id.get(values["protocol"])
            courses.begin_course(
                self._context.practice,
                self._context.patient.id,
                protocol,
                count=read_whole(values["count"], "number of sessions"),
                first=read_coming_day(values["first"], date.today()) if values["first"] else None,
                interval_days=read_whole(values["interval"], "number of days") if values["interval"] else None,
                name=values["name"],
            )

        words = self.tr("Number and interval are yours to enter; what the protocol states stands beside its name.")
        form = AskForm(self.tr("Plan a course"), self.tr("Plan the sessions"), record, self, words=words)
        form.add_choice("protocol", self.tr("Protocol"), choices)
        form.add_line("name", self.tr("Name, when it is not that of the protocol"))
        form.add_line("count", self.tr("Number of sessions"))
        form.add_line("first", self.tr("First session on"), date.today().isoformat())
        form.add_line("interval", self.tr("Days between sessions"))
        self._ask(form)

    def _act(self, course: Course, what: str, position: int) -> None:
        acts: dict[str, Callable[[], object]] = {
            "start": lambda: self._start(course),
            "open": lambda: self._open(course.visits[position].session_id),
            "move": lambda: self._ask_day(course, position),
            "note": lambda: self._ask_words(course, position),
            "leave_out": lambda: self._ask_leaving_out(course, position),
            "plan_again": lambda: self._do(partial(courses.plan_again, self._context.practice, course, position)),
            "add": lambda: self._do(partial(courses.add_visit, self._context.practice, course)),
            "finish": lambda: self._status(course, CourseStatus.FINISHED),
            "reopen": lambda: self._status(course, CourseStatus.OPEN),
            "stop": lambda: self._ask_stop(course),
            "price": lambda: self._ask(ask_price(self._context, self, course_id=course.id)),
            "pay": lambda: self._ask(ask_payment(self._context, self, course_id=course.id)),
        }
        acts[what]()

    def _start(self, course: Course) -> None:
        """A session begins now as the next one of the course."""
        context = self._context
        session = context.desk.new_session(context.patient.id)
        if session is None:
            return
        if self._do(partial(courses.join, context.practice, course, session.id)):
            context.open_session(session.id)

    def _open(self, session_id: UUID | None) -> None:
        if session_id is not None:
            self._context.open_session(session_id)

    def _status(self, course: Course, status: CourseStatus) -> None:
        self._do(partial(courses.set_status, self._context.practice, course, status))

    def _ask_day(self, course: Course, position: int) -> None:
        due = course.visits[position].due

        def record(values: Mapping[str, str]) -> None:
            courses.move_visit(self._context.practice, course, position, read_coming_day(values["day"], date.today()))

        words = self.tr("The sessions after it follow at the interval of the course.")
        form = AskForm(self.tr("Another day"), self.tr("Plan"), record, self, words=words)
        form.add_line("day", self.tr("Day of the session"), due.isoformat() if due else "")
        self._ask(form)

    def _ask_words(self, course: Course, position: int) -> None:
        def record(values: Mapping[str, str]) -> None:
            courses.note_deviation(self._context.practice, course, position, values["words"])

        form = AskForm(self.tr("Not as planned"), self.tr("Record"), record, self)
        form.add_text("words", self.tr("What was different, and why"), course.visits[position].deviation)
        self._ask(form)

    def _ask_leaving_out(self, course: Course, position: int) -> None:
        def record(values: Mapping[str, str]) -> None:
            courses.leave_out(self._context.practice, course, position, values["reason"])

        form = AskForm(self.tr("Leave a session out"), self.tr("Leave out"), record, self)
        form.add_text("reason", self.tr("Reason"))
        self._ask(form)

    def _ask_stop(self, course: Course) -> None:
        def record(values: Mapping[str, str]) -> None:
            courses.set_status(self._context.practice, course, CourseStatus.STOPPED, values["reason"])

        form = AskForm(self.tr("Stop the course"), self.tr("Stop the course"), record, self)
        form.add_text("reason", self.tr("Reason"))
        self._ask(form)

    # -- inside

    def _ask(self, form: AskForm) -> None:
        if form.ask():
            self.refresh()
            self._context.changed()

    def _do(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except MesoMapError as error:
            self._context.say(error.sentence)
            return False
        self.refresh()
        self._context.changed()
        return True
