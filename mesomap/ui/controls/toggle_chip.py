"""A word in a frame that can be on or off, and a layout that sets such words in lines."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from mesomap.ui.controls.buttons import PaintedButton
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font

_HIGH_PX, _WIDEST_PX = 44, 300


class ToggleChip(PaintedButton):
    """Plain text, shortened when it is long; on = filled with ink. value: what it stands for."""

    def __init__(self, text: str, value: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = value or text
        self.show_words(text)
        self.setCheckable(True)
        self.setFixedHeight(_HIGH_PX)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_words(self, text: str) -> None:
        """Say it in other words."""
        self.setText(text.replace("&", "&&"))
        self._words = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The words, at least a finger wide."""
        wide = QFontMetrics(font("control")).horizontalAdvance(self._words) + 28
        return QSize(min(max(wide, _HIGH_PX), _WIDEST_PX), _HIGH_PX)

    def minimumSizeHint(self) -> QSize:
        """May be shortened, never below a finger."""
        return QSize(_HIGH_PX, _HIGH_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame and words."""
        tokens = theme.tokens()
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(1, 3, -1, -3)
        on, rests = self.isChecked(), not self.isEnabled()
        self.paint_ground(painter, box, tokens.colour("sunken" if rests else "text") if on else None)
        if not on:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            edge = "text3" if self.hasFocus() else "line" if rests else "line2"
            painter.setPen(QPen(tokens.colour(edge), 2 if self.hasFocus() else 1))
            painter.drawRoundedRect(box, self.radius, self.radius)
        painter.setPen(tokens.colour("text3" if rests else "onink" if on else "text"))
        painter.setFont(font("control"))
        words = painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width() - 20)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        if words != self._words:
            self.setToolTip(self._words)


class FlowLayout(QLayout):
    """Widgets side by side, in as many lines as the width asks for."""

    def __init__(self, parent: QWidget | None = None, *, gap_px: int = 6) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._items: list[QLayoutItem] = []
        self._gap = gap_px

    def addItem(self, item: QLayoutItem) -> None:
        """See QLayout."""
        self._items.append(item)

    def count(self) -> int:
        """See QLayout."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """See QLayout."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """See QLayout."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def clear(self) -> None:
        """Take all widgets away."""
        while self._items:
            widget = self._items.pop().widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def hasHeightForWidth(self) -> bool:
        """The lines follow the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines."""
        return self._lay_out(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """The least that is needed."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """As wide as the widest widget may shrink to."""
        least = QSize(0, 0)
        for item in self._items:
            least = least.expandedTo(item.minimumSize())
        return least

    def setGeometry(self, rect: QRect) -> None:
        """Set the widgets in lines."""
        super().setGeometry(rect)
        self._lay_out(rect, move=True)

    def _lay_out(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(rect.width(), item.sizeHint().height()))
            if x > rect.x() and x + size.width() > rect.x() + rect.width():
                x, y, line = rect.x(), y + line + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x, line = x + size.width() + self._gap, max(line, size.height())
        return y + line - rect.y()
