"""What is measured on a patient with tape and scales: circumference, fold, weight."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError

MAX_SITE = 200
_CLOCK_SLACK = timedelta(minutes=5)


class Measured(StrEnum):
    """What was measured."""

    CIRCUMFERENCE = "circumference"
    WEIGHT = "weight"
    FOLD = "fold"


#: Unit, least and greatest value of each.
LIMITS: dict[Measured, tuple[str, Decimal, Decimal]] = {
    Measured.CIRCUMFERENCE: ("cm", Decimal(3), Decimal(400)),
    Measured.WEIGHT: ("kg", Decimal(2), Decimal(400)),
    Measured.FOLD: ("mm", Decimal("0.5"), Decimal(200)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyMeasure(Entry):
    """One measured value. circumference in cm, weight in kg, pinched fold in mm; site: where, in words."""

    KIND: ClassVar[str] = "measure"

    measured: Measured
    value: Decimal
    site: str = ""
    measured_at: datetime

    @property
    def key(self) -> str:
        """Looked up by what was measured."""
        return self.measured.value

    @property
    def at(self) -> datetime:
        """When it was measured."""
        return self.measured_at

    @property
    def unit(self) -> str:
        """cm, kg or mm."""
        return LIMITS[self.measured][0]

    def check(self) -> None:
        """Refuse a value of nobody, one nobody has, a circumference without site. Raises BadInputError."""
        if self.patient_id is None:
            raise BadInputError("This measure names no patient. Open a patient and enter it there.")
        unit, low, high = LIMITS[self.measured]
        if not self.value.is_finite() or not low <= self.value <= high:
            raise BadInputError(f"{self.value} {unit} is not possible. Enter {low} to {high} {unit}.")
        if self.measured is not Measured.WEIGHT and not self.site.strip():
            raise BadInputError("The measure does not say where. Enter the site.")
        if len(self.site) > MAX_SITE:
            raise BadInputError(f"The site is longer than {MAX_SITE} letters. Shorten it.")
        if self.measured_at > self.entered_at + _CLOCK_SLACK:
            raise BadInputError("The measure lies in the future. Enter when it was taken.")
