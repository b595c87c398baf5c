"""The injections of two visits drawn as what became of them: repeated, moved, new, dropped.

Repeated ones step back (55 %), new ones wear a ring of ink, dropped ones a cross, moved ones a small ring at the old
place and a line to the new one (design system, states).
"""

import math
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from mesomap.coverage.assignment import ALONE
from mesomap.coverage.visits import VisitMatch
from mesomap.render.context import RenderContext
from mesomap.render.marks import median_gap_px
from mesomap.render.marks_in_view import ViewPoints, ViewScene
from mesomap.render.sprites import draw_stamps
from mesomap.render.symbols import draw_symbol, zoom_growth
from mesomap.render.tokens import Tokens, tint

_REPEATED_OPACITY, _DROPPED_OPACITY = 0.55, 0.45
_RING_PX, _CROSS_PX, _OLD_PX = 9.5, 6.0, 3.2
#: Room for a symbol, its halo and the ring round it.
_STAMP_PX = 30.0
#: Symbols closer than this are drawn smaller, down to the least size.
_ROOMY_PX, _LEAST_SIZE = 17.0, 0.4


class Fate(IntEnum):
    """What became of an injection from one visit to the next."""

    REPEATED = 0
    MOVED = 1
    NEW = 2
    DROPPED = 3


@dataclass(frozen=True, slots=True, eq=False)
class Fates:
    """Fate of every injection of a visit, in its order, and for those of the later visit the row of the earlier one
    (-1 = new).
    """

    fate: npt.NDArray[np.int8]
    partner: npt.NDArray[np.int64]

    def count(self, fate: Fate) -> int:
        """How many injections have this fate."""
        return int((self.fate == fate).sum())


def fates(match: VisitMatch) -> tuple[Fates, Fates]:
    """Fates of the injections of the earlier and of the later visit."""
    before = np.full(len(match.partner), Fate.DROPPED, dtype=np.int8)
    before[match.repeated] = Fate.REPEATED
    before[match.moved] = Fate.MOVED
    after = np.full(len(match.after.mark), Fate.NEW, dtype=np.int8)
    partner = np.full(len(after), ALONE, dtype=np.int64)
    held = np.flatnonzero(match.partner != ALONE)
    after[match.partner[held]] = before[held]
    partner[match.partner[held]] = held
    return Fates(before, match.partner.copy()), Fates(after, partner)


