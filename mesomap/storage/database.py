"""An open practice database: the one object through which everything above storage reads and writes."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine

from mesomap.domain.attachment import Attachment
from mesomap.domain.change import Change, UndoStep
from mesomap.domain.clock import now
from mesomap.domain.complaint import Complaint
from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError, NotWritableError
from mesomap.domain.marks import Mark
from mesomap.domain.patient import Patient
from mesomap.domain.plan import PlannedMark
from mesomap.domain.session import Session
from mesomap.domain.signed_document import SignedDocument
from mesomap.storage import entries, reading
from mesomap.storage.anchor import Anchor, rollback_finding
from mesomap.storage.anchor_keeper import AnchorKeeper, newest_anchor
from mesomap.storage.audit import AuditEvent, Head, append, current_head, last_moment
from mesomap.storage.clock_jumps import ClockWatch
from mesomap.storage.engine import WRITES
from mesomap.storage.history import SavedStep, StepAction
from mesomap.storage.home import Home
from mesomap.storage.kept_files import signed_event
from mesomap.storage.key_file import (
    KeyFile,
    unlock,
    with_new_passphrase,
    with_new_recovery,
    write_key_file,
)
from mesomap.storage.keys import KdfCost, MasterKey
from mesomap.storage.sorting import sorting_errors
from mesomap.storage.unit_of_work import write_attached, write_settings, write_step

if TYPE_CHECKING:
    from mesomap.domain.restriction import Erasure
    from mesomap.storage.verify import VerifyReport

E = TypeVar("E", bound=Entry)
#: Carries out the writing of a step, given with its number of changes.
CarryOut = Callable[[Callable[[], SavedStep], int], SavedStep]
_log = logging.getLogger(__name__)
_CLOSED = "The practice is closed. Open it again with the passphrase; everything that was saved is there."


class Database:
    """An open database. Writers take turns (one lock); readers may be other threads."""

    def __init__(self, home: Home, engine: Engine, keys: KeyFile, master: MasterKey, who: str = "") -> None:
        self.home = home
        self.who = who
        #: One line each: what opening found and a person should know (a rollback, a missing anchor).
        self.notices: tuple[str, ...] = ()
        self._open_engine: Engine | None = engine
        self._keys = keys
        self._open_master: MasterKey | None = master
        self._turn = threading.RLock()
        #: The window has a step of very many changes written in another thread.
        self.carry_out: CarryOut = lambda work, _changes: work()
        self._file = _identity(home.database)
        self._anchor = Anchor(Head())
        self._keeper = AnchorKeeper(home.anchor)
        self._look_at_anchor()
        with self.reading() as connection:
            self._clock = ClockWatch(last_moment(connection), now())

    # -- writing -----------------------------------------------------------------------------------

    def commit(
        self,
        step: UndoStep,
        *,
        action: StepAction = StepAction.DO,
        undoes: int | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> SavedStep:
        """Write one step durably, with its audit rows and settings, in one transaction.

        Raises BadInputError (stale or closed record), NotWritableError (disk full, read-only), InUseError,
        DamagedError; nothing was changed then.
        """
        return self.carry_out(lambda: self._commit(step, action, undoes, settings or {}), len(step.changes))

    def _commit(self, step: UndoStep, action: StepAction, undoes: int | None, settings: Mapping[str, Any]) -> SavedStep:
        moment = now()
        at = moment.isoformat()
        with self._writing() as connection:
            entry, events = write_step(
                connection,
                name=step.name,
                session_id=step.session_id,
                changes=step.changes,
                action=action,
                undoes=undoes,
                at=at,
                who=self.who,
            )
            if step.attachments or step.signed:
                write_attached(connection, step.attachments, step.signed)
                events += [signed_event(step.signed)] if step.signed else []
            write_settings(connection, settings)
            self._append(connection, moment, events)
        return entry

    def set_setting(self, key: str, value: Any) -> None:
        """Set one value without an audit row (how the window looks, no medical record).

        Raises as commit().
        """
        with self._writing() as connection:
            write_settings(connection, {key: value})

    def note(self, what: str, settings: Mapping[str, Any] | None = None) -> None:
        """An audit row about the practice itself (a backup, a new passphrase), with settings.

        Raises as commit().
        """
        with self._writing() as connection:
            write_settings(connection, settings or {})
            self._append(connection, now(), [AuditEvent(what)])

    def _append(self, connection: Connection, moment: datetime, events: Iterable[AuditEvent]) -> None:
        """Audit rows, after one that says it when the clock was set in the meantime."""
        jump = self._clock.jump(moment)
        if jump:
            _log.info("%s", jump)
            events = [AuditEvent(jump), *events]
        append(connection, self.subkey("audit"), self.who, moment.isoformat(), events)

    def acknowledge(self, reason: str) -> None:
        """A person has looked at the notices: they move into the audit, with the reason, and are gone from here.

        Raises BadInputError without a reason, else as commit().
        """
        if not reason.strip():
            raise BadInputError("Say in a few words what was found out about the notice.")
        for notice in self.notices:
            self.note(f"acknowledged: {notice} — {reason.strip()}")
        self._save_anchor(Anchor(self._anchor.head))
        self.notices = ()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        path = self.home.database
        with self._turn:
            if self._open_engine is not None and _identity(path) != self._file:
                # SQLite would write on into a file without a name, and it would be lost at closing.
                raise NotWritableError(
                    f"“{path}” is gone or was replaced while it was open. It was not saved; put the folder back."
                )
            with (
                sorting_errors(path),
                self._engine().connect().execution_options(**{WRITES: True}) as connection,
                connection.begin(),
            ):
                yield connection
                head = current_head(connection)
            self._save_anchor(Anchor(head, self._anchor.breaks))

    def _save_anchor(self, anchor: Anchor) -> None:
        """The commit is durable already.

        An anchor that lags behind only hides a rollback, so the keeper never raises.
        """
        self._anchor = anchor
        self._keeper.write(anchor, self.subkey("audit"))

    def _look_at_anchor(self) -> None:
        with self.reading() as connection:
            head = current_head(connection)
            anchor = newest_anchor(self.home.anchor, self.subkey("audit"))
            if anchor is None:
                finding: str | None = None
                if head.sequence:
                    moment = now().isoformat(timespec="seconds")
                    finding = f"The anchor was missing or damaged on {moment}; an older database would not have shown."
                anchor = Anchor(head)
            else:
                finding = rollback_finding(connection, anchor, head)
        if finding is None:
            self._save_anchor(Anchor(head, anchor.breaks))
        else:
            _log.info("anchor and database differ at audit number %d", head.sequence)
            self._save_anchor(Anchor(head, (*anchor.breaks, finding)))
        self.notices = self._anchor.breaks

    # -- reading -----------------------------------------------------------------------------------

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

    def entries(
        self,
        kind: type[E],
        *,
        patient_id: UUID | None = None,
        session_id: UUID | None = None,
        key: str | None = None,
        refers_to: UUID | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> tuple[E, ...]:
        """Entries of a kind that fit everything that is given, by their moment (until is left out of it)."""
        found = {"patient_id": patient_id, "session_id": session_id, "refers_to": refers_to}
        with self.reading() as connection:
            return entries.read_entries(connection, kind, key=key, since=since, until=until, **found)

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

    # -- erasing

    def erase_patient(self, patient_id: UUID, entry: "Erasure") -> None:
        """Erase all of a patient in one transaction; the entry says why. Raises as commit()."""
        from mesomap.storage.erasure import erase_rows  # late: opening comes first

        at = now().isoformat()
        with self._writing() as connection:
            events = erase_rows(connection, patient_id, entry, at, self.who)
            append(connection, self.subkey("audit"), self.who, at, events)
        with self.reading() as connection:
            # Old pages lie in the log until it is written back.
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    # -- the whole ---------------------------------------------------------------------------------

    @property
    def head(self) -> Head:
        """Last audit number and head."""
        with self.reading() as connection:
            return current_head(connection)

    def verify(self) -> "VerifyReport":
        """Look at every page, row, digest, the chain and the anchor; changes nothing."""
        from mesomap.storage.photo_checks import with_photos  # late: opening comes first
        from mesomap.storage.verify import verify_database

        with self.reading() as connection:
            report = verify_database(connection, self.home.database, self.subkey("audit"), self.home.anchor)
            photos = self.home.photos, self.subkey("photos")
            return with_photos(report, connection, *photos) if report.ok else report

    def subkey(self, purpose: str) -> bytes:
        """A key for one purpose (database, audit, photos, backup). Raises BadInputError once closed."""
        return self._master().subkey(purpose)

    def _master(self) -> MasterKey:
        if self._open_master is None:
            raise BadInputError(_CLOSED)
        return self._open_master

    def _engine(self) -> Engine:
        if self._open_engine is None:
            raise BadInputError(_CLOSED)
        return self._open_engine

    def check_secret(self, secret: str) -> None:
        """Raises WrongPassphraseError when the passphrase or recovery code does not open this practice."""
        unlock(self._keys, secret)

    def change_passphrase(self, passphrase: str, cost: KdfCost | None = None) -> None:
        """Wrap the same master key under a new passphrase; the database is not touched."""
        keys = with_new_passphrase(self._keys, self._master(), passphrase, cost or KdfCost())
        write_key_file(self.home.keys, keys)
        self._keys = keys
        self.note("passphrase changed")

    def new_recovery_code(self, cost: KdfCost | None = None) -> str:
        """A new recovery code to print; the one before opens no more. Raises NotWritableError."""
        keys, code = with_new_recovery(self._keys, self._master(), cost or KdfCost())
        write_key_file(self.home.keys, keys)
        self._keys = keys
        self.note("recovery code made anew")
        return code

    def close(self) -> None:
        """Close every connection (the WAL goes into the file) and let the keys go.

        Calling it twice does no harm; every other call raises BadInputError from now on.
        """
        with self._turn:
            if self._open_engine is not None:
                self._open_engine.dispose()
                self._keeper.close()
            self._open_engine = None
            self._open_master = None


def _identity(path: Path) -> tuple[int, int] | None:
    """Device and inode of the file (looked at, never opened); None when it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
