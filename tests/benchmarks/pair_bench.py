"""Two photographs of 12 megapixels under the hand: slider, zoom, places set and dragged, all by real events.

`python -m tests.benchmarks.pair_bench` prints the rows as JSON: the screen of two pixels per point is measured in a
process of its own (QT_SCALE_FACTOR=2).
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from mesomap.app.application import make_application
from mesomap.photos.beside import PhotoWorker
from mesomap.photos.fit import fit_of, similarity
from mesomap.ui.photos.pair_pane import PairPane
from mesomap.ui.photos.pair_pictures import Levels, PairWork, images
from mesomap.ui.photos.pair_view import Mode, PairView
from mesomap.ui.photos.pairs_dialog import PairsDialog
from tests.benchmarks.photo_pairs import WHOLE_PX, skin
from tests.benchmarks.table import Row, best_ms

#: How the second photo lies: turned, farther, moved.
_TURN_DEG, _SCALE = 8.0, 0.9
_PLACES = 10
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def pair_rows() -> list[Row]:
    """At this scale of the screen, then at twice of it."""
    environment = {**os.environ, "QT_SCALE_FACTOR": "2"}
    program = [sys.executable, "-m", "tests.benchmarks.pair_bench"]
    done = subprocess.run(program, capture_output=True, text=True, env=environment, check=True)
    return [*measured(), *(Row(**row) for row in json.loads(done.stdout.splitlines()[-1]))]


def measured() -> list[Row]:
    """Everything at the scale of this process."""
    app = make_application()
    shots = _shots()
    rows = [*_view_rows(shots), *_hand_rows(shots)]
    times = app.primaryScreen().devicePixelRatio()
    return [Row(f"{row.name}, {times:g}×", row.ms, row.goal_ms, row.rival, row.rival_ms) for row in rows]


@dataclass(frozen=True)
class _Shots:
    """Both as the window gets them; matrix: places of the first on the second."""

    first: Levels
    second: Levels
    matrix: NDArray[np.float64]


def _shots() -> _Shots:
    whole = skin(2, WHOLE_PX, 60)
    matrix = np.asarray(cv2.getRotationMatrix2D((WHOLE_PX[0] / 2, WHOLE_PX[1] / 2), _TURN_DEG, _SCALE), np.float64)
    turned = np.asarray(cv2.warpAffine(whole, matrix, WHOLE_PX, borderValue=120.0), np.uint8)
    with PhotoWorker() as worker:
        levels = [images(worker.levels(cv2.imencode(".jpg", one)[1].tobytes(), 1, WHOLE_PX)) for one in (whole, turned)]
    return _Shots(levels[0], levels[1], matrix)


def frame_ms(work: Callable[[int], None], count: int = 40) -> float:
    """Median processor ms, of all threads, from an event until everything is painted."""
    took = []
    for step in range(count):
        start = time.process_time()
        work(step)
        QApplication.processEvents()
        took.append(time.process_time() - start)
    return sorted(took)[count // 2] * 1e3


def _view_rows(shots: _Shots) -> list[Row]:
    view = PairView()
    view.resize(1240, 640)
    view.show_pictures(shots.first, shots.second)
    view.show()
    target = QImage(view.size() * view.devicePixelRatioF(), QImage.Format.Format_RGB32)
    plain = best_ms(lambda: target.fill(0), times=5)
    rows = []
    for mode, name in ((Mode.SLIDER, "slider"), (Mode.SIDE_BY_SIDE, "side by side"), (Mode.OPACITY, "opacity")):
        view.choose_mode(mode)
        view.fit()
        QApplication.processEvents()
        if mode is Mode.SLIDER:
            mouse(view, QEvent.Type.MouseButtonPress, QPointF(620, 320))
            ms = frame_ms(lambda step: mouse(view, QEvent.Type.MouseMove, QPointF(300 + 15 * step, 320)))
            mouse(view, QEvent.Type.MouseButtonRelease, QPointF(620, 320))
            rows.append(Row("slider moved on 12 MP, a frame", ms, 16, "filling the widget", plain))
        ms = frame_ms(lambda step: wheel(view, QPointF(400, 300), 60 if step < 20 else -60))
        rows.append(Row(f"zoomed on 12 MP, {name}, a frame", ms, 16, "filling the widget", plain))
        view.zoom_by(3.0)
        QApplication.processEvents()
        # Beside the slider, so that the photo is what is moved.
        mouse(view, QEvent.Type.MouseButtonPress, QPointF(200, 200))
        ms = frame_ms(lambda step: mouse(view, QEvent.Type.MouseMove, QPointF(200 + 3 * step, 200 + step)))
        mouse(view, QEvent.Type.MouseButtonRelease, QPointF(300, 240))
        rows.append(Row(f"moved on 12 MP, {name}, a frame", ms, 16, "filling the widget", plain))
    view.close()
    return rows


class _Work(PairWork):
    """Stands for what reads both photos: they are there."""

    def __init__(self, shots: _Shots) -> None:
        object.__setattr__(self, "_shots", shots)

    _shots: _Shots

    def apart(self) -> tuple[Levels, Levels]:
        """Both upright, each in its own frame."""
        return self._shots.first, self._shots.second


def _hand_rows(shots: _Shots) -> list[Row]:
    """Ten places set by the mouse where the photos tell; the error of the fit where each of them truly is."""
    dialog = PairsDialog(_Work(shots), None, ("before", "after"))
    dialog.resize(1200, 820)
    dialog.show()
    while not dialog.before.ready or not dialog.after.ready:
        QApplication.processEvents()
    chance = np.random.default_rng(9)
    # Spread, so that no tap takes the place beside it.
    first = np.array([(900 + 440 * (row % 5), 800 + 1300 * (row // 5)) for row in range(_PLACES)], float)
    first += chance.uniform(-150, 150, first.shape)
    second = first @ shots.matrix[:, :2].T + shots.matrix[:, 2]
    rows = []
    for nearer, name in ((0, "whole photo seen"), (6, "looked at nearer")):
        for pane, places in ((dialog.before, first), (dialog.after, second)):
            pane.places.clear()
            for place in places:
                _set(pane, QPointF(*place), nearer)
        assert dialog.fit is not None
        errors = np.linalg.norm(dialog.fit.apply(second) - first, axis=1)
        print(f"{len(dialog.pairs())} places set by hand, {name}; the dialog says: {dialog.said.text()}")
        median, worst = float(np.median(errors)), float(errors.max())
        rows.append(Row(f"error at the landmarks in px, {name}: median", median, 3, "the worst", worst))
    held = dialog.after.on_screen(dialog.after.places[3])
    mouse(dialog.after, QEvent.Type.MouseButtonPress, held)
    ms = frame_ms(lambda step: mouse(dialog.after, QEvent.Type.MouseMove, held + QPointF(step % 20, step % 7)))
    mouse(dialog.after, QEvent.Type.MouseButtonRelease, held)
    source, target = second * 1.0, first * 1.0
    solved = best_ms(lambda: fit_of(similarity(source, target)), times=5, each=20)
    rows.append(Row("a place dragged on 12 MP: fit and both photos", ms, 16, "the fit alone", solved))
    dialog.close()
    return rows


def _set(pane: PairPane, place: QPointF, nearer: int) -> None:
    """As a person does: look nearer there, tap the pixel of the screen that is nearest, look at the whole again."""
    for _ in range(nearer):
        wheel(pane, pane.on_screen(place), 120)
    at = QPointF(pane.on_screen(place).toPoint())
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        mouse(pane, kind, at)
    for _ in range(nearer):
        wheel(pane, at, -120)
    QApplication.processEvents()


def mouse(widget: QWidget, kind: QEvent.Type, at: QPointF) -> None:
    """The left button pressed, moved or let go."""
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else _LEFT
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else _LEFT
    QApplication.sendEvent(widget, QMouseEvent(kind, at, QPointF(widget.mapToGlobal(at)), button, held, _NONE))


def wheel(widget: QWidget, at: QPointF, turn: int) -> None:
    """The wheel turned at a place of the widget."""
    buttons, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, QPointF(widget.mapToGlobal(at)), QPoint(), QPoint(0, turn), buttons, _NONE, phase, False)
    QApplication.sendEvent(widget, event)


if __name__ == "__main__":
    rows = measured()
    print(json.dumps([asdict(row) for row in rows]))
