"""Cards beside the patient list: the chosen patient's sessions; the note of the demonstration."""

from datetime import date

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mesomap.domain.person import Role
from mesomap.domain.session import Session, SessionStatus
from mesomap.services.demo_home import DEMO_PIN
from mesomap.ui.controls.asked_role import asks
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.chips import StateChip
from mesomap.ui.controls.labels import ElidedLabel, plain_label
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.patient_rows import PatientRow
from mesomap.ui.typefaces import text_scale
from mesomap.ui.words import body_line, day, spoken_name


class PatientCard(QFrame):
    """Name, allergies, sessions newest first, and the button for the next one."""

    open_session = Signal(object)
    new_session = Signal(object)
    edit_patient = Signal(object)
    open_record = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._row: PatientRow | None = None
        self._name = ElidedLabel("title", stretchy=True)
        self._edit = IconButton("pen", self.tr("Edit patient"), size=36)
        self._edit.clicked.connect(self._edit_patient)
        self._size = plain_label("small")
        self._notes = plain_label("small2")
        self._notes.setWordWrap(True)
        self._notes.setMaximumHeight(round(54 * text_scale()))
        self._allergy = StateChip("amber", "alert")
        self._course = StateChip("green", "plan")
        self._sessions = QVBoxLayout()
        self._sessions.setContentsMargins(0, 0, 0, 0)
        self._sessions.setSpacing(0)
        self._lines = QWidget()
        self._lines.setLayout(self._sessions)
        self._scroll = scrolled(self._lines)
        # Its buttons are what Tab stops at.
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._start = QPushButton(self.tr("Start a session"))
        asks(self._start, Role.CHART).setProperty("kind", "primary")
        self._start.clicked.connect(self._start_session)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(asks(self._edit, Role.CHART))
        column.addLayout(head)
        for widget in (self._size, self._allergy, self._course, self._notes):
            column.addWidget(widget)
        column.addWidget(self._scroll, 1)
        record = QPushButton(self.tr("Open record"))
        record.clicked.connect(self._open_record)
        self._foot_buttons = (record, self._start)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(8)
        self._foot.addWidget(record)
        self._foot.addWidget(self._start, 1)
        column.addLayout(self._foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The two buttons stand above each other where a language or a text size leaves no room for both."""
        super().resizeEvent(event)
        natural = sum(button.sizeHint().width() for button in self._foot_buttons) + self._foot.spacing()
        beside = natural <= event.size().width() - 32
        direction = QBoxLayout.Direction
        self._foot.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def show_row(self, row: PatientRow | None) -> None:
        """Show a patient, or nothing."""
        self._row = row
        while (item := self._sessions.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.setVisible(row is not None)
        if row is None:
            return
        self._name.show_text(spoken_name(row.patient))
        self._size.setText(body_line(row.patient))
        self._notes.setText(" ".join(row.patient.notes.split()))
        self._notes.setVisible(bool(row.patient.notes.strip()))
        self._allergy.setVisible(bool(row.patient.allergies))
        self._allergy.show_text(", ".join(row.patient.allergies))
        self._show_course(row)
        for session in reversed(row.sessions):
            self._sessions.addWidget(SessionLine(session, self.open_session))
        if not row.sessions:
            self._sessions.addWidget(plain_label("small2", self.tr("No session yet.")))
        self._sessions.addStretch(1)
        # Filled while the page is hidden, the lines would be squeezed into the height of those before.
        self._lines.setMinimumHeight(len(row.sessions) * _line_px())

    def _show_course(self, row: PatientRow) -> None:
        """Which session of the course comes next, and when."""
        course = row.course
        self._course.setVisible(course is not None)
        if course is not None:
            from mesomap.ui.courses.course_words import place_words  # late: the window paints first

            late, due = course.is_overdue(date.today()), course.next_due
            words = self.tr("overdue {0}") if late else self.tr("due {0}")
            self._course.show_text(
                place_words(course.done + 1, course.planned),
                words.format(day(due)) if due is not None else self.tr("no day planned"),
                kind="amber" if late else "green",
                icon_name="clock" if late else "plan",
            )

    def _edit_patient(self) -> None:
        if self._row is not None:
            self.edit_patient.emit(self._row.patient.id)

    def _open_record(self) -> None:
        if self._row is not None:
            self.open_record.emit(self._row.patient.id)

    def _start_session(self) -> None:
        if self._row is not None:
            self.new_session.emit(self._row.patient.id)


#: Height of a session's line at 100 % text: a button and some air.
_LINE_PX = 60


def _line_px() -> int:
    return round(_LINE_PX * text_scale())


class SessionLine(QWidget):
    """One session: number and indication, date, button to open it."""

    def __init__(self, session: Session, opened: SignalInstance) -> None:
        super().__init__()
        title = self.tr("Session {0}").format(session.number)
        name = ElidedLabel("strong", stretchy=True)
        name.show_text(f"{session.number} · {session.indication}" if session.indication else title)
        draft = session.status.is_open
        state = {
            SessionStatus.DRAFT: self.tr("not signed"),
            SessionStatus.SIGNED: self.tr("signed"),
            SessionStatus.AMENDING: self.tr("being amended"),
            SessionStatus.AMENDED: self.tr("amended"),
            SessionStatus.VOIDED: self.tr("voided"),
        }[session.status]
        when = ElidedLabel("small", stretchy=True)
        when.show_text(f"{day(session.started_at.astimezone())} · {state}")
        button = QPushButton(self.tr("Continue") if draft else self.tr("Open"))
        button.setAccessibleName(f"{button.text()} {title}, {session.indication}")
        button.clicked.connect(lambda: opened.emit(session.id))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(name)
        words.addWidget(when)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.addLayout(words, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        # Many sessions scroll; none of them gets lower for it.
        self.setFixedHeight(_line_px())


class DemoCard(QFrame):
    """Says that everything is invented."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        text = plain_label(
            "small2",
            self.tr(
                "All patients are invented. Try anything; nothing here is a medical record. The PIN is {0}."
            ).format(DEMO_PIN),
        )
        text.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        title = plain_label("title", self.tr("This is a demonstration"))
        title.setWordWrap(True)
        column.addWidget(title)
        column.addWidget(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its words need at this width: the card above must not squeeze them."""
        super().resizeEvent(event)
        for words in self.findChildren(QLabel):
            words.setMinimumHeight(words.heightForWidth(event.size().width() - 32))
