"""A new passphrase: the one there is, or the recovery code, and the new one twice. Derived beside the window."""

from functools import partial

from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.errors import MesoMapError, WrongPassphraseError
from mesomap.services.background import Runner
from mesomap.services.practice import Practice
from mesomap.ui.controls.dialog_foot import dialog_foot
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.strength_bar import StrengthBar
from mesomap.ui.controls.tall_label import TallLabel

_WIDTH_PX = 520


class PassphraseDialog(QDialog):
    """Accepted = the new one holds. Nothing typed stays in the fields."""

    def __init__(self, practice: Practice, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._practice, self._runner = practice, runner
        self.setWindowTitle(self.tr("Change passphrase"))
        self.setFixedWidth(_WIDTH_PX)
        self.old = self._field(self.tr("Passphrase of now, or the recovery code"))
        self.new, self.again = self._field(self.tr("New passphrase")), self._field(self.tr("The new one once more"))
        bar = StrengthBar()
        self._line(self.new).textChanged.connect(bar.show_passphrase)
        self.change_button = QPushButton(self.tr("Change"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addWidget(plain_label("display", self.windowTitle()))
        why = self.tr(
            "The records are not written anew, only their key is wrapped anew. The recovery code stays. "
            "Backups made until now still open with the passphrase of their time."
        )
        column.addWidget(TallLabel("small2", why, _WIDTH_PX - 48))
        for widget in (self.old, self.new, bar, self.again):
            column.addWidget(widget)
        column.addLayout(dialog_foot(self, self.change_button, self._ask))

    @staticmethod
    def _field(label: str) -> FormField:
        editor = QLineEdit()
        editor.setEchoMode(QLineEdit.EchoMode.Password)
        return FormField(label, editor)

    @staticmethod
    def _line(field: FormField) -> QLineEdit:
        assert isinstance(field.editor, QLineEdit)
        return field.editor

    def _ask(self) -> None:
        # Blanks belong to a passphrase: what was typed is not trimmed.
        old, new = self._line(self.old).text(), self._line(self.new).text()
        self.old.show_error("" if old else self.tr("Type the passphrase that holds now, or the recovery code."))
        self.new.show_error("" if new else self.tr("Type a new passphrase; a sentence that nobody knows is best."))
        same = new == self._line(self.again).text()
        self.again.show_error("" if same else self.tr("The two passphrases differ. Type the same twice."))
        if not old or not new or not same:
            return
        practice = self._practice
        self._show_busy(True)
        work = partial(practice.change_passphrase, old, new)
        self._runner.run(lambda _progress: work(), done=self._changed, failed=self._failed)

    def _changed(self, _none: None) -> None:
        self._forget()
        self.accept()

    def _failed(self, error: Exception) -> None:
        self._show_busy(False)
        if not isinstance(error, MesoMapError):
            raise error
        (self.old if isinstance(error, WrongPassphraseError) else self.new).show_error(error.sentence)

    def _show_busy(self, busy: bool) -> None:
        self.change_button.setEnabled(not busy)
        self.change_button.setText(self.tr("Changing …") if busy else self.tr("Change"))

    def _forget(self) -> None:
        for field in (self.old, self.new, self.again):
            self._line(field).clear()

    def done(self, result: int) -> None:
        """Closed: the fields hold nothing any more."""
        self._forget()
        super().done(result)
