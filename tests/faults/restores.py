"""Parts of row 7: erased patients stay erased, a damaged photo is put back, and what happens without room."""

from pathlib import Path

from mesomap.domain.change import Change
from mesomap.domain.photo import Photo
from mesomap.services import Practice
from mesomap.services.photo_album import PhotoAlbum, prepare_here
from mesomap.storage import Home
from tests.faults.campaign import Ground, Tally
from tests.faults.children import PASSPHRASE, erase_here, restore_without_room
from tests.faults.gestures import picture
from tests.faults.practices import copied, count_what_is_left, new_home
from tests.faults.processes import Child, killed_after, span_of
from tests.records import a_patient, a_session, a_set, commit

_MARKS = 7
_NAME = "Vergiss"
_LISTS = ("erasures.json", "backups/erasures.json")


def erased(ground: Ground, tally: Tally) -> None:
    """Erasing is killed, a backup from before it restored over the practice and elsewhere: the patient never returns.

    A kill before the erasure is noted leaves the patient whole.
    """
    fresh, backup = _two_patients(ground)
    span = span_of(erase_here, str(copied(fresh, ground.place("home")).root), _NAME)
    for _ in range(ground.rounds(2, 60)):
        tally.rounds += 1
        home = copied(fresh, ground.place("home"))
        child = Child(erase_here, str(home.root), _NAME)
        child.says()
        said = "erased" in killed_after(child, ground.chance.uniform(0.0, 1.3 * span))
        tally.acknowledged += said
        there = _look(home, tally)
        tally.lost += said and there  # what was to be gone is not
        if there:
            continue
        with Practice.open(home.root, PASSPHRASE) as practice:
            practice.backups.decide_restore(home.backups / backup)
        tally.found(not _look(home, tally), "a restore brought an erased patient back")
        to = ground.place("to")
        Practice.restore(home.backups / backup, to, PASSPHRASE)
        tally.found(not _look(Home(to), tally), "a restore elsewhere brought an erased patient back")


def returns_without_lists(ground: Ground) -> bool:
    """The control: without the lists of erasures a restore brings the patient back."""
    home, backup = _two_patients(ground)
    child = Child(erase_here, str(home.root), _NAME)
    child.rest()
    child.end()
    for name in _LISTS:
        (home.root / name).unlink(missing_ok=True)
    with Practice.open(home.root, PASSPHRASE) as practice:
        practice.backups.decide_restore(home.backups / backup)
    return _look(home, Tally())


def _two_patients(ground: Ground) -> tuple[Home, str]:
    """The practice of the other rows, and a patient beside with a visit and a photo; a backup of both."""
    home = new_home(ground.place("both"), marks=_MARKS)
    with Practice.open(home.root, PASSPHRASE) as practice:
        patient = a_patient("2", _NAME)
        session = a_session(patient, 2)
        commit(practice._database, Change(None, patient))
        commit(practice._database, Change(None, session))
        commit(practice._database, Change(None, a_set(session, 3)), session=session)
        PhotoAlbum(practice, patient.id).enter(prepare_here(practice.photo_files, patient.id, picture(500)))
        backup = practice.backups.make().first.name
    return home, backup


def _look(home: Home, tally: Tally) -> bool:
    """Open as the window does; whether the patient is there, who must be whole or gone with every file."""
    with Practice.open(home.root, PASSPHRASE) as practice:
        there = any(patient.family_name == _NAME for patient in practice.patients())
        known = {name for photo in practice.entries(Photo) for name in photo.file_names}
    left = {path.name for path in home.photos.iterdir() if not path.name.startswith(".")} - known
    tally.torn += bool(left) and not there
    count_what_is_left(home, _MARKS, tally)
    return there


def healed(ground: Ground, tally: Tally) -> None:
    """A photo is damaged or gone: said, and a restore of the backup puts it back; another one since then stays."""
    fresh = new_home(ground.place("fresh"), marks=_MARKS)
    with Practice.open(fresh.root, PASSPHRASE) as practice:
        backup = practice.backups.make().first.name
    for number in range(ground.rounds(3, 60)):
        tally.rounds += 1
        home = copied(fresh, ground.place("home"))
        path = ground.chance.choice(sorted(home.photos.iterdir()))
        _harm(ground, path, number % 3)
        with Practice.open(home.root, PASSPHRASE) as practice:
            tally.found(any("its file is" in text for text in practice.verify().findings), "a harmed photo")
            practice.backups.decide_restore(home.backups / backup)
        count_what_is_left(home, _MARKS, tally)


def no_room(ground: Ground, fresh: Home, backup: Path, marks: tuple[int, int], tally: Tally) -> None:
    """The target is full: said, nothing decided or left behind, and it works once there is room.

    marks: of the practice as it is, and of the backup.
    """
    for _ in range(ground.rounds(2, 40)):
        tally.rounds += 1
        home, to = copied(fresh, ground.place("home")), ground.place("to")
        size = (backup / "mesomap.db").stat().st_size
        child = Child(restore_without_room, str(home.root), str(backup), str(to), ground.chance.randrange(1, size))
        over, elsewhere, (decided, there), again = child.rest()
        child.end()
        told = all("written" in text or "room" in text or "full" in text for text in (over, elsewhere))
        tally.found(told and not decided and there == marks[0] and not to.exists(), f"{over} {elsewhere} {decided}")
        tally.acknowledged += again == "restored"
        found = count_what_is_left(home, marks[1], tally)
        tally.torn += found != marks[1]


def _harm(ground: Ground, path: Path, kind: int) -> None:
    data = bytearray(path.read_bytes())
    if kind == 0:
        path.unlink()
    elif kind == 1:
        data[ground.chance.randrange(len(data))] ^= 1 << ground.chance.randrange(8)
        path.write_bytes(data)
    else:
        path.write_bytes(data[: ground.chance.randrange(len(data))])
