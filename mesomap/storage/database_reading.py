"""What is read of an open practice database: one method a question, each sees one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar, Unpack
from uuid import UUID

from sqlalchemy import Connection, Engine

from mesomap.domain.attachment import Attachment
from mesomap.domain.change import Change
from mesomap.domain.complaint import Complaint
from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Mark
from mesomap.domain.patient import Patient
from mesomap.domain.plan import PlannedMark
from mesomap.domain.session import Session
from mesomap.domain.signed_document import SignedDocument
from mesomap.storage import entries, reading
from mesomap.storage.audit import Head, current_head
from mesomap.storage.history import SavedStep
from mesomap.storage.home import Home
from mesomap.storage.sorting import sorting_errors

E = TypeVar("E", bound=Entry)
CLOSED = "The practice is closed. Open it again with the passphrase; everything that was saved is there."


class DatabaseReading:
    """The part of Database that reads. Any thread may."""

    def __init__(self, home: Home, engine: Engine) -> None:
        self.home = home
        self._open_engine: Engine | None = engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database."""
        with sorting_errors(self.home.database), self._engine().connect() as connection:
            yield connection

    def patients(self) -> tuple[Patient, ...]:
        """All patients by family name."""
        with self.reading() as connection:
            return reading.read_patients(connection)

    def patient(self, patient_id: UUID) -> Patient | None:
        """The patient, or None."""
        with self.reading() as connection:
            return reading.read_patient(connection, patient_id)

    def sessions(self, patient_id: UUID | None = None) -> tuple[Session, ...]:
        """Sessions of a patient, or all, by chart number."""
        with self.reading() as connection:
            return reading.read_sessions(connection, patient_id)

    def session_starts(self) -> tuple[tuple[UUID, datetime], ...]:
        """Patient and begin of every session."""
        with self.reading() as connection:
            return reading.read_session_starts(connection)

    def session(self, session_id: UUID) -> Session | None:
        """The session, or None."""
        with self.reading() as connection:
            return reading.read_session(connection, session_id)

    def find_sessions(self, low: UUID, high: UUID, number: int | None) -> tuple[Session, ...]:
        """Sessions by a range of ids or a chart number."""
        with self.reading() as connection:
            return reading.find_sessions(connection, low, high, number)

    def last_session_number(self) -> int:
        """The highest chart number, 0 when there is none."""
        with self.reading() as connection:
            return reading.last_session_number(connection)

    def marks(self, session_id: UUID) -> tuple[Mark, ...]:
        """Marks of a session in the order of charting."""
        with self.reading() as connection:
            return reading.read_marks(connection, session_id)

    def mark_ids(self, session_id: UUID) -> tuple[UUID, ...]:
        """Ids of the marks of a session in the order of charting."""
        with self.reading() as connection:
            return reading.read_mark_ids(connection, session_id)

    def complaints(self, session_id: UUID) -> tuple[Complaint, ...]:
        """The pain drawing of a session, in the order it was drawn."""
        with self.reading() as connection:
            return reading.read_complaints(connection, session_id)

    def planned(self, session_id: UUID) -> tuple[PlannedMark, ...]:
        """The plan of a session, in its order."""
        with self.reading() as connection:
            return reading.read_planned(connection, session_id)

    def steps(self, session_id: UUID) -> tuple[SavedStep, ...]:
        """Steps of a session in order."""
        with self.reading() as connection:
            return reading.read_steps(connection, session_id)

    def changes_of(self, step: int) -> tuple[Change, ...]:
        """Changes of a step."""
        with self.reading() as connection:
            return reading.read_changes(connection, step)

    def entries(self, kind: type[E], **wanted: Unpack[entries.WantedEntries]) -> tuple[E, ...]:
        """Entries of a kind that fit everything that is given, by their moment."""
        with self.reading() as connection:
            return entries.read_entries(connection, kind, **wanted)

    def entry(self, kind: type[E], entry_id: UUID) -> E | None:
        """The entry of this kind, or None."""
        with self.reading() as connection:
            return entries.read_entry(connection, kind, entry_id)

    def attachment(self, digest: str) -> Attachment | None:
        """The file of this SHA-256 (hex), or None."""
        with self.reading() as connection:
            return entries.read_attachment(connection, digest)

    def signed_documents(self, session_id: UUID) -> tuple[SignedDocument, ...]:
        """The session as it was signed, first signing first."""
        with self.reading() as connection:
            return entries.read_signed(connection, session_id)

    def setting(self, key: str) -> Any:
        """A value of the practice, or None."""
        with self.reading() as connection:
            return reading.read_setting(connection, key)

    def settings(self, prefix: str) -> dict[str, Any]:
        """Values whose key begins with the prefix."""
        with self.reading() as connection:
            return reading.read_settings(connection, prefix)

    @property
    def head(self) -> Head:
        """Last audit number and head."""
        with self.reading() as connection:
            return current_head(connection)

    def _engine(self) -> Engine:
        if self._open_engine is None:
            raise BadInputError(CLOSED)
        return self._open_engine
