"""The substances of a product as a form: name, figure and unit or potency, and a code of a list."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from mesomap.domain.errors import BadInputError
from mesomap.domain.substance import MAX_WORDS, ConcentrationUnit, SubstanceAmount
from mesomap.ui.after.form_parts import choice_field, line_field
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.record_lines import small_button
from mesomap.ui.typefaces import text_scale


class SubstanceRow(QFrame):
    """One substance; remove is its button."""

    def __init__(self, known: SubstanceAmount | None = None) -> None:
        super().__init__()
        self.name = line_field(self.tr("Substance"), most=MAX_WORDS)
        self.figure = line_field(self.tr("Concentration"), most=30)
        units = {"": "–", **{unit.value: unit.value.replace("ug", "µg") for unit in ConcentrationUnit}}
        self.unit = choice_field(self.tr("Unit"), units)
        self.potency = line_field(self.tr("Potency"), "D4", 20)
        self.system = line_field(self.tr("List of the code"), "ATC", 60)
        self.code = line_field(self.tr("Code"), most=60)
        self.remove = IconButton("close", self.tr("Take the substance out"), size=38)
        if known is not None:
            self.name.set_text(known.name)
            self.figure.set_text("" if known.concentration is None else format(known.concentration, "f"))
            self.unit.set_text(known.unit.value if known.unit else "")
            self.potency.set_text(known.potency)
            self.system.set_text(known.system)
            self.code.set_text(known.code)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setSpacing(8)
        # Larger text leaves no room for three fields beside each other.
        beside = 3 if text_scale() <= 1.2 else 2
        grid.addWidget(self.name, 0, 0, 1, beside)
        grid.addWidget(self.remove, 0, beside)
        for place, field in enumerate((self.figure, self.unit, self.potency, self.system)):
            grid.addWidget(field, 1 + place // beside, place % beside)
        grid.addWidget(self.code, *((2, 1, 1, 2) if beside == 3 else (3, 0, 1, 2)))
        for column in range(beside):
            grid.setColumnStretch(column, 1)

    def substance(self) -> SubstanceAmount:
        """What is entered. Raises BadInputError, its sentence under the field."""
        text = self.figure.text().replace(",", ".")
        try:
            figure = Decimal(text) if text else None
        except InvalidOperation:
            raise BadInputError(f"“{text[:30]}” is no concentration. Enter a figure, for example 2.5.") from None
        made = SubstanceAmount(
            name=self.name.text(),
            system=self.system.text(),
            code=self.code.text(),
            concentration=figure,
            unit=ConcentrationUnit(self.unit.text()) if self.unit.text() else None,
            potency=self.potency.text(),
        )
        made.check()
        return made


class Substances(QWidget):
    """All substances of a product."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[SubstanceRow] = []
        self._held = QVBoxLayout()
        self._held.setSpacing(6)
        self.add_button = small_button(self.tr("Add a substance"), lambda: self._add(None))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._held)
        column.addWidget(self.add_button)

    def show_substances(self, substances: Sequence[SubstanceAmount]) -> None:
        """Show these, nothing entered is kept."""
        for row in list(self._rows):
            self._take(row)
        for substance in substances:
            self._add(substance)

    def substances(self) -> tuple[SubstanceAmount, ...]:
        """What is entered; a row without any entry is left out. Raises BadInputError."""
        return tuple(row.substance() for row in self._rows if row.name.text() or row.figure.text() or row.code.text())

    def rows(self) -> list[SubstanceRow]:
        """The rows."""
        return self._rows

    def _add(self, known: SubstanceAmount | None) -> None:
        row = SubstanceRow(known)
        row.remove.clicked.connect(lambda: self._take(row))
        self._rows.append(row)
        self._held.addWidget(row)

    def _take(self, row: SubstanceRow) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
