"""Numbers of single taps beside their symbols, as the list of marks numbers them: none hides a symbol or another."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from mesomap.printing.clusters import Cluster
from mesomap.printing.sheet import INK, UNITS, Weight, paper_font, text_width
from mesomap.render.context import RenderContext

_SIZE_PT = 5.5
#: Half the height of a number and half the room of a symbol, points.
_HALF_PT, _SYMBOL_PT = 2.4, 3.6
#: More taps than this in a cluster: every tenth is numbered, the first and the last.
_ALL_UP_TO, _STEP = 12, 10
#: Where a number may stand beside its symbol, the first choice first: right (1) or left, below (1) or above.
_TRIES = ((1, -1), (1, 1), (-1, -1), (-1, 1))


def draw_point_numbers(painter: QPainter, context: RenderContext, clusters: Sequence[Cluster], frame: QRectF) -> None:
    """Number the taps of these clusters wherever a number stands free inside the frame."""
    symbols = [context.to_px(cluster.points) for cluster in clusters]
    every = np.concatenate(symbols) if symbols else np.empty((0, 2))
    taken = np.empty((0, 4))
    halo = QPen(QColor("#FFFFFF"), 1.6 * UNITS)
    halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    font = paper_font(_SIZE_PT, Weight.STRONG)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for cluster, places in zip(clusters, symbols, strict=True):
        for number, (x, y) in _numbered(cluster, places):
            box = _free_box(str(number), x, y, every, taken, frame)
            if box is None:
                continue
            taken = np.vstack([taken, (box.left(), box.top(), box.right(), box.bottom())])
            path = QPainterPath()
            path.addText(QPointF(box.left(), box.bottom() - 0.4 * UNITS), font, str(number))
            painter.strokePath(path, halo)
            painter.setFont(font)
            painter.setPen(QColor(INK.text))
            painter.drawText(QPointF(box.left(), box.bottom() - 0.4 * UNITS), str(number))
    painter.restore()


def _numbered(cluster: Cluster, places: npt.NDArray[np.float64]) -> list[tuple[int, list[float]]]:
    """The taps of a cluster that get their number, with their places in painter units."""
    taps = [(number, at) for number, at in zip(cluster.tap_numbers, places.tolist(), strict=True) if number]
    if len(taps) <= _ALL_UP_TO:
        return taps
    last = len(taps) - 1
    return [tap for turn, tap in enumerate(taps) if turn in (0, last) or (tap[0] % _STEP == 0 and turn < last)]


def _free_box(
    text: str, x: float, y: float, symbols: npt.NDArray[np.float64], taken: npt.NDArray[np.float64], frame: QRectF
) -> QRectF | None:
    """A box beside the place (painter units) that lies on no symbol and no number; None when there is none."""
    half = text_width(text, _SIZE_PT, Weight.STRONG) * UNITS / 2
    tall, away = _HALF_PT * UNITS, _SYMBOL_PT * UNITS
    for right, down in _TRIES:
        cx, cy = x + right * (away + half), y + down * (tall + 0.5 * UNITS)
        box = QRectF(cx - half, cy - tall, 2 * half, 2 * tall)
        near = (np.abs(symbols[:, 0] - cx) < half + 0.75 * away) & (np.abs(symbols[:, 1] - cy) < tall + 0.75 * away)
        # Its own symbol lies beside it by construction.
        mine = (np.abs(symbols[:, 0] - x) < 1e-6) & (np.abs(symbols[:, 1] - y) < 1e-6)
        hit = (
            (taken[:, 0] < box.right()) & (taken[:, 2] > box.left())
            & (taken[:, 1] < box.bottom()) & (taken[:, 3] > box.top())
        )  # fmt: skip
        if not bool((near & ~mine).any()) and not bool(hit.any()) and frame.contains(box):
            return box
    return None
