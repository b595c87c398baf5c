"""The form of a person: name, qualification, roles, PIN."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from mesomap.domain.person import Person, Role
from mesomap.services.pin import MOST_DIGITS
from mesomap.ui.controls.dialog_foot import dialog_foot
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.tall_label import TallLabel
from mesomap.ui.controls.toggle_chip import ToggleChip

_WIDTH_PX = 520
_COLUMN_PX = _WIDTH_PX - 48


def role_words(role: Role) -> str:
    """What a role lets somebody do."""
    tr = QCoreApplication.translate
    return {
        Role.READ: tr("Roles", "read"),
        Role.CHART: tr("Roles", "chart"),
        Role.SIGN: tr("Roles", "sign"),
        Role.ADMINISTER: tr("Roles", "administer"),
    }[role]


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """What was entered. pin "" = the one there is."""

    name: str
    qualification: str
    roles: tuple[Role, ...]
    pin: str


class PersonDialog(QDialog):
    """asked when it is to be saved; show_error() answers."""

    asked = Signal()

    def __init__(self, person: Person | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New person") if person is None else self.tr("Edit person"))
        self.setFixedWidth(_WIDTH_PX)
        self.name, self.qualification = QLineEdit(), QLineEdit()
        self.pin, self.again = QLineEdit(), QLineEdit()
        for secret in (self.pin, self.again):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
            secret.setMaxLength(MOST_DIGITS)
        offered = (Role.CHART, Role.SIGN, Role.ADMINISTER)
        self.roles = {role: ToggleChip(role_words(role), role.value) for role in offered}
        if person is None:
            self.roles[Role.CHART].setChecked(True)
        else:
            self.name.setText(person.name)
            self.qualification.setText(person.qualification)
            for role, chip in self.roles.items():
                chip.setChecked(role in person.roles)
            if person.pin_hash:
                self.pin.setPlaceholderText(self.tr("unchanged"))
        self._again = FormField(self.tr("The PIN once more"), self.again)
        self._error = TallLabel("error", "", _COLUMN_PX)
        self._error.hide()
        self._assemble()

    def _assemble(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addWidget(plain_label("display", self.windowTitle()))
        column.addWidget(FormField(self.tr("Name"), self.name))
        column.addWidget(FormField(self.tr("Qualification"), self.qualification))
        column.addWidget(plain_label("small2", self.tr("May, besides reading")))
        chips = QHBoxLayout()
        chips.setSpacing(8)
        for chip in self.roles.values():
            chips.addWidget(chip)
        chips.addStretch(1)
        column.addLayout(chips)
        pins = QHBoxLayout()
        pins.setSpacing(12)
        pins.addWidget(FormField(self.tr("PIN, 4 to 8 digits"), self.pin))
        pins.addWidget(self._again)
        column.addLayout(pins)
        column.addWidget(self._error)
        column.addLayout(dialog_foot(self, QPushButton(self.tr("Save")), self._save))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def entry(self) -> PersonEntry:
        """What was entered."""
        roles = tuple(role for role, chip in self.roles.items() if chip.isChecked())
        return PersonEntry(self.name.text(), self.qualification.text(), roles, self.pin.text().strip())

    def show_error(self, sentence: str) -> None:
        """Why it was not saved."""
        self._error.show_text(sentence)
        self._error.setVisible(bool(sentence))

    def error_text(self) -> str:
        """The sentence shown, or nothing."""
        return self._error.text()

    def _save(self) -> None:
        if self.pin.text() != self.again.text():
            self.show_error(self.tr("The two PINs differ. Type the same twice."))
            return
        self.show_error("")
        self.asked.emit()
