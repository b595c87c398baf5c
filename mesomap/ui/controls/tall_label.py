"""A plain text that wraps and keeps the height it needs: nested layouts ask a wrapped label for one line only."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel


class TallLabel(QLabel):
    """width: of the column it stands in, px, when that is known before it is shown."""

    def __init__(self, role: str = "", text: str = "", width: int = 0) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._room = width
        if role:
            self.setProperty("role", role)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show a text; an empty one takes no room."""
        self.setText(text)
        self._keep_room(self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else self._room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The text wraps anew."""
        super().resizeEvent(event)
        self._keep_room(event.size().width())

    def _keep_room(self, width: int) -> None:
        self.ensurePolished()
        wanted = self._room or width
        self.setMinimumHeight(self.heightForWidth(wanted) if self.text() and wanted > 0 else 0)
