"""Whose records the rows of the audit are about: the audit itself holds ids alone."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mesomap.domain.errors import NotFoundError
from mesomap.domain.patient import Patient
from mesomap.domain.session import Session

if TYPE_CHECKING:
    from mesomap.services.practice import Practice
    from mesomap.storage.audit_rows import AuditLine


@dataclass(frozen=True, slots=True)
class Owner:
    """The patient and the session a row is about; None where it is about none, or they are there no more."""

    patient: Patient | None = None
    session: Session | None = None


#: A row that is about no patient.
NOBODY = Owner()


class AuditOwners:
    """Finds them, and keeps what it found: rows of one session stand together. Safe in one thread at a time."""

    def __init__(self, practice: "Practice") -> None:
        self._practice = practice
        self._patients: dict[UUID, Patient | None] = {}
        self._sessions: dict[UUID, Session | None] = {}

    def of(self, line: "AuditLine") -> Owner:
        """Whose record this row changed. Raises DamagedError when a record cannot be read."""
        fields = _fields(line)
        session_id = _id(line.record_id if line.kind == "session" else fields.get("session_id"))
        session = self._session(session_id) if session_id is not None else None
        patient_id = _id(line.record_id if line.kind == "patient" else fields.get("patient_id"))
        if patient_id is None and session is not None:
            patient_id = session.patient_id
        return Owner(self._patient(patient_id) if patient_id is not None else None, session)

    def _session(self, session_id: UUID) -> Session | None:
        if session_id not in self._sessions:
            try:
                self._sessions[session_id] = self._practice.session(session_id)
            except NotFoundError:
                self._sessions[session_id] = None
        return self._sessions[session_id]

    def _patient(self, patient_id: UUID) -> Patient | None:
        if patient_id not in self._patients:
            try:
                self._patients[patient_id] = self._practice.patient(patient_id)
            except NotFoundError:
                self._patients[patient_id] = None
        return self._patients[patient_id]


def _fields(line: "AuditLine") -> dict[str, Any]:
    """Both texts of the row; what it became goes before what it was."""
    found: dict[str, Any] = {}
    for text in (line.before, line.after):
        fields = json.loads(text) if text is not None else {}
        if isinstance(fields, dict):
            found |= {name: value for name, value in fields.items() if value is not None}
    return found


def _id(text: Any) -> UUID | None:
    try:
        return UUID(str(text)) if text else None
    except ValueError:
        return None
