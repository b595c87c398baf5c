"""The chain notices every edit, the anchor every older database; honest work raises no alarm."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError
from mesomap.domain.session import Session
from mesomap.storage import Database, Home
from mesomap.storage.engine import open_engine
from mesomap.storage.key_file import read_key_file, unlock
from tests.records import a_set, commit
from tests.unit.storage.conftest import PASSPHRASE, reopened

TRIGGERS = ("audit_no_update", "audit_no_delete", "steps_no_update", "marks_closed_update", "marks_closed_delete")


def _by_hand(home: Home, work: Callable[[Connection], object]) -> None:
    """Raw SQL past the program, as an insider with the passphrase could."""
    engine = open_engine(home.database, unlock(read_key_file(home.keys), PASSPHRASE).subkey("database"))
    with engine.connect() as connection:
        for name in TRIGGERS:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        work(connection)
        connection.commit()
    engine.dispose()


def _findings(home: Home) -> tuple[str, ...]:
    database = reopened(home)
    try:
        return database.verify().findings
    finally:
        database.close()


@pytest.fixture
def charted(closed_home: Home) -> Home:
    database = reopened(closed_home)
    session = database.sessions()[0]
    for _ in range(5):
        commit(database, Change(None, a_set(session)), session=session)
    database.close()
    return closed_home


TAMPERING: dict[str, tuple[str, str]] = {
    "audit row edited": ("UPDATE audit SET who = 'x' WHERE sequence = 4", "number 4 was changed"),
    "audit row deleted": ("DELETE FROM audit WHERE sequence = 4", "number 4 is missing"),
    "audit rows swapped": (
        "UPDATE audit SET sequence = CASE sequence WHEN 4 THEN -5 ELSE -4 END WHERE sequence IN (4, 5); "
        "UPDATE audit SET sequence = -sequence WHERE sequence < 0",
        "number 4 was changed",
    ),
    "audit row inserted": (
        "INSERT INTO audit SELECT 9, at, who, what, record_kind, record_id, before_digest, after_digest, "
        "head FROM audit WHERE sequence = 8",
        "number 9 was changed",
    ),
    "audit cut off": ("DELETE FROM audit WHERE sequence > 6", "Records 7–8 are missing"),
    "volume changed": ("UPDATE marks SET volume_ml = 9 WHERE position = 4", "not what was recorded"),
    "place changed": (
        "UPDATE mark_places SET points = zeroblob(20) WHERE mark_id = (SELECT id FROM marks LIMIT 1)",
        "not what was recorded",
    ),
    "mark deleted": (
        "DELETE FROM mark_places WHERE mark_id IN (SELECT id FROM marks WHERE position = 4); "
        "DELETE FROM marks WHERE position = 4",
        "is missing",
    ),
    "history rewritten": (
        "UPDATE changes SET after = before, before = after WHERE seq = 4",
        "change 4 is not the one",
    ),
    "step renamed": ("UPDATE steps SET name = 'Other' WHERE number = 3", "the step of change"),
    "step of another person": ("UPDATE steps SET who = 'Other' WHERE number = 3", "the step of change"),
    "history cut": ("DELETE FROM changes WHERE seq = 7", "change 7 is missing"),
    "senseless row": ("UPDATE marks SET origin = 'magic' WHERE position = 4", "cannot be read"),
    "patient renamed": ("UPDATE patients SET family_name = 'Other'", "not what was recorded"),
    "session moved": ("UPDATE sessions SET number = 77", "not what was recorded"),
}


@pytest.mark.parametrize("kind", TAMPERING)
def test_tampering_is_found(charted: Home, kind: str) -> None:
    statements, words = TAMPERING[kind]
    assert _findings(charted) == ()  # the control: no alarm before

    def work(connection: Connection) -> None:
        for statement in statements.split("; "):
            assert connection.execute(text(statement)).rowcount

    _by_hand(charted, work)
    assert any(words in finding for finding in _findings(charted)), _findings(charted)


def test_a_record_with_its_digest_rewritten_is_found_by_the_audit(charted: Home) -> None:
    from mesomap.storage.canonical import digest

    database = reopened(charted)
    session = database.sessions()[0]
    database.close()
    forged = replace(session, remark="forged")

    def work(connection: Connection) -> None:
        connection.execute(text("UPDATE sessions SET remark = 'forged', digest = :digest"), {"digest": digest(forged)})

    _by_hand(charted, work)
    assert any("past the audit" in finding for finding in _findings(charted))


def test_an_older_database_put_back_is_noticed_and_stays_on_record(charted: Home, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    shutil.copyfile(charted.database, old)
    database = reopened(charted)
    session = database.sessions()[0]
    commit(database, Change(None, a_set(session)), Change(None, a_set(session)), session=session)
    database.close()
    shutil.copyfile(old, charted.database)
    database = reopened(charted)
    assert any("Records 9–10 are missing" in notice for notice in database.notices)
    commit(database, Change(None, a_set(session)), session=session)
    commit(database, Change(None, a_set(session)), session=session)
    database.close()
    assert any("Records 9–10 are missing" in finding for finding in _findings(charted))


def test_a_lost_log_is_noticed(charted: Home, tmp_path: Path) -> None:
    """Killed before the log went into the file, and the log deleted since (a tidy-up, a sync program)."""
    database = reopened(charted)
    session = database.sessions()[0]
    commit(database, Change(None, a_set(session)), session=session)
    killed = Home(tmp_path / "killed")
    shutil.copytree(charted.root, killed.root)
    database.close()
    log = killed.database.with_name("mesomap.db-wal")
    whole = log.read_bytes()
    for damage, expected in ((whole, 0), (whole[: len(whole) // 2], 1), (b"", 1)):
        copy = Home(tmp_path / f"copy-{len(damage)}")
        shutil.copytree(killed.root, copy.root)
        copy.database.with_name("mesomap.db-wal").write_bytes(damage)
        again = reopened(copy)
        assert len([notice for notice in again.notices if "Record 9 is missing" in notice]) == expected
        again.close()


def test_another_history_of_the_same_length_is_noticed(charted: Home, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    shutil.copyfile(charted.database, old)
    for _ in range(2):
        anchor = charted.anchor.read_bytes()
        database = reopened(charted)
        session = database.sessions()[0]
        commit(database, Change(None, a_set(session)), session=session)
        database.close()
        if _ == 0:
            first = charted.anchor.read_bytes()
            shutil.copyfile(old, charted.database)
            charted.anchor.write_bytes(anchor)
    charted.anchor.write_bytes(first)
    assert any("another history" in finding for finding in _findings(charted))


def test_a_missing_or_damaged_anchor_is_told(charted: Home) -> None:
    charted.anchor.unlink()
    database = reopened(charted)
    assert any("anchor was missing" in notice for notice in database.notices)
    database.close()
    data = bytearray(charted.anchor.read_bytes())
    data[40] ^= 1
    charted.anchor.write_bytes(data)
    database = reopened(charted)
    assert database.notices
    database.close()


def test_a_notice_is_acknowledged_with_a_reason_and_goes_into_the_audit(charted: Home) -> None:
    charted.anchor.unlink()
    database = reopened(charted)
    with pytest.raises(BadInputError, match="few words"):
        database.acknowledge(" ")
    assert database.notices
    database.acknowledge("disk changed")
    assert database.notices == ()
    with database.reading() as connection:
        what = connection.execute(text("SELECT what FROM audit ORDER BY sequence DESC LIMIT 1")).scalar_one()
    assert what.startswith("acknowledged: The anchor was missing")
    assert what.endswith("disk changed")
    database.close()
    assert _findings(charted) == ()


def test_a_program_killed_between_commit_and_anchor_raises_no_alarm(charted: Home) -> None:
    before = charted.anchor.read_bytes()
    database = reopened(charted)
    commit(database, Change(None, a_set(database.sessions()[0])), session=database.sessions()[0])
    database.close()
    charted.anchor.write_bytes(before)
    database = reopened(charted)
    assert database.notices == ()
    assert database.verify().ok
    database.close()


def test_a_commit_whose_anchor_cannot_be_written_is_still_saved(
    home: Home, database: Database, session: Session
) -> None:
    home.anchor.unlink()
    home.anchor.mkdir()
    mark = a_set(session)
    commit(database, Change(None, mark), session=session)
    assert database.marks(session.id) == (mark,)


def test_the_short_code_names_number_and_head(database: Database) -> None:
    head = database.head
    assert head.short_code == f"{head.sequence}-{head.head.hex()[:8]}"
