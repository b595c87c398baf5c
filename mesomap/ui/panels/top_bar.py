"""Top bar: who, allergies, which session, saved, undo and redo, theme, hide."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from mesomap.domain.patient import Patient
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.chips import StateChip
from mesomap.ui.controls.labels import ElidedLabel, plain_label
from mesomap.ui.edit_words import step_words
from mesomap.ui.panels.session_chip import SessionChip
from mesomap.ui.words import patient_line, spoken_name


class TopBar(QWidget):
    """Emits what is asked; knows nothing of services."""

    back = Signal()
    undo = Signal()
    redo = Signal()
    look_asked = Signal(object)
    hide_asked = Signal()
    print_asked = Signal()
    frame_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(56)
        self._name, self._line = ElidedLabel("title"), plain_label("small2")
        self._allergy = StateChip("amber", "alert")
        self._allergy.setFixedHeight(36)
        self._allergy.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._session = SessionChip()
        self._saved = StateChip("green", "check")
        self._undo, self._redo = IconButton("undo", self.tr("Undo")), IconButton("redo", self.tr("Redo"))
        back = IconButton("back", self.tr("Patients"))
        theme_button = IconButton("sun", self.tr("Appearance: light or dark, text size"))
        hide = IconButton("lock", self.tr("Hide the window's content (Ctrl L)"))
        paper = IconButton("print", self.tr("Print chart (Ctrl P)"))
        for button, signal in (
            (back, self.back), (self._undo, self.undo), (self._redo, self.redo),
            (hide, self.hide_asked), (paper, self.print_asked),
            (self._session, self.frame_asked),
        ):  # fmt: skip
            button.clicked.connect(signal)
        theme_button.clicked.connect(lambda: self.look_asked.emit(theme_button))
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(back)
        row.addLayout(_two_lines(self._name, self._line))
        row.addSpacing(8)
        row.addWidget(self._allergy)
        row.addStretch(1)
        row.addWidget(self._session, 100)
        row.addStretch(1)
        for widget in (self._saved, self._undo, self._redo, paper, theme_button, hide):
            row.addWidget(widget)
        self._allergy.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._saved.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._allergy.hide()

    def show_patient(self, patient: Patient) -> None:
        """Name, age, number; the amber banner only when allergies are recorded."""
        self._name.show_text(spoken_name(patient), 220)
        self._line.setText(patient_line(patient, date.today()))
        self._allergy.setVisible(bool(patient.allergies))
        if patient.allergies:
            word = self.tr("Allergy: {0}") if len(patient.allergies) == 1 else self.tr("Allergies: {0}")
            self._allergy.show_text(word.format(", ".join(patient.allergies)))

    def show_session(self, title: str, day: str) -> None:
        """Session number and indication, date under it."""
        self._session.show_session(title, day)

    def session_chip(self) -> SessionChip:
        """Opens what surrounds the session."""
        return self._session

    def show_saved(self, text: str, *, good: bool = True) -> None:
        """State of the last commit in words: "Saved 14:22", or in red what went wrong."""
        self._saved.show_text(text, kind="green" if good else "red", icon_name="check" if good else "alert")

    def show_signed(self, text: str, kind: str, icon_name: str) -> None:
        """In place of what was saved: that the session is signed, being amended or void."""
        self._saved.show_text(text, kind=kind, icon_name=icon_name)

    def hide_undo(self) -> None:
        """A closed session has nothing to take back; its room goes to what must be read."""
        self._undo.hide()
        self._redo.hide()

    def add_button(self, button: QWidget) -> None:
        """A button behind the state of the session."""
        self._row.insertWidget(self._row.indexOf(self._saved) + 1, button)

    def saved_text(self) -> str:
        """What the saved chip says."""
        return self._saved.text()

    def allergy_visible(self) -> bool:
        """True while the amber banner is shown."""
        return self._allergy.isVisibleTo(self)

    def show_undo(self, undo_name: str | None, redo_name: str | None) -> None:
        """Enable undo and redo and name what they would do."""
        for button, name, word in (
            (self._undo, undo_name, self.tr("Undo")),
            (self._redo, redo_name, self.tr("Redo")),
        ):
            button.setEnabled(name is not None)
            button.rename(f"{word}: {step_words(name)}" if name else word)


def _two_lines(upper: QLabel, lower: QLabel, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setSpacing(0)
    box.setContentsMargins(0, 0, 0, 0)
    box.addStretch(1)
    for label in (upper, lower):
        label.setAlignment(align)
        box.addWidget(label)
    box.addStretch(1)
    return box
