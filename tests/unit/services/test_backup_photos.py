"""Photos in backups are looked into, and work on backups stops within its parts."""

import hashlib
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from mesomap.domain.change import Change
from mesomap.domain.clock import now
from mesomap.domain.errors import DamagedError, StoppedError
from mesomap.domain.photo import Photo
from mesomap.services.backups import Backups
from mesomap.storage import Database, Home, create_database, open_database, restore_backup
from mesomap.storage.photo_files import PhotoFiles
from tests.records import CHEAP, a_patient, commit


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    home = Home(tmp_path / "practice")
    home.prepare()
    made, _ = create_database(home, "four", who="tester", cost=CHEAP)
    yield made
    made.close()


@pytest.fixture
def photo(database: Database) -> Photo:
    """One photo on record with its two files."""
    patient, data = a_patient(), b"a photo" * 1000
    files = PhotoFiles(database.home.photos, database.subkey("photos"))
    digest = hashlib.sha256(data).hexdigest()
    whole, small = files.names(patient.id, digest)
    files.write_both((whole, data), (small, b"small"))
    taken = Photo(
        id=uuid4(), entered_at=now(), patient_id=patient.id, media_type="image/jpeg", file=whole, thumbnail=small,
        sha256=digest, kept_sha256=digest, byte_count=len(data), width_px=30, height_px=40, taken_at=now(),
    )  # fmt: skip
    commit(database, Change(None, patient))
    commit(database, Change(None, taken))
    return taken


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_a_photo_damaged_on_the_disk_is_said_and_keeps_nothing_else_out(
    database: Database, photo: Photo, tmp_path: Path
) -> None:
    backups, live = Backups(database), database.home.photos / photo.file
    whole = live.read_bytes()
    _flip(live)
    made = backups.make()
    assert made.trouble.startswith("A file of a photo is missing or damaged on this disk")
    assert backups.last_trouble() == made.trouble
    assert backups.found()[0].unreadable_photos == 1
    with pytest.raises(DamagedError, match=r"records .* came back whole, but not all photos \(1\)\. Photo"):
        backups.drill(made.first)
    report = restore_backup(made.first, tmp_path / "back", "four")
    assert report.findings == (f"Photo {photo.id}: its file is damaged.",)
    live.unlink()
    (database.home.photos / photo.thumbnail).unlink()
    made = backups.make()
    assert made.trouble.startswith("2 files of photos are missing or damaged")
    # It comes back from somewhere: the next backup does not link the damaged copy of the one before.
    live.write_bytes(whole)
    PhotoFiles(database.home.photos, database.subkey("photos")).write(photo.thumbnail, b"small")
    made = backups.make()
    assert (made.trouble, backups.found()[0].unreadable_photos, backups.last_trouble()) == ("", 0, "")
    assert backups.drill(made.first).counts["patients"] == 1


def test_a_photo_damaged_since_stays_whole_in_the_next_backup(database: Database, photo: Photo, tmp_path: Path) -> None:
    backups = Backups(database)
    backups.make()
    _flip(database.home.photos / photo.file)
    commit(database, Change(None, a_patient("2")))
    made = backups.make()
    assert made.trouble == ""
    assert restore_backup(made.first, tmp_path / "back", "four").ok


def test_a_photo_that_another_file_took_the_place_of_is_found(database: Database, photo: Photo) -> None:
    files = PhotoFiles(database.home.photos, database.subkey("photos"))
    files.write(photo.file, b"another picture")
    assert Backups(database).make().trouble.startswith("A file of a photo is")


def _left(database: Database) -> set[str]:
    home = database.home
    folders = (home.root, home.backups, home.photos)
    return {path.relative_to(home.root).as_posix() for folder in folders for path in folder.iterdir()}


@pytest.mark.usefixtures("photo")
@pytest.mark.parametrize("what", ["make", "drill", "restore"])
def test_wherever_it_is_stopped_nothing_was_changed(database: Database, what: str) -> None:
    backups = Backups(database)
    second = database.home.root.parent / "usb"
    second.mkdir()
    backups.choose_second_folder(second)
    first = backups.make().first
    commit(database, Change(None, a_patient("2")))
    if what != "make":
        backups.make()
    work: dict[str, Callable[[Callable[[float, str], None]], object]] = {
        "make": backups.make,
        "drill": lambda watch: backups.drill(first, watch),
        "restore": lambda watch: backups.decide_restore(first, watch),
    }
    before = _left(database)
    parts: list[tuple[float, str]] = []

    def stops(at: int) -> bool:
        """Whether it was stopped the at-th time that it asked."""
        asked = itertools.count()
        parts.clear()

        def watch(part: float, stage: str) -> None:
            parts.append((part, stage))
            if next(asked) == at:
                raise StoppedError("Stopped.")

        try:
            work[what](watch)
        except StoppedError:
            return True
        return False

    at = 0
    while stops(at):
        # A first backup that was made before the second folder's copy was stopped stays.
        kept = {name for name in _left(database) if name.startswith("backups/mesomap-")}
        assert _left(database) - kept == before - kept
        assert not [path for path in second.iterdir() if path.name.startswith(".")]
        assert len(database.patients()) == 2
        at += 1
    assert at > 10
    first_copy = [part for part, stage in parts if stage != "second"]
    assert first_copy == sorted(first_copy)
    assert (first_copy[0] >= 0.0, first_copy[-1]) == (True, 1.0)
    assert {"verify", "photos"} <= {stage for _part, stage in parts}
    if what == "restore":
        home = database.home
        database.close()
        again = open_database(home, "four")
        assert [patient.number for patient in again.patients()] == ["1"]
        assert again.verify().ok
        again.close()
