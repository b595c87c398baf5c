"""Asks for a reason: to amend, or to void a session, with a correct copy on the right patient when it was the wrong."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mesomap.domain.patient import Patient
from mesomap.ui.controls.dialog_foot import dialog_foot
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.tall_label import TallLabel
from mesomap.ui.controls.toggle_chip import ToggleChip
from mesomap.ui.words import patient_line, spoken_name

_WIDTH_PX = 520
_COLUMN_PX = _WIDTH_PX - 48
_MOST_PATIENTS = 50


class ReasonDialog(QDialog):
    """asked(reason) when it is confirmed; show_error() answers. The reason is needed."""

    asked = Signal(str)

    def __init__(self, title: str, why: str, verb: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(verb)
        self.setFixedWidth(_WIDTH_PX)
        text = QPlainTextEdit()
        text.setTabChangesFocus(True)
        text.setPlaceholderText(hint)
        text.setStyleSheet("min-height:72px; max-height:72px; padding:8px 10px;")
        self.reason = FormField(self.tr("Reason, kept with the session"), text)
        self._error = TallLabel("error", "", _COLUMN_PX)
        self._error.hide()
        self.confirm_button = QPushButton(verb)
        self.column = QVBoxLayout()
        self.column.setSpacing(10)
        self.column.addWidget(self.reason)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 18, 24, 18)
        whole.setSpacing(10)
        whole.addWidget(plain_label("display", title))
        whole.addWidget(TallLabel("small2", why, _COLUMN_PX))
        whole.addLayout(self.column)
        whole.addWidget(self._error)
        whole.addLayout(dialog_foot(self, self.confirm_button, lambda: self.asked.emit(self.reason.text())))
        text.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, sentence: str) -> None:
        """Why it was not done."""
        self._error.show_text(sentence)
        self._error.setVisible(bool(sentence))

    def error_text(self) -> str:
        """The sentence shown, or nothing."""
        return self._error.text()


class VoidDialog(ReasonDialog):
    """right_patient: on whom the copy is made, None = no copy."""

    def __init__(
        self, title: str, why: str, find: Callable[[str], Sequence[Patient]], parent: QWidget | None = None
    ) -> None:
        super().__init__(title, why, "", "", parent)
        self.setWindowTitle(self.tr("Void session"))
        self._find = find
        self.right_patient: Patient | None = None
        self.wrong = ToggleChip(self.tr("Copy it to the right patient"))
        self.wrong.toggled.connect(self._show_search)
        self.search, self.list = QLineEdit(), QListWidget()
        self.search.setPlaceholderText(self.tr("Name, number or date of birth"))
        self.search.setAccessibleName(self.tr("Find the right patient"))
        self.search.textChanged.connect(self._look)
        self.list.setAccessibleName(self.tr("Patients found"))
        self.list.setStyleSheet("QListWidget::item { min-height: 44px; padding-left: 10px; }")
        self.list.setFixedHeight(150)
        self.list.currentItemChanged.connect(lambda item, _old: self._choose(item))
        for widget in (self.wrong, self.search, self.list):
            self.column.addWidget(widget)
        self._show_search(False)

    def _show_search(self, on: bool) -> None:
        for widget in (self.search, self.list):
            widget.setVisible(on)
        self.confirm_button.setText(self.tr("Void and copy") if on else self.tr("Void"))
        if on:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
            self._look(self.search.text())
        else:
            self.right_patient = None
        self.adjustSize()

    def _look(self, text: str) -> None:
        self.list.clear()
        for patient in self._find(text)[:_MOST_PATIENTS]:
            item = QListWidgetItem(f"{spoken_name(patient)} · {patient_line(patient, date.today())}")
            item.setData(Qt.ItemDataRole.UserRole, patient)
            self.list.addItem(item)

    def _choose(self, item: QListWidgetItem | None) -> None:
        chosen = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self.right_patient = chosen if isinstance(chosen, Patient) else None

    def needs_patient(self) -> bool:
        """Whether a copy is wanted, but on nobody yet."""
        return self.wrong.isChecked() and self.right_patient is None
