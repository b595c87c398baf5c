"""Scores and measures over time above the treatments: the same picture on screen and on paper.

One band a line, all on one axis of time. A treatment without a value is a dash at the foot of the band, and the line
over it is broken into dashes: missing is shown as missing, never joined over in silence. Nothing is concluded.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPolygonF

from mesomap.domain.outcome import OutcomeLine, OutcomeOverTime
from mesomap.render.tokens import Tokens

#: Heights of a band and of the foot with the treatments, and the margins, in units of the design system. Above the
#: field there is room for the name, and for the figure of a value at its upper edge under it.
BAND, FOOT, LEFT, RIGHT, TOP = 104.0, 74.0, 46.0, 22.0, 38.0
#: A second line of the key, where the picture is narrow.
KEY_LINE = 15.0


@dataclass(frozen=True, slots=True)
class OutcomeLook:
    """Colours, fonts and words. unit: painter units per px of the design system; name: a line in words; day: a date."""

    tokens: Tokens
    unit: float
    title: QFont
    small: QFont
    name: Callable[[OutcomeLine], str]
    day: Callable[[datetime], str]
    treatment: str
    follow_up: str
    event: str
    no_value: str
    #: The key of signs stands in two lines.
    narrow: bool = False


def outcome_height(outcome: OutcomeOverTime, unit: float, *, narrow: bool = False) -> float:
    """Height of the whole picture, painter units."""
    return (BAND * len(outcome.lines) + FOOT + (KEY_LINE if narrow else 0.0)) * unit


def draw_outcome(painter: QPainter, box: QRectF, outcome: OutcomeOverTime, look: OutcomeLook) -> None:
    """Every line in a band of its own, the treatments at the foot; nothing without a moment."""
    span = outcome.span
    if span is None:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    unit = look.unit
    left, right = box.left() + LEFT * unit, box.right() - RIGHT * unit
    first, last = (moment.timestamp() for moment in span)

    def x_of(moment: datetime) -> float:
        if last <= first:
            return (left + right) / 2
        return left + (moment.timestamp() - first) / (last - first) * (right - left)

    top = box.top()
    for line in outcome.lines:
        _draw_band(painter, QRectF(left, top, right - left, BAND * unit), line, outcome, look, x_of)
        top += BAND * unit
    high = FOOT + (KEY_LINE if look.narrow else 0.0)
    _draw_foot(painter, QRectF(left, top, right - left, high * unit), outcome, look, x_of)
    painter.restore()


def _draw_band(
    painter: QPainter,
    box: QRectF,
    line: OutcomeLine,
    outcome: OutcomeOverTime,
    look: OutcomeLook,
    x_of: Callable[[datetime], float],
) -> None:
    unit, tokens = look.unit, look.tokens
    field = box.adjusted(0, TOP * unit, 0, -14 * unit)
    low, high = line.ends
    painter.setFont(look.title)
    painter.setPen(tokens.colour("text"))
    painter.drawText(QPointF(box.left() - LEFT * unit + 4 * unit, box.top() + 16 * unit), look.name(line))
    painter.setPen(QPen(tokens.colour("line2"), unit))
    for y in (field.top(), field.bottom()):
        painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
    painter.setFont(look.small)
    painter.setPen(tokens.colour("text3"))
    for value, y in ((high, field.top()), (low, field.bottom())):
        where = QRectF(box.left() - LEFT * unit, y - 9 * unit, (LEFT - 8) * unit, 18 * unit)
        painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:g}")
    for one in outcome.missing(line):
        at = QPointF(x_of(one.at), field.bottom() + 7 * unit)
        painter.setPen(QPen(tokens.colour("text3"), 1.6 * unit))
        painter.drawLine(at - QPointF(3.5 * unit, 0), at + QPointF(3.5 * unit, 0))
    places = [
        QPointF(x_of(at), field.bottom() - (value - low) / (high - low) * field.height()) for at, value in line.values
    ]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for start, end, way in _ways(line, outcome):
        painter.setPen(QPen(tokens.colour("text2"), 1.6 * unit, way))
        painter.drawPolyline(QPolygonF(places[start:end]))
    for place, (_, value) in zip(places, line.values, strict=True):
        painter.setPen(QPen(tokens.colour("panel"), 1.5 * unit))
        painter.setBrush(tokens.colour("text"))
        painter.drawEllipse(place, 4 * unit, 4 * unit)
        painter.setPen(tokens.colour("text"))
        shift = 14 * unit if place.x() < box.left() + 8 * unit else 0.0
        above = QRectF(place.x() - 30 * unit + shift, place.y() - 21 * unit, 60 * unit, 16 * unit)
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, f"{value:g}")


def _ways(line: OutcomeLine, outcome: OutcomeOverTime) -> list[tuple[int, int, Qt.PenStyle]]:
    """Stretches of the line from one row to before another: whole, or dashed over a treatment without a value."""
    gone = [one.at for one in outcome.missing(line)]
    moments = [at for at, _value in line.values]
    over = [any(first < at < second for at in gone) for first, second in pairwise(moments)]
    found: list[tuple[int, int, Qt.PenStyle]] = []
    for row, is_over in enumerate(over):
        way = Qt.PenStyle.DashLine if is_over else Qt.PenStyle.SolidLine
        if found and found[-1][2] is way and not is_over:
            found[-1] = (found[-1][0], row + 2, way)
        else:
            found.append((row, row + 2, way))
    return found


def _draw_foot(
    painter: QPainter, box: QRectF, outcome: OutcomeOverTime, look: OutcomeLook, x_of: Callable[[datetime], float]
) -> None:
    unit, tokens = look.unit, look.tokens
    y = box.top() + 16 * unit
    painter.setPen(QPen(tokens.colour("text3"), 1.2 * unit))
    painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
    painter.setFont(look.small)
    free = -1e9
    for one in outcome.treatments:
        at = QPointF(x_of(one.at), y)
        painter.setPen(QPen(tokens.colour("text"), 2 * unit))
        painter.drawLine(at - QPointF(0, 6 * unit), at + QPointF(0, 6 * unit))
        # Numbers and days only where they do not run into each other.
        text = f"{one.number}\n{look.day(one.at)}"
        wide = max(map(painter.fontMetrics().horizontalAdvance, text.split("\n"))) + 4 * unit
        if at.x() - free >= wide + 12 * unit:
            # The days of the first and of the last one stay within the picture.
            left = min(at.x() - wide / 2, box.right() + RIGHT * unit - wide)
            left = max(left, box.left() - LEFT * unit)
            words = QRectF(left, y + 8 * unit, wide, 32 * unit)
            painter.setPen(tokens.colour("text2"))
            painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)
            free = at.x()
    for moment in outcome.follow_ups:
        _diamond(painter, QPointF(x_of(moment), y), unit, tokens)
    for moment, _words in outcome.events:
        _triangle(painter, QPointF(x_of(moment), y), unit, tokens)
    # In a narrow picture the margin of the figures is needed for the key.
    start = QPointF(
        box.left() - (LEFT - 4) * unit * look.narrow, box.bottom() - 10 * unit - KEY_LINE * unit * look.narrow
    )
    _draw_key(painter, start, look)


def _draw_key(painter: QPainter, at: QPointF, look: OutcomeLook) -> None:
    """What the signs mean."""
    unit, tokens = look.unit, look.tokens
    painter.setFont(look.small)
    x = start_x = at.x()
    for words, kind in ((look.treatment, "|"), (look.follow_up, "d"), (look.event, "t"), (look.no_value, "-")):
        if look.narrow and kind == "t":
            x, at = start_x, at + QPointF(0, KEY_LINE * unit)
        middle = QPointF(x + 5 * unit, at.y())
        if kind == "d":
            _diamond(painter, middle, unit, tokens)
        elif kind == "t":
            _triangle(painter, middle, unit, tokens)
        else:
            arm = QPointF(0, 5 * unit) if kind == "|" else QPointF(3.5 * unit, 0)
            painter.setPen(QPen(tokens.colour("text" if kind == "|" else "text3"), 1.8 * unit))
            painter.drawLine(middle - arm, middle + arm)
        painter.setPen(tokens.colour("text2"))
        painter.drawText(QPointF(x + 15 * unit, at.y() + 4.5 * unit), words)
        x += 15 * unit + painter.fontMetrics().horizontalAdvance(words) + 22 * unit


def _diamond(painter: QPainter, at: QPointF, unit: float, tokens: Tokens) -> None:
    painter.setPen(QPen(tokens.colour("text"), 1.4 * unit))
    painter.setBrush(tokens.colour("panel"))
    arm = 5 * unit
    painter.drawPolygon(
        QPolygonF([at + QPointF(0, -arm), at + QPointF(arm, 0), at + QPointF(0, arm), at + QPointF(-arm, 0)])
    )


def _triangle(painter: QPainter, at: QPointF, unit: float, tokens: Tokens) -> None:
    painter.setPen(QPen(tokens.colour("panel"), unit))
    painter.setBrush(tokens.colour("red"))
    arm = 6 * unit
    painter.drawPolygon(QPolygonF([at + QPointF(0, -arm), at + QPointF(arm, arm), at + QPointF(-arm, arm)]))
