"""A text made of words to pick and own words: chips above, the whole text as a field below, one sentence if wrong."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.stepper import EntryField
from mesomap.ui.controls.toggle_chip import FlowLayout, ToggleChip

#: Parts the words of a text.
COMMA = ", "


class ChipsField(QWidget):
    """entered(text) is sent once for every edit: a chip tapped, or the field left with another text."""

    entered = Signal(str)

    def __init__(self, name: str, hint: str = "", *, most: int = 1000) -> None:
        super().__init__()
        self._name = name
        self._shown = ""
        self._chips: list[ToggleChip] = []
        self._flow = FlowLayout()
        self.editor = EntryField()
        self.editor.setMaxLength(most)
        self.editor.setPlaceholderText(hint)
        self.editor.setAccessibleName(name)
        self.editor.editingFinished.connect(self._text_entered)
        self._error = plain_label("error")
        self._error.setWordWrap(True)
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._flow)
        column.addWidget(self.editor)
        column.addWidget(self._error)

    def show_choices(self, words: Sequence[str]) -> None:
        """The words to pick; those of the text are on."""
        if [chip.value for chip in self._chips] != list(words):
            self._flow.clear()
            self._chips = [ToggleChip(word) for word in words]
            for chip in self._chips:
                chip.clicked.connect(lambda _on=False, word=chip.value: self._toggle(word))
                chip.setAccessibleName(f"{self._name}: {chip.value}")
                self._flow.addWidget(chip)
        self._mark()

    def show_text(self, text: str) -> None:
        """The text on record."""
        self._shown = text
        if not (self.editor.hasFocus() and self.editor.isModified()):
            self.editor.setText(text)
            self.editor.setCursorPosition(0)
        self._mark()

    def show_error(self, sentence: str) -> None:
        """Say what is wrong; nothing takes it away."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self.editor.setAccessibleDescription(sentence)

    def error(self) -> str:
        """The sentence shown."""
        return self._error.text()

    def chip(self, word: str) -> ToggleChip:
        """The chip of a word."""
        return next(chip for chip in self._chips if chip.value == word)

    def words(self) -> list[str]:
        """Words that can be picked."""
        return [chip.value for chip in self._chips]

    def _mark(self) -> None:
        parts = self._shown.split(COMMA)
        for chip in self._chips:
            chip.setChecked(chip.value in parts or chip.value == self._shown)

    def _toggle(self, word: str) -> None:
        parts = [part for part in self._shown.split(COMMA) if part]
        self.editor.setModified(False)
        self.entered.emit(COMMA.join([part for part in parts if part != word] if word in parts else [*parts, word]))
        self._mark()

    def _text_entered(self) -> None:
        self.editor.setModified(False)
        if self.editor.text().strip() != self._shown:
            self.entered.emit(self.editor.text().strip())
