"""A new patient: the few fields a chart needs."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mesomap.domain.errors import BadInputError
from mesomap.domain.patient import Sex, check_body_size
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.panels.top_bar import plain_label


@dataclass(frozen=True, slots=True)
class PatientEntry:
    """What was entered, checked."""

    family_name: str
    given_name: str
    number: str
    birth_date: date | None
    sex: Sex
    height_cm: float | None
    weight_kg: float | None
    allergies: tuple[str, ...]


class NewPatientDialog(QDialog):
    """Form with one sentence of error under it; entry() gives the checked values after acceptance."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New patient"))
        self.setMinimumWidth(520)
        self._entry: PatientEntry | None = None
        given, _, family = name.strip().rpartition(" ")
        self._given, self._family = QLineEdit(given), QLineEdit(family)
        self._number, self._birth = QLineEdit(), QLineEdit()
        self._height, self._weight, self._allergies = QLineEdit(), QLineEdit(), QLineEdit()
        self._number.setPlaceholderText(self.tr("next free number"))
        self._birth.setPlaceholderText("1980-03-12")
        self._height.setPlaceholderText("cm")
        self._weight.setPlaceholderText("kg")
        self._allergies.setPlaceholderText(self.tr("separated by commas"))
        self._sex = ChoiceField()
        for sex, word in (
            (Sex.UNKNOWN, self.tr("not recorded")),
            (Sex.FEMALE, self.tr("female")),
            (Sex.MALE, self.tr("male")),
            (Sex.OTHER, self.tr("other")),
        ):
            self._sex.addItem(word, sex.value)
        self._error = plain_label("error")
        self._error.setWordWrap(True)
        self._assemble()

    def _assemble(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        fields: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Given name"), self._given), (self.tr("Family name"), self._family),
            (self.tr("Number"), self._number), (self.tr("Date of birth"), self._birth),
            (self.tr("Sex"), self._sex), (self.tr("Allergies"), self._allergies),
            (self.tr("Height, cm"), self._height), (self.tr("Weight, kg"), self._weight),
        )  # fmt: skip
        for index, (label, field) in enumerate(fields):
            row, column = divmod(index, 2)
            field.setAccessibleName(label)
            grid.addWidget(plain_label("small2", label), row * 2, column)
            grid.addWidget(field, row * 2 + 1, column)
        save, cancel = QPushButton(self.tr("Create patient")), QPushButton(self.tr("Cancel"))
        save.setProperty("kind", "primary")
        save.setDefault(True)
        save.clicked.connect(self._save)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(24, 20, 24, 20)
        column_.setSpacing(14)
        column_.addWidget(plain_label("display", self.tr("New patient")))
        column_.addLayout(grid)
        column_.addWidget(self._error)
        column_.addLayout(buttons)
        self._error.hide()

    def entry(self) -> PatientEntry | None:
        """The checked values, None before acceptance."""
        return self._entry

    def show_error(self, sentence: str) -> None:
        """A sentence under the fields."""
        self._error.setText(sentence)
        self._error.show()

    def error_text(self) -> str:
        """The sentence shown, or nothing."""
        return self._error.text()

    def _save(self) -> None:
        try:
            self._entry = self._checked()
        except BadInputError as error:
            self.show_error(error.sentence)
            return
        self.accept()

    def _checked(self) -> PatientEntry:
        if not (self._family.text().strip() or self._given.text().strip()):
            self._family.setFocus(Qt.FocusReason.OtherFocusReason)
            raise BadInputError(self.tr("The patient has no name yet. Enter a family name or a given name."))
        height, weight = self._figure(self._height), self._figure(self._weight)
        check_body_size(height, weight)
        return PatientEntry(
            self._family.text().strip(),
            self._given.text().strip(),
            self._number.text().strip(),
            self._born(),
            Sex(self._sex.currentData()),
            height,
            weight,
            tuple(part.strip() for part in self._allergies.text().split(",") if part.strip()),
        )

    def _figure(self, field: QLineEdit) -> float | None:
        text = field.text().strip().replace(",", ".")
        if not text:
            return None
        try:
            return float(text)
        except ValueError:
            raise BadInputError(self.tr("“{0}” is not a number.").format(text[:20])) from None

    def _born(self) -> date | None:
        text = self._birth.text().strip()
        if not text:
            return None
        try:
            born = date.fromisoformat(text)
        except ValueError:
            raise BadInputError(
                self.tr("“{0}” is not a date. Write year-month-day, for example 1980-03-12.").format(text[:20])
            ) from None
        if born > date.today():
            raise BadInputError(self.tr("The date of birth lies in the future."))
        return born
