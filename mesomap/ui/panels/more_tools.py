"""The tools of the second row: a card above the tool bar, open until a tool is chosen or a tap falls elsewhere."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTabletEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from mesomap.ui.canvas.floating import floating_card
from mesomap.ui.controls.flow_row import FlowRow
from mesomap.ui.controls.tool_buttons import ToolButton

_EDGE_PX = 12
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.TabletPress, QEvent.Type.TouchBegin)


class MoreTools(QObject):
    """Card with further tools and, where the bar has no room, its other buttons. Sends chosen(key), closed."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, bar: QWidget) -> None:
        super().__init__(bar)
        self._bar = bar
        self._tools: dict[str, ToolButton] = {}
        self._card = floating_card(bar)
        self._row = FlowRow(2)
        room = QHBoxLayout(self._card)
        room.setContentsMargins(6, 6, 6, 6)
        room.addWidget(self._row)
        self._card.hide()

    def is_open(self) -> bool:
        """Whether the card shows."""
        return self._card.isVisible()

    def add(self, key: str, button: ToolButton) -> None:
        """One more tool."""
        self._tools[key] = button
        self._row.add(button)
        button.clicked.connect(lambda: self._chosen(key))

    def button(self, key: str) -> ToolButton | None:
        """The button of a tool."""
        return self._tools.get(key)

    def show_chosen(self, key: str) -> None:
        """Mark the active tool, if it is one of these."""
        for name, button in self._tools.items():
            button.setChecked(name == key)

    def lodge(self, widget: QWidget) -> None:
        """Take in a button that the bar has no room for."""
        self._row.add(widget)
        widget.show()

    def open(self, above: QWidget) -> None:
        """Show the card above a button of the bar, inside the bar's width."""
        page = self._bar.parentWidget() or self._bar
        if self._card.parentWidget() is not page:
            self._card.setParent(page)
        self._row.fit(self._bar.width() - 2 * (_EDGE_PX + 6))
        self._card.adjustSize()
        left = self._bar.mapTo(page, QPoint(0, 0)).x()
        middle = above.mapTo(page, above.rect().center()).x()
        room = self._bar.width() - self._card.width() - _EDGE_PX
        x = min(max(middle - self._card.width() // 2, left + _EDGE_PX), left + max(room, _EDGE_PX))
        y = self._bar.mapTo(page, QPoint(0, 0)).y() - self._card.height() - 8
        self._card.move(x, y)
        self._card.show()
        self._card.raise_()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def focus_first(self) -> None:
        """The keyboard goes to the card."""
        for button in list(self._tools.values())[:1]:
            button.setFocus(Qt.FocusReason.TabFocusReason)

    def close(self) -> None:
        """Put the card away."""
        if self._card.isVisible():
            self._card.hide()
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
            self.closed.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A press elsewhere or Escape closes the card; Escape goes no farther."""
        if event.type() in _PRESSES and isinstance(event, QMouseEvent | QTabletEvent):
            if not self._holds(event.globalPosition().toPoint()):
                self.close()
        elif event.type() == QEvent.Type.TouchBegin:
            self.close()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.close()
            return True
        return False

    def _holds(self, place: QPoint) -> bool:
        """Whether a place of the screen lies on the card or on the bar, whose button closes it itself."""
        return any(
            QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size()).contains(place) for widget in (self._card, self._bar)
        )

    def _chosen(self, key: str) -> None:
        self.show_chosen(key)
        self.close()
        self.chosen.emit(key)
