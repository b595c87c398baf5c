"""Row 13: canary names, searched in every byte that the program leaves, while open, killed and closed.

They stand in the records, in a photo (its name, its metadata, its pixels' bytes), in a note and in a signed PDF.
"""

import io
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from datetime import date
from logging.handlers import RotatingFileHandler
from multiprocessing.connection import Connection
from multiprocessing.util import get_temp_dir
from pathlib import Path
from unittest import mock
from uuid import uuid4

from PIL import Image

from mesomap.app.logs import install_crash_hook, start_logging
from mesomap.domain.change import Change
from mesomap.domain.clock import now
from mesomap.domain.nutrition import NutritionNote
from mesomap.domain.person import Role
from mesomap.photos.beside import PhotoWorker
from mesomap.services import Practice
from mesomap.services.photo_album import PhotoAlbum, prepare
from mesomap.services.signing import prepare as prepare_signing
from mesomap.services.signing import sign
from mesomap.storage import Home
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import PASSPHRASE, chart
from tests.faults.gestures import noise
from tests.faults.processes import Child, killed_after
from tests.pictures import exif, saved
from tests.records import CHEAP, a_patient, a_session, a_set, commit

_ROOT = Path(__file__).parents[2]
_PIN = "4711"
_ARTIST = 0x013B


def run(ground: Ground) -> Tally:
    """A round: a practice of canaries charts, backs up to two folders, is killed, restores, is asked by command."""
    tally = Tally()
    for number in range(ground.rounds(1, 20)):
        tally.rounds += 1
        root = ground.place("round")
        canary = f"Kanarie{number}{ground.chance.randrange(10**9)}"
        _live(ground, root, canary, tally)
    words = ground.place("control")
    words.mkdir()
    (words / "mesomap.log").write_bytes("Kanarie".encode("utf-16-le"))
    seen = len(_holding(words, _forms("Kanarie")))
    tally.control = f"a log with the name in it: found in {seen} file"
    tally.control_failed = seen == 1
    return tally


def _live(ground: Ground, root: Path, canary: str, tally: Tally) -> None:
    """words: what nobody may find, as text; the pixels of the photo, as bytes."""
    get_temp_dir()  # made once for the life of this process, so not in the folder of a round
    own = root / "tmp"
    own.mkdir(parents=True)
    (root / "usb").mkdir()
    home = Home(root / "home")
    with (
        mock.patch.dict(os.environ, {"TMPDIR": str(own)}),
        mock.patch.object(tempfile, "tempdir", str(own)),
        _logging(home),
    ):
        with Practice.create(home.root, PASSPHRASE, practitioner=f"Dr. {canary}", cost=CHEAP) as practice:
            pixels = _records(ground, practice, canary)
            code = practice.recovery_code
            practice.backups.choose_second_folder(root / "usb")
            first = practice.backups.make().first
            words = [*_forms(canary), *_forms(code), *_forms(code.replace("-", "")), *pixels]
            _look(root, words, "while open", tally)
            practice.backups.preview(first)
            practice.backups.drill(first)
            practice.backups.decide_restore(first)
        child = Child(chart, str(home.root))
        child.says()
        killed_after(child, ground.chance.uniform(0.0, 0.1))
        _look(root, words, "killed", tally)
        with Practice.open(home.root, PASSPHRASE) as practice:
            tally.false_alarms += not practice.verify().ok
    tally.found((home.logs / "mesomap.log").stat().st_size > 0, "nothing was logged: nothing was tried")
    _crash(home, canary, tally)
    _commands(root, canary, tally)
    _look(root, words, "closed", tally)


