"""Fifty photographs of 12 megapixels taken in through the window: JPEG, HEIC, PNG, TIFF, WebP, one of them damaged."""

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import io
import struct
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pillow_heif
from PIL import Image
from PySide6.QtCore import QEventLoop, QTimer

from mesomap.app.application import make_application
from mesomap.atlas import open_atlas
from mesomap.services import Practice
from mesomap.ui.desk import Desk
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.patient import PatientPage
from mesomap.ui.photos.tab import PatientPhotos
from tests.benchmarks.a_practice import a_practice
from tests.benchmarks.photo_pairs import WHOLE_PX, skin
from tests.benchmarks.table import Row, best_ms

COUNT = int(os.environ.get("MESOMAP_PHOTOS", "50"))
_KINDS = ("JPEG", "HEIF", "PNG", "TIFF", "WEBP")
_BEAT_MS = 5


def intake_rows() -> list[Row]:
    """Time for each, the longest hold of the window, and the memory that came and stayed; counts are printed."""
    app = make_application()
    pillow_heif.register_heif_opener()
    with tempfile.TemporaryDirectory() as folder, a_practice() as practice:
        whole = _coded()
        files = _write(Path(folder), whole)
        rows = _take(practice, files)
        for kind, data in {**whole, "HEIF in tiles": _coded_in_tiles(whole["TIFF"])}.items():
            rows += _alone(kind, data)
    del app
    return rows


def _coded() -> dict[str, bytes]:
    """One photograph of generated skin in every kind."""
    grey = Image.fromarray(skin(1, WHOLE_PX, 60))
    picture = Image.merge("RGB", [grey, grey.point(lambda value: value * 0.8), grey.point(lambda value: value * 0.7)])
    how: dict[str, dict[str, object]] = {
        "JPEG": {"quality": 92}, "HEIF": {"quality": 80}, "PNG": {"compress_level": 1}, "TIFF": {},
        "WEBP": {"method": 0},
    }  # fmt: skip
    found = {}
    for kind in _KINDS:
        stream = io.BytesIO()
        picture.save(stream, kind, **how[kind])
        found[kind] = stream.getvalue()
    return found


def _coded_in_tiles(tiff: bytes) -> bytes:
    """HEIC as telephones write it: tiles of 512 pixels, which are decoded beside each other."""
    stream = io.BytesIO()
    with Image.open(io.BytesIO(tiff)) as picture:
        picture.save(stream, "HEIF", quality=80, tile_size=512)
    return stream.getvalue()


