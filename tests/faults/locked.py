"""Row 14: the practice is locked, and the program killed while it is: the draft is there, the key is gone."""

import gc
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from mesomap.domain.errors import MesoMapError
from mesomap.domain.photo import Photo
from mesomap.services import Practice
from mesomap.storage import Home
from mesomap.storage.keys import MasterKey
from mesomap.storage.photo_files import PhotoFiles
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import PASSPHRASE
from tests.faults.gestures import photos_before, picture, save_gesture, save_mark, take_photo
from tests.faults.practices import copied, count_what_is_left, new_home
from tests.faults.processes import Child

_MARKS = 2


def chart_and_lock(talk: Connection, home: str, marks: int, locks: bool) -> None:
    """Chart, lock (or not: the control), say what is left in this process, then wait to be killed."""
    practice = Practice.open(home, PASSPHRASE)
    database = practice._database
    session = practice.sessions()[0]
    for number in range(_MARKS, _MARKS + marks):
        save_gesture(practice, number)
    take_photo(practice, picture(900), "one.png")
    photo = practice.entries(Photo)[-1]
    if locks:
        practice.close()
    calls: tuple[Callable[[], object], ...] = (
        practice.patients,
        practice.sessions,
        lambda: practice.marks(session.id),
        lambda: practice.setting("theme"),
        lambda: practice.set_setting("theme", "dark"),
        practice.verify,
        lambda: practice.backups.make(),
        lambda: save_mark(database, _MARKS + marks),
        lambda: database.subkey("database"),
        lambda: practice.photo_files.read(photo.file),
    )
    answered = 0
    for call in calls:
        try:
            call()
        except MesoMapError:
            continue
        answered += 1
    gc.collect()
    keys = sum(isinstance(found, (MasterKey, PhotoFiles)) for found in gc.get_objects())
    talk.send((answered, keys, len(_open_files(Path(home)))))
    talk.recv()


def _open_files(home: Path) -> list[str]:
    """Files of the home that this process holds open; none where the system does not tell."""
    links = Path("/proc/self/fd")
    if not links.is_dir():
        return []
    named = []
    for link in list(links.iterdir()):
        try:
            named.append(str(link.readlink()))
        except OSError:
            continue
    return [name for name in named if name.startswith(str(home))]


def run(ground: Ground) -> Tally:
    """Each round locks after a few marks and is killed then."""
    tally = Tally(rounds=ground.rounds(3, 100))
    fresh = new_home(ground.place("fresh"), marks=_MARKS)
    for _ in range(tally.rounds):
        home = copied(fresh, ground.place("home"))
        marks = ground.chance.randint(1, 5)
        left = _left(home, marks, locks=True)
        tally.acknowledged += marks
        tally.found(left == (0, 0, 0), f"calls answered, keys, open files after locking: {left}")
        count_what_is_left(home, _MARKS + marks, tally, photos=photos_before(_MARKS + marks) + 1)
    open_still = _left(copied(fresh, ground.place("home")), 1, locks=False)
    tally.control = f"without locking: {open_still[0]} calls answered, {open_still[1]} key, {open_still[2]} files open"
    tally.control_failed = all(open_still)
    return tally


def _left(home: Home, marks: int, *, locks: bool) -> tuple[int, int, int]:
    child = Child(chart_and_lock, str(home.root), marks, locks)
    answered, keys, files = child.says()
    child.kill()
    child.rest()
    child.end()
    return int(answered), int(keys), int(files)


ROW = Row(14, "the practice is locked, and the program killed while it is locked", run)
