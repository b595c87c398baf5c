"""A substance of a product: what it is called, its code, and how much of it there is."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mesomap.domain.errors import BadInputError
from mesomap.domain.exact import check_figure, product

#: Longest name of a substance, code or potency in characters.
MAX_WORDS = 200
#: More than this stands on no label, in any unit.
MOST_CONCENTRATED = Decimal(1_000_000_000)


class ConcentrationUnit(StrEnum):
    """Units as labels give them. They are never mixed: only units of one kind (Measure) are added up.

    PERCENT says nothing about what it is a percentage of; only weight in volume (PERCENT_WV) is an amount.
    """

    MG_PER_ML = "mg/mL"
    UG_PER_ML = "ug/mL"
    G_PER_L = "g/L"
    PERCENT_WV = "% w/v"
    PERCENT_VV = "% v/v"
    PERCENT = "%"
    IU_PER_ML = "IU/mL"
    U_PER_ML = "U/mL"
    MMOL_PER_ML = "mmol/mL"
    MEQ_PER_ML = "mEq/mL"


class Measure(StrEnum):
    """What an amount is counted in. Amounts of different measures are never added or converted."""

    MG = "mg"
    IU = "IU"
    U = "U"
    MMOL = "mmol"
    MEQ = "mEq"
    ML = "mL"


#: Measure and factor: concentration x factor = measure per mL. PERCENT is left out: of what is not declared.
_PER_ML: dict[ConcentrationUnit, tuple[Measure, Decimal]] = {
    ConcentrationUnit.MG_PER_ML: (Measure.MG, Decimal(1)),
    ConcentrationUnit.UG_PER_ML: (Measure.MG, Decimal("0.001")),
    ConcentrationUnit.G_PER_L: (Measure.MG, Decimal(1)),
    ConcentrationUnit.PERCENT_WV: (Measure.MG, Decimal(10)),
    ConcentrationUnit.PERCENT_VV: (Measure.ML, Decimal("0.01")),
    ConcentrationUnit.IU_PER_ML: (Measure.IU, Decimal(1)),
    ConcentrationUnit.U_PER_ML: (Measure.U, Decimal(1)),
    ConcentrationUnit.MMOL_PER_ML: (Measure.MMOL, Decimal(1)),
    ConcentrationUnit.MEQ_PER_ML: (Measure.MEQ, Decimal(1)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstanceAmount:
    """One substance as a label or a record gives it; "" and None = not recorded.

    system and code: of a public list of substances (ATC, CAS, SNOMED CT, UNII …). potency: homeopathic, "D4", "C5";
    it is no concentration and is never computed with.
    """

    name: str = ""
    system: str = ""
    code: str = ""
    concentration: Decimal | None = None
    unit: ConcentrationUnit | None = None
    potency: str = ""

    @property
    def is_coded(self) -> bool:
        """True when the substance is named by a code of a list, so that it can be compared."""
        return bool(self.system and self.code)

    @property
    def per_ml(self) -> tuple[Measure, Decimal] | None:
        """Amount in one mL and what it is counted in; None when it is not known or not an amount (%, D4)."""
        if self.concentration is None or self.unit is None or self.unit not in _PER_ML:
            return None
        measure, factor = _PER_ML[self.unit]
        return measure, product(self.concentration, factor)

    def check(self) -> None:
        """Refuse what no label says. Raises BadInputError."""
        for words, what in ((self.name, "name"), (self.system, "list"), (self.code, "code"), (self.potency, "potency")):
            if len(words) > MAX_WORDS:
                raise BadInputError(
                    f"The {what} of a substance is too long ({len(words)} characters; {MAX_WORDS} at most)."
                )
        if not self.name.strip():
            raise BadInputError("A substance needs a name. Enter what the label says.")
        if bool(self.system) != bool(self.code):
            raise BadInputError(f"{self.name}: a code needs the list it is from, and a list needs a code. Enter both.")
        known = self.concentration
        if known is None:
            return
        check_figure(known, f"{self.name}: the concentration")
        if not 0 <= known <= MOST_CONCENTRATED:
            raise BadInputError(f"{self.name}: the concentration {known} is not possible. Enter what the label says.")
        if self.unit is None:
            raise BadInputError(f"{self.name}: the concentration {known} needs its unit.")
        if self.potency:
            raise BadInputError(
                f"{self.name}: {self.potency} is a homeopathic potency, not a concentration. Enter one of the two."
            )
        if self.unit.startswith("%") and known > 100:
            raise BadInputError(f"{self.name}: {known} % is not possible. Enter 0 to 100 %.")
