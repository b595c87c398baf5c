"""A restore over the practice that is there: seen before, seen after, and cut off at every step."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mesomap.domain.change import Change
from mesomap.domain.errors import DamagedError, NotWritableError, WrongPassphraseError
from mesomap.domain.session import Session
from mesomap.storage import Database, Home, make_backup
from mesomap.storage.comparing import preview_restore
from mesomap.storage.photo_files import PhotoFiles
from mesomap.storage.replacing import finish_replacing, restore_over, stage_restore
from mesomap.storage.restore import drill
from tests.records import a_patient, a_session, a_set, commit
from tests.unit.storage.conftest import PASSPHRASE, reopened


@pytest.fixture
def backup(database: Database, session: Session, home: Home) -> Path:
    """A backup of one session with one mark; afterwards a second mark, patient and session were recorded."""
    commit(database, Change(None, a_set(session, 3)), session=session)
    made = make_backup(database, home.backups)
    commit(database, Change(None, a_set(session, 4)), session=session)
    patient = a_patient("2", "Später")
    commit(database, Change(None, patient))
    commit(database, Change(None, a_session(patient, 2)))
    return made


def _stage(database: Database, backup: Path) -> None:
    home = database.home
    stage_restore(home, backup, database.subkey, who="tester", last=database.head, keys=home.keys)


def _held(home: Home) -> tuple[int, int, int]:
    """Patients, sessions and marks of a home, which must be whole and raise no alarm."""
    database = reopened(home)
    found = (
        len(database.patients()),
        len(database.sessions()),
        sum(len(database.marks(s.id)) for s in database.sessions()),
    )
    assert database.verify().findings == ()
    assert database.notices == ()
    database.close()
    return found


OLD, NEW = (2, 2, 2), (1, 1, 1)


def test_the_preview_names_what_goes_and_what_comes(database: Database, backup: Path) -> None:
    before = {path.name: path.read_bytes() for path in backup.iterdir()}
    seen = preview_restore(database, backup)
    assert [line.family_name for line in seen.lost_patients] == ["Später"]
    assert [(line.number, line.patient.number) for line in seen.lost_sessions] == [(2, "2")]
    assert [line.number for line in seen.changed_sessions] == [1]
    assert (seen.gained_patients, seen.gained_sessions, seen.changed_patients) == ((), (), ())
    assert seen.sequences[0] > seen.sequences[1]
    assert {path.name: path.read_bytes() for path in backup.iterdir()} == before
    assert not seen.changes_nothing


def test_a_backup_of_this_moment_changes_nothing(database: Database, session: Session, home: Home) -> None:
    assert session
    assert preview_restore(database, make_backup(database, home.backups)).changes_nothing


def test_a_restore_puts_a_damaged_photo_back_and_never_a_damaged_one(database: Database, home: Home) -> None:
    files = PhotoFiles(home.photos, database.subkey("photos"))
    files.write("aa", b"one")
    files.write("bb", b"two")
    whole = (home.photos / "aa").read_bytes()
    damaged = whole[:-1] + bytes([whole[-1] ^ 1])
    (home.photos / "bb").write_bytes(b"damaged before the backup")
    backup = make_backup(database, home.backups)
    (home.photos / "aa").write_bytes(damaged)
    files.write("bb", b"two")
    _stage(database, backup)
    assert (home.photos / "aa").read_bytes() == whole
    assert (files.read("aa"), files.read("bb")) == (b"one", b"two")


def test_a_restore_over_the_practice_is_on_record_and_the_old_files_are_kept(
    database: Database, backup: Path, home: Home
) -> None:
    _stage(database, backup)
    last = database.head.sequence
    database.close()
    kept = finish_replacing(home)
    assert kept is not None
    assert (kept / "mesomap.db").stat().st_size > 0
    assert _held(home) == NEW
    again = reopened(home)
    with again.reading() as connection:
        what = connection.exec_driver_sql("SELECT what FROM audit ORDER BY sequence DESC LIMIT 1").scalar_one()
    again.close()
    assert "restored" in what
    assert f"–{last} left behind" in what


def test_a_decided_restore_is_finished_by_the_next_opening(database: Database, backup: Path, home: Home) -> None:
    _stage(database, backup)
    database.close()
    assert _held(home) == NEW
    assert not home.restore_ready.exists()
    assert not home.restore_cleared.exists()


def test_cut_off_at_every_rename_it_is_old_or_new(
    database: Database, backup: Path, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stage(database, backup)
    database.close()
    rename = Path.replace
    seen = 0
    for stop_at in range(1, 20):
        left = iter([True] * (stop_at - 1))

        def cut(self: Path, target: Path, left: Iterator[bool] = left) -> Path:
            if not next(left, False):
                raise OSError(5, "cut off")
            return rename(self, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", cut)
            try:
                finish_replacing(home)
            except NotWritableError:
                seen += 1
            else:
                break
        assert home.exists(), "no new practice may be made here"
    assert seen >= 3
    assert _held(home) == NEW


def test_a_refused_stage_decides_nothing(database: Database, backup: Path, home: Home) -> None:
    (backup / "mesomap.db").write_bytes(b"x" * 8192)
    with pytest.raises(DamagedError):
        _stage(database, backup)
    assert not home.restore_ready.exists()
    assert not home.restore_staged.exists()
    database.close()
    assert _held(home) == OLD


def _lose_all(home: Home) -> None:
    for path in (home.database, home.keys, home.anchor):
        path.unlink()


DAMAGE: dict[str, Callable[[Home], object]] = {
    "database gone": lambda home: home.database.unlink(),
    "database cut": lambda home: home.database.write_bytes(home.database.read_bytes()[:5000]),
    "keys gone": lambda home: home.keys.unlink(),
    "keys damaged": lambda home: home.keys.write_bytes(b"{}"),
    "all gone": _lose_all,
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_home_that_does_not_open_any_more_is_restored_in_place(
    database: Database, backup: Path, home: Home, kind: str
) -> None:
    database.close()
    DAMAGE[kind](home)
    with pytest.raises(WrongPassphraseError):
        restore_over(home, backup, "not this one")
    restore_over(home, backup, PASSPHRASE)
    assert _held(home) == NEW


def test_a_drill_leaves_nothing_behind(database: Database, backup: Path, home: Home) -> None:
    before = sorted(path.name for path in home.backups.iterdir())
    report = drill(database, backup)
    assert report.counts["marks"] == 1
    assert sorted(path.name for path in home.backups.iterdir()) == before
    (backup / "anchor.json").write_bytes(b"{}")
    with pytest.raises(DamagedError):
        drill(database, backup)
    assert sorted(path.name for path in home.backups.iterdir()) == before
