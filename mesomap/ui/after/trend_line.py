"""A small picture of scores over time, on the whole range of their scale."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from mesomap.services.scales import Trend
from mesomap.ui.theme import theme

_EDGE = 8.0


class TrendLine(QWidget):
    """Scores as dots, joined; time to the right, the worse end of the scale at the top."""

    def __init__(self, trend: Trend) -> None:
        super().__init__()
        self._trend = trend
        self.setFixedSize(QSize(150, 52))
        values = ", ".join(str(score.value) for score in trend.scores)
        self.setAccessibleName(self.tr("Scores in the order of time: {0}").format(values))
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame of the scale, line, dots."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        painter.setPen(QPen(tokens.colour("line2"), 1))
        for y in (box.top(), box.bottom()):
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        scores, scale = self._trend.scores, self._trend.scale
        first = scores[0].scored_at.timestamp()
        span = max(1.0, scores[-1].scored_at.timestamp() - first)
        tall = float(scale.high - scale.low) or 1.0
        places = [
            QPointF(
                box.left() + (score.scored_at.timestamp() - first) / span * box.width(),
                box.bottom() - float(score.value - scale.low) / tall * box.height(),
            )
            for score in scores
        ]
        painter.setPen(QPen(tokens.colour("text2"), 1.5))
        painter.drawPolyline(QPolygonF(places))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("text"))
        for place in places:
            painter.drawEllipse(place, 3, 3)
