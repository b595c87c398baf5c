"""What the children do: chart and say so."""

import os
import resource
import signal
import tempfile
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

from mesomap.domain.errors import MesoMapError, NotWritableError
from mesomap.photos.taking import take_in
from mesomap.services import Practice
from mesomap.services.rights import erase
from mesomap.storage import Home, HomeLock, create_database, make_backup, open_database, restore_backup
from mesomap.storage.replacing import finish_replacing, stage_restore
from tests.faults.gestures import noise, picture, save_gesture, save_mark, take_photo
from tests.records import CHEAP

PASSPHRASE = "four"


def marks_of(practice: Practice) -> int:
    """How many marks its session has: the number of the next one."""
    return len(practice.marks(practice.sessions()[0].id))


def chart(talk: Connection, home: str, early: bool = False) -> None:
    """Chart for ever: mark N holds N % 40 + 1 points that begin on triangle N; says N once it is saved.

    early: says so before it is, the control that must lose.
    """
    practice = Practice.open(home, PASSPHRASE)
    number = marks_of(practice)
    while True:
        if early:
            talk.send(number)
            time.sleep(0.005)
        save_gesture(practice, number)
        if not early:
            talk.send(number)
        number += 1


def save_in_trouble(talk: Connection, home: str, checkpoint: bool, lying: bool = False) -> None:
    """Save one gesture when told to and say "saved" or the sentence; then once more, as a person would.

    checkpoint: every save also brings the log into the file. lying: says "saved" whatever happened, as a control.
    """
    practice = Practice.open(home, PASSPHRASE)
    number = marks_of(practice)
    take_in(picture(0))  # what reads pictures is loaded before the first call counts
    if checkpoint:
        with practice._database.reading() as connection:
            connection.exec_driver_sql("PRAGMA wal_autocheckpoint = 1")
    talk.send("ready")
    talk.recv()
    for _ in range(2):
        try:
            save_gesture(practice, number)
        except MesoMapError as error:
            talk.send("saved" if lying else error.sentence)
        else:
            talk.send("saved")
            number += 1
    practice.close()


def chart_and_note(talk: Connection, home: str, notes: str, count: int, synchronous: str) -> None:
    """Chart `count` marks; "saved N" is one write to a file, so that a tracer sees it in its place."""
    practice = Practice.open(home, PASSPHRASE)
    database = practice._database
    if synchronous != "FULL":
        # The pool keeps two connections; both must be as careless as the control wants them.
        with database.reading() as one, database.reading() as two:
            for each in (one, two):
                each.exec_driver_sql("ROLLBACK")
                each.exec_driver_sql(f"PRAGMA synchronous = {synchronous}")
    handle = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    take_in(picture(0))
    talk.send("ready")
    talk.recv()
    number = marks_of(practice)
    for _ in range(count):
        save_gesture(practice, number)
        os.write(handle, f"saved {number}\n".encode())
        number += 1
    practice.close()
    os.close(handle)
    talk.send("done")


def back_up(talk: Connection, home: str, rounds: int) -> None:
    """Make backups one after the other and say the name of each."""
    database = open_database(Home(Path(home)), PASSPHRASE)
    talk.send("ready")
    for _ in range(rounds):
        talk.send(make_backup(database, database.home.backups).name)


def restore_here(talk: Connection, home: str, backup: str) -> None:
    """Restore a backup over the practice, as the window does: decide, close, open again."""
    place = Home(Path(home))
    lock = HomeLock(place.lock)
    database = open_database(place, PASSPHRASE)
    talk.send("ready")
    stage_restore(place, Path(backup), database.subkey, who="", last=database.head, keys=place.keys)
    database.close()
    finish_replacing(place)
    open_database(place, PASSPHRASE).close()
    lock.release()
    talk.send("restored")


def restore_without_room(talk: Connection, home: str, backup: str, to: str, room_bytes: int) -> None:
    """Restore over the practice and elsewhere while files may not grow beyond a size; says each sentence or "restored".

    Then once more over the practice with room again.
    """
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    place = Home(Path(home))
    with Practice.open(home, PASSPHRASE) as practice:
        practice.backups.make()  # so that the restore itself is what lacks room
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room_bytes, hard))
        for work in (
            lambda: practice.backups.decide_restore(Path(backup)),
            lambda: restore_backup(Path(backup), Path(to), PASSPHRASE),
        ):
            try:
                work()
            except MesoMapError as error:
                talk.send(error.sentence)
            else:
                talk.send("restored")
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        talk.send((place.restore_ready.exists(), marks_of(practice)))
        practice.backups.decide_restore(Path(backup))
    Practice.open(home, PASSPHRASE).close()
    talk.send("restored")


