"""Numbers beside the clusters of a panel: in columns at the edges, joined before one would hide another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mesomap.printing.sheet import INK, UNITS, Weight, paper_font, text_width
from mesomap.printing.wording import number_list
from mesomap.render.tokens import PAPER

#: Radii of tags tried one after the other, points.
_RADII = (6.5, 5.6, 4.8)
#: Distance of tags in one column, in radii.
_PITCH = 2.3
_EDGE_PT = 7.0
_MOST_RUNS = 3
#: At most this part of the panel is left to the tags of one side.
_SIDE_SHARE = 0.4
#: A mark takes so much room about its middle, points.
_MARK_PT = 2.5


@dataclass(frozen=True, slots=True)
class Tag:
    """Numbers of rows that share a tag, and where their leaders end (painter units)."""

    numbers: tuple[int, ...]
    anchors: tuple[tuple[float, float], ...]
    region_id: str = ""

    @property
    def text(self) -> str:
        """What stands in it: 3, 5–7; of many that do not follow each other the first and the last: 3, … 12."""
        runs = number_list(self.numbers).split(", ")
        return ", ".join(runs) if len(runs) <= _MOST_RUNS else f"{runs[0]}, … {runs[-1]}"

    @property
    def y(self) -> float:
        """Height of its anchors, painter units."""
        return sum(y for _, y in self.anchors) / len(self.anchors)

    @property
    def x(self) -> float:
        """Middle of its anchors, painter units."""
        return sum(x for x, _ in self.anchors) / len(self.anchors)

    def joined(self, other: "Tag") -> "Tag":
        """Both in one."""
        return replace(self, numbers=(*self.numbers, *other.numbers), anchors=(*self.anchors, *other.anchors))

    def width_pt(self, radius_pt: float) -> float:
        """Width in points: a disc for one number, a pill for several."""
        return max(2 * radius_pt, text_width(self.text, _type_pt(radius_pt), Weight.STRONG) + 1.1 * radius_pt)


@dataclass(frozen=True, slots=True)
class PlacedTag:
    """A tag with the middle of its disc or pill, painter units."""

    tag: Tag
    x: float
    y: float
    radius_pt: float

    @property
    def box(self) -> QRectF:
        """Outline, painter units."""
        width, height = self.tag.width_pt(self.radius_pt) * UNITS, 2 * self.radius_pt * UNITS
        return QRectF(self.x - width / 2, self.y - height / 2, width, height)


@dataclass(frozen=True, slots=True)
class Side:
    """Room for tags at the left or right edge: from top to bottom, painter units."""

    edge: float
    top: float
    bottom: float
    inward: int


def place_tags(tags: Sequence[Tag], left: Side, right: Side) -> list[PlacedTag]:
    """Places for all tags; none hides another.

    Each goes to its nearer side, down the side in the order of its anchors, so that leaders do not cross. When a side
    is full, tags get smaller, then those of one region are joined, stand in two columns, at last neighbours are joined.
    """
    by_region = _by_region(tags)
    for joined, columns in ((list(tags), 1), (by_region, 1), (by_region, 2)):
        for radius in _RADII:
            found = _placed(joined, left, right, radius, columns)
            if found is not None:
                return found
    fewer = sorted(_by_region(tags), key=lambda tag: tag.y)
    while len(fewer) > 2:
        fewer = _neighbours_joined(fewer, left, right)
        found = _placed(fewer, left, right, _RADII[-1], 1)
        if found is not None:
            return found
    return _placed(fewer, left, right, _RADII[-1], 1, forced=True) or []


def moved_off(
    placed: Sequence[PlacedTag], left: Side, right: Side, marks: Sequence[tuple[float, float]]
) -> list[PlacedTag]:
    """The tags moved up or down their side, as far as their neighbours let them, where they would lie on a mark.

    marks: middles of the marks that are drawn, painter units. Two columns a side stay as they are: they are full.
    """
    found: list[PlacedTag] = []
    middle = (left.edge + right.edge) / 2
    for side in (left, right):
        mine = sorted((one for one in placed if (one.x < middle) == (side.inward > 0)), key=lambda one: one.y)
        edge = side.edge + side.inward * _EDGE_PT * UNITS
        if any(abs(one.x - side.inward * one.box.width() / 2 - edge) > 1 for one in mine):
            found += mine
            continue
        above = side.top
        for number, one in enumerate(mine):
            pitch = _PITCH * one.radius_pt * UNITS
            below = mine[number + 1].y - pitch if number + 1 < len(mine) else side.bottom
            found.append(_moved(one, above, below, pitch / 10, marks))
            above = found[-1].y + pitch
    return found


def _moved(placed: PlacedTag, low: float, high: float, step: float, marks: Sequence[tuple[float, float]]) -> PlacedTag:
    """At the nearest height from low to high where it hides fewest marks."""

    def hidden(y: float) -> int:
        wider = _MARK_PT * UNITS
        room = placed.box.translated(0, y - placed.y).adjusted(-wider, -wider, wider, wider)
        return sum(room.contains(QPointF(*mark)) for mark in marks)

    reach = int(max(high - low, 0.0) / step)
    ways = [placed.y + turn * step for turn in range(-reach, reach + 1)]
    ways = [y for y in ways if low <= y <= high] or [placed.y]
    best = min(ways, key=lambda y: (hidden(y), abs(y - placed.y)))
    return replace(placed, y=best) if hidden(best) < hidden(placed.y) else placed


def _by_region(tags: Sequence[Tag]) -> list[Tag]:
    found: dict[str, Tag] = {}
    for tag in tags:
        found[tag.region_id] = found[tag.region_id].joined(tag) if tag.region_id in found else tag
    return list(found.values())


def _neighbours_joined(tags: Sequence[Tag], left: Side, right: Side) -> list[Tag]:
    """Every other tag joined to the next one below it on the same side."""
    middle = (left.edge + right.edge) / 2
    found: list[Tag] = []
    for here in ([tag for tag in tags if tag.x < middle], [tag for tag in tags if tag.x >= middle]):
        pairs = [here[i : i + 2] for i in range(0, len(here), 2)]
        found += [pair[0].joined(pair[1]) if len(pair) == 2 else pair[0] for pair in pairs]
    return sorted(found, key=lambda tag: tag.y)


def _placed(
    tags: Sequence[Tag], left: Side, right: Side, radius_pt: float, columns: int, *, forced: bool = False
) -> list[PlacedTag] | None:
    """The tags in this size and so many columns a side; None when they do not fit."""
    pitch = _PITCH * radius_pt * UNITS
    room = {side: int((side.bottom - side.top) / pitch * columns) + 1 for side in (left, right)}
    middle = (left.edge + right.edge) / 2
    here = sorted((tag for tag in tags if tag.x < middle), key=lambda tag: -tag.x)
    there = sorted((tag for tag in tags if tag.x >= middle), key=lambda tag: tag.x)
    for full, other, side, opposite in ((here, there, left, right), (there, here, right, left)):
        while len(full) > room[side] and len(other) < room[opposite]:
            other.insert(0, full.pop(0))
    if not forced and (len(here) > room[left] or len(there) > room[right]):
        return None
    widest = _SIDE_SHARE * abs(right.edge - left.edge)
    found: list[PlacedTag] = []
    for side, mine in ((left, here), (right, there)):
        mine.sort(key=lambda tag: tag.y)
        across = max((tag.width_pt(radius_pt) for tag in mine), default=0.0) * UNITS
        if not forced and across * columns > widest:
            return None
        heights = _spread([tag.y for tag in mine], side.top, side.bottom, pitch / columns)
        for turn, (tag, y) in enumerate(zip(mine, heights, strict=True)):
            inward = _EDGE_PT * UNITS + (turn % columns) * (across + 1.5 * UNITS)
            x = side.edge + side.inward * (inward + tag.width_pt(radius_pt) * UNITS / 2)
            found.append(PlacedTag(tag, x, y, radius_pt))
    return found


def _spread(wanted: Sequence[float], top: float, bottom: float, gap: float) -> list[float]:
    """Ascending places at least `gap` apart between top and bottom, near the wanted ones."""
    placed: list[float] = []
    for y in wanted:
        placed.append(max(y, top) if not placed else max(y, placed[-1] + gap))
    limit = bottom
    for i in range(len(placed) - 1, -1, -1):
        placed[i] = min(placed[i], limit)
        limit = placed[i] - gap
    return placed


def draw_tags(painter: QPainter, placed: Sequence[PlacedTag]) -> None:
    """Leaders first, tags above them."""
    ink = PAPER.colour("text")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for place in placed:
        for x, y in place.tag.anchors:
            anchor = QPointF(x, y)
            for colour, width in ((PAPER.colour("halo"), 2.2), (ink, 0.7)):
                painter.setPen(QPen(colour, width * UNITS))
                painter.drawLine(QPointF(place.x, place.y), anchor)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(anchor, 1.5 * UNITS, 1.5 * UNITS)
    for place in placed:
        draw_number(painter, place.tag.text, place.box, place.radius_pt)
    painter.restore()


def draw_number(painter: QPainter, text: str, box: QRectF, radius_pt: float) -> None:
    """A white disc or pill with an ink ring and the number of a row."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(INK.text), 0.85 * UNITS))
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawRoundedRect(box, radius_pt * UNITS, radius_pt * UNITS)
    size = _type_pt(radius_pt)
    while size > 4.0 and text_width(text, size, Weight.STRONG) * UNITS > box.width() - 0.5 * radius_pt * UNITS:
        size -= 0.4
    painter.setFont(paper_font(size, Weight.STRONG))
    painter.setPen(QColor(INK.text))
    painter.drawText(box.adjusted(-50, -50, 50, 50), int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()


def _type_pt(radius_pt: float) -> float:
    return 7.0 * radius_pt / _RADII[0]
