"""The SQLCipher engine: one driver in the process, raw key first, then the safe settings.

Never open the live database file with plain open(): closing it would drop SQLite's locks
(sqlite.org/howtocorrupt.html 2.2).
"""

import importlib
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from mesomap.domain.errors import DamagedError
from mesomap.storage.sorting import sorting_errors

APPLICATION_ID = 0x4D534D50  # "MSMP"
PAGE_BYTES = 4096
_PLAIN_HEADER = b"SQLite format 3\x00"
_BUSY_SECONDS = 2.0

#: Execution option of connections that will write: they begin with BEGIN IMMEDIATE.
WRITES = "mesomap_writes"


def driver() -> Any:
    """The sqlcipher3 DB-API module (untyped, imported late)."""
    return importlib.import_module("sqlcipher3.dbapi2")


def connect(path: Path, key: bytes, *, create: bool = False) -> Any:
    """A raw keyed connection. Raises a driver error, or DamagedError when the engine is not SQLCipher."""
    mode = "rwc" if create else "rw"
    connection = driver().connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=_BUSY_SECONDS,
    )
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        if not connection.execute("PRAGMA cipher_version").fetchone():
            raise DamagedError(
                "This installation has no SQLCipher; the database would not be encrypted. Reinstall MesoMap."
            )
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for pragma in (
            "temp_store = MEMORY",
            "journal_mode = WAL",
            "synchronous = FULL",
            "fullfsync = ON",  # macOS: past the disk's own cache; nothing elsewhere
            "checkpoint_fullfsync = ON",
            "foreign_keys = ON",
            "secure_delete = ON",
            "trusted_schema = OFF",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def open_engine(path: Path, key: bytes) -> Engine:
    """An engine on an existing database file. Keeps one connection alive so that the WAL stays in place.

    Raises DamagedError (foreign, damaged), NotWritableError or InUseError at the first connection made here.
    """

    def creator() -> Any:
        return connect(path, key)

    engine = create_engine(
        "sqlite+pysqlite://",
        module=driver(),
        creator=creator,
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=3,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    with sorting_errors(path):
        engine.connect().close()
    return engine


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def has_log(path: Path) -> bool:
    """True when a write-ahead log lies beside the database file: what is read through it counts, not the file alone."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except OSError:
        return False


def check_file(path: Path) -> None:
    """Look at a database file that nobody has open: foreign, empty or truncated files are named. Touches
    nothing.

    Raises DamagedError.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(len(_PLAIN_HEADER))
    except FileNotFoundError:
        raise DamagedError(
            f"The database “{path}” is missing, but its key file is there. Put it back, or restore a backup."
        ) from None
    except OSError as error:
        raise DamagedError(f"The database “{path}” cannot be read ({error.strerror}).") from error
    if head == _PLAIN_HEADER:
        raise DamagedError(f"“{path}” is a plain SQLite file, not an encrypted MesoMap database. It was not touched.")
    if size == 0:
        raise DamagedError(f"“{path}” is empty. Restore the last verified backup; nothing was changed.")
    # A power cut while the log goes into the file may leave half a page at its end; the log still holds it whole.
    if size % PAGE_BYTES and not has_log(path):
        raise DamagedError(f"“{path}” is cut off or is not a MesoMap database. Restore the last verified backup.")
