"""Labels of plain text: one as it is, and one that shortens what is too long."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy


def plain_label(role: str = "", text: str = "") -> QLabel:
    """A label that never takes its text for markup."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    if role:
        label.setProperty("role", role)
    return label


class ElidedLabel(QLabel):
    """Plain label that shortens a long text with an ellipsis; screen readers get the whole.

    stretchy: takes the width its layout gives and shortens to it; else at most `room` pixels are used.
    """

    def __init__(self, role: str, *, stretchy: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self._whole = ""
        self._stretchy = stretchy
        if stretchy:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str, room: int = 10_000) -> None:
        """Show the text in at most `room` pixels."""
        self._whole = text
        self.setAccessibleName(text)
        self._elide(self.width() if self._stretchy else room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A stretchy label shortens to its new width."""
        super().resizeEvent(event)
        if self._stretchy:
            self._elide(event.size().width())

    def _elide(self, room: int) -> None:
        self.ensurePolished()
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room))
