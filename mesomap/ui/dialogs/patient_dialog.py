"""A new patient, or a known one to edit: one form, wrong entries said beside their fields, nothing lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mesomap.domain.errors import BadInputError, MesoMapError
from mesomap.domain.patient import Patient, Sex, check_body_size
from mesomap.services.birth_dates import read_birth_date
from mesomap.ui.controls.choice_field import ChoiceField
from mesomap.ui.controls.form_field import FormField
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.words import patient_line, spoken_name

PHOTOTYPES = ("I", "II", "III", "IV", "V", "VI")


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientEntry:
    """What was entered, checked. An empty number: the next free one, or the one that the patient has."""

    family_name: str
    given_name: str
    number: str
    birth_date: date | None
    sex: Sex
    body: str
    height_cm: float | None
    weight_kg: float | None
    phototype: str
    allergies: tuple[str, ...]
    notes: str


class PatientDialog(QDialog):
    """Form of a patient.

    save is called with what was entered and may raise typed errors: the form stays open then and shows the sentence;
    saved is what it returned. namesake: another patient of that name, who is shown once before saving.
    """

    def __init__(
        self,
        save: Callable[[PatientEntry], Patient],
        parent: QWidget | None = None,
        *,
        name: str = "",
        patient: Patient | None = None,
        bodies: Sequence[str] = ("female",),
        namesake: Callable[[PatientEntry], Patient | None] = lambda _entry: None,
    ) -> None:
        super().__init__(parent)
        self.saved: Patient | None = None
        self._save_entry = save
        self._namesake = namesake
        self._told: PatientEntry | None = None
        self._known = patient is not None
        self._known_allergies = patient.allergies if patient is not None else ()
        self._asked = False
        self.setWindowTitle(self.tr("Edit patient") if self._known else self.tr("New patient"))
        self.setMinimumWidth(620)
        self._make_fields(bodies)
        self._problem = plain_label("error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._assemble()
        if patient is not None:
            self._fill(patient)
        else:
            given, _, family = name.strip().rpartition(" ")
            self._given.set_text(given)
            self._family.set_text(family)
            self._let_body_follow_sex(bodies)
        self._at_first = self._texts()

    def _make_fields(self, bodies: Sequence[str]) -> None:
        unknown = self.tr("not recorded")
        self._given = self._line(self.tr("Given name"))
        self._family = self._line(self.tr("Family name"))
        self._number = self._line(self.tr("Number"), "" if self._known else self.tr("next free number"))
        self._birth = self._line(self.tr("Date of birth"), self.tr("14.05.1979 or 1979-05-14"))
        self._height = self._line(self.tr("Height, cm"), "cm")
        self._weight = self._line(self.tr("Weight, kg"), "kg")
        self._allergies = self._line(self.tr("Allergies"), self.tr("separated by commas"))
        sexes = {
            Sex.UNKNOWN.value: unknown,
            Sex.FEMALE.value: self.tr("female"),
            Sex.MALE.value: self.tr("male"),
            Sex.OTHER.value: self.tr("other"),
        }
        names = {"female": self.tr("female body"), "male": self.tr("male body")}
        self._sex = self._choice(self.tr("Sex"), sexes)
        self._body = self._choice(self.tr("Reference body"), {body: names.get(body, body) for body in bodies})
        self._phototype = self._choice(self.tr("Phototype"), {"": unknown, **{value: value for value in PHOTOTYPES}})
        notes = QPlainTextEdit()
        notes.setTabChangesFocus(True)
        notes.setStyleSheet("min-height:64px; max-height:64px; padding:8px 10px;")
        self._notes = FormField(self.tr("Notes"), notes)

    def _let_body_follow_sex(self, bodies: Sequence[str]) -> None:
        """A new patient's sex proposes the body of that sex, until a body is chosen by hand."""
        sex, body = self._sex.editor, self._body.editor
        chosen: list[int] = []

        def follow(_index: int) -> None:
            if not chosen and self._sex.text() in bodies:
                self._body.set_text(self._sex.text())

        if isinstance(sex, ChoiceField) and isinstance(body, ChoiceField):
            body.activated.connect(chosen.append)
            sex.currentIndexChanged.connect(follow)

    @staticmethod
    def _line(label: str, hint: str = "") -> FormField:
        editor = QLineEdit()
        editor.setPlaceholderText(hint)
        return FormField(label, editor)

    @staticmethod
    def _choice(label: str, words: dict[str, str]) -> FormField:
        editor = ChoiceField()
        for value, word in words.items():
            editor.addItem(word, value)
        return FormField(label, editor)

    def _fields(self) -> tuple[FormField, ...]:
        """In the order of the keyboard."""
        return (
            self._given, self._family, self._number, self._birth, self._sex, self._body, self._height, self._weight,
            self._phototype, self._allergies, self._notes,
        )  # fmt: skip

    def _assemble(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for index, field in enumerate(self._fields()):
            row, column = divmod(index, 2)
            grid.addWidget(field, row, column, 1, 2 if field is self._notes else 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        save = QPushButton(self.tr("Save") if self._known else self.tr("Create patient"))
        cancel = QPushButton(self.tr("Cancel"))
        save.setProperty("kind", "primary")
        save.setDefault(True)
        cancel.setAutoDefault(False)
        save.clicked.connect(self._save)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self._problem, 1)
        buttons.addStretch(0)
        buttons.addWidget(cancel, 0, Qt.AlignmentFlag.AlignBottom)
        buttons.addWidget(save, 0, Qt.AlignmentFlag.AlignBottom)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 18, 24, 18)
        whole.setSpacing(12)
        whole.addWidget(plain_label("display", self.windowTitle()))
        whole.addLayout(grid)
        whole.addLayout(buttons)
        self._given.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, patient: Patient) -> None:
        for field, text in (
            (self._given, patient.given_name), (self._family, patient.family_name), (self._number, patient.number),
            (self._birth, patient.birth_date.isoformat() if patient.birth_date else ""),
            (self._sex, patient.sex.value), (self._body, patient.body), (self._height, _figure(patient.height_cm)),
            (self._weight, _figure(patient.weight_kg)), (self._phototype, patient.phototype),
            (self._allergies, allergy_text(patient.allergies)), (self._notes, patient.notes),
        ):  # fmt: skip
            field.set_text(text)

    # -- what is shown

    def error_text(self) -> str:
        """Every sentence shown: those beside the fields, then the one at the foot."""
        return "\n".join(text for text in (*(f.error() for f in self._fields()), self._problem.text()) if text)

    def show_problem(self, sentence: str) -> None:
        """A sentence at the foot; an empty one takes it away."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def reject(self) -> None:
        """Escape and Cancel: what was entered is not thrown away at the first touch."""
        if self._texts() != self._at_first and not self._asked:
            self._asked = True
            self.show_problem(self.tr("Not saved yet. Cancel again to leave without saving."))
            return
        super().reject()

    # -- reading

    def _texts(self) -> tuple[str, ...]:
        return tuple(field.text() for field in self._fields())

    def _save(self) -> None:
        self._asked = False
        self.show_problem("")
        entry = self._checked()
        if entry is None:
            wrong = next(field for field in self._fields() if field.error())
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        other = self._namesake(entry) if entry != self._told and self._is_renamed() else None
        if other is not None:
            self._told = entry
            who = f"{spoken_name(other)}, {patient_line(other, date.today())}"
            self.show_problem(self.tr("This name is on record: {0}. Save again to keep both.").format(who))
            return
        try:
            self.saved = self._save_entry(entry)
        except MesoMapError as error:
            self.show_problem(error.sentence)
            return
        self.accept()

    def _is_renamed(self) -> bool:
        """Only a name or a date of birth that was entered here is compared with other patients."""
        row = tuple(self._fields().index(field) for field in (self._given, self._family, self._birth))
        texts = self._texts()
        return not self._known or any(texts[place] != self._at_first[place] for place in row)

    def _checked(self) -> PatientEntry | None:
        """The entry; None when something is wrong, every wrong field then says what."""
        family = self._family.read(self._name)
        born = self._birth.read(lambda text: read_birth_date(text, date.today()))
        height = self._height.read(lambda text: self._size(text, height=True))
        weight = self._weight.read(lambda text: self._size(text, height=False))
        if any(field.error() for field in self._fields()):
            return None
        return PatientEntry(
            family_name=family or "",
            given_name=self._given.text(),
            number=self._number.text(),
            birth_date=born,
            sex=Sex(self._sex.text()),
            body=self._body.text(),
            height_cm=height,
            weight_kg=weight,
            phototype=self._phototype.text(),
            allergies=self._read_allergies(),
            notes=self._notes.text(),
        )

    def _name(self, family: str) -> str:
        if not (family or self._given.text()):
            raise BadInputError(self.tr("The patient has no name yet. Enter a family name or a given name."))
        return family

    def _read_allergies(self) -> tuple[str, ...]:
        """A line that was not touched stands for what it was made of, whatever signs that holds."""
        text = self._allergies.text()
        return self._known_allergies if text == allergy_text(self._known_allergies) else read_allergies(text)

    def _size(self, text: str, *, height: bool) -> float | None:
        """A height in cm (1.68 and 1,68 m are understood) or a weight in kg. Raises BadInputError."""
        digits = text.casefold().removesuffix("cm").removesuffix("kg").removesuffix("m").strip().replace(",", ".")
        if not digits:
            return None
        try:
            value = float(digits)
        except ValueError:
            raise BadInputError(self.tr("“{0}” is not a number.").format(text[:20])) from None
        if height and 1.0 <= value <= 2.5:
            value = round(value * 100.0, 1)
        check_body_size(value if height else None, None if height else value)
        return value


def allergy_text(allergies: Sequence[str]) -> str:
    """Allergies in one line; semicolons part them when one of them holds a comma itself."""
    if any("," in allergy for allergy in allergies):
        return "; ".join(allergies) + (";" if len(allergies) == 1 else "")
    return ", ".join(allergies)


def read_allergies(text: str) -> tuple[str, ...]:
    """Allergies of a line, parted by semicolons when there is one, else by commas; each once."""
    parts = (part.strip() for part in text.split(";" if ";" in text else ","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
