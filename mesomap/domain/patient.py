"""The patient."""

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from mesomap.domain.errors import BadInputError


class Sex(StrEnum):
    """Sex as recorded; the reference body is chosen apart from it."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Who is treated. number is the practice's own number; body the reference body charted on."""

    id: UUID
    number: str
    family_name: str
    given_name: str
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN
    body: str = "female"
    height_cm: float | None = None
    weight_kg: float | None = None
    phototype: str = ""
    allergies: tuple[str, ...] = ()
    notes: str = ""

    @property
    def display_name(self) -> str:
        """Family name, given name."""
        return ", ".join(part for part in (self.family_name, self.given_name) if part)


def check_body_size(height_cm: float | None, weight_kg: float | None) -> None:
    """Refuse sizes no person has (not a number, outside 40-250 cm or 2-400 kg). Raises BadInputError."""
    for name, unit, value, low, high in (
        ("height", "cm", height_cm, 40.0, 250.0),
        ("weight", "kg", weight_kg, 2.0, 400.0),
    ):
        if value is not None and not (math.isfinite(value) and low <= value <= high):
            raise BadInputError(f"The {name} {value:g} {unit} is not possible. Enter {low:g} to {high:g} {unit}.")
