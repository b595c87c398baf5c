"""The way back without an open practice: backups found, looked at, restored, whatever is left of the home."""

import errno
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mesomap.domain.clock import now
from mesomap.domain.errors import (
    BadInputError,
    DamagedError,
    InUseError,
    NewerVersionError,
    NotWritableError,
    StoppedError,
    WrongPassphraseError,
)
from mesomap.services import Practice
from mesomap.services.rescue import Rescue
from mesomap.services.rights import erase
from mesomap.storage import replacing
from mesomap.storage import rescue as rescue_storage
from mesomap.storage import restore as restore_storage
from tests.records import CHEAP

SECRET = "a sentence is best"


def _names(home: Path, secret: str = SECRET) -> list[str]:
    with Practice.open(home, secret) as practice:
        assert practice.verify().findings == ()
        return sorted(patient.family_name for patient in practice.patients())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A closed practice with a second folder; one patient in the backup, one who came after it."""
    root, stick = tmp_path / "practice", tmp_path / "stick"
    stick.mkdir()
    with Practice.create(root, SECRET, cost=CHEAP) as practice:
        practice.backups.choose_second_folder(stick)
        practice.new_patient(family_name="Früh", given_name="Anna")
        practice.backups.make()
        practice.new_patient(family_name="Spät", given_name="Eva")
    return root


@pytest.fixture
def rescue(home: Path) -> Rescue:
    return Rescue(home, plugged_in=lambda: ())


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for place in range(4100, len(data), 4096):
        data[place] ^= 1
    path.write_bytes(data)


def test_one_backup_in_two_folders_is_found_once(rescue: Rescue, home: Path, tmp_path: Path) -> None:
    (found,) = rescue.found()
    assert [place.parent for place in found.places] == [home / "backups", tmp_path / "stick"]
    assert found.seen.counts["patients"] == 1


def test_the_second_folder_is_found_when_the_first_is_gone(rescue: Rescue, home: Path, tmp_path: Path) -> None:
    shutil.rmtree(home / "backups")
    (found,) = rescue.found()
    assert found.places == (tmp_path / "stick" / found.seen.path.name,)


def test_a_place_is_a_backup_a_file_of_it_or_a_folder_of_them(rescue: Rescue, tmp_path: Path) -> None:
    (found,) = rescue.found()
    backup = found.seen.path
    for place in (backup, backup / "backup.json", backup.parent, tmp_path):
        assert rescue.found_in(place)[0].seen.sequence == found.seen.sequence
    with pytest.raises(BadInputError, match="no MesoMap backup"):
        rescue.found_in(tmp_path / "nowhere")


def test_a_whole_practice_is_compared(rescue: Rescue) -> None:
    (found,) = rescue.found()
    preview = rescue.look(found.seen.path, SECRET).preview
    assert preview.compared is not None
    assert [line.family_name for line in preview.compared.lost_patients] == ["Spät"]
    assert not preview.keys_only


def test_a_damaged_database_is_told_with_the_numbers_that_the_anchor_saw(rescue: Rescue, home: Path) -> None:
    _flip(home / "mesomap.db")
    (found,) = rescue.found()
    preview = rescue.look(found.seen.path, SECRET).preview
    assert preview.compared is None
    assert "is damaged" in preview.trouble
    assert preview.last_seen is not None
    assert preview.last_seen > found.seen.sequence


def _leave_backups(home: Path) -> None:
    for name in ("mesomap.db", "keys.json", "anchor.json"):
        (home / name).unlink()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "flipped": lambda home: _flip(home / "mesomap.db"),
    "database gone": lambda home: (home / "mesomap.db").unlink(),
    "database empty": lambda home: (home / "mesomap.db").write_bytes(b""),
    "keys damaged": lambda home: (home / "keys.json").write_bytes(b"{}"),
    "anchor gone": lambda home: (home / "anchor.json").unlink(),
    "only backups left": _leave_backups,
    "home gone": lambda home: shutil.rmtree(home),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_every_damage_has_a_way_back(home: Path, tmp_path: Path, kind: str) -> None:
    DAMAGE[kind](home)
    rescue = Rescue(home, plugged_in=lambda: (tmp_path / "stick",))
    found = rescue.found()
    before = {path.name: path.read_bytes() for path in home.glob("*") if path.is_file()}
    looked = rescue.look(found[0].seen.path, SECRET)
    after = {path.name: path.read_bytes() for path in home.glob("*") if path.is_file()}
    assert {name: after[name] for name in before} == before, "a look changes nothing"
    kept = rescue.restore(looked)
    assert _names(home) == ["Früh"]
    if "mesomap.db" in before and kept is not None:
        assert (kept / "mesomap.db").read_bytes() == before["mesomap.db"], "the damaged file is kept as it was"


def test_a_lost_key_file_alone_is_put_back_and_nobody_is_lost(rescue: Rescue, home: Path) -> None:
    (home / "keys.json").write_bytes(b"{}")
    looked = rescue.look(rescue.found()[0].seen.path, SECRET)
    assert looked.preview.keys_only
    kept = rescue.put_back_keys(looked)
    assert kept is not None
    assert (kept / "keys.json").read_bytes() == b"{}"
    assert _names(home) == ["Früh", "Spät"]


def test_a_key_file_is_not_put_back_to_a_damaged_database(rescue: Rescue, home: Path) -> None:
    (home / "keys.json").unlink()
    _flip(home / "mesomap.db")
    looked = rescue.look(rescue.found()[0].seen.path, SECRET)
    assert not looked.preview.keys_only
    with pytest.raises(DamagedError):
        rescue.put_back_keys(looked)
    assert not (home / "keys.json").exists()


def test_the_recovery_code_and_the_passphrase_of_today_open_it_too(tmp_path: Path) -> None:
    root = tmp_path / "practice"
    with Practice.create(root, SECRET, cost=CHEAP) as practice:
        code = practice.recovery_code
        practice.new_patient(family_name="Früh", given_name="Anna")
        practice.backups.make()
        practice.change_passphrase(SECRET, "another sentence", cost=CHEAP)
    rescue = Rescue(root, plugged_in=lambda: ())
    path = rescue.found()[0].seen.path
    for secret in (SECRET, code, "another sentence"):
        rescue.look(path, secret)
    with pytest.raises(WrongPassphraseError, match="recovery code"):
        rescue.look(path, "none of these")
    _flip(root / "mesomap.db")
    rescue.restore(rescue.look(path, "another sentence"))
    assert _names(root, "another sentence") == ["Früh"]


def test_another_practice_is_told(rescue: Rescue, tmp_path: Path) -> None:
    other = tmp_path / "other"
    with Practice.create(other, SECRET, cost=CHEAP):
        pass
    there = Rescue(other, plugged_in=lambda: ())
    assert there.look(rescue.found()[0].seen.path, SECRET).preview.other_practice


def test_a_bad_backup_and_a_practice_that_is_open_elsewhere_are_refused(rescue: Rescue, home: Path) -> None:
    path = rescue.found()[0].seen.path
    with Practice.open(home, SECRET), pytest.raises(InUseError):
        rescue.look(path, SECRET)
    looked = rescue.look(path, SECRET)
    _flip(path / "mesomap.db")
    with pytest.raises(DamagedError, match="not a whole MesoMap backup"):
        rescue.look(path, SECRET)
    with pytest.raises(DamagedError):
        rescue.restore(looked)
    assert _names(home) == ["Früh", "Spät"]


def test_a_backup_of_a_newer_program_is_refused_before_anything_is_touched(
    rescue: Rescue, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rescue_storage, "SCHEMA", 1)
    with pytest.raises(NewerVersionError, match="Update MesoMap"):
        rescue.look(rescue.found()[0].seen.path, SECRET)
    assert not list(home.glob("restore-*"))


def test_stopped_or_without_room_it_leaves_what_was_there(
    rescue: Rescue, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = rescue.look(rescue.found()[0].seen.path, SECRET)

    def stop(_part: float, stage: str) -> None:
        if stage == "verify":
            raise StoppedError("Stopped.")

    with pytest.raises(StoppedError):
        rescue.restore(looked, stop)
    assert _names(home) == ["Früh", "Spät"]

    def full(*_paths: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(restore_storage, "copied", full)
        with pytest.raises(NotWritableError, match="disk is full"):
            rescue.restore(looked)
    assert _names(home) == ["Früh", "Spät"]


def test_somebody_who_was_erased_does_not_come_back_on_another_computer(rescue: Rescue, home: Path) -> None:
    with Practice.open(home, SECRET) as practice:
        (early,) = [patient for patient in practice.patients() if patient.family_name == "Früh"]
        erase(practice, early.id, "on request")
    shutil.rmtree(home)
    stick = home.parent / "stick"
    assert rescue.restore(rescue.look(rescue.found_in(stick)[-1].seen.path, SECRET)) is None
    assert not list(home.glob("replaced-*")), "nothing was there to be kept"
    assert _names(home) == []


def test_two_restores_of_damaged_files_keep_both(rescue: Rescue, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _flip(home / "mesomap.db")
    path = rescue.found()[0].seen.path
    first = rescue.restore(rescue.look(path, SECRET))
    assert first is not None
    damaged = (first / "mesomap.db").read_bytes()
    later = now().replace(year=2030)
    monkeypatch.setattr(replacing, "now", lambda: later)
    second = rescue.restore(rescue.look(path, SECRET))
    assert second not in (None, first)
    assert (first / "mesomap.db").read_bytes() == damaged