def erase_here(talk: Connection, home: str, family_name: str) -> None:
    """Erase the patient of this name."""
    with Practice.open(home, PASSPHRASE) as practice:
        (patient,) = (one for one in practice.patients() if one.family_name == family_name)
        talk.send("ready")
        erase(practice, patient.id, "Asked for in writing.")
        talk.send("erased")


def restore_elsewhere(talk: Connection, backup: str, to: str) -> None:
    """Restore a backup into an empty place."""
    talk.send("ready")
    restore_backup(Path(backup), Path(to), PASSPHRASE)
    talk.send("restored")


def chart_beside_backups(talk: Connection, home: str, rounds: int) -> None:
    """Chart in one thread and back up in the other; says how many marks were saved before each backup began."""
    practice = Practice.open(home, PASSPHRASE)
    saved = [marks_of(practice)]
    stop = threading.Event()

    def go_on() -> None:
        while not stop.is_set():
            save_gesture(practice, saved[0])
            saved[0] += 1

    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        for _ in range(rounds):
            before = saved[0]
            talk.send((make_backup(practice._database, practice.home.backups).name, before))
    finally:
        stop.set()
        writer.join()
    practice.close()
    talk.send("done")


def upgrade_home(talk: Connection, home: str, passphrase: str) -> None:
    """Open a practice of an older schema, which brings it up to date."""
    place = Home(Path(home))
    lock = HomeLock(place.lock)
    talk.send("ready")
    open_database(place, passphrase).close()
    lock.release()
    talk.send("done")


def lack_room(talk: Connection, home: str, room_bytes: int) -> None:
    """Chart until files may not grow any more, try a photo and a backup, then all of it with room again.

    Says the number saved and the sentence; that of the photo; that of the backup or its name; "saved" and the last
    backup's name.
    """
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    practice = Practice.open(home, PASSPHRASE)
    place = practice.home
    large = os.urandom(3 * 120 * 120)
    take_in(picture(0))
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (place.database.stat().st_size + room_bytes, hard))
    number = marks_of(practice)
    try:
        while True:
            save_gesture(practice, number)
            number += 1
    except NotWritableError as error:
        talk.send((number, error.sentence))
    resource.setrlimit(resource.RLIMIT_FSIZE, (room_bytes % 20_000, hard))
    try:
        take_photo(practice, noise(large), "large.png")
        talk.send("taken")
    except NotWritableError as error:
        talk.send(error.sentence)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room_bytes % 50_000, hard))
    try:
        talk.send((make_backup(practice._database, place.backups).name, ""))
    except NotWritableError as error:
        talk.send(("", error.sentence))
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    save_gesture(practice, number)
    take_photo(practice, noise(large), "large.png")
    talk.send(("saved", make_backup(practice._database, place.backups).name))
    practice.close()


def open_without_rights(talk: Connection, home: str) -> None:
    """Become somebody who may only read, then try to open the practice and to save; says each sentence."""
    # What opening needs is loaded while the program's own folder can still be read: nobody may look into root's.
    with tempfile.TemporaryDirectory(prefix="mesomap-loaded-") as folder:
        other = Home(Path(folder) / "home")
        other.prepare()
        create_database(other, PASSPHRASE, cost=CHEAP)[0].close()
        open_database(other, PASSPHRASE).close()
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    place = Home(Path(home))
    for work in (lambda: HomeLock(place.lock), lambda: open_database(place, PASSPHRASE)):
        try:
            work()
        except MesoMapError as error:
            talk.send(error.sentence)
        else:
            talk.send("")


def lose_the_folder(talk: Connection, home: str) -> None:
    """Chart, have the folder moved away, try to chart, have it back, chart again."""
    place = Home(Path(home))
    database = open_database(place, PASSPHRASE)
    number = len(database.marks(database.sessions()[0].id))
    save_mark(database, number)
    away = place.root.with_name(place.root.name + ".away")
    place.root.rename(away)
    try:
        save_mark(database, number + 1)
    except MesoMapError as error:
        talk.send(error.sentence)
    else:
        talk.send("saved")
    away.rename(place.root)
    save_mark(database, number + 1)
    database.close()
    talk.send("saved")
