"""A copy of a large practice is looked at in another way, and the same harm is found."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from mesomap.domain.change import Change
from mesomap.domain.errors import DamagedError
from mesomap.domain.session import Session
from mesomap.storage import Database, Home, copy_check, make_backup
from mesomap.storage.copy_check import verify_copy
from tests.records import a_set, commit

HARM = {
    "UPDATE patients SET family_name = 'Forged'": "not what was recorded",
    "UPDATE marks SET digest = zeroblob(32) WHERE position = 4": "not the one that the audit saw last",
    "UPDATE audit SET who = 'x' WHERE sequence = 3": "number 3 was changed",
    "DELETE FROM audit WHERE sequence = 3": "number 3 is missing",
    "UPDATE changes SET after = before, before = after WHERE seq = 4": "change 4 is not the one",
    "DELETE FROM changes WHERE seq = 4": "change 4 is missing",
    "INSERT INTO changes SELECT 99, step, record_kind, record_id, before, after FROM changes WHERE seq = 4": "past",
    "PRAGMA foreign_keys = OFF; DELETE FROM sessions": "refers to a missing row",
}


@pytest.fixture
def charted(database: Database, session: Session, monkeypatch: pytest.MonkeyPatch) -> Database:
    for _ in range(5):
        commit(database, Change(None, a_set(session, 3)), session=session)
    monkeypatch.setattr(copy_check, "SMALL", 0)
    return database


def _harmed(database: Database, sql: str) -> None:
    with database._engine().connect() as connection:
        _drop_triggers(connection)
        connection.commit()
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.executescript(sql)


def _drop_triggers(connection: Connection) -> None:
    for name in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def test_an_honest_copy_is_whole(charted: Database, home: Home) -> None:
    assert make_backup(charted, home.backups).is_dir()


@pytest.mark.parametrize("sql", HARM)
def test_a_harmed_one_is_refused(charted: Database, home: Home, sql: str) -> None:
    _harmed(charted, sql)
    with pytest.raises(DamagedError, match=HARM[sql]):
        make_backup(charted, home.backups)
    assert list(home.backups.iterdir()) == []


def test_it_can_be_stopped_between_its_parts(charted: Database) -> None:
    told: list[Callable[[], object]] = []
    with charted.reading() as connection:
        report = verify_copy(connection, Path("x"), charted.subkey("audit"), lambda: told.append(print))
    assert report.ok
    assert report.head == charted.head
    assert len(told) >= 3
