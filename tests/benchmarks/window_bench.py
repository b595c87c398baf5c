"""The charting window under the hand: 10,000 marks in one view, and one more."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from mesomap.app.application import make_application
from mesomap.app.offscreen_drive import WindowDriver
from mesomap.atlas import Atlas, SkinArray, open_atlas
from mesomap.domain.place import SkinPoint
from mesomap.services import Practice
from mesomap.ui.desk import Desk
from mesomap.ui.main_window import MainWindow
from tests.benchmarks.a_practice import a_practice, a_session, places_in
from tests.benchmarks.first_frame import FirstFrame
from tests.benchmarks.table import Row
from tests.benchmarks.window_holds import hold_rows

COUNT = 10_000
VIEW = "head_front"
_TAPS = 15


class Hand:
    """A hand on an open session of so many marks; every event is a real one."""

    def __init__(self, practice: Practice, atlas: Atlas, points: list[SkinPoint]) -> None:
        self.app = QApplication.instance()
        self.session_id = a_session(practice, atlas, points).id
        desk = Desk(practice.home.root, open_body=lambda *_which: atlas)
        desk.take(practice)
        self.window = MainWindow(desk)
        # as the program does once it is loaded
        self.window.sweeper.on = True
        self.window.sweeper.settle()
        self.window.resize(1440, 900)
        self.window.show()
        self.atlas = atlas
        self.open(ahead=False)
        self.page.model.choose_technique("papule")
        self.page.model.choose_value("depth_mm", 2.0)
        self.page.model.choose_value("volume_ml", 0.02)
        self.rest()

    def open(self, *, ahead: bool) -> float:
        """Open the session from the patient list; the ms until its first frame with all marks is painted.

        ahead: as the program does it, on a page that was made while the list was shown; else on one made only then.
        """
        self.window.spare.on = ahead
        self.window.show_patients()
        self.rest(1.0)
        while ahead and not self.window.spare.is_ready:
            self.rest(0.2)
        frame, start = FirstFrame(self.window), time.perf_counter()
        self.window.open_session(self.session_id)
        took = (frame.wait() - start) * 1e3
        self.page = WindowDriver(self.window).page
        self.canvas = self.page.canvas
        self.rest()
        return took

    def rest(self, seconds: float = 1.5) -> None:
        """Let everything that is under way come home, in an event loop as the program's."""
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1e3), loop.quit)
        loop.exec()

    def place_of(self, point: SkinPoint) -> QPointF:
        """Where a skin point lies on the canvas."""
        x, y = self.atlas.project(VIEW, SkinArray.of([point])).xy[0].tolist()
        return self.canvas.context().point_px(x, y)

    def mouse(self, kind: QEvent.Type, at: QPointF) -> None:
        """One mouse event, and everything that it brings about at once."""
        QApplication.sendEvent(self.canvas, self._event(kind, at))
        QApplication.processEvents()

    def tap(self, at: QPointF) -> None:
        """A tap as a hand does it, its events in the event loop's own queue: down for a moment, up, and a rest."""
        for kind, seconds in ((QEvent.Type.MouseButtonPress, 0.08), (QEvent.Type.MouseButtonRelease, 0.25)):
            self.post(kind, at)
            self.rest(seconds)

    def post(self, kind: QEvent.Type, at: QPointF) -> None:
        """One mouse event, in the event loop's own queue."""
        self.touch()
        QApplication.postEvent(self.canvas, self._event(kind, at))

    def touch(self) -> None:
        """What the screen or the keys would tell the window: somebody is there. Events of a Hand go to the canvas."""
        self.window.guard.watch.touch()

    def _event(self, kind: QEvent.Type, at: QPointF) -> QMouseEvent:
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else left
        button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else left
        return QMouseEvent(kind, at, QPointF(self.canvas.mapToGlobal(at)), button, held, none)

    def close(self) -> None:
        """Close the window for good: one that is only closed would go on looking for garbage now and then."""
        self.window.close()
        self.window.deleteLater()
        self.rest(0.2)


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def window_rows() -> list[Row]:
    """Pen down, pen up, repaint, pan and zoom with 10,000 marks; the longest hold with 2,000 in one region."""
    app = make_application()
    atlas = open_atlas()
    points = places_in(atlas, VIEW, COUNT + 2 * _TAPS)
    with a_practice() as practice:
        hand = Hand(practice, atlas, points[:COUNT])
        rows = [*_tap_rows(hand, points[COUNT:]), *_look_rows(hand)]
        hand.close()
    with a_practice() as practice:
        hand = Hand(practice, atlas, points[:2000])
        ours, afresh = (sorted(hand.open(ahead=ahead) for _ in range(5))[2] for ahead in (True, False))
        rows.append(Row("open a session of 2,000 marks", ours, 60, "on a page made only then", afresh))
        rows += hold_rows(hand, points[2000:2010])
        hand.close()
    del app
    return rows


