"""A new session: what it is for."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from mesomap.ui.panels.top_bar import plain_label


class NewSessionDialog(QDialog):
    """One field, which may stay empty."""

    def __init__(self, who: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New session"))
        self.setMinimumWidth(420)
        self._indication = QLineEdit()
        self._indication.setMaxLength(120)
        self._indication.setPlaceholderText(self.tr("for example Mesolift, or Low back pain"))
        self._indication.setAccessibleName(self.tr("Indication"))
        start, cancel = QPushButton(self.tr("Start session")), QPushButton(self.tr("Cancel"))
        start.setProperty("kind", "primary")
        start.setDefault(True)
        start.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(start)
        name = plain_label("small2", who)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(plain_label("display", self.tr("New session")))
        column.addWidget(name)
        column.addWidget(plain_label("small2", self.tr("Indication")))
        column.addWidget(self._indication)
        column.addLayout(buttons)

    def indication(self) -> str:
        """What was entered."""
        return self._indication.text().strip()
