"""The engine: every connection has the safe settings, and nothing but SQLCipher will do."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection

from mesomap.domain.errors import DamagedError, InUseError
from mesomap.storage import Database, Home
from mesomap.storage import engine as engine_module
from mesomap.storage.engine import APPLICATION_ID, WRITES, connect
from mesomap.storage.sorting import sorted_error

SAFE = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: with NORMAL a power cut loses acknowledged commits
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "temp_store": 2,
    "application_id": APPLICATION_ID,
}


def test_every_connection_has_the_safe_settings(database: Database) -> None:
    connections: list[Connection] = [database._engine().connect() for _ in range(4)]
    for connection in connections:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in SAFE}
        assert found == SAFE
        assert connection.exec_driver_sql("PRAGMA cipher_version").scalar_one()
    for connection in connections:
        connection.close()


def test_an_engine_without_encryption_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain SQLite ignores the key without a word; names would lie readable on the disk."""
    monkeypatch.setattr(engine_module, "driver", lambda: sqlite3)
    with pytest.raises(DamagedError, match="not be encrypted"):
        connect(tmp_path / "new.db", bytes(32), create=True)


def test_a_writer_holds_the_database_from_its_first_word(database: Database, home: Home) -> None:
    """BEGIN IMMEDIATE: two writers never both read first and then collide."""
    with database._engine().connect().execution_options(**{WRITES: True}) as writer, writer.begin():
        other = connect(home.database, database.subkey("database"))
        other.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(Exception, match="locked") as caught:
            other.execute("BEGIN IMMEDIATE")
        assert isinstance(sorted_error(caught.value, home.database), InUseError)
        assert other.execute("SELECT count(*) FROM audit").fetchone() == (1,)  # readers go on
        other.close()


def test_our_own_bugs_are_not_dressed_up(database: Database, home: Home) -> None:
    with database._engine().connect() as connection:
        for statement in ("SELECT nonsense", "INSERT INTO about (key) VALUES ('x')"):
            with pytest.raises(Exception, match="sqlcipher3") as caught:
                connection.exec_driver_sql(statement)
            assert sorted_error(caught.value, home.database) is None
    assert sorted_error(ValueError("x"), home.database) is None
