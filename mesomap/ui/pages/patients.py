"""The patients page: search, list, the chosen patient's sessions, new patient, new session."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mesomap.domain.person import Role
from mesomap.ui.controls.asked_role import asks
from mesomap.ui.controls.brand import Brand
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.labels import ElidedLabel, plain_label
from mesomap.ui.icons import draw_icon, icon
from mesomap.ui.pages.patient_card import DemoCard, PatientCard
from mesomap.ui.patient_rows import PatientDelegate, PatientListModel, PatientRow
from mesomap.ui.theme import theme
from mesomap.ui.trust.notice_card import NoticeCard
from mesomap.ui.words import spoken_name


class PatientList(QListView):
    """A list whose chosen row, while it shows, stays in sight when the list gets lower."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less room: the chosen row goes up with the foot of the list."""
        chosen = self.visualRect(self.currentIndex())
        was_seen = chosen.isValid() and chosen.intersects(QRect(QPoint(), event.oldSize()))
        super().resizeEvent(event)
        if was_seen:
            self.scrollTo(self.currentIndex())


class SearchField(QLineEdit):
    """A text field with a magnifying glass at its left end."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Field, then glass."""
        super().paintEvent(event)
        painter = QPainter(self)
        glass = QRectF(20, self.height() / 2 - 11, 22, 22)
        draw_icon(painter, "search", glass, theme.tokens().colour("text2"), 2.0)


