"""When a backup is due, where it goes, and that photos go with it."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mesomap.domain.change import Change
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError, DamagedError, StoppedError
from mesomap.services.backups import Backups
from mesomap.storage import Database, Home, create_database, open_database, restore_backup
from tests.records import CHEAP, a_patient, commit


class _Clock:
    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return now() + self.ahead


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    home = Home(tmp_path / "practice")
    home.prepare()
    made, _ = create_database(home, "four", who="tester", cost=CHEAP)
    commit(made, Change(None, a_patient()))
    yield made
    made.close()


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def backups(database: Database, clock: _Clock) -> Backups:
    return Backups(database, clock)


def test_one_is_due_after_half_an_hour_when_something_changed(
    backups: Backups, database: Database, clock: _Clock
) -> None:
    assert backups.due()
    assert backups.last_verified() is None
    backups.make()
    assert not backups.changed(), "the note of the backup itself is no change"
    clock.ahead = timedelta(days=1)
    assert not backups.due()
    commit(database, Change(None, a_patient("2")))
    assert backups.due()
    clock.ahead = timedelta(minutes=29)
    assert not backups.due()
    clock.ahead = timedelta(days=-400)
    assert backups.due(), "a clock that was set back stops no backup"


def test_a_new_passphrase_makes_one_due(backups: Backups, database: Database) -> None:
    backups.make()
    database.change_passphrase("another", CHEAP)
    assert backups.changed()
    assert backups.make_before(fresh=timedelta(minutes=5)) is None, "one was made a moment ago"
    assert backups.make_before() is not None
    assert backups.make_before() is None


def test_the_second_folder_gets_an_equal_copy(backups: Backups, tmp_path: Path) -> None:
    other = tmp_path / "usb"
    other.mkdir()
    backups.choose_second_folder(other)
    made = backups.make()
    assert made.trouble == ""
    assert made.second == other / made.first.name
    for path in made.first.iterdir():
        assert (other / made.first.name / path.name).read_bytes() == path.read_bytes()
    assert restore_backup(other / made.first.name, tmp_path / "new", "four").ok


def test_a_second_folder_that_is_away_is_said_and_the_first_is_made(backups: Backups, tmp_path: Path) -> None:
    other = tmp_path / "usb"
    other.mkdir()
    backups.choose_second_folder(other)
    other.rmdir()
    made = backups.make()
    assert made.second is None
    assert "cannot be reached" in made.trouble
    assert [facts.path for facts in backups.found()] == [made.first]
    assert not other.exists()
    for wrong in (tmp_path / "nowhere", Path("relative"), backups.folder):
        with pytest.raises(BadInputError):
            backups.choose_second_folder(wrong)


def test_backups_of_another_practice_in_the_folder_are_left_alone(
    backups: Backups, tmp_path: Path
) -> None:
    stranger = Home(tmp_path / "stranger")
    stranger.prepare()
    made, _ = create_database(stranger, "four", cost=CHEAP)
    commit(made, Change(None, a_patient()))
    foreign = Backups(made).make().first
    made.close()
    shutil.copytree(foreign, backups.folder / foreign.name)
    (backups.folder / "mesomap-not-one").mkdir()
    for _ in range(6):
        backups.make()
    assert len(backups.found()) == 3
    assert (backups.folder / foreign.name).is_dir()
    assert (backups.folder / "mesomap-not-one").is_dir()


def test_stopping_leaves_nothing(backups: Backups) -> None:
    def stop(part: float, _stage: str) -> None:
        if part > 0.4:
            raise StoppedError("Stopped.")

    with pytest.raises(StoppedError):
        backups.make(stop)
    assert list(backups.folder.iterdir()) == []


def test_photos_go_into_the_backup_once_and_come_back(backups: Backups, database: Database, tmp_path: Path) -> None:
    photos = database.home.photos
    (photos / "ab").mkdir()
    (photos / "ab" / "one").write_bytes(b"1" * 5000)
    (photos / ".unfinished").write_bytes(b"half")
    first = backups.make().first
    (photos / "two").write_bytes(b"2" * 100)
    second = backups.make().first
    assert (first / "photos/ab/one").stat().st_ino == (second / "photos/ab/one").stat().st_ino
    assert (photos / "ab" / "one").stat().st_ino != (second / "photos/ab/one").stat().st_ino
    to = tmp_path / "back"
    assert restore_backup(second, to, "four").ok
    assert {p.relative_to(to).as_posix() for p in (to / "photos").rglob("*") if p.is_file()} == {
        "photos/ab/one",
        "photos/two",
    }
    assert (to / "photos/ab/one").read_bytes() == b"1" * 5000
    (second / "photos/two").write_bytes(b"2" * 99 + b"3")
    with pytest.raises(DamagedError, match="photo"):
        restore_backup(second, tmp_path / "no", "four")
    (second / "photos/two").unlink()
    with pytest.raises(DamagedError, match="photos"):
        backups.drill(second)


def test_a_restore_is_decided_after_a_backup_and_done_by_the_next_opening(
    backups: Backups, database: Database
) -> None:
    first = backups.make().first
    commit(database, Change(None, a_patient("2")))
    assert [line.number for line in backups.preview(first).lost_patients] == ["2"]
    backups.decide_restore(first)
    newest = backups.found()[0]
    assert newest.counts["patients"] == 2
    home = database.home
    database.close()
    again = open_database(home, "four")
    assert [patient.number for patient in again.patients()] == ["1"]
    assert again.notices == ()
    Backups(again).decide_restore(newest.path)
    again.close()
    back = open_database(home, "four")
    assert [patient.number for patient in back.patients()] == ["1", "2"]
    assert back.notices == ()
    back.close()


def test_a_drill_tells_what_came_back(backups: Backups) -> None:
    result = backups.drill(backups.make().first)
    assert result.counts["patients"] == 1
    assert result.sequence >= 2
