"""A consent taken back: the day and the reason, in the words of whoever enters it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.errors import BadInputError, MesoMapError
from mesomap.services.moments import read_day
from mesomap.ui.controls.dialog_foot import dialog_foot
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.record_lines import wrapping


class WithdrawDialog(QDialog):
    """withdraw is called with day and reason; it may raise typed errors, whose sentence is shown."""

    def __init__(self, title: str, withdraw: Callable[[date, str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._withdraw = withdraw
        self.setWindowTitle(self.tr("Withdraw consent"))
        self.setMinimumWidth(520)
        self.day = FormField(self.tr("Withdrawn on"), QLineEdit())
        self.day.set_text(f"{date.today():%Y-%m-%d}")
        self.reason = FormField(self.tr("Reason, if one was given"), QLineEdit())
        self.done_button = QPushButton(self.tr("Withdraw"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        column.addWidget(wrapping("title", title))
        column.addWidget(wrapping("small2", self.tr("The signed consent stays on record as it is.")))
        column.addWidget(self.day)
        column.addWidget(self.reason)
        column.addLayout(dialog_foot(self, self.done_button, self._finish))
        self.reason.editor.setFocus()

    def _finish(self) -> None:
        try:
            self._withdraw(read_day(self.day.text(), date.today()), self.reason.text())
        except BadInputError as error:
            self.day.show_error(error.sentence)
        except MesoMapError as error:
            self.reason.show_error(error.sentence)
        else:
            self.accept()
