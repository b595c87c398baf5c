"""An open practice database: the one object through which everything above storage reads and writes."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Connection, Engine

from mesomap.domain.change import UndoStep
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError, NotWritableError
from mesomap.storage.anchor import Anchor, rollback_finding
from mesomap.storage.anchor_keeper import AnchorKeeper, newest_anchor
from mesomap.storage.audit import AuditEvent, Head, append, current_head, last_moment
from mesomap.storage.clock_jumps import ClockWatch
from mesomap.storage.database_reading import CLOSED, DatabaseReading
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

#: Carries out the writing of a step, given with its number of changes.
CarryOut = Callable[[Callable[[], SavedStep], int], SavedStep]
_log = logging.getLogger(__name__)


class Database(DatabaseReading):
    """An open database. Writers take turns (one lock); readers may be other threads."""

    def __init__(self, home: Home, engine: Engine, keys: KeyFile, master: MasterKey, who: str = "") -> None:
        super().__init__(home, engine)
        self.who = who
        #: One line each: what opening found and a person should know (a rollback, a missing anchor).
        self.notices: tuple[str, ...] = ()
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
            raise BadInputError(CLOSED)
        return self._open_master

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
