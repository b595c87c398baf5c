"""A drawn syringe: how much of what was drawn up is left. Bookkeeping only; it may go below zero."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font

_HEIGHT_PX = 40
#: Steps of the scale that people read easily, mL.
_STEPS_ML = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0)
_MOST_TICKS = 6


class Syringe(QWidget):
    """Barrel from 0 to what was drawn up, filled to what is left. Without a volume drawn up it is empty and faint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter: str | None = None
        self._drawn_ml: float | None = None
        self._left_ml = 0.0
        self.setFixedHeight(_HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Takes what width there is."""
        return QSize(200, _HEIGHT_PX)

    def show_left(self, letter: str | None, drawn_ml: float | None, left_ml: float) -> None:
        """What the syringe of a letter holds; left_ml may be below zero."""
        self._letter, self._drawn_ml, self._left_ml = letter, drawn_ml, left_ml
        self.update()

    def is_known(self) -> bool:
        """Whether there is a volume drawn up."""
        return self._drawn_ml is not None and self._drawn_ml > 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Needle, barrel, content, plunger, scale."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        known = self.is_known()
        painter.setOpacity(1.0 if known else 0.45)
        metal, line = tokens.colour("text2"), tokens.colour("text3")
        barrel = QRectF(34, 3, self.width() - 34 - 34, 19)
        middle = barrel.center().y()
        painter.setPen(QPen(metal, 1.3))
        painter.drawLine(QPointF(0, middle), QPointF(24, middle))
        painter.fillRect(QRectF(22, middle - 3.5, 9, 7), metal)
        painter.setBrush(tokens.colour("sunken"))
        below = known and self._left_ml < -0.0005
        painter.setPen(QPen(tokens.colour("red") if below else line, 1.6 if below else 1.2))
        painter.drawRoundedRect(barrel, 3.5, 3.5)
        share = min(max(self._left_ml / self._drawn_ml, 0.0), 1.0) if known and self._drawn_ml else 0.0
        inner = barrel.adjusted(2, 2, -2, -2)
        end = inner.left() + inner.width() * share
        if share > 0:
            path = QPainterPath()
            path.addRoundedRect(QRectF(inner.left(), inner.top(), end - inner.left(), inner.height()), 2.5, 2.5)
            painter.fillPath(path, tokens.mixture(self._letter))
        painter.fillRect(QRectF(end, inner.top(), 5, inner.height()), tokens.colour("text"))
        painter.setPen(QPen(metal, 2))
        painter.drawLine(QPointF(end + 5, middle), QPointF(self.width() - 6, middle))
        painter.drawLine(QPointF(self.width() - 6, middle - 9), QPointF(self.width() - 6, middle + 9))
        painter.drawLine(QPointF(barrel.right(), middle - 11), QPointF(barrel.right(), middle + 11))
        if known and self._drawn_ml:
            self._paint_scale(painter, inner, self._drawn_ml)

    def _paint_scale(self, painter: QPainter, inner: QRectF, drawn_ml: float) -> None:
        painter.setFont(font("small", 11.5))
        painter.setPen(theme.tokens().colour("text3"))
        step = next((s for s in _STEPS_ML if drawn_ml / s <= _MOST_TICKS), drawn_ml)
        ticks = [step * n for n in range(int(drawn_ml / step + 1e-9) + 1)]
        for tick in ticks:
            x = inner.left() + inner.width() * tick / drawn_ml
            painter.drawLine(QPointF(x, 22), QPointF(x, 25))
            last = tick == ticks[-1]
            words = f"{tick:g} mL" if last else f"{tick:g}"
            wide = painter.fontMetrics().horizontalAdvance(words)
            painter.drawText(QRectF(x - wide / 2, 25, wide + 2, 15), Qt.AlignmentFlag.AlignCenter, words)
