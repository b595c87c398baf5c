"""A small card beside the syringe panel: charting goes on behind it. Escape, Done and the cross put it away."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.scrolled import scrolled
from mesomap.ui.typefaces import text_scale

#: Width of every card; two of the largest chips stand side by side.
CARD_PX = 360
_PADDING_PX = 10


class DoseCard(QFrame):
    """Title, content in a column that scrolls where the window is low, and a foot with Clear and Done."""

    closed = Signal()
    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._title = plain_label("title")
        self._title.setWordWrap(True)
        close = IconButton("close", self.tr("Close"))
        close.clicked.connect(self.put_away)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close)
        self._inner = QWidget()
        self.column = QVBoxLayout(self._inner)
        self.column.setContentsMargins(0, 0, 8, 0)
        self.column.setSpacing(10)
        self._done = QPushButton(self.tr("Done"))
        self._done.setProperty("kind", "primary")
        self._done.clicked.connect(self.put_away)
        self._clear = QPushButton()
        self._clear.clicked.connect(self.cleared)
        foot = QHBoxLayout()
        foot.addWidget(self._clear)
        foot.addStretch(1)
        foot.addWidget(self._done)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 8, 10, 12)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(scrolled(self._inner), 1)
        whole.addLayout(foot)
        self.hide()

    def set_words(self, title: str, clear: str) -> None:
        """Title, and what the button that takes the record away says."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self._clear.setText(clear)

    def clear_button(self) -> QPushButton:
        """The button that takes the record away."""
        return self._clear

    def needed_height(self) -> int:
        """Height at which nothing scrolls."""
        self._inner.ensurePolished()
        layout = self._inner.layout()
        width = round(CARD_PX * text_scale()) - 34
        inner = layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else 0
        return max(inner, self._inner.sizeHint().height()) + round(132 + 16 * (text_scale() - 1))

    def open(self) -> None:
        """Show above everything, with the keyboard."""
        self.show()
        self.raise_()
        self._done.setFocus(Qt.FocusReason.PopupFocusReason)

    def put_away(self) -> None:
        """Hide."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def event(self, event: QEvent) -> bool:
        """Escape closes."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return True
        return super().event(event)


def chips_in_columns(chips: list[QPushButton], columns: int) -> QGridLayout:
    """Buttons side by side."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(6)
    for place, chip in enumerate(chips):
        grid.addWidget(chip, place // columns, place % columns)
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    return grid


class WordChip(QPushButton):
    """A button with words that may be shortened; the tooltip has them whole."""

    def __init__(self, words: str, *, chosen: bool = False) -> None:
        super().__init__()
        self._words = words
        self.setStyleSheet(f"padding: 0 {_PADDING_PX - 1}px;")
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setCheckable(True)
        self.setChecked(chosen)
        self.setMinimumWidth(60)
        self.setText("…")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten to the new width."""
        super().resizeEvent(event)
        self.ensurePolished()
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width() - 2 * _PADDING_PX)
        # A button takes an ampersand for a key.
        self.setText(shown.replace("&", "&&"))


def tap_chip(words: str, act: Callable[[], object]) -> WordChip:
    """A chip that does something at a tap, and stays as it is."""
    chip = WordChip(words)
    chip.setCheckable(False)
    chip.clicked.connect(lambda: act())
    return chip
