"""A line with a tick or a triangle before it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mesomap.ui.controls.tall_label import TallLabel
from mesomap.ui.icons import draw_icon
from mesomap.ui.theme import theme


class TickRow(QWidget):
    """done: a tick in green, else a triangle in amber and strong words. width: of the words, px. state: said before
    the words aloud, as the sign is not.
    """

    def __init__(self, done: bool, words: str, width: int, state: str) -> None:
        super().__init__()
        self._done = done
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 2, 0, 2)
        row.addWidget(TallLabel("" if done else "strong", words, width))
        self.setAccessibleName(f"{state}: {words}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The mark before the words."""
        painter = QPainter(self)
        tone = theme.tokens().colour("green" if self._done else "amber")
        box = QRectF(0, self.height() / 2 - 9, 18, 18)
        draw_icon(painter, "check" if self._done else "alert", box, tone, 2.0)