def draw_differences(
    painter: QPainter,
    context: RenderContext,
    scene: ViewScene,
    found: Fates,
    earlier: ViewScene | None = None,
    *,
    only: Fate | None = None,
) -> None:
    """The visible points of a visit by what became of them. earlier: the earlier visit in the same view, so that moved
    ones show where they came from. only: draw those of one fate.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    xy = context.to_px(scene.points.xy)
    seen = fates_seen(scene.points, found)
    if earlier is not None:
        _draw_ways(painter, context, scene.points, xy, found, earlier)
    size = context.unit * zoom_growth(context.zoom) * scene_size(context, scene)
    for fate in (Fate.REPEATED, Fate.DROPPED, Fate.MOVED, Fate.NEW) if only is None else (only,):
        for style in np.unique(scene.points.style[seen == fate]).tolist():
            places = xy[(seen == fate) & (scene.points.style == style)]
            if context.tokens.opaque_only:
                for x, y in places.tolist():
                    _draw_point(painter, context, scene, style, QPointF(x, y), size, fate)
            else:
                draw_stamps(painter, _stamp(context, scene, style, size, fate), places)
    painter.restore()


def _stamp(context: RenderContext, scene: ViewScene, style: int, size: float, fate: Fate) -> QPixmap:
    """A point with its sign as a pixmap: a thousand of them, drawn one by one, would hold a body that is moved."""
    side = math.ceil(_STAMP_PX * max(size, context.unit * 0.5) * context.dpr) + 2
    stamp = QPixmap(side, side)
    stamp.fill(Qt.GlobalColor.transparent)
    stamp.setDevicePixelRatio(context.dpr)
    painter = QPainter(stamp)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = side / (2 * context.dpr)
    _draw_point(painter, context, scene, style, QPointF(middle, middle), size, fate)
    painter.end()
    return stamp


def scene_size(context: RenderContext, scene: ViewScene) -> float:
    """Share of their size at which the points of a visit still stand apart; no smaller than can be read."""
    return _share(_gap_mm(scene.points) * context.scale, context.unit)


@lru_cache(maxsize=128)
def _gap_mm(points: ViewPoints) -> float:
    """Known for each scene: moving the body changes nothing of it."""
    return median_gap_px(points.xy)


def _share(gap_px: float, unit: float) -> float:
    return max(_LEAST_SIZE, min(1.0, gap_px / (_ROOMY_PX * unit)))


def _draw_point(
    painter: QPainter, context: RenderContext, scene: ViewScene, style: int, at: QPointF, size: float, fate: Fate
) -> None:
    painter.setOpacity(fate_opacity(context.tokens, fate))
    draw_symbol(painter, scene.styles[style], context.tokens, at, size)
    painter.setOpacity(1.0)
    draw_fate_sign(painter, context.tokens, at, size, fate, context.unit)


def fate_opacity(tokens: Tokens, fate: Fate) -> float:
    """How strongly a point of a fate is drawn. Paper knows no transparency: there the signs alone tell them apart."""
    if tokens.opaque_only:
        return 1.0
    return {Fate.REPEATED: _REPEATED_OPACITY, Fate.DROPPED: _DROPPED_OPACITY}.get(fate, 1.0)


def draw_fate_sign(painter: QPainter, tokens: Tokens, at: QPointF, size: float, fate: Fate, unit: float = 1.0) -> None:
    """The ring of a new or the cross of a dropped injection, round or over its symbol."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if fate is Fate.NEW:
        painter.setPen(QPen(tokens.colour("text"), 1.8 * unit * min(1.0, 0.4 + 0.6 * size / unit)))
        painter.drawEllipse(at, _RING_PX * size, _RING_PX * size)
    elif fate is Fate.DROPPED:
        arm = _CROSS_PX * size
        for token, width in (("halo", 4.2), ("text", 1.8)):
            painter.setPen(QPen(tokens.colour(token), width * unit))
            painter.drawLine(at + QPointF(-arm, -arm), at + QPointF(arm, arm))
            painter.drawLine(at + QPointF(-arm, arm), at + QPointF(arm, -arm))


def _draw_ways(
    painter: QPainter,
    context: RenderContext,
    points: ViewPoints,
    xy: npt.NDArray[np.float64],
    found: Fates,
    earlier: ViewScene,
) -> None:
    """A line from the old to the new place of every moved point whose both places show."""
    old_xy = context.to_px(earlier.points.xy)
    place_of = dict(zip((earlier.points.number - 1).tolist(), range(len(old_xy)), strict=True))
    painter.setPen(QPen(tint(context.tokens, context.tokens.colour("text"), 0.85), 1.4 * context.unit))
    painter.setBrush(context.tokens.colour("halo"))
    for row in np.flatnonzero(fates_seen(points, found) == Fate.MOVED).tolist():
        old = place_of.get(int(found.partner[points.number[row] - 1]))
        if old is None:
            continue
        start = QPointF(old_xy[old, 0], old_xy[old, 1])
        painter.drawLine(start, QPointF(xy[row, 0], xy[row, 1]))
        painter.drawEllipse(start, _OLD_PX * context.unit, _OLD_PX * context.unit)


def fates_seen(points: ViewPoints, found: Fates) -> npt.NDArray[np.int8]:
    """Fate of every visible point (N,)."""
    seen: npt.NDArray[np.int8] = found.fate[points.number - 1]
    return seen