def _write(folder: Path, whole: dict[str, bytes]) -> list[Path]:
    """COUNT files, no two the same, the kinds one after the other; the middle one is cut off."""
    files = []
    for number in range(COUNT):
        kind = _KINDS[number % len(_KINDS)]
        data = own_copy(kind, whole[kind], number)
        if number == COUNT // 2:
            data = data[: len(data) // 3]
        files.append(folder / f"{number:02d}.{'heic' if kind == 'HEIF' else kind.lower()}")
        files[-1].write_bytes(data)
    return files


def own_copy(kind: str, data: bytes, number: int) -> bytes:
    """The same picture with a number in it where the kind lets one stand."""
    word = f"number {number:06d}".encode()
    if kind == "JPEG":
        return data[:2] + b"\xff\xfe" + struct.pack(">H", len(word) + 2) + word + data[2:]
    if kind == "PNG":
        chunk = b"tEXt" + b"Comment\0" + word
        whole = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        return data[:-12] + whole + data[-12:]
    if kind == "HEIF":
        return data + struct.pack(">I4s", 8 + len(word), b"free") + word
    if kind == "WEBP":
        word += b"\0" * (len(word) & 1)
        more = struct.pack("<4sI", b"note", len(word)) + word
        return data[:4] + struct.pack("<I", len(data) - 8 + len(more)) + data[8:] + more
    return data + word


def _take(practice: Practice, files: list[Path]) -> list[Row]:
    """Through the window of the program, in an event loop as its own; a timer tells how long it was held."""
    tab, window = _tab(practice)
    rest(2000)
    beat = Beat()
    moves: list[int] = []
    peaks = [0, 0]
    memory = _resident(os.getpid())

    def moved(done: int, _count: int) -> None:
        moves.append(done)
        peaks[0] = max(peaks[0], _resident(os.getpid()) - memory)
        peaks[1] = max(peaks[1], _resident(tab.worker.process_id))

    tab.intake.moved.connect(moved)
    loop = QEventLoop()
    tab.intake.over.connect(lambda *_what: QTimer.singleShot(1500, loop.quit))
    beat.begin()
    start, used = time.perf_counter(), time.process_time()
    tab.intake.over.connect(lambda *_what: moves.append(-round((time.perf_counter() - start) * 1e3)))
    tab.take_in(files)
    loop.exec()
    took, own = -moves[-1], (time.process_time() - used) * 1e3
    beat.end()
    photos, said = len(tab.album.photos()), tab.side.said.text().splitlines()
    print(f"{photos} of {len(files)} taken in, progress told {len(moves) - 2} times; said: {said[-1]}")
    holds = ", ".join(f"{ms:.0f}" for ms in sorted(beat.holds, reverse=True))
    print(f"holds of the window over 50 ms: {holds or 'none'}")
    print(f"memory beyond the start: window {peaks[0] >> 20} MB at most, worker {peaks[1] >> 20} MB in all at most")
    window.close()
    return [
        Row("taking in, each (clock)", took / len(files), 600, "processor of the window", own / len(files)),
        Row("longest hold of the window meanwhile", beat.longest, 100, "its own work in one go", beat.busiest),
    ]


def _tab(practice: Practice) -> tuple[PatientPhotos, MainWindow]:
    atlas = open_atlas()
    gc.freeze()
    desk = Desk(practice.home.root, open_body=lambda *_which: atlas)
    desk.take(practice)
    window = MainWindow(desk)
    window.resize(1440, 900)
    window.show()
    window.records.open_patient(practice.patients()[0].id, "photos")
    page = window.records.page
    assert isinstance(page, PatientPage)
    tab = page.tab("photos")
    assert isinstance(tab, PatientPhotos)
    return tab, window


class Beat:
    """A timer of 5 ms. longest and holds: how long it was kept waiting beyond that, ms; busiest: most that the window's
    thread worked between two beats, ms of processor time, which other programs do not lengthen.
    """

    def __init__(self) -> None:
        self.longest, self.busiest, self.holds = 0.0, 0.0, list[float]()
        self._last = self._worked = 0.0
        self._timer = QTimer(interval=_BEAT_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """Watch from now on."""
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start()

    def end(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        held = (now - self._last) * 1e3 - _BEAT_MS
        self._last = now
        self.longest = max(self.longest, held)
        worked = time.thread_time()
        self.busiest, self._worked = max(self.busiest, (worked - self._worked) * 1e3), worked
        if held > 50:
            self.holds.append(held)


def rest(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _resident(process_id: int | None) -> int:
    """Bytes of memory that a process holds, 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{process_id}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def _alone(kind: str, data: bytes) -> list[Row]:
    """One picture in this process, beside merely decoding it: processor time of all threads, and by the clock."""
    from mesomap.photos.taking import take_in

    def decode() -> None:
        Image.open(io.BytesIO(data)).load()

    def take() -> None:
        take_in(data)

    name = f"taking in 12 MP {kind.replace('HEIF', 'HEIC')}"
    return [
        Row(name, best_ms(take, times=2), 600, "decoding it", best_ms(decode, times=2)),
        Row("the same by the clock", _clock_ms(take), 600, "decoding it", _clock_ms(decode)),
    ]


def _clock_ms(work: Callable[[], None]) -> float:
    """The shortest of several; beside other programs longer than alone."""
    found = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found) * 1e3