class PatientsPage(QWidget):
    """Sends what is asked: searched(text), new_patient(name), edit_patient(id), open_session(id),
    new_session(patient id).
    """

    searched = Signal(str)
    new_patient = Signal(str)
    edit_patient = Signal(object)
    open_session = Signal(object)
    new_session = Signal(object)
    look_asked = Signal(object)
    lock_asked = Signal()
    open_record = Signal(object)
    practice_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = PatientListModel()
        self._delegate = PatientDelegate()
        self._search = SearchField()
        self._search.setPlaceholderText(self.tr("Search by name, number or birth date"))
        self._search.setAccessibleName(self._search.placeholderText())
        self._search.setClearButtonEnabled(False)
        self._search.setStyleSheet("min-height:56px; border-radius:16px; font-size:18px; padding-left:52px;")
        self._search.textChanged.connect(self._searched)
        self._new = QPushButton(self.tr("New patient"))
        self._new.setProperty("kind", "primary")
        self._new.setStyleSheet("min-height:58px; border-radius:16px; padding:0 24px;")
        self._new.clicked.connect(lambda: self.new_patient.emit(self._search.text()))
        self._count = plain_label("small2")
        self.notice = NoticeCard()
        self._empty = plain_label("small2")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._list = self._make_list()
        self.card = PatientCard()
        self.card.open_session.connect(self.open_session)
        self.card.new_session.connect(self.new_session)
        self.card.edit_patient.connect(self.edit_patient)
        self.card.open_record.connect(self.open_record)
        self.demo_card = DemoCard()
        self._assemble()
        theme.changed.connect(self._restyle)
        self._restyle()

    def _make_list(self) -> QListView:
        view = PatientList()
        view.setModel(self._model)
        view.setItemDelegate(self._delegate)
        view.setMouseTracking(True)
        view.setUniformItemSizes(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setAccessibleName(self.tr("Patients"))
        view.selectionModel().currentChanged.connect(lambda index, _old: self._chosen(index))
        view.doubleClicked.connect(self._opened)
        return view

    def _assemble(self) -> None:
        bar = QWidget()
        bar.setObjectName("bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(56)
        theme_button = IconButton("sun", self.tr("Appearance: light or dark, text size"))
        theme_button.clicked.connect(lambda: self.look_asked.emit(theme_button))
        lock = IconButton("lock", self.tr("Hide the window's content (Ctrl L)"))
        lock.clicked.connect(self.lock_asked)
        head = QHBoxLayout(bar)
        head.setContentsMargins(24, 0, 12, 0)
        head.addWidget(Brand())
        head.addStretch(1)
        practice = QPushButton(self.tr("Practice"))
        practice.clicked.connect(self.practice_asked)
        head.addWidget(practice)
        head.addWidget(theme_button)
        head.addWidget(lock)
        search = QHBoxLayout()
        search.setSpacing(10)
        search.addWidget(self._search, 1)
        search.addWidget(asks(self._new, Role.CHART))
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 6, 1, 6)
        inside.addWidget(self._empty, 1)
        inside.addWidget(self._list, 1)
        foot = ElidedLabel("small", stretchy=True)
        foot.show_text(self.tr("↑ ↓ choose    Enter open    Ctrl N new patient    Data stay on this computer"))
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.notice)
        left.addLayout(search)
        self._beside_count = QHBoxLayout()
        self._beside_count.addWidget(self._count)
        self._beside_count.addStretch(1)
        left.addLayout(self._beside_count)
        left.addWidget(card, 1)
        self._foot = QHBoxLayout()
        self._foot.addWidget(foot, 1)
        left.addLayout(self._foot)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self.card, 1)
        right.addWidget(self.demo_card)
        right.addStretch(0)
        self._right = QWidget()
        right.setContentsMargins(0, 0, 0, 0)
        self._right.setLayout(right)
        body = QHBoxLayout()
        body.setContentsMargins(24, 20, 24, 16)
        body.setSpacing(24)
        body.addLayout(left, 1)
        body.addWidget(self._right)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addLayout(body, 1)

    def show_rows(self, rows: Sequence[PatientRow]) -> None:
        """Patients that fit the search; the first is chosen."""
        text = self._search.text().strip()
        self._delegate.searched = text
        self._model.show(rows)
        self._list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(
            self.tr("No patient fits “{0}”. Press “New patient” to create one.").format(text)
            if text
            else self.tr("No patients yet. Press “New patient” to create the first.")
        )
        plural = self.tr("1 patient") if len(rows) == 1 else self.tr("{0} patients").format(len(rows))
        found = self.tr("1 match") if len(rows) == 1 else self.tr("{0} matches").format(len(rows))
        self._count.setText(found if text else plural)
        if rows:
            self._list.setCurrentIndex(self._model.index(0))
        else:
            self.card.show_row(None)

    def add_beside_count(self, widget: QWidget) -> None:
        """Something at the right of the number of patients."""
        self._beside_count.addWidget(widget)

    def add_at_foot(self, widget: QWidget) -> None:
        """Something at the right of the foot line."""
        self._foot.addWidget(widget)

    def show_notices(self, notices: Sequence[str]) -> None:
        """What opening the practice found; nothing is shown when all was well."""
        self.notice.show_notices(notices)

    def show_demo(self, demo: bool) -> None:
        """Say that the patients are invented."""
        self.demo_card.setVisible(demo)

    def choose(self, patient_id: object) -> None:
        """Choose a patient in the list."""
        for number in range(self._model.rowCount()):
            row = self._model.row(self._model.index(number))
            if row is not None and row.patient.id == patient_id:
                self._list.setCurrentIndex(self._model.index(number))

    def focus_search(self) -> None:
        """Ctrl F."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def clear_search(self) -> None:
        """Show everybody again."""
        self._search.clear()

    def names(self) -> list[str]:
        """Names in the list, from the top."""
        rows = (self._model.row(self._model.index(number)) for number in range(self._model.rowCount()))
        return [spoken_name(row.patient) for row in rows if row is not None]

    def search_text(self) -> str:
        """The text searched for."""
        return self._search.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose although the search field has the keyboard; Enter opens; Escape clears."""
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if key == Qt.Key.Key_Down else -1
            row = min(max(self._list.currentIndex().row() + step, 0), self._model.rowCount() - 1)
            self._list.setCurrentIndex(self._model.index(row))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._opened(self._list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self._search.clear()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The right column is narrower on small screens."""
        self._right.setFixedWidth(372 if event.size().width() >= 1400 else 320)
        super().resizeEvent(event)

    def _searched(self, text: str) -> None:
        self.searched.emit(text)

    def _chosen(self, index: QModelIndex) -> None:
        self.card.show_row(self._model.row(index))

    def _opened(self, index: QModelIndex) -> None:
        row = self._model.row(index)
        if row is None:
            return
        if row.draft is not None:
            self.open_session.emit(row.draft.id)
        else:
            self.new_session.emit(row.patient.id)

    def _restyle(self) -> None:
        self._new.setIcon(icon("plus", theme.tokens().onink))
        self._list.viewport().update()
