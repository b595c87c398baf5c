"""A card that floats in the middle of the canvas's foot while a tool has something to say there."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QWidget

from mesomap.ui.canvas.floating import floating_card
from mesomap.ui.panels.top_bar import plain_label

_FOOT_PX = 66


class FootCard(QObject):
    """Card and words; hidden until there are words to show. What stands beside them is the heir's."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._card: QFrame = floating_card(canvas)
        self._words = plain_label("strong")
        self._card.hide()
        canvas.installEventFilter(self)

    def words(self) -> str:
        """What the card says; nothing while it is hidden."""
        return self._words.text() if self._card.isVisible() else ""

    def _say(self, words: str) -> None:
        """Show the words; none hide the card."""
        self._card.setVisible(bool(words))
        if words:
            self._words.setText(words)
        self._arrange()

    def _arrange(self) -> None:
        self._card.adjustSize()
        width, height = self._card.width(), self._card.height()
        self._card.move((self._canvas.width() - width) // 2, self._canvas.height() - _FOOT_PX - height)
        self._card.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of the foot."""
        if watched is self._canvas and event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().eventFilter(watched, event)
