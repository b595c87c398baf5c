"""Pasting at the foot of the canvas: what was copied, and where it can be put."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from mesomap.ui.canvas.foot_card import FootCard


class PasteBar(FootCard):
    """Sends paste_asked, same_place_asked, put_away_asked; which of them are offered depends on what is under way."""

    paste_asked = Signal()
    same_place_asked = Signal()
    put_away_asked = Signal()

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self.paste = QPushButton(self.tr("Paste"))
        self.paste.setToolTip(self.tr("Take the copied marks on the pen (Ctrl V)"))
        self.same = QPushButton(self.tr("Same place"))
        self.same.setToolTip(self.tr("Put the marks where they were copied (Enter)"))
        self.same.setProperty("kind", "primary")
        self.cancel = QPushButton(self.tr("Put away"))
        self.cancel.setToolTip(self.tr("Paste nothing (Escape)"))
        row = QHBoxLayout(self._card)
        row.setContentsMargins(14, 7, 7, 7)
        row.setSpacing(8)
        row.addWidget(self._words)
        for button, signal in (
            (self.cancel, self.put_away_asked),
            (self.paste, self.paste_asked),
            (self.same, self.same_place_asked),
        ):
            button.clicked.connect(signal)
        row.addWidget(self._flow(self.cancel, self.paste, self.same))

    def _room(self) -> int:
        """Beside the words."""
        return max(super()._room() - self._words.sizeHint().width() - 30, 220)

    def show_offer(self, words: str) -> None:
        """Marks are on the clipboard; no words hide the card."""
        self._show(words, held=False)

    def show_held(self, words: str) -> None:
        """Marks hang on the pen."""
        self._show(words, held=True)

    def _show(self, words: str, *, held: bool) -> None:
        for button, on in ((self.paste, not held), (self.same, held), (self.cancel, held)):
            button.setVisible(on)
        self._say(words)
