"""Backups open again elsewhere; damaged ones are refused before anything is touched."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError, DamagedError, NotWritableError, WrongPassphraseError
from mesomap.domain.session import Session
from mesomap.storage import Database, Home, make_backup, open_database, restore_backup
from tests.records import a_set, commit
from tests.unit.storage.conftest import PASSPHRASE


@pytest.fixture
def backup(home: Home, database: Database, session: Session) -> Path:
    commit(database, Change(None, a_set(session, 50)), session=session)
    return make_backup(database, home.backups)


def test_a_restored_backup_is_the_same_practice(
    backup: Path, database: Database, session: Session, tmp_path: Path
) -> None:
    later = a_set(session)
    commit(database, Change(None, later), session=session)
    to = tmp_path / "restored"
    report = restore_backup(backup, to, PASSPHRASE)
    assert report.ok
    assert report.counts["marks"] == 1
    again = open_database(Home(to), PASSPHRASE)
    assert again.patients() == database.patients()
    assert again.marks(session.id) == database.marks(session.id)[:1]
    assert again.notices == ()
    again.close()


def test_a_backup_is_encrypted_and_the_owners(backup: Path) -> None:
    for path in backup.iterdir():
        assert b"Beispiel" not in path.read_bytes()
        assert path.read_bytes()[:6] != b"SQLite"
        if os.name == "posix":
            assert path.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in backup.iterdir()) == [
        "anchor.json",
        "backup.json",
        "keys.json",
        "mesomap.db",
    ]


def test_only_an_empty_folder_is_restored_into(backup: Path, home: Home, tmp_path: Path) -> None:
    before = sorted(path.name for path in home.root.iterdir())
    with pytest.raises(BadInputError, match="not empty"):
        restore_backup(backup, home.root, PASSPHRASE)
    assert sorted(path.name for path in home.root.iterdir()) == before
    (tmp_path / "empty").mkdir()
    assert restore_backup(backup, tmp_path / "empty", PASSPHRASE).ok


def test_a_wrong_passphrase_leaves_nothing_behind(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongPassphraseError):
        restore_backup(backup, tmp_path / "to", "wrong one")
    assert not (tmp_path / "to").exists()


def _flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= 4
    path.write_bytes(data)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "database flipped": lambda backup: _flip(backup / "mesomap.db", 9000),
    "keys flipped": lambda backup: _flip(backup / "keys.json", 200),
    "anchor flipped": lambda backup: _flip(backup / "anchor.json", 50),
    "list flipped": lambda backup: _flip(backup / "backup.json", 60),
    "list missing": lambda backup: (backup / "backup.json").unlink(),
    "database missing": lambda backup: (backup / "mesomap.db").unlink(),
    "list of another shape": lambda backup: (backup / "backup.json").write_text("[]"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_backup_is_refused(backup: Path, tmp_path: Path, kind: str) -> None:
    DAMAGE[kind](backup)
    with pytest.raises(DamagedError):
        restore_backup(backup, tmp_path / "to", PASSPHRASE)
    assert not (tmp_path / "to").exists()
    assert [path.name for path in tmp_path.iterdir() if "restoring" in path.name] == []


def test_parts_of_an_older_backup_do_not_pass_for_the_newer_one(
    backup: Path, database: Database, session: Session, home: Home, tmp_path: Path
) -> None:
    """Every file is genuine, but they were not made together."""
    commit(database, Change(None, a_set(session)), session=session)
    newer = make_backup(database, home.backups)
    for name in ("mesomap.db", "anchor.json"):
        (newer / name).write_bytes((backup / name).read_bytes())
    with pytest.raises(DamagedError, match="not a whole"):
        restore_backup(newer, tmp_path / "to", PASSPHRASE)


def test_there_must_be_a_backup(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no backup folder"):
        restore_backup(tmp_path / "nowhere", tmp_path / "to", PASSPHRASE)


def test_a_folder_that_cannot_be_written_is_named_and_nothing_is_left(
    database: Database, session: Session, tmp_path: Path
) -> None:
    assert session
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotWritableError):
        make_backup(database, tmp_path / "file")
    with pytest.raises(NotWritableError):
        make_backup(database, tmp_path / "file" / "below")


def test_the_folder_of_the_backups_keeps_its_permissions(database: Database, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    make_backup(database, shared)
    assert shared.stat().st_mode & 0o777 == 0o755


def test_what_a_killed_backup_left_is_cleared_later(backup: Path, database: Database, home: Home) -> None:
    old, fresh = (home.backups / f".mesomap-unfinished-{name}" for name in ("old", "fresh"))
    for folder in (old, fresh):
        folder.mkdir()
        (folder / "mesomap.db").write_bytes(b"half")
    os.utime(old, (1.0, 1.0))
    made = make_backup(database, home.backups)
    assert set(home.backups.iterdir()) == {backup, made, fresh}


def test_a_damaged_database_gives_no_backup(database: Database, session: Session, home: Home) -> None:
    """The copy is verified: a record changed past the audit must not become the latest good backup."""
    assert session
    with database._engine().connect() as connection:
        connection.exec_driver_sql("UPDATE patients SET family_name = 'Forged'")
        connection.commit()
    with pytest.raises(DamagedError, match="did not verify"):
        make_backup(database, home.backups)
    assert list(home.backups.iterdir()) == []
