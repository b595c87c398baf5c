"""Sheets that patients take home: the practice's texts, and which version was given when."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.commands.entries import AddEntries
from mesomap.domain.advice import AdviceGiven, AdviceSheet, GivenAs
from mesomap.services.entering import entering
from mesomap.services.practice_texts import texts

if TYPE_CHECKING:
    from mesomap.services.practice import Practice


def advice_sheets(practice: "Practice") -> tuple[AdviceSheet, ...]:
    """Sheets in use, newest versions."""
    return texts(practice, AdviceSheet)


def give_sheet(
    practice: "Practice",
    patient_id: UUID,
    sheet: AdviceSheet,
    *,
    given_as: GivenAs = GivenAs.PAPER,
    session_id: UUID | None = None,
    at: datetime | None = None,
) -> AdviceGiven:
    """Record that a sheet was given as it reads now. Raises BadInputError."""
    stamp = entering(practice, at=at)
    given = AdviceGiven(
        patient_id=patient_id,
        session_id=session_id,
        sheet_id=sheet.id,
        title=sheet.title,
        language=sheet.language,
        version=sheet.version,
        text_sha256=sheet.digest,
        given_at=stamp["entered_at"],
        given_as=given_as,
        **stamp,
    )
    practice.run(AddEntries((given,), name="Give sheet"))
    return given


def sheets_given(practice: "Practice", patient_id: UUID) -> tuple[AdviceGiven, ...]:
    """What a patient was given, oldest first."""
    return practice.entries(AdviceGiven, patient_id=patient_id)
