"""Draws danger zones, acupoints, key sensory points and landmarks over the body, under the marks.

Colour after the convention of anatomy (artery red, vein blue, nerve ochre, organ and gland green), each with its own
hatch so that it reads in grey; a dashed outline says that part of the row is recalled.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from mesomap.domain.danger_zones import DangerZone
from mesomap.render.callouts import Callout, draw_callouts, draw_labels, in_columns
from mesomap.render.context import RenderContext
from mesomap.render.hatch import hatch_lines
from mesomap.render.overlay_shapes import PointMark, ZoneShape

#: kind → light, dark, angle of the hatch
_KINDS = {
    "artery": ("#B3261E", "#FF9A91", 45.0),
    "vein": ("#1F5FA8", "#8DBEFF", -45.0),
    "nerve": ("#7A5200", "#F2C14E", 90.0),
    "organ": ("#1F6B4A", "#86D8AE", 0.0),
}
#: A zone smaller than this on screen is drawn without its name: zoom in, or choose another view.
_LEAST_PX2 = 120.0
_ACUPOINT = ("#0B5F66", "#7FDCE3")
_SENSORY = ("#6B2F8A", "#D9A8F0")


def kind_of(words: str) -> str:
    """Kind that a zone is drawn as: the first that its row names."""
    first = words.partition("+")[0].strip()
    return first if first in _KINDS else "organ"


def _colour(pair: Sequence[str | float], context: RenderContext) -> QColor:
    return QColor(str(pair[1 if context.tokens.graphite_skin else 0]))


def draw_zones(painter: QPainter, context: RenderContext, shapes: Sequence[ZoneShape]) -> None:
    """Bands: a faint tint, a hatch, an outline."""
    transform, unit = context.transform(), context.unit
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for zone, outline in _joined(shapes):
        kind = _KINDS[kind_of(zone.kind)]
        colour, path = _colour(kind, context), transform.map(outline)
        fill, lines = QColor(colour), QColor(colour)
        fill.setAlphaF(0.10)
        lines.setAlphaF(0.38)
        painter.fillPath(path, fill)
        painter.save()
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        box = path.boundingRect().intersected(QRectF(-2000, -2000, 8000, 8000))
        painter.strokePath(hatch_lines(box, float(kind[2]), 5.0 * unit), QPen(lines, 0.8 * unit))
        painter.restore()
        pen = QPen(colour, 1.3 * unit)
        if zone.partly_recalled:
            pen.setDashPattern([4, 2.5])
        painter.strokePath(path, pen)
    painter.restore()


def _joined(shapes: Sequence[ZoneShape]) -> list[tuple[DangerZone, QPainterPath]]:
    """Outlines, the greatest first; the two sides of a zone that meet on the midline are one."""
    by_key: dict[str, list[ZoneShape]] = {}
    for shape in sorted(shapes, key=lambda s: -s.area_mm2):
        by_key.setdefault(shape.zone.key, []).append(shape)
    found = []
    for rows in by_key.values():
        if len(rows) == 2 and rows[0].path.intersects(rows[1].path):
            found.append((rows[0].zone, rows[0].path.united(rows[1].path)))
        else:
            found += [(row.zone, row.path) for row in rows]
    return found


def zone_callouts(
    context: RenderContext, shapes: Sequence[ZoneShape], room: QRectF, words: Callable[[str], str]
) -> list[Callout]:
    """The name of every zone that shows in the room, once, with its places."""
    anchors: dict[str, list[tuple[ZoneShape, QPointF]]] = {}
    for shape in shapes:
        at = context.point_px(*shape.anchor)
        if room.contains(at) and shape.area_mm2 * context.scale**2 >= _LEAST_PX2 * context.unit**2:
            anchors.setdefault(shape.zone.key, []).append((shape, at))
    return [
        Callout(words(rows[0][0].zone.short), tuple(at for _, at in rows), _zone_colour(rows[0][0], context))
        for rows in anchors.values()
    ]


def draw_names(
    painter: QPainter,
    context: RenderContext,
    callouts: Sequence[Callout],
    room: QRectF,
    kept_free: Sequence[QRectF],
    font: QFont,
) -> list[QRectF]:
    """Names beside the picture; returns their boxes."""
    longest = max((QFontMetricsF(font).horizontalAdvance(callout.text) for callout in callouts), default=0.0)
    placed = in_columns(callouts, room, kept_free, font, min(longest + 1.0, 0.25 * room.width()))
    draw_callouts(painter, context, placed, font)
    return [item.box for item in placed]


def _zone_colour(shape: ZoneShape, context: RenderContext) -> QColor:
    return _colour(_KINDS[kind_of(shape.zone.kind)], context)


def draw_acupoints(
    painter: QPainter,
    context: RenderContext,
    marks: Sequence[PointMark],
    room: QRectF,
    taken: Sequence[QRectF],
    font: QFont,
) -> list[QRectF]:
    """A ring with a dot, the ring alone where the place is an estimate; codes where they find room."""
    ring = QPainterPath()
    ring.addEllipse(QPointF(0.0, 0.0), 4.2, 4.2)
    return _draw_points(painter, context, marks, room, taken, font, (_colour(_ACUPOINT, context), ring))


def draw_sensory(
    painter: QPainter,
    context: RenderContext,
    marks: Sequence[PointMark],
    room: QRectF,
    taken: Sequence[QRectF],
    font: QFont,
) -> list[QRectF]:
    """A square on its corner with a dot, without it where the place is an estimate; levels where they find room."""
    diamond = QPainterPath(QPointF(0.0, -5.2))
    for x, y in ((5.2, 0.0), (0.0, 5.2), (-5.2, 0.0)):
        diamond.lineTo(x, y)
    diamond.closeSubpath()
    return _draw_points(painter, context, marks, room, taken, font, (_colour(_SENSORY, context), diamond))


def _draw_points(
    painter: QPainter,
    context: RenderContext,
    marks: Sequence[PointMark],
    room: QRectF,
    taken: Sequence[QRectF],
    font: QFont,
    look: tuple[QColor, QPainterPath],
) -> list[QRectF]:
    """Marks of one look (colour, outline about the origin in px) with their labels."""
    (colour, outline), halo, unit = look, context.tokens.colour("halo"), context.unit
    shape = QTransform.fromScale(unit, unit).map(outline)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    places = []
    for mark in marks:
        at = context.point_px(*mark.xy)
        if not room.contains(at):
            continue
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, width in ((halo, 3.2), (colour, 1.4)):
            painter.strokePath(shape.translated(at), QPen(ink, width * unit))
        if not mark.estimate:
            painter.setBrush(colour)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(at, 1.6 * unit, 1.6 * unit)
        places.append((at, mark.label))
    painter.restore()
    return draw_labels(painter, context, places, room, taken, font, "text")


def draw_landmarks(
    painter: QPainter,
    context: RenderContext,
    marks: Sequence[PointMark],
    room: QRectF,
    taken: Sequence[QRectF],
    font: QFont,
    words: Callable[[str], str],
) -> list[QRectF]:
    """A small cross each; names where they find room."""
    unit, ink, halo = context.unit, context.tokens.colour("text"), context.tokens.colour("halo")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    places = []
    for mark in marks:
        at = context.point_px(*mark.xy)
        if not room.contains(at):
            continue
        for pen in (QPen(halo, 3.0 * unit), QPen(ink, 1.2 * unit)):
            painter.setPen(pen)
            painter.drawLine(at + QPointF(-3.5, 0) * unit, at + QPointF(3.5, 0) * unit)
            painter.drawLine(at + QPointF(0, -3.5) * unit, at + QPointF(0, 3.5) * unit)
        places.append((at, words(mark.label)))
    painter.restore()
    return draw_labels(painter, context, places, room, taken, font, "text2")