def _records(ground: Ground, practice: Practice, canary: str) -> list[bytes]:
    """Fill the practice; returns bytes of the picture and its thumbnail, which stand for what they show."""
    patient = a_patient(f"N-{canary}", canary, notes=canary * 300)
    session, signed = a_session(patient), a_session(patient, 2)
    database = practice._database
    commit(database, Change(None, patient))
    commit(database, Change(None, session))
    commit(database, Change(None, signed))
    for _ in range(5):
        commit(database, Change(None, a_set(session, 50)), session=session)
    note = NutritionNote(id=uuid4(), entered_at=now(), patient_id=patient.id, noted_on=date(2026, 5, 4), text=canary)
    commit(database, Change(None, note))
    metadata = exif()
    metadata[_ARTIST] = canary
    seen = noise(ground.chance.randbytes(43_200))
    with PhotoWorker() as worker:
        data = saved(Image.open(io.BytesIO(seen)), "JPEG", exif=metadata, comment=canary)
        prepared = prepare(practice.photo_files, worker, patient.id, data, f"{canary}.jpg")
    PhotoAlbum(practice, patient.id).enter(prepared, angle=canary)
    doctor = practice.people.add(f"Prof. {canary}", roles=tuple(Role), pin=_PIN)
    practice.people.begin()
    sign(practice, prepare_signing(practice, signed.id, doctor, _PIN), f"%PDF-1.4 {canary}".encode() * 40)
    parts = [practice.photo_files.read(name) for name in (prepared.file, prepared.thumbnail)]
    return [part[len(part) // 2 :][:24] for part in parts]


@contextmanager
def _logging(home: Home) -> Iterator[None]:
    """The log that the window writes."""
    start_logging(home.logs)
    try:
        yield
    finally:
        log = logging.getLogger("mesomap")
        for handler in [each for each in log.handlers if isinstance(each, RotatingFileHandler)]:
            log.removeHandler(handler)
            handler.close()


def crash_with(talk: Connection, logs: str, name: str) -> None:
    """A mistake of the program whose message holds a name; says what a person would read of it."""
    start_logging(Path(logs))
    install_crash_hook()
    said = io.StringIO()
    with redirect_stderr(said):
        try:
            raise ValueError(name)
        except ValueError as error:
            sys.excepthook(ValueError, error, error.__traceback__)
    talk.send(said.getvalue())


def _crash(home: Home, canary: str, tally: Tally) -> None:
    child = Child(crash_with, str(home.logs), canary)
    said = str(child.says())
    child.end()
    noted = "unexpected" in (home.logs / "mesomap.log").read_text(encoding="utf-8")
    tally.found(noted and bool(said) and canary not in said, f"a mistake of the program: “{said}”")


def _commands(root: Path, canary: str, tally: Tally) -> None:
    """The command line shows the name on its output and leaves it nowhere; also when something is wrong."""
    own = {name: str(root / name.lower()) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "TMPDIR")}
    for folder in own.values():
        Path(folder).mkdir(exist_ok=True)
    environment = {**os.environ, **own, "HOME": str(root), "PYTHONPATH": str(_ROOT), "MESOMAP_PASSPHRASE": PASSPHRASE}
    environment["MESOMAP_HOME"] = str(root / "home")
    shown = 0
    for arguments in (["patients"], ["verify"], ["backup"], ["chart", canary, "--out", str(root / "no.pdf")]):
        program = "import sys; from mesomap.app.entry import main; sys.exit(main())"
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], capture_output=True, text=True, env=environment, check=False
        )
        shown += canary in done.stdout
    tally.found(shown > 0, "the command line does not show the name: nothing was tried")


def _look(root: Path, words: list[bytes], when: str, tally: Tally) -> None:
    holding = _holding(root, words)
    tally.found(not holding, f"{when}: {holding}")
    tally.lost += len(holding)


def _forms(word: str) -> list[bytes]:
    """The word in UTF-8 and UTF-16, as it is and in small letters."""
    return [word.encode(), word.lower().encode(), word.encode("utf-16-le")]


def _holding(root: Path, words: list[bytes]) -> list[str]:
    """Files that hold one of the words, or whose name does."""
    found = []
    for path in root.rglob("*"):
        if path.is_file():
            data = path.read_bytes() + b"\0" + os.fsencode(path.name)
            if any(word in data for word in words):
                found.append(path.relative_to(root).as_posix())
    return found


ROW = Row(13, "plaintext leak: canary names and pixels in every file left behind", run)
