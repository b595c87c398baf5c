"""Labels that do not collide: names in two columns with lines to their places, and short names beside points."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from mesomap.render.context import RenderContext
from mesomap.render.furniture import draw_haloed

#: A column may hold this share of the names, and always as many as these.
_SHARE, _FEW = 0.65, 8
#: Places of a label about its point: direction and how its box hangs on it.
_ROUND = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))


@dataclass(frozen=True, slots=True)
class Callout:
    """A name and the place it points to, painter units; several places when both sides bear the same name."""

    text: str
    anchors: tuple[QPointF, ...]
    colour: QColor


@dataclass(frozen=True, slots=True)
class Placed:
    """A callout in its column: the box of its text, its own anchor."""

    callout: Callout
    box: QRectF
    anchor: QPointF
    left: bool


def in_columns(
    callouts: Sequence[Callout], room: QRectF, kept_free: Sequence[QRectF], font: QFont, widest: float
) -> list[Placed]:
    """Callouts beside the picture, in the order of their places, none on another or on what is kept free.

    room: where the columns may stand, painter units. Names that find no row are left out.
    """
    sides: dict[bool, list[tuple[Callout, QPointF]]] = {True: [], False: []}
    middle = room.center().x()
    for callout in sorted(callouts, key=lambda c: len(c.anchors)):
        wanted = {anchor.x() < middle: anchor for anchor in callout.anchors}
        left = min(wanted, key=lambda side: len(sides[side]))
        sides[left].append((callout, wanted[left]))
    _balance(sides)
    metrics = QFontMetricsF(font)
    high = metrics.height() + 3.0
    found = []
    for left, rows in sides.items():
        rows.sort(key=lambda row: row[1].y())
        tops = _rows([anchor.y() - high / 2 for _, anchor in rows], high, room, kept_free, widest, left)
        for (callout, anchor), top in zip(rows, tops, strict=True):
            if top is None:
                continue
            text = metrics.elidedText(callout.text, Qt.TextElideMode.ElideRight, widest)
            width = metrics.horizontalAdvance(text)
            x = room.left() if left else room.right() - width
            named = Callout(text, callout.anchors, callout.colour)
            found.append(Placed(named, QRectF(x, top, width, high), anchor, left))
    return found


def _balance(sides: dict[bool, list[tuple[Callout, QPointF]]]) -> None:
    """A column that holds nearly all names gives those nearest to the other one away."""
    full = max(sides, key=lambda side: len(sides[side]))
    most = max(_FEW, round(_SHARE * (len(sides[True]) + len(sides[False]))))
    while len(sides[full]) > most:
        nearest = max(sides[full], key=lambda row: row[1].x() if full else -row[1].x())
        sides[full].remove(nearest)
        sides[not full].append(nearest)


def _rows(
    wanted: list[float], high: float, room: QRectF, kept_free: Sequence[QRectF], widest: float, left: bool
) -> list[float | None]:
    """Top of each row, as near as can be to where it is wanted; rows keep their order. None: no room."""
    x = room.left() if left else room.right() - widest
    free = []
    top = room.top()
    while top + high <= room.bottom():
        box = QRectF(x, top, widest, high)
        blocked = [other for other in kept_free if other.intersects(box)]
        if blocked:
            top = max(other.bottom() for other in blocked) + 1.0
        else:
            free.append(top)
            top += high
    count = len(wanted)
    if count > len(free):
        wanted = wanted[: len(free)]
    chosen: list[float | None] = []
    start = 0
    for index, y in enumerate(wanted):
        last = len(free) - (len(wanted) - index)
        options = range(start, last + 1)
        best = min(options, key=lambda k: abs(free[k] - y))
        chosen.append(free[best])
        start = best + 1
    return chosen + [None] * (count - len(chosen))


def draw_callouts(painter: QPainter, context: RenderContext, placed: Sequence[Placed], font: QFont) -> None:
    """Lines, dots and names."""
    halo = QColor(context.tokens.canvas)
    halo.setAlphaF(0.7)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for item in placed:
        start = QPointF(item.box.right() + 5 if item.left else item.box.left() - 5, item.box.center().y())
        line = QLineF(start, item.anchor)
        painter.setPen(QPen(halo, 2.6 * context.unit))
        painter.drawLine(line)
        painter.setPen(QPen(item.callout.colour, 0.9 * context.unit))
        painter.drawLine(line)
        painter.setBrush(item.callout.colour)
        painter.drawEllipse(item.anchor, 2.0 * context.unit, 2.0 * context.unit)
    for item in placed:
        draw_haloed(painter, context, item.box, item.callout.text, font, "text")
    painter.restore()


def draw_labels(
    painter: QPainter,
    context: RenderContext,
    points: Sequence[tuple[QPointF, str]],
    room: QRectF,
    taken: Sequence[QRectF],
    font: QFont,
    token: str,
) -> list[QRectF]:
    """Short names beside their points where they lie free; a name without a free place is left out.

    taken: boxes of names drawn before. Returns the boxes of all names.
    """
    metrics = QFontMetricsF(font)
    boxes = list(taken)
    dots = [QRectF(at.x() - 3, at.y() - 3, 6, 6) for at, _ in points]
    painter.save()
    for number, (at, text) in enumerate(points):
        width, height = metrics.horizontalAdvance(text) + 2, metrics.height() - 2
        for dx, dy in _ROUND:
            centre = QPointF(at.x() + dx * (width / 2 + 7), at.y() + dy * (height / 2 + 6))
            box = QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
            clear = room.contains(box) and not any(other.intersects(box) for other in boxes)
            if clear and not any(dot.intersects(box) for k, dot in enumerate(dots) if k != number):
                boxes.append(box)
                draw_haloed(painter, context, box, text, font, token)
                break
    painter.restore()
    return boxes
