"""One more point among many in another program's scatter plot. Run as a program: `pyqtgraph|napari count`.

Prints the least and the median milliseconds from adding the point until it is painted. Needs a display; napari also
OpenGL.
"""

import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

SIZE = (976, 700)
ROUNDS = 15
#: Between two points, s: as the hand does in the rows that this is held against. In one go the processor would be warm.
REST_S = 0.3


def _timed(app: QApplication, add: Callable[[np.ndarray], None], painted: QWidget) -> list[float]:
    dice = np.random.default_rng(2)
    found = []
    for _ in range(ROUNDS):
        place = dice.random(2) * SIZE
        start = time.perf_counter()
        add(place)
        painted.repaint()
        app.processEvents()
        found.append((time.perf_counter() - start) * 1e3)
        _rest()
    return found


def _rest() -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(REST_S * 1e3), loop.quit)
    loop.exec()


def _settle(app: QApplication) -> None:
    for _ in range(30):
        app.processEvents()
        time.sleep(0.02)


def _pyqtgraph(app: QApplication, places: np.ndarray) -> list[float]:
    import pyqtgraph

    plot = pyqtgraph.PlotWidget()
    plot.resize(*SIZE)
    points = pyqtgraph.ScatterPlotItem(pos=places, size=11, pen=pyqtgraph.mkPen("k"), brush=pyqtgraph.mkBrush("b"))
    plot.addItem(points)
    plot.show()
    _settle(app)
    return _timed(app, lambda place: points.addPoints(pos=[place], size=11), plot.viewport())


def _napari(app: QApplication, places: np.ndarray) -> list[float]:
    import napari

    viewer = napari.Viewer(show=False)
    layer = viewer.add_points(places[:, ::-1], size=11, face_color="blue")
    viewer.show()
    _settle(app)
    canvas = viewer.window._qt_viewer.canvas.native
    found = _timed(app, lambda place: layer.add(place[::-1]), canvas)
    viewer.close()
    return found


def main() -> int:
    """Measure one rival."""
    name, count = sys.argv[1], int(sys.argv[2])
    app = QApplication([])
    places = np.random.default_rng(0).random((count, 2)) * SIZE
    found = (_pyqtgraph if name == "pyqtgraph" else _napari)(app, places)
    print(f"{min(found):.3f} {median(found):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
