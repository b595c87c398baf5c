"""The bar above the patient's and the practice's page: back, where one is, buttons, look, lock."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.labels import plain_label


class PageBar(QWidget):
    """Sends back, look_asked(button) and lock_asked; add_button() puts a button of the page at the right."""

    back = Signal()
    look_asked = Signal(object)
    lock_asked = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(56)
        back = IconButton("back", self.tr("Patients"))
        back.clicked.connect(self.back)
        look = IconButton("sun", self.tr("Appearance: light or dark, text size"))
        look.clicked.connect(lambda: self.look_asked.emit(look))
        lock = IconButton("lock", self.tr("Hide the window's content (Ctrl L)"))
        lock.clicked.connect(self.lock_asked)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(4, 0, 12, 0)
        self._row.setSpacing(8)
        self._row.addWidget(back)
        self._row.addWidget(plain_label("title", title))
        self._notices = QHBoxLayout()
        self._row.addLayout(self._notices)
        self._row.addStretch(1)
        self._row.addWidget(look)
        self._row.addWidget(lock)

    def add_middle(self, widget: QWidget) -> None:
        """Something between the title and the buttons."""
        self._row.insertWidget(2, widget)
        self._row.insertSpacing(2, 16)

    def add_notice(self, widget: QWidget) -> None:
        """Something to be seen whatever the page shows, after the title and what belongs to it."""
        self._notices.addSpacing(8)
        self._notices.addWidget(widget)

    def add_button(self, button: QWidget) -> None:
        """A button, or a chip, before look and lock."""
        self._row.insertWidget(self._row.count() - 2, button)
