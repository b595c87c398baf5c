"""Pasting at the foot of the canvas: what was copied, and where it can be put."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

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
        self._controls = (self.cancel, self.paste, self.same)
        row = self._row = QHBoxLayout(self._card)
        row.setContentsMargins(14, 7, 7, 7)
        row.setSpacing(8)
        row.addWidget(self._words)
        for button, signal in (
            (self.cancel, self.put_away_asked),
            (self.paste, self.paste_asked),
            (self.same, self.same_place_asked),
        ):
            button.clicked.connect(signal)
        row.addWidget(self._flow(*self._controls))

    def _arrange(self) -> None:
        """The controls beside the words, or below them where there is no room."""
        natural = sum(widget.sizeHint().width() + 8 for widget in self._controls if not widget.isHidden())
        beside = self._words.sizeHint().width() + natural + 40 <= self._room()
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        super()._arrange()

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
