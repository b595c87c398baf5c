"""The sheet a patient takes home, and that it was given. The words are the practice's own."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError
from mesomap.domain.practice_text import PracticeText


class GivenAs(StrEnum):
    """How it was handed out."""

    PAPER = "paper"
    MESSAGE = "message"
    SPOKEN = "spoken"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceSheet(PracticeText):
    """One version of a sheet, in one language."""

    KIND: ClassVar[str] = "advice_sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceGiven(Entry):
    """A sheet was handed out: which version, when, how. Title, language, version and digest as they were."""

    KIND: ClassVar[str] = "advice_given"
    SEALED: ClassVar[bool] = True

    sheet_id: UUID
    title: str
    language: str = ""
    version: int = 1
    text_sha256: str = ""
    given_at: datetime
    given_as: GivenAs = GivenAs.PAPER

    @property
    def at(self) -> datetime:
        """When it was given."""
        return self.given_at

    @property
    def refers_to(self) -> tuple[UUID, ...]:
        """The sheet."""
        return (self.sheet_id,)

    def check(self) -> None:
        """Refuse a sheet given to nobody. Raises BadInputError."""
        if self.patient_id is None:
            raise BadInputError("This sheet names no patient. Open a patient and give it there.")
        if not self.title.strip():
            raise BadInputError("This record does not say which sheet was given. Choose a sheet.")
