"""The patient list: a model over the practice's patients and the delegate that paints a row of 67 px."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, overload
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mesomap.domain.patient import Patient
from mesomap.domain.session import Session, SessionStatus
from mesomap.services.patient_search import found_spans
from mesomap.ui.icons import draw_icon
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font, grown
from mesomap.ui.words import day, patient_line, spoken_name, tr

if TYPE_CHECKING:
    from mesomap.domain.course import Course

ROW_PX = 67


class PatientRow:
    """A patient, the sessions of this patient, oldest first, and the course; both are read when they are shown."""

    def __init__(
        self,
        patient: Patient,
        load: Callable[[], tuple[Session, ...]],
        course: "Callable[[], Course | None]" = lambda: None,
    ) -> None:
        self.patient = patient
        self._load = load
        self._load_course = course

    @cached_property
    def course(self) -> "Course | None":
        """The open course whose next session is due first; None without one to come."""
        return self._load_course()

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """Sessions by the time they began."""
        return tuple(sorted(self._load(), key=lambda session: session.started_at))

    @property
    def last(self) -> Session | None:
        """The newest session."""
        return self.sessions[-1] if self.sessions else None

    @property
    def draft(self) -> Session | None:
        """The newest session that is still being charted."""
        return next((s for s in reversed(self.sessions) if s.status is SessionStatus.DRAFT), None)


class PatientRows(Sequence[PatientRow]):
    """Rows of many patients; each row is made when it is first looked at."""

    def __init__(
        self,
        patients: Sequence[Patient],
        sessions_of: Callable[[UUID], tuple[Session, ...]],
        course_of: "Callable[[UUID], Course | None]" = lambda _id: None,
    ) -> None:
        self._patients = patients
        self._sessions_of = sessions_of
        self._course_of = course_of
        self._made: dict[int, PatientRow] = {}

    def __len__(self) -> int:
        return len(self._patients)

    @overload
    def __getitem__(self, index: int) -> PatientRow: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[PatientRow]: ...
    def __getitem__(self, index: int | slice) -> PatientRow | Sequence[PatientRow]:
        if isinstance(index, slice):
            return PatientRows(self._patients[index], self._sessions_of, self._course_of)
        if index not in self._made:
            patient, load, course = self._patients[index], self._sessions_of, self._course_of
            self._made[index] = PatientRow(patient, lambda: load(patient.id), lambda: course(patient.id))
        return self._made[index]


class PatientListModel(QAbstractListModel):
    """Rows of the list; a row itself is the user data."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[PatientRow] = ()

    def show(self, rows: Sequence[PatientRow]) -> None:
        """Replace the rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Number of patients."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def row(self, index: QModelIndex) -> PatientRow | None:
        """The row at an index."""
        return self._rows[index.row()] if index.isValid() else None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Row as user data; name and line for screen readers."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{spoken_name(row.patient)}, {patient_line(row.patient, date.today())}"
        return None


def initials(patient: Patient) -> str:
    """First letters of given and family name."""
    return "".join(part[0] for part in (patient.given_name, patient.family_name) if part).upper()


class PatientDelegate(QStyledItemDelegate):
    """Tile with initials, name with the searched letters underlined, last session, allergies, date."""

    def __init__(self) -> None:
        super().__init__()
        self.searched = ""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Fixed height."""
        return QSize(_rect(option).width(), ROW_PX - 39 + grown(39))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One patient."""
        row: PatientRow = index.data(Qt.ItemDataRole.UserRole)
        tokens = theme.tokens()
        box = QRectF(_rect(option))
        state = _state(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, tokens.colour("sunken"))
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), tokens.colour("text"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, tokens.colour("hover"))
        painter.setPen(tokens.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        self._paint_tile(painter, box, row.patient)
        middle = box.width() * 0.44
        self._paint_name(painter, QRectF(box.left() + 74, box.top(), middle - 80, box.height()), row.patient)
        wide = grown(140)
        right = QRectF(box.right() - 38 - wide, box.top(), wide, box.height())
        self._paint_session(
            painter, QRectF(box.left() + middle, box.top(), right.left() - middle - 8, box.height()), row
        )
        self._paint_date(painter, right, row)
        arrow = QRectF(box.right() - 30, box.center().y() - 9, 18, 18)
        draw_icon(painter, "next", arrow, tokens.colour("text3"))
        painter.restore()

    def _paint_tile(self, painter: QPainter, box: QRectF, patient: Patient) -> None:
        tokens = theme.tokens()
        tile = QRectF(box.left() + 14, box.center().y() - 22, 44, 44)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("sunken"))
        painter.drawRoundedRect(tile, 11, 11)
        painter.setPen(QPen(tokens.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(tile, 11, 11)
        painter.setPen(tokens.colour("text2"))
        painter.setFont(font("strong", 14))
        painter.drawText(tile, Qt.AlignmentFlag.AlignCenter, initials(patient))

    def _paint_name(self, painter: QPainter, cell: QRectF, patient: Patient) -> None:
        tokens = theme.tokens()
        name = spoken_name(patient)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        upper = QRectF(cell.left(), cell.top() + 13, cell.width(), grown(21))
        lower = QRectF(cell.left(), cell.top() + 13 + grown(21), cell.width(), grown(18))
        painter.setFont(font("title"))
        painter.setPen(tokens.colour("text"))
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(cell.width()))
        painter.drawText(upper, flags, shown)
        self._underline(painter, upper, shown, font("title"))
        painter.setFont(font("small", 12.5))
        painter.setPen(tokens.colour("text3"))
        line = patient_line(patient, date.today())
        if patient.birth_date is not None:
            line += f" · {day(patient.birth_date)}"
        painter.drawText(
            lower,
            flags,
            painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, int(cell.width())),
        )

    def _underline(self, painter: QPainter, line: QRectF, shown: str, face: QFont) -> None:
        painter.setFont(face)
        metrics = painter.fontMetrics()
        for start, end in found_spans(shown, self.searched):
            left = line.left() + metrics.horizontalAdvance(shown[:start])
            width = metrics.horizontalAdvance(shown[start:end])
            painter.fillRect(QRectF(left, line.bottom() - 2, width, 1.6), theme.tokens().colour("text"))

    def _paint_session(self, painter: QPainter, cell: QRectF, row: PatientRow) -> None:
        tokens = theme.tokens()
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        last = row.last
        words = tr("No session yet")
        if last is not None:
            words = last.indication or tr("Session {0}").format(last.number)
        count = tr("{0} sessions").format(len(row.sessions)) if len(row.sessions) != 1 else tr("1 session")
        if row.course is not None:
            count += " · " + tr("next: {0} of {1}").format(row.course.done + 1, row.course.planned)
        room = cell.width() * (0.5 if row.patient.allergies else 0.95)
        painter.setFont(font("control"))
        painter.setPen(tokens.colour("text"))
        upper = QRectF(cell.left(), cell.top() + 13, room, grown(21))
        painter.drawText(upper, flags, painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room)))
        painter.setFont(font("small", 12.5))
        painter.setPen(tokens.colour("text3"))
        lower = QRectF(cell.left(), cell.top() + 13 + grown(21), room, grown(18))
        painter.drawText(lower, flags, painter.fontMetrics().elidedText(count, Qt.TextElideMode.ElideRight, int(room)))
        if row.patient.allergies:
            chip = QRectF(cell.left() + room + 6, cell.center().y() - 13, cell.width() - room - 10, 26)
            self._paint_allergy(painter, chip, ", ".join(row.patient.allergies))

    def _paint_allergy(self, painter: QPainter, room: QRectF, words: str) -> None:
        tokens = theme.tokens()
        painter.setFont(font("small_strong"))
        metrics = painter.fontMetrics()
        text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room.width() - 40))
        chip = QRectF(room.left(), room.top(), metrics.horizontalAdvance(text) + 38, room.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("amber_bg"))
        painter.drawRoundedRect(chip, 7, 7)
        draw_icon(
            painter,
            "alert",
            QRectF(chip.left() + 8, chip.center().y() - 7.5, 15, 15),
            tokens.colour("amber"),
            2,
        )
        painter.setPen(tokens.colour("amber"))
        painter.drawText(chip.adjusted(28, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_date(self, painter: QPainter, cell: QRectF, row: PatientRow) -> None:
        if row.last is None:
            return
        tokens = theme.tokens()
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        started = row.last.started_at.astimezone().date()
        painter.setFont(font("control"))
        painter.setPen(tokens.colour("text"))
        painter.drawText(QRectF(cell.left(), cell.top() + 13, cell.width(), grown(21)), flags, day(started))
        painter.setFont(font("small", 12.5))
        painter.setPen(tokens.colour("text3"))
        lower = QRectF(cell.left(), cell.top() + 13 + grown(21), cell.width(), grown(18))
        words, late = ago((date.today() - started).days), False
        if row.course is not None and row.course.next_due is not None:
            late = row.course.is_overdue(date.today())
            words = (tr("overdue {0}") if late else tr("due {0}")).format(day(row.course.next_due))
        painter.setPen(tokens.colour("amber" if late else "text3"))
        painter.drawText(lower, flags, words)


def ago(days: int) -> str:
    """Relative time beside a date."""
    if days < 0:
        return tr("in {0} days").format(-days)
    if days == 0:
        return tr("today")
    return tr("yesterday") if days == 1 else tr("{0} days ago").format(days)


def _rect(option: QStyleOptionViewItem) -> QRect:
    rect: QRect = option.rect
    return rect


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    state: QStyle.StateFlag = option.state
    return state
