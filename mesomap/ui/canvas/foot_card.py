"""A card that floats in the middle of the canvas's foot while a tool has something to say there."""

import math

from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF
from PySide6.QtWidgets import QFrame, QWidget

from mesomap.ui.canvas.floating import floating_card
from mesomap.ui.canvas.pointed import PointedWidget, follow_size
from mesomap.ui.controls.flow_row import FlowRow
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.stepper import Stepper
from mesomap.ui.typefaces import font, grown

#: Distance from the foot of the canvas, room for the zoom buttons on both sides, and a stepper's two buttons, px.
_FOOT_PX, _BESIDE_PX, _BUTTONS_PX = 66, 150, 96
_LEAST_ROOM_PX = 300


class FootCard(QObject):
    """Card and words; hidden until there are words to show. What stands beside them is the heir's."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._card: QFrame = floating_card(canvas)
        self._words = plain_label("strong")
        self._text = ""
        self._flows: list[FlowRow] = []
        self._card.hide()
        follow_size(canvas, self._arrange)

    def words(self) -> str:
        """What the card says; nothing while it is hidden."""
        return self._text if self._card.isVisible() else ""

    def _flow(self, *widgets: QWidget) -> FlowRow:
        """A row of controls that is broken where the canvas is narrow."""
        row = FlowRow()
        row.add(*widgets)
        self._flows.append(row)
        return row

    def _room(self) -> int:
        """Width that a card may take."""
        return max(_LEAST_ROOM_PX, self._canvas.width() - grown(_BESIDE_PX))

    def _say(self, words: str) -> None:
        """Show the words; none hide the card."""
        if not words and self._card.isHidden():
            return
        self._card.setVisible(bool(words))
        self._text = words
        if words:
            metrics = QFontMetrics(self._words.font())
            self._words.setText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, self._room()))
            self._words.setToolTip(words)
        self._arrange()

    def _arrange(self) -> None:
        """In the middle of the foot."""
        for row in self._flows:
            row.fit(self._room())
        self._card.adjustSize()
        width, height = self._card.width(), self._card.height()
        self._card.move((self._canvas.width() - width) // 2, self._canvas.height() - _FOOT_PX - height)
        self._card.raise_()
        if isinstance(self._canvas, PointedWidget):
            self._canvas.foot_changed.emit()

    def covers(self, room: QRect) -> bool:
        """Whether the card lies on a part of a room of the canvas."""
        return not self._card.isHidden() and self._card.geometry().intersects(room)


def fit_stepper(stepper: Stepper, caption: str, least_px: int) -> None:
    """Make a stepper as wide as its caption needs, at least so wide."""
    word = math.ceil(QFontMetricsF(font("small")).horizontalAdvance(caption))
    stepper.setFixedWidth(max(least_px, word + _BUTTONS_PX))