def _tap_rows(hand: Hand, points: list[SkinPoint]) -> list[Row]:
    down, up = [], []
    for point in points[:_TAPS]:
        at = hand.place_of(point)
        down.append(_ms(partial(hand.mouse, QEvent.Type.MouseButtonPress, at)))
        up.append(_ms(partial(hand.mouse, QEvent.Type.MouseButtonRelease, at)))
        hand.rest(0.3)
    name = f"pen down → painted, {COUNT:,} marks in the view"
    rows = [
        Row(name, sorted(down)[_TAPS // 2], 8, f"one more point painted in {rival}", _rival_ms(rival))
        for rival in ("pyqtgraph", "napari")
    ]
    return [*rows, Row("pen up → recorded on disk and painted", sorted(up)[_TAPS // 2], None, "", 0.0)]


def _look_rows(hand: Hand) -> list[Row]:
    canvas = hand.canvas

    def repaint() -> None:
        hand.page.model.overlays_changed.emit()
        canvas.repaint()

    def pan() -> None:
        canvas.gestures.panned.emit(QPointF(3, 2))
        QApplication.processEvents()

    def zoom() -> None:
        canvas.zoom_by(1.02)
        QApplication.processEvents()

    found = []
    for name, work in (("full repaint", repaint), ("pan", pan), ("zoom", zoom)):
        hand.rest(0.8)
        took = sorted(_ms(work) for _ in range(9))
        found.append(Row(f"{name}, {COUNT:,} marks", took[4], 16, "", 0.0))
    found.append(Row("… until every layer, painted beside, is there", _until_fresh(hand, repaint), None, "", 0.0))
    return found


def _until_fresh(hand: Hand, repaint: Callable[[], None]) -> float:
    """Median ms from a change of everything that shows until all of it is painted anew and on the canvas."""
    canvas, took = hand.canvas, []
    for _ in range(5):
        hand.rest(0.8)
        start = time.perf_counter()
        repaint()
        while not canvas.is_fresh():
            hand.rest(0.001)
        canvas.repaint()
        took.append((time.perf_counter() - start) * 1e3)
    return sorted(took)[2]


def _rival_ms(name: str) -> float:
    """Median ms of one more point among as many in a rival; 0 when it is not installed or finds no display."""
    program = [sys.executable, str(Path(__file__).with_name("rival_scatter.py")), name, str(COUNT)]
    screen = shutil.which("xvfb-run")
    environment = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
    if screen is None:
        print(f"{name}: not run, there is no xvfb-run", file=sys.stderr)
        return 0.0
    done = subprocess.run(
        [screen, "-a", "-s", "-screen 0 1600x1000x24", *program], capture_output=True, text=True, env=environment
    )
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
        print(f"{name}: not run ({reason[0]})", file=sys.stderr)
        return 0.0
    return float(done.stdout.split()[-1])
