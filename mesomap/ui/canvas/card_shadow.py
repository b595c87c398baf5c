"""The soft shadow of a card that floats on the canvas, blurred once for its size."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QGraphicsBlurEffect, QGraphicsEffect, QGraphicsScene, QWidget

#: Radius of the blur, how far below the card its shadow lies, radius of its corners (as in the style sheet), px.
_BLUR_PX, _BELOW_PX, _CORNER_PX = 18.0, 3.0, 14.0
_ROOM_PX = round(_BLUR_PX)
#: Qt blurs a picture so many times as far as the shadow of one, for the same radius.
_FINER = 2.5
_SHADE = QColor(0, 0, 0, 26)
#: So many sizes of one card are kept.
_KEPT = 8


class CardShadow(QGraphicsEffect):
    """Looks as Qt's own. That one blurs the whole card at every paint of the canvas beneath, which is at every move of
    the pen: it takes several times what the canvas itself takes.
    """

    def __init__(self, card: QWidget) -> None:
        super().__init__(card)
        #: By width, height and pixel ratio: a title is as wide as its words, and they come again.
        self._shadows: dict[tuple[float, float, float], QPixmap] = {}

    def boundingRectFor(self, rect: QRectF | QRect) -> QRectF:
        """With the room of the shadow."""
        card = QRectF(rect)
        return card.united(card.translated(0, _BELOW_PX).adjusted(-_ROOM_PX, -_ROOM_PX, _ROOM_PX, _ROOM_PX))

    def draw(self, painter: QPainter) -> None:
        """The shadow, and on it the card as it is."""
        card, dpr = self.sourceBoundingRect(Qt.CoordinateSystem.LogicalCoordinates), painter.device().devicePixelRatio()
        wanted = (card.width(), card.height(), dpr)
        shadow = self._shadows.get(wanted)
        if shadow is None:
            if len(self._shadows) >= _KEPT:
                self._shadows.clear()
            shadow = self._shadows[wanted] = _shadow(*wanted)
        painter.drawPixmap(card.topLeft() + QPointF(-_ROOM_PX, _BELOW_PX - _ROOM_PX), shadow)
        self.drawSource(painter)


def _shadow(width: float, height: float, dpr: float) -> QPixmap:
    """A blurred card of this size, with room for the blur on every side."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(_ROOM_PX, _ROOM_PX, width, height), _CORNER_PX, _CORNER_PX)
    room = QRectF(0, 0, width + 2 * _ROOM_PX, height + 2 * _ROOM_PX)
    card, shadow = (QPixmap((room.size() * dpr).toSize()) for _ in range(2))
    for picture in (card, shadow):
        picture.setDevicePixelRatio(dpr)
        picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(card)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, Qt.GlobalColor.black)
    painter.end()
    scene, blur = QGraphicsScene(), QGraphicsBlurEffect()
    blur.setBlurRadius(_BLUR_PX / _FINER)
    scene.addPixmap(card).setGraphicsEffect(blur)
    painter = QPainter(shadow)
    scene.render(painter, room, room)
    # Coloured afterwards: blurred as pale as it is, it would have steps.
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(room, _SHADE)
    painter.end()
    return shadow
