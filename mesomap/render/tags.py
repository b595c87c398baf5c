"""Tags on the body: symbol and number of what is drawn as one; none hides another."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from mesomap.render.context import RenderContext
from mesomap.render.crowding import Crowd
from mesomap.render.marks import draw_tag, path_anchor
from mesomap.render.marks_in_view import ViewScene
from mesomap.render.symbols import Style

#: Height of a tag, its width without the label, and the gap below an area, px.
_HEIGHT, _BESIDE, _BELOW = 22.0, 32.0, 15.0


@dataclass(slots=True, eq=False)
class Tag:
    """One tag: where its middle is, its look, and the number it tells. about: of areas, whose number is an estimate;
    parts: how many areas or crowds it speaks for.
    """

    at: QPointF
    style: Style
    count: int
    about: bool
    parts: int = 1

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
    """Tags of different looks stand below each other."""
    for row, tag in enumerate(tags):
        for _ in range(row):
            box = tag.box(context, font)
            hit = next((taken for other in tags[:row] if (taken := other.box(context, font)).intersects(box)), None)
            if hit is None:
                break
            tag.at = QPointF(tag.at.x(), hit.bottom() + (_HEIGHT / 2 + 1) * context.unit)


def draw_tags(
    painter: QPainter, context: RenderContext, scene: ViewScene, crowds: Sequence[Crowd], font: QFont
) -> None:
    """Tags of areas and crowds, above everything else."""
    for tag in tags_of(context, scene, crowds, font):
        draw_tag(painter, context, tag.at, tag.style, tag.label, font)
