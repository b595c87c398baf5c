"""A row of controls that becomes two where there is no room for one."""

from PySide6.QtWidgets import QWidget

from mesomap.ui.controls.toggle_chip import FlowLayout


class FlowRow(QWidget):
    """Controls side by side, as wide as they need; fit() says how wide they may be."""

    def __init__(self, gap_px: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = gap_px
        self._flow = FlowLayout(gap_px=gap_px)
        self.setLayout(self._flow)

    def add(self, *widgets: QWidget) -> None:
        """Add controls at the end."""
        for widget in widgets:
            self._flow.addWidget(widget)

    def show_only(self, *widgets: QWidget) -> None:
        """These controls in this order; others are taken away for good."""
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in widgets:
                widget.hide()
                widget.deleteLater()
        self.add(*widgets)

    def fit(self, room_px: int) -> None:
        """Take one line, or as many as it needs in so much room."""
        items = [item for row in range(self._flow.count()) if (item := self._flow.itemAt(row)) is not None]
        widths = [item.sizeHint().width() for item in items if not item.isEmpty()]
        natural = sum(widths) + self._gap * max(0, len(widths) - 1)
        width = max(min(natural, room_px), max(widths, default=0))
        self.setFixedSize(width, self._flow.heightForWidth(width))
