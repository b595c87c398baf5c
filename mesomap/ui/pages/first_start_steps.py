"""The steps of the first start, one card each: what is asked, and what is wrong with it said beside the field."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.errors import BadInputError
from mesomap.services.first_start import Setup, code_fits
from mesomap.services.letterhead import Letterhead, checked_letterhead
from mesomap.services.pin import MOST_DIGITS, checked_pin
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.strength_bar import StrengthBar
from mesomap.ui.controls.tall_label import TallLabel

#: Shortest passphrase a new practice may have.
LEAST_LENGTH = 4
#: Width of what stands in the card.
COLUMN_PX = 454


class Step(QWidget):
    """One card. title and why stand above it; read() takes what was entered, or shows what is wrong and gives None."""

    def __init__(self, title: str, why: str) -> None:
        super().__init__()
        self.title, self.why = title, why
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)

    def read(self, setup: Setup) -> Setup | None:
        """The set-up with what was entered here; None, and the sentence shown, when it cannot be."""
        return setup

    def add_line(self, label: str, hint: str = "", *, secret: bool = False) -> FormField:
        """A field of one line."""
        editor = QLineEdit()
        editor.setPlaceholderText(hint)
        if secret:
            editor.setEchoMode(QLineEdit.EchoMode.Password)
        field = FormField(label, editor)
        self.column.addWidget(field)
        return field


class PracticeStep(Step):
    """Name and address, as they head every chart."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Your practice"), self.tr("This heads every chart you print. It can be changed later.")
        )
        self.name = self.add_line(self.tr("Name of the practice"))
        address = QPlainTextEdit()
        address.setTabChangesFocus(True)
        address.setStyleSheet("min-height:88px; max-height:88px; padding:8px 10px;")
        self.address = FormField(self.tr("Address, up to four lines"), address)
        self.column.addWidget(self.address)

    def read(self, setup: Setup) -> Setup | None:
        """As Step."""
        head = self.name.read(lambda name: checked_letterhead(name, self.address.text()))
        return None if head is None else replace(setup, head=head)


class PersonStep(Step):
    """Who treats, and the PIN of that person."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("You"),
            self.tr("Your name stands under what you sign. The PIN brings the hidden window back and signs."),
        )
        self.name = self.add_line(self.tr("Your name"), self.tr("Dr. Anna Beispiel"))
        self.qualification = self.add_line(self.tr("Qualification"), self.tr("as it stands on your papers"))
        self.pin = self.add_line(self.tr("PIN, 4 to 8 digits"), secret=True)
        self.again = self.add_line(self.tr("The PIN once more"), secret=True)
        for field in (self.pin, self.again):
            if isinstance(field.editor, QLineEdit):
                field.editor.setMaxLength(MOST_DIGITS)

    def read(self, setup: Setup) -> Setup | None:
        """As Step."""
        name = self.name.read(_needed(self.tr("Enter your name; it stands under what you sign.")))
        pin = self.pin.read(checked_pin)
        again = self.again.read(_same(self.pin.text(), self.tr("The two PINs differ. Type the same twice.")))
        if name is None or pin is None or again is None:
            return None
        return replace(setup, name=name, qualification=self.qualification.text(), pin=pin)


class PassphraseStep(Step):
    """The passphrase twice, and how hard it is to guess."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Passphrase"),
            self.tr(
                "It is the key to all records, asked for once a day. A sentence that nobody knows is best. "
                "Without it, or the recovery code of the next step, nobody can open the records."
            ),
        )
        self.first = self.add_line(self.tr("Passphrase"), secret=True)
        self.bar = StrengthBar()
        self.column.addWidget(self.bar)
        self.second = self.add_line(self.tr("The same once more"), secret=True)
        if isinstance(self.first.editor, QLineEdit):
            self.first.editor.textChanged.connect(self.bar.show_passphrase)

    def read(self, setup: Setup) -> Setup | None:
        """As Step. What was typed is not trimmed: blanks belong to a passphrase."""
        first, second = self._raw(self.first), self._raw(self.second)
        short = self.tr("The passphrase is too short. Use at least {0} characters.").format(LEAST_LENGTH)
        self.first.show_error(short if len(first) < LEAST_LENGTH else "")
        self.second.show_error(self.tr("The two passphrases differ. Type the same twice.") if first != second else "")
        if self.first.error() or self.second.error():
            return None
        return replace(setup, passphrase=first)

    @staticmethod
    def _raw(field: FormField) -> str:
        return field.editor.text() if isinstance(field.editor, QLineEdit) else ""

    def forget(self) -> None:
        """Take the secrets out of the fields."""
        for field in (self.first, self.second):
            if isinstance(field.editor, QLineEdit):
                field.editor.clear()


class RecoveryStep(Step):
    """The recovery code, to be printed or saved, then typed back."""

    print_asked = Signal()
    save_asked = Signal()

    def __init__(self) -> None:
        super().__init__(
            self.tr("Recovery code"),
            self.tr("It opens the records when the passphrase is lost. It is shown this once and stored nowhere."),
        )
        self._code = ""
        self.shown = TallLabel("title", "", COLUMN_PX)
        self.column.addWidget(self.shown)
        row = QHBoxLayout()
        for words, signal in (
            (self.tr("Print"), self.print_asked),
            (self.tr("Save as PDF"), self.save_asked),
        ):
            button = QPushButton(words)
            button.setAutoDefault(False)
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.done = TallLabel("small2", "", COLUMN_PX)
        self.done.hide()
        self.column.addWidget(self.done)
        self.typed = self.add_line(self.tr("Type the code from the paper"), "XXXXX-XXXXX-…")

    def show_code(self, code: str) -> None:
        """Show a code that was just made."""
        self._code = code
        self.shown.show_text(code)
        self.shown.setAccessibleName(code)
        self.typed.set_text("")

    def show_done(self, sentence: str) -> None:
        """What became of printing or saving."""
        self.done.show_text(sentence)
        self.done.show()

    def read(self, setup: Setup) -> Setup | None:
        """As Step."""
        if not code_fits(self._code, self.typed.text()):
            self.typed.show_error(
                self.tr("This is not the code. Type all six groups; capitals and dashes do not matter.")
            )
            return None
        self.typed.show_error("")
        return setup


class BackupStep(Step):
    """A second folder for backups, on another disk."""

    folder_asked = Signal()

    def __init__(self) -> None:
        super().__init__(
            self.tr("A second place for backups"),
            self.tr(
                "Backups are made by themselves, encrypted, beside the records. A copy on another disk, on a stick or "
                "in a shared folder survives when this computer does not."
            ),
        )
        self.shown = TallLabel("strong", "", COLUMN_PX)
        self._error = TallLabel("error", "", COLUMN_PX)
        self._error.hide()
        button = QPushButton(self.tr("Choose a folder …"))
        button.setAutoDefault(False)
        button.clicked.connect(self.folder_asked)
        self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.shown)
        self.column.addWidget(self._error)
        self.folder = ""

    def show_folder(self, folder: str, error: str = "") -> None:
        """The folder chosen, or why it cannot be."""
        self.folder = folder
        self.shown.show_text(folder)
        self._error.show_text(error)
        self._error.setVisible(bool(error))


def empty_setup() -> Setup:
    """Nothing entered yet."""
    return Setup(head=Letterhead(), name="", pin="", passphrase="")


def _needed(sentence: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not text:
            raise BadInputError(sentence)
        return text

    return read


def _same(other: str, sentence: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text != other:
            raise BadInputError(sentence)
        return text

    return read
