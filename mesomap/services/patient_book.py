"""The patients of an open practice in memory, those seen last first; kept current by every commit."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from mesomap.domain.change import Change
from mesomap.domain.patient import Patient
from mesomap.domain.session import Session
from mesomap.services.patient_search import PatientIndex

if TYPE_CHECKING:
    from mesomap.storage import Database


class PatientBook:
    """Made once after opening: reads every patient and the time of every session."""

    def __init__(self, database: "Database") -> None:
        self._index = PatientIndex(database.patients())
        self._last: dict[UUID, float] = {}
        self._moved = True
        for patient_id, started_at in database.session_starts():
            self._see(patient_id, started_at)

    def find(self, text: str = "") -> tuple[Patient, ...]:
        """Patients that fit the text, as PatientIndex.find(): within each group those seen last first."""
        if self._moved:
            last = self._last
            self._index.arrange(
                patient.id
                for patient in sorted(
                    self._index.patients(),
                    key=lambda p: (-last.get(p.id, 0.0), p.family_name, p.given_name, p.number),
                )
            )
            self._moved = False
        return self._index.find(text)

    def namesakes(self, patient: Patient) -> tuple[Patient, ...]:
        """Other patients who may be the same person: as PatientIndex.namesakes()."""
        return self._index.namesakes(patient)

    def numbers(self) -> set[str]:
        """Every patient number in use."""
        return {patient.number for patient in self._index.patients()}

    def apply(self, changes: Iterable[Change]) -> None:
        """Take in what was committed."""
        for change in changes:
            after, before = change.after, change.before
            if isinstance(after, Patient):
                self._index.put(after)
                self._moved = True
            elif isinstance(after, Session):
                self._see(after.patient_id, after.started_at)
            elif isinstance(before, Patient):
                self._index.drop(before.id)

    def _see(self, patient_id: UUID, started_at: datetime) -> None:
        moment = started_at.timestamp()
        if moment > self._last.get(patient_id, 0.0):
            self._last[patient_id] = moment
            self._moved = True
