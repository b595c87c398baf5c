"""A patient of forty visits and two hundred photographs: until the page is painted, and what follows it."""

import gc
import io
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import time
from datetime import timedelta

import numpy as np
from PIL import Image
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from mesomap.app.application import make_application
from mesomap.atlas import Atlas, open_atlas
from mesomap.domain.clock import now
from mesomap.domain.marks import Dose, Origin
from mesomap.services import ChartingService, Practice
from mesomap.services.photo_album import PhotoAlbum, prepare_here
from mesomap.ui.desk import Desk
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.patient import PatientPage
from tests.benchmarks.a_practice import a_practice, places_in
from tests.benchmarks.intake_bench import Beat, own_copy, rest
from tests.benchmarks.photo_pairs import skin
from tests.benchmarks.table import Row

VISITS, PHOTOS, POINTS = 40, 200, 90
_VIEWS = ("head_front", "trunk_back", "body_front")


def history_rows() -> list[Row]:
    """The overview and the photos, each opened first and once more; the longest hold while small pictures come."""
    app = make_application()
    atlas = open_atlas()
    with a_practice() as practice:
        _record(practice, atlas)
        rows = _opened(practice, atlas)
    del app
    return rows


def _record(practice: Practice, atlas: Atlas) -> None:
    patient_id = practice.patients()[0].id
    places = {key: places_in(atlas, key, POINTS) for key in _VIEWS}
    for number in range(VISITS):
        session = practice.new_session(patient_id, atlas, indication=f"Visit {number + 1}")
        charting = ChartingService(practice, atlas, session.id)
        for row, technique in enumerate(("papule", "point_by_point", "sim_intradermal")):
            chosen = places[_VIEWS[(number + row) % 3]][row * 30 : row * 30 + 30]
            charting.place(chosen, Dose(technique=technique, mixture="ABC"[row], depth_mm=2.0), 0.02, Origin.BRUSH)
    stream = io.BytesIO()
    Image.fromarray(np.repeat(skin(4, (1600, 1200), 60)[..., None], 3, axis=2)).save(stream, "JPEG", quality=88)
    album = PhotoAlbum(practice, patient_id)
    for number in range(PHOTOS):
        taken = now() - timedelta(days=PHOTOS - number)
        data = own_copy("JPEG", stream.getvalue(), number)
        album.enter(prepare_here(practice.photo_files, patient_id, data, f"{number:03d}.jpg", taken), "front")


def _opened(practice: Practice, atlas: Atlas) -> list[Row]:
    gc.freeze()
    desk = Desk(practice.home.root, open_body=lambda *_which: atlas)
    desk.take(practice)
    window = MainWindow(desk)
    window.resize(1440, 900)
    window.show()
    rest(2000)
    patient_id = practice.patients()[0].id
    rows = []
    for tab, name in (("overview", f"page of {VISITS} visits"), ("photos", f"list of {PHOTOS} photos")):
        took = []
        for _turn in range(3):
            window.show_patients()
            rest(800)
            frame, wall, work = Frame(window), time.perf_counter(), time.thread_time()
            window.records.open_patient(patient_id, tab)
            frame.wait()
            took.append((frame.worked - work, frame.at - wall))
            follow = Beat()
            follow.begin()
            rest(4000)
            follow.end()
            print(
                f"{name}, {'first' if not _turn else 'again'}: painted after {took[-1][1] * 1e3:.0f} ms "
                f"({took[-1][0] * 1e3:.0f} ms of work); then held {follow.longest:.0f} ms at most "
                f"({follow.busiest:.0f} ms of work in one go)"
            )
        rows.append(Row(f"{name}, painted (work of the window)", took[0][0] * 1e3, 200, "once more", took[-1][0] * 1e3))
        rows.append(Row(f"{name}, painted (clock)", took[0][1] * 1e3, 200, "once more", took[-1][1] * 1e3))
    page = window.records.page
    assert isinstance(page, PatientPage)
    window.close()
    return rows


class Frame(QObject):
    """Made before a page is opened; wait() until the frame that shows it is through. at, worked: when, on the clock and
    in processor time of the window's thread.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.at = self.worked = 0.0
        self._window, self._within = window, False
        self._frames: list[QObject] = [window, window.windowHandle()]
        for frame in self._frames:
            frame.installEventFilter(self)

    def wait(self) -> None:
        """Let the window work until the page is painted."""
        while not self.at:
            QApplication.processEvents()
        for frame in self._frames:
            frame.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A frame is painted, whole, within its UpdateRequest."""
        if event.type() != QEvent.Type.UpdateRequest or self._within:
            return False
        self._within = True
        watched.event(event)
        self._within = False
        page = self._window.records.page
        if not self.at and isinstance(page, PatientPage) and page.isVisible():
            self.at, self.worked = time.perf_counter(), time.thread_time()
        return True
