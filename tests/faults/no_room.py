"""Row 4: no room for the database, a photo, a backup, an export, a PDF."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from mesomap.atlas import open_atlas
from mesomap.services import Practice
from mesomap.services.session_files import import_session
from mesomap.storage import Home, restore_backup
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import PASSPHRASE, lack_room
from tests.faults.gestures import photos_before
from tests.faults.practices import copied, count_what_is_left, new_home
from tests.faults.processes import Child
from tests.records import CHEAP

_MARKS = 4
_ROOT = Path(__file__).parents[2]


def run(ground: Ground) -> Tally:
    """Files may not grow beyond a size of chance, as on a full disk; then there is room again."""
    tally = Tally()
    fresh = new_home(ground.place("fresh"), marks=_MARKS)
    for _ in range(ground.rounds(3, 150)):
        tally.rounds += 1
        home = copied(fresh, ground.place("home"))
        child = Child(lack_room, str(home.root), ground.chance.randint(20_000, 200_000))
        said = child.rest()
        child.end()
        (saved, trouble), no_photo, (no_backup, why), (last, made) = said
        tally.found("not saved" in trouble or "not written" in trouble, f"database: {trouble}")
        tally.found("was not written" in no_photo or "cannot be written" in no_photo, f"photo: {no_photo}")
        tally.found(not no_backup and bool(why), f"backup: {no_backup} {why}")
        tally.found(last == "saved" and [path.name for path in home.backups.iterdir()] == [made], "with room again")
        tally.acknowledged += saved + 1 - _MARKS
        count_what_is_left(home, saved + 1, tally, photos=photos_before(saved + 1) + 1)
        to = ground.place("to")
        restore_backup(home.backups / made, to, PASSPHRASE)
        count_what_is_left(Home(to), saved + 1, tally, photos=photos_before(saved + 1) + 1)
    _files_out(ground, tally)
    return tally


def _files_out(ground: Ground, tally: Tally) -> None:
    """Session file and PDF by the program itself: said, an older file kept, nothing half-written."""
    home = ground.place("practice")
    with Practice.create(home, PASSPHRASE, cost=CHEAP) as practice:
        example = _ROOT / "docs" / "examples" / "mesolift.json"
        import_session(practice, open_atlas(), example)
    done: list[tuple[str, Path, int]] = []
    for command, name in (("export", "session.json"), ("chart", "chart.pdf")):
        out = ground.place(name)
        assert _program(home, None, command, "1", "--out", str(out)).returncode == 0
        done.append((command, out, out.stat().st_size))
    for _ in range(ground.rounds(1, 15)):
        for command, out, size in done:
            tally.rounds += 1
            before = out.read_bytes()
            room = ground.chance.randint(1, size - 1)
            ended = _program(home, room, command, "1", "--out", str(out))
            kept = out.read_bytes() == before
            beside = [path.name for path in out.parent.iterdir() if path.name.startswith((".", out.name + "."))]
            said = ended.returncode == 3 and len(ended.stderr.strip().splitlines()) >= 1
            tally.found(said and kept and not beside, f"{command} {room}: {ended.returncode} {ended.stderr} {beside}")
    command, out, size = done[0]
    naive = ground.place("naive.json")
    cut = subprocess.run(
        [sys.executable, "-c", f"open({str(naive)!r}, 'wb').write(bytes({size}))"],
        capture_output=True, preexec_fn=_limit(size // 2), check=False,
    )  # fmt: skip
    half = naive.exists() and 0 < naive.stat().st_size < size
    tally.control = f"a plain open and write leaves {naive.stat().st_size} of {size} bytes (exit {cut.returncode})"
    tally.control_failed = half


def _limit(room: int | None) -> Callable[[], None] | None:
    if room is None:
        return None

    def lower() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    return lower


def _program(home: Path, room: int | None, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "MESOMAP_HOME": str(home), "MESOMAP_PASSPHRASE": PASSPHRASE, "PYTHONPATH": str(_ROOT)}
    environment["QT_QPA_PLATFORM"] = "offscreen"
    command = [sys.executable, "-c", "import sys; from mesomap.app.entry import main; sys.exit(main())", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=_ROOT, preexec_fn=_limit(room), check=False
    )


ROW = Row(4, "disk full for database, photo, backup, export, PDF", run)
