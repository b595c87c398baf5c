"""A note on nutrition, in the words of whoever writes it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError

MAX_TEXT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NutritionNote(Entry):
    """One note of one day."""

    KIND: ClassVar[str] = "nutrition"

    noted_on: date
    text: str

    @property
    def at(self) -> datetime:
        """The day it is about."""
        return datetime(self.noted_on.year, self.noted_on.month, self.noted_on.day, tzinfo=self.entered_at.tzinfo)

    def check(self) -> None:
        """Refuse a note of nobody, an empty one, one too long. Raises BadInputError."""
        if self.patient_id is None:
            raise BadInputError("This note names no patient. Open a patient and enter it there.")
        if not self.text.strip():
            raise BadInputError("The note is empty. Enter what it says.")
        if len(self.text) > MAX_TEXT:
            raise BadInputError(f"The note is longer than {MAX_TEXT:,} letters. Shorten it.")
