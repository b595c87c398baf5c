"""The form of the letterhead: the practice's name and address."""

from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.errors import MesoMapError
from mesomap.services.letterhead import checked_letterhead, letterhead, set_letterhead
from mesomap.services.practice import Practice
from mesomap.ui.controls.dialog_foot import dialog_foot
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label


class LetterheadDialog(QDialog):
    """Keeps what was entered when it is confirmed."""

    def __init__(self, practice: Practice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._practice = practice
        self.setWindowTitle(self.tr("Letterhead"))
        self.setFixedWidth(520)
        head = letterhead(practice)
        address = QPlainTextEdit()
        address.setTabChangesFocus(True)
        address.setStyleSheet("min-height:88px; max-height:88px; padding:8px 10px;")
        self.name = FormField(self.tr("Name of the practice"), QLineEdit())
        self.address = FormField(self.tr("Address, up to four lines"), address)
        self.name.set_text(head.name)
        self.address.set_text("\n".join(head.address))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addWidget(plain_label("display", self.windowTitle()))
        column.addWidget(self.name)
        column.addWidget(self.address)
        column.addLayout(dialog_foot(self, QPushButton(self.tr("Save")), self._save))

    def _save(self) -> None:
        try:
            set_letterhead(self._practice, checked_letterhead(self.name.text(), self.address.text()))
        except MesoMapError as error:
            self.name.show_error(error.sentence)
            return
        self.accept()
