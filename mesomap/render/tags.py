"""Tags on the body: symbol and number of what is drawn as one; none hides another."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from mesomap.render.context import RenderContext
from mesomap.render.crowding import Crowd
from mesomap.render.marks import draw_tag, path_anchor
from mesomap.render.marks_in_view import ViewScene
from mesomap.render.symbols import Style

#: Height of a tag, its width without the label, and the gap below an area, px.
_HEIGHT, _BESIDE, _BELOW = 22.0, 32.0, 15.0


#: Where a tag may stand from its own place, the nearest first, px.
_AWAY = sorted(
    (QPointF(x * 22.0, y * 11.5) for x in range(-16, 17) for y in range(-30, 31)),
    key=lambda p: math.hypot(p.x(), p.y()),
)


@dataclass(slots=True, eq=False)
class Tag:
    """One tag: where its middle is, its look, and the number it tells. about: of areas, whose number is an estimate;
    parts: how many areas or crowds it speaks for; home: where it belongs, when it had to move aside.
    """

    at: QPointF
    style: Style
    count: int
    about: bool
    parts: int = 1
    home: QPointF | None = None

    @property
    def label(self) -> str:
        """The number; nothing for areas of which none is known."""
        return (f"≈ {self.count}" if self.count else "") if self.about else str(self.count)

    def box(self, context: RenderContext, font: QFont) -> QRectF:
        """Place it takes, px."""
        wide = QFontMetricsF(font).horizontalAdvance(self.label) if self.label else -10.0
        width, height = _BESIDE * context.unit + wide, _HEIGHT * context.unit
        return QRectF(self.at.x() - width / 2, self.at.y() - height / 2, width, height)


def tags_of(context: RenderContext, scene: ViewScene, crowds: Sequence[Crowd], font: QFont) -> list[Tag]:
    """The tags of a view: neighbours of one look whose tags would overlap share one, others make room.

    Those of areas stand under their area, those of crowds inside.
    """
    tags = [Tag(path_anchor(crowd.path), crowd.style, crowd.count, False) for crowd in crowds]
    for area in scene.areas:
        box = context.transform().map(area.path).boundingRect()
        if not area.path.isEmpty():
            at = QPointF(box.center().x(), box.bottom() + _BELOW * context.unit)
            tags.append(Tag(at, area.style, area.about_n or 0, True))
    while (pair := _overlapping(context, tags, font)) is not None:
        first, second = pair
        tags.remove(second)
        whole = first.parts + second.parts
        first.at = (first.at * first.parts + second.at * second.parts) / whole
        first.count, first.parts = first.count + second.count, whole
    _make_room(context, tags, font)
    return tags


def _overlapping(context: RenderContext, tags: list[Tag], font: QFont) -> tuple[Tag, Tag] | None:
    """Two tags of one look that hide each other, or None."""
    boxes = [tag.box(context, font) for tag in tags]
    for row, (tag, box) in enumerate(zip(tags, boxes, strict=True)):
        for other, taken in zip(tags[:row], boxes[:row], strict=True):
            if (other.style, other.about) == (tag.style, tag.about) and taken.intersects(box):
                return other, tag
    return None


def _make_room(context: RenderContext, tags: list[Tag], font: QFont) -> None:
    """Tags of different looks stand beside each other, each as near to its own place as it can."""
    taken: list[QRectF] = []
    for tag in tags:
        home, tag.home = tag.at, tag.at
        box = tag.box(context, font)
        for away in _AWAY:
            moved = box.translated(away * context.unit)
            if not any(other.intersects(moved) for other in taken):
                break
        tag.at = home + away * context.unit
        taken.append(moved)


def draw_tags(
    painter: QPainter, context: RenderContext, scene: ViewScene, crowds: Sequence[Crowd], font: QFont
) -> None:
    """Tags of areas and crowds, above everything else; one that had to move aside has a line to its place."""
    tags = tags_of(context, scene, crowds, font)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(context.tokens.colour("text"), 1.2 * context.unit))
    for tag in tags:
        if tag.home is not None and tag.home != tag.at:
            painter.drawLine(tag.home, tag.at)
    painter.restore()
    for tag in tags:
        draw_tag(painter, context, tag.at, tag.style, tag.label, font)
