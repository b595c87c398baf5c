"""Adverse events, measures and notes on nutrition."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mesomap.commands.entries import AddEntries, EditEntry
from mesomap.domain.adverse_event import AdverseEvent, days_after
from mesomap.domain.body_measure import BodyMeasure, Measured
from mesomap.domain.entry import Entry
from mesomap.domain.lot import Lot, folded_lot
from mesomap.domain.nutrition import NutritionNote
from mesomap.domain.session import Session, SessionStatus
from mesomap.services.entering import entering

if TYPE_CHECKING:
    from mesomap.services.practice import Practice


@dataclass(frozen=True, slots=True)
class EventAfter:
    """An event with the session it followed and the days between; None where it followed none."""

    event: AdverseEvent
    session: Session | None
    days: int | None


def events(practice: "Practice", patient_id: UUID) -> tuple[EventAfter, ...]:
    """A patient's events that are not withdrawn, latest onset first."""
    sessions = {one.id: one for one in practice.sessions(patient_id)}
    found = []
    for event in reversed(practice.entries(AdverseEvent, patient_id=patient_id)):
        if event.withdrawn:
            continue
        session = sessions.get(event.session_id) if event.session_id is not None else None
        found.append(
            EventAfter(event, session, None if session is None else days_after(event.onset, session.started_at))
        )
    return tuple(found)


def session_before(practice: "Practice", patient_id: UUID, moment: datetime) -> Session | None:
    """The patient's last session that began up to a moment: what an event of that moment most plainly followed."""
    held = [
        one
        for one in practice.sessions(patient_id)
        if one.started_at <= moment and one.status is not SessionStatus.VOIDED
    ]
    return max(held, key=lambda one: one.started_at, default=None)


def record_event(practice: "Practice", patient_id: UUID, **values: Any) -> AdverseEvent:
    """Record an event; values are fields of AdverseEvent. Raises BadInputError."""
    made = _with_lot(practice, AdverseEvent(patient_id=patient_id, **entering(practice), **values))
    practice.run(AddEntries((made,), name="Add adverse event"))
    return made


def change_event(practice: "Practice", before: AdverseEvent, **values: Any) -> AdverseEvent:
    """Change an event; what it said before stays in its history. Raises BadInputError."""
    after = _with_lot(practice, replace(before, **values))
    practice.run(EditEntry(before, after, name="Edit adverse event"))
    return after


def _with_lot(practice: "Practice", event: AdverseEvent) -> AdverseEvent:
    """The event with the lot of its suspected number, where exactly one of the practice has it: a recall finds it."""
    number = folded_lot(event.suspected_lot)
    held = practice.entries(Lot, key=number) if number else ()
    kept = [lot for lot in held if not lot.withdrawn]
    return replace(event, lot_id=kept[0].id if len(kept) == 1 else None)


def record_measure(
    practice: "Practice",
    patient_id: UUID,
    measured: Measured,
    value: Decimal,
    *,
    site: str = "",
    measured_at: datetime | None = None,
    session_id: UUID | None = None,
) -> BodyMeasure:
    """Record a circumference (cm), fold (mm) or weight (kg). Raises BadInputError."""
    stamp = entering(practice)
    made = BodyMeasure(
        patient_id=patient_id,
        session_id=session_id,
        measured=measured,
        value=value,
        site=site.strip(),
        measured_at=measured_at or stamp["entered_at"],
        **stamp,
    )
    practice.run(AddEntries((made,), name="Add measure"))
    return made


def measures(practice: "Practice", patient_id: UUID) -> tuple[BodyMeasure, ...]:
    """A patient's measures that are not withdrawn, latest first."""
    return tuple(one for one in reversed(practice.entries(BodyMeasure, patient_id=patient_id)) if not one.withdrawn)


def change_before(found: tuple[BodyMeasure, ...], one: BodyMeasure) -> Decimal | None:
    """Difference to the measure before it of the same kind at the same site; None for the first."""
    same = [
        other
        for other in found
        if (other.measured, other.site.casefold()) == (one.measured, one.site.casefold())
        and (other.measured_at, other.entered_at) < (one.measured_at, one.entered_at)
    ]
    before = max(same, key=lambda other: (other.measured_at, other.entered_at), default=None)
    return None if before is None else one.value - before.value


def record_nutrition(practice: "Practice", patient_id: UUID, text: str, on: date | None = None) -> NutritionNote:
    """Write a note on nutrition. Raises BadInputError."""
    stamp = entering(practice)
    made = NutritionNote(patient_id=patient_id, noted_on=on or stamp["entered_at"].date(), text=text.strip(), **stamp)
    practice.run(AddEntries((made,), name="Add nutrition note"))
    return made


def nutrition_notes(practice: "Practice", patient_id: UUID) -> tuple[NutritionNote, ...]:
    """A patient's notes that are not withdrawn, latest first."""
    return tuple(one for one in reversed(practice.entries(NutritionNote, patient_id=patient_id)) if not one.withdrawn)


def take_out(practice: "Practice", entry: Entry, reason: str) -> None:
    """Take an entry out of use with a reason; it stays on record. Raises BadInputError for a sealed one."""
    practice.run(EditEntry(entry, replace(entry, withdrawn=reason.strip() or "taken out"), name="Take entry out"))
