"""What a restore would take away and bring back: the records of a backup beside those of the open practice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mesomap.storage.database import Database
from mesomap.storage.engine import driver
from mesomap.storage.home import Home
from mesomap.storage.restore import check_own_backup
from mesomap.storage.sorting import sorting_errors

# Columns of the first schema, so that backups of every schema can be compared.
_PATIENTS = "SELECT id, number, family_name, given_name, digest FROM patients"
_SESSIONS = "SELECT id, patient_id, number, started_at, digest FROM sessions"
_LAST_STEPS = "SELECT session_id, max(number) FROM steps WHERE session_id IS NOT NULL GROUP BY session_id"
_HEAD = "SELECT coalesce(max(sequence), 0) FROM audit"


@dataclass(frozen=True, slots=True)
class PatientLine:
    """A patient by number and name."""

    number: str
    family_name: str
    given_name: str


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session by chart number, its patient and its begin."""

    number: int
    started_at: datetime
    patient: PatientLine


@dataclass(frozen=True, slots=True)
class RestorePreview:
    """lost: only in the practice as it is. gained: only in the backup. changed: would be as they were back then.

    sequences: last audit number of the practice and of the backup.
    """

    lost_patients: tuple[PatientLine, ...]
    gained_patients: tuple[PatientLine, ...]
    changed_patients: tuple[PatientLine, ...]
    lost_sessions: tuple[SessionLine, ...]
    gained_sessions: tuple[SessionLine, ...]
    changed_sessions: tuple[SessionLine, ...]
    sequences: tuple[int, int]

    @property
    def changes_nothing(self) -> bool:
        """True when patients and sessions are the same in both."""
        return not (
            self.lost_patients or self.gained_patients or self.changed_patients
            or self.lost_sessions or self.gained_sessions or self.changed_sessions
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Records:
    patients: dict[str, tuple[PatientLine, bytes]]
    sessions: dict[str, tuple[SessionLine, tuple[bytes, int]]]
    sequence: int


def preview_restore(database: Database, backup: Path) -> RestorePreview:
    """Compare a backup with the open practice. Raises BadInputError or DamagedError; neither is touched."""
    check_own_backup(database, backup)
    with database.reading() as connection:
        live = _records(lambda sql: connection.exec_driver_sql(sql).fetchall())
    with reading_only(Home(backup).database, database.subkey("database"), unchanged=True) as copy:
        old = _records(lambda sql: copy.execute(sql).fetchall())
    return _preview(live, old)


def preview_beside(present: Path, backup: Path, key: bytes) -> RestorePreview:
    """Compare a checked backup with a database that nobody has open, as far as it can be read.

    The caller holds the lock of its home. Raises DamagedError and its like for the present database, which is not
    written.
    """
    with reading_only(present, key) as connection:
        live = _records(lambda sql: connection.execute(sql).fetchall())
    with reading_only(Home(backup).database, key, unchanged=True) as copy:
        old = _records(lambda sql: copy.execute(sql).fetchall())
    return _preview(live, old)


def _preview(live: "_Records", old: "_Records") -> RestorePreview:
    return RestorePreview(
        *_compared(live.patients, old.patients, lambda line: line.number),
        *_compared(live.sessions, old.sessions, lambda line: line.number),
        (live.sequence, old.sequence),
    )


def _compared(live: dict[str, Any], old: dict[str, Any], order: Callable[[Any], Any]) -> tuple[Any, Any, Any]:
    lost = [live[key][0] for key in live.keys() - old.keys()]
    gained = [old[key][0] for key in old.keys() - live.keys()]
    changed = [live[key][0] for key in live.keys() & old.keys() if live[key][1] != old[key][1]]
    return tuple(sorted(lost, key=order)), tuple(sorted(gained, key=order)), tuple(sorted(changed, key=order))


def _records(rows: Callable[[str], Any]) -> _Records:
    people = {row[0]: (PatientLine(row[1], row[2], row[3]), bytes(row[4])) for row in rows(_PATIENTS)}
    steps = {row[0]: int(row[1]) for row in rows(_LAST_STEPS)}
    unknown = PatientLine("", "", "")
    sessions = {
        row[0]: (
            SessionLine(int(row[2]), datetime.fromisoformat(row[3]), people.get(row[1], (unknown, b""))[0]),
            (bytes(row[4]), steps.get(row[0], 0)),
        )
        for row in rows(_SESSIONS)
    }
    return _Records(people, sessions, int(rows(_HEAD)[0][0]))


@contextmanager
def reading_only(path: Path, key: bytes, *, unchanged: bool = False) -> Iterator[Any]:
    """A raw connection that cannot write. Raises DamagedError, NotWritableError or InUseError.

    unchanged: nobody writes there and no log lies beside it: none is made, and a backup stays byte for byte what it is.
    """
    end = "&immutable=1" if unchanged else ""
    with sorting_errors(path):
        connection = driver().connect(f"{path.absolute().as_uri()}?mode=ro{end}", uri=True, isolation_level=None)
        try:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute("PRAGMA cipher_log_level = NONE")
            yield connection
        finally:
            connection.close()
