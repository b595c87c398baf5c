"""A field that takes what a scanner types: its separators are control characters that a plain field drops."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton, QWidget

from mesomap.domain.gs1_text import MOST_CHARACTERS
from mesomap.ui.controls.stepper import EntryField

#: Control characters of codes, shown and kept as their pictures (U+241D …), which the reader knows.
_PICTURES = {0x1C: "\u241c", 0x1D: "\u241d", 0x1E: "\u241e", 0x1F: "\u241f", 0x04: "\u2404"}


def sign_of(event: QKeyEvent) -> str:
    """The printable sign of a key, a separator as its picture; "" for any other key."""
    typed = event.text()
    if len(typed) == 1 and ord(typed) in _PICTURES:
        return _PICTURES[ord(typed)]
    held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    if held:
        return _PICTURES[0x1D] if event.key() == Qt.Key.Key_BracketRight else ""
    return typed if typed.isprintable() else ""


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
        sign = sign_of(event)
        if sign in _PICTURES.values():
            self.insert(sign)
            return
        super().keyPressEvent(event)

    def _give(self) -> None:
        text = self.text().strip()
        if text:
            self.given.emit(text)
