"""A backup of 20,000 patients and 100,000 sessions, and how long it ever holds the window."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from mesomap.app.application import make_application
from mesomap.services import Practice
from mesomap.ui.background import BesideTheWindow
from tests.benchmarks.large_practice import PASSPHRASE, large_practice
from tests.benchmarks.table import Row


def backup_rows() -> list[Row]:
    """Made beside the window as the program makes it, on a copy of the large practice; the floor copies the bytes."""
    app = make_application()
    with large_practice() as practice:
        root = practice.home.root
    with tempfile.TemporaryDirectory(dir=root.parent) as folder:
        home = Path(folder) / "practice"
        shutil.copytree(root, home)
        floor = _seconds_to_copy(home / "mesomap.db", Path(folder) / "bytes")
        with Practice.open(home, PASSPHRASE) as copy:
            seconds, hold, cpu = _made_beside(copy)
            drill = copy.backups.drill(copy.backups.found()[0].path).seconds if os.environ.get("MESOMAP_DRILL") else 0.0
    del app
    rows = [
        Row("backup of 20,000 patients, 100,000 sessions", seconds * 1e3, 20_000, "copying the bytes", floor * 1e3),
        Row("… processor time of it", cpu * 1e3, None, "copying the bytes", floor * 1e3),
        Row("longest hold of the window meanwhile", hold * 1e3, 100, "", 0.0),
    ]
    return rows if not drill else [*rows, Row("the drill on it", drill * 1e3, None, "", 0.0)]


def _seconds_to_copy(source: Path, target: Path) -> float:
    start = time.perf_counter()
    shutil.copyfile(source, target)
    with target.open("rb+") as stream:
        os.fsync(stream.fileno())
    return time.perf_counter() - start


def _made_beside(practice: Practice) -> tuple[float, float, float]:
    """Seconds of the backup, the longest time without a beat of the window's thread, and processor seconds."""
    beside = BesideTheWindow()
    last, longest, over = [time.perf_counter()], [0.0], [False]

    def beat() -> None:
        now = time.perf_counter()
        longest[0], last[0] = max(longest[0], now - last[0]), now

    def failed(error: Exception) -> None:
        raise error

    timer = QTimer(interval=5)
    timer.timeout.connect(beat)
    timer.start()
    start, cpu = time.perf_counter(), time.process_time()
    beside.run(practice.backups.make, done=lambda _made: over.__setitem__(0, True), failed=failed)
    while not over[0]:
        loop = QEventLoop()
        QTimer.singleShot(50, loop.quit)
        loop.exec()
    timer.stop()
    return time.perf_counter() - start, longest[0], time.process_time() - cpu
