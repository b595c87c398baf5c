"""What lies over a whole page: a card in its middle, the page dimmed, no key and no tap for what is behind."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

_MARGIN_PX = 20
_DIMMED = QColor(0, 0, 0, 90)


class PageSheet(QWidget):
    """The card is filled by who builds on it, who then calls lay_out(). closed: Escape, or a tap beside the card."""

    closed = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._card = QFrame(self)
        self._card.setObjectName("card")
        page.installEventFilter(self)

    # -- what a sheet says of itself

    def largest(self) -> QSize:
        """The card is no larger than this, px, and no larger than the page."""
        raise NotImplementedError

    def first_stop(self) -> QWidget:
        """What has the keyboard at first."""
        raise NotImplementedError

    def other_key(self, event: QKeyEvent) -> None:
        """A key other than Escape that nothing on the card took."""

    def tapped_beside(self) -> None:
        """A tap beside the card."""
        self.closed.emit()

    # -- what every sheet does

    def take_over(self) -> None:
        """Come to the front and take the keys."""
        self.show()
        self.raise_()
        self.first_stop().setFocus(Qt.FocusReason.PopupFocusReason)

    def lay_out(self) -> None:
        """Over the whole page, the card in its middle."""
        page = self._page.rect()
        self.setGeometry(page)
        size = self.largest().boundedTo(page.size() - QSize(2 * _MARGIN_PX, 2 * _MARGIN_PX))
        left, top = (page.width() - size.width()) // 2, (page.height() - size.height()) // 2
        self._card.setGeometry(left, top, size.width(), size.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the page."""
        if event.type() == QEvent.Type.Resize and watched is self._page:
            self.lay_out()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; no key reaches what is behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            self.other_key(event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """No tap beside the card reaches what is behind."""
        event.accept()
        if not self._card.geometry().contains(event.position().toPoint()):
            self.tapped_beside()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim the page."""
        QPainter(self).fillRect(self.rect(), _DIMMED)
