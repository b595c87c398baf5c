"""The frame of the cards that lie over the side panel: title, a line under it, a cross; Escape closes them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.labels import ElidedLabel, plain_label

_INSET_PX = 10


class OverCard(QFrame):
    """when: the line under the title. Hidden at first; rows go into `whole`."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.when = ElidedLabel("small2", stretchy=True)
        close = IconButton("close", self.tr("Close"))
        close.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(plain_label("title", title))
        words.addWidget(self.when)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(_INSET_PX, 0, 0, 0)
        self._head.addLayout(words, 1)
        self._head.addWidget(close)
        self.whole = QVBoxLayout(self)
        self.whole.setContentsMargins(6, 10, 6, 12)
        self.whole.setSpacing(6)
        self.whole.addLayout(self._head)
        self.hide()

    def add_button(self, button: IconButton) -> None:
        """Stands before the cross, behind those that were added before."""
        self._head.insertWidget(self._head.count() - 1, button)

    def add_inset(self, *widgets: QWidget) -> None:
        """Each in a row of its own, in line with the title."""
        for widget in widgets:
            row = QHBoxLayout()
            row.setContentsMargins(_INSET_PX, 0, _INSET_PX, 0)
            row.addWidget(widget)
            self.whole.addLayout(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes and goes no farther."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
