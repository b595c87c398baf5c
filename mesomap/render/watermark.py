"""A watermark across a photograph: letters in outline, so that the skin is seen through them. Part of the pixels."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

#: Height of the letters by the shorter side, their least and greatest share; strength of the two outlines.
_LARGEST, _SMALLEST = 0.085, 0.028
_LIGHT, _DARK = 0.62, 0.34
_TURN_DEG = -24.0
#: From this height by width on it stands three times one below the other, else twice: a part that is cut out shows one.
_TALL = 1.2


def draw_watermark(painter: QPainter, box: QRectF, text: str, font: QFont) -> None:
    """Across box (painter units, on a picture), in lines rising to the right; nothing for an empty text."""
    words = " ".join(text.split())
    if not words or box.isEmpty():
        return
    short = min(box.width(), box.height())
    sized = QFont(font)
    sized.setPixelSize(max(6, round(_LARGEST * short)))
    # Along the slope there is about the width of the picture.
    room = 0.88 * box.width() / math.cos(math.radians(_TURN_DEG))
    wide = QFontMetricsF(sized).horizontalAdvance(words)
    if wide > room:
        sized.setPixelSize(max(6, round(_SMALLEST * short), int(sized.pixelSize() * room / wide)))
    metrics = QFontMetricsF(sized)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
    path = QPainterPath()
    path.addText(QPointF(-metrics.horizontalAdvance(shown) / 2, metrics.capHeight() / 2), sized, shown)
    unit = sized.pixelSize()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    rows = 3 if box.height() >= _TALL * box.width() else 2
    for row in range(rows):
        painter.save()
        painter.translate(box.center().x(), box.top() + box.height() * (row + 0.5) / rows)
        painter.rotate(_TURN_DEG)
        for colour, strength, width in (("#000000", _DARK, 0.10), ("#FFFFFF", _LIGHT, 0.045)):
            ink = QColor(colour)
            ink.setAlphaF(strength)
            pen = QPen(ink, max(1.0, width * unit))
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(path, pen)
        painter.restore()
    painter.restore()
