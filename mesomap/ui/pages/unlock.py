"""The first page: the passphrase of the practice."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from mesomap.ui.controls.brand import Brand
from mesomap.ui.controls.labels import plain_label


class UnlockPage(QWidget):
    """Asks for the passphrase. entered(passphrase) is sent once a person confirms; nothing is kept here.

    restore_asked: somebody wants a backup back.
    """

    entered = Signal(str)
    restore_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = plain_label("display", self.tr("Unlock"))
        self._why = plain_label("small2")
        self._why.setWordWrap(True)
        self._first = QLineEdit()
        self._first.setEchoMode(QLineEdit.EchoMode.Password)
        self._first.returnPressed.connect(self._confirm)
        self._first.setMinimumWidth(320)
        self._first.setPlaceholderText(self.tr("Passphrase"))
        self._first.setAccessibleName(self.tr("Passphrase"))
        self._error = plain_label("error")
        self._error.setWordWrap(True)
        self._button = QPushButton()
        self._button.setProperty("kind", "primary")
        self._button.clicked.connect(self._confirm)
        self.restore_button = QPushButton(self.tr("Restore a backup…"))
        self.restore_button.setProperty("kind", "plain")
        self.restore_button.clicked.connect(self.restore_asked)
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(400)
        column = QVBoxLayout(card)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(12)
        head = (Brand(), self._title, self._why)
        for widget in (*head, self._first, self._error, self._button, self.restore_button):
            column.addWidget(widget)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addLayout(middle)
        whole.addStretch(3)
        self.ask("")

    def ask(self, where: str) -> None:
        """Ask for the passphrase of the practice at `where`."""
        sentence = self.tr("The records on this computer are encrypted.")
        self._why.setText(f"{sentence}\n{where}" if where else sentence)
        self.show_error("")
        self._first.clear()
        self.show_busy(False)

    def show_error(self, sentence: str) -> None:
        """A sentence under the field, which gets a red edge."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self._first.setProperty("wrong", "true" if sentence else "false")
        self._first.style().unpolish(self._first)
        self._first.style().polish(self._first)
        self.show_busy(False)

    def offer_restore(self) -> None:
        """The files of the practice are damaged: a backup is the way on."""
        self.restore_button.setProperty("kind", "")
        self.restore_button.style().unpolish(self.restore_button)
        self.restore_button.style().polish(self.restore_button)
        self.restore_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def error_text(self) -> str:
        """The sentence shown, or nothing."""
        return self._error.text()

    def show_busy(self, busy: bool) -> None:
        """While the key is derived the button says so."""
        self._button.setEnabled(not busy)
        self.restore_button.setEnabled(not busy)
        self._button.setText(self.tr("Opening…") if busy else self.tr("Unlock"))

    def showEvent(self, event: QShowEvent) -> None:
        """The passphrase can be typed at once."""
        super().showEvent(event)
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        text = self._first.text()
        if text:
            self.show_busy(True)
            self.entered.emit(text)
