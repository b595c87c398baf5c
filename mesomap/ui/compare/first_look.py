"""Where a map looks first: at what was treated, as large as it goes with some skin around it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, QSizeF

from mesomap.atlas import Atlas
from mesomap.render.marks_in_view import ViewScene
from mesomap.ui.canvas.viewport import Viewport, whole_view

#: Free beside (side letters), above and below a fitted view, px.
_EDGES_PX = (52.0, 10.0, 8.0)
#: Skin around what was treated, as a share of it and at least, mm; and how near a first look goes at most.
_AROUND, _LEAST_MM, _NEAREST = 0.12, 12.0, 3.0
#: Not worth leaving out a part of the body for.
_WORTH = 1.15


def whole_look(atlas: Atlas, view_key: str) -> Viewport:
    """The whole view; no card floats over these maps."""
    return replace(whole_view(atlas, view_key), edges=_EDGES_PX)


def treated_look(atlas: Atlas, view_key: str, scenes: Sequence[ViewScene], room: QSizeF) -> Viewport:
    """All that these visits have in a view, near; the whole view where there is nothing, or nothing to be won. room:
    size of the map, px.
    """
    whole = whole_look(atlas, view_key)
    box = QRectF()
    for scene in scenes:
        box = box.united(_treated_box(scene))
    if box.isEmpty():
        return whole
    x0, y0, x1, y1 = atlas.view(view_key).box_mm
    around = [max(_LEAST_MM, _AROUND * length) for length in (box.width(), box.height())]
    box = box.adjusted(-around[0], -around[1], around[0], around[1])
    wide, high = max(room.width() - 2 * _EDGES_PX[0], 1.0), max(room.height() - _EDGES_PX[1] - _EDGES_PX[2], 1.0)
    fitted = min(wide / (x1 - x0), high / (y1 - y0))
    zoom = min(wide / box.width() / fitted, high / box.height() / fitted, _NEAREST)
    if zoom < _WORTH:
        return whole
    return replace(whole, zoom=zoom, centre_mm=(box.center().x(), box.center().y()))


def _treated_box(scene: ViewScene) -> QRectF:
    """Around all that shows, view mm; empty when nothing does."""
    box = QRectF()
    if len(scene.points):
        (x0, y0), (x1, y1) = scene.points.xy.min(axis=0).tolist(), scene.points.xy.max(axis=0).tolist()
        # A single place has no extent, and an empty rectangle is none to Qt.
        box = QRectF(x0, y0, max(x1 - x0, 1.0), max(y1 - y0, 1.0))
    for area in scene.areas:
        if not area.path.isEmpty():
            box = box.united(area.path.boundingRect())
    return box
