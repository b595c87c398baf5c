"""A field that takes what a scanner types: its separators are control characters that a plain field drops."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QWidget

from mesomap.domain.gs1_text import MOST_CHARACTERS
from mesomap.ui.controls.stepper import EntryField

#: Control characters of codes, shown and kept as their pictures (U+241D …), which the reader knows.
_PICTURES = {0x1C: "\u241c", 0x1D: "\u241d", 0x1E: "\u241e", 0x1F: "\u241f", 0x04: "\u2404"}


class ScanField(EntryField):
    """given(text) when Enter ends the entry, by hand or by the scanner."""

    given = Signal(str)

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(MOST_CHARACTERS)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setClearButtonEnabled(True)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(self.tr("Empty the field"))
        self.returnPressed.connect(self._give)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the separators; scanners send them as Ctrl+] and the like."""
        typed = event.text()
        sign = ord(typed) if len(typed) == 1 else 0
        if sign in _PICTURES:
            self.insert(_PICTURES[sign])
            return
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if held and event.key() == Qt.Key.Key_BracketRight:
            self.insert(_PICTURES[0x1D])
            return
        super().keyPressEvent(event)

    def _give(self) -> None:
        text = self.text().strip()
        if text:
            self.given.emit(text)
