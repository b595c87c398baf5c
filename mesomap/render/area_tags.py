"""Tags of area records: symbol and about-n under each area; those that would hide each other become one."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from mesomap.render.context import RenderContext
from mesomap.render.marks import draw_tag
from mesomap.render.marks_in_view import ViewArea, ViewScene
from mesomap.render.symbols import Style

#: Height of a tag, its width without the label, and the gap below an area, px.
_HEIGHT, _BESIDE, _BELOW = 22.0, 32.0, 15.0


@dataclass(slots=True)
class AreaTag:
    """One tag: where its middle is, and the areas it speaks for (one style)."""

    at: QPointF
    style: Style
    areas: list[ViewArea]

    @property
    def label(self) -> str:
        """Sum of the areas' about n; nothing when none is known."""
        about = sum(area.about_n or 0 for area in self.areas)
        return f"≈ {about}" if about else ""

    def box(self, context: RenderContext, font: QFont) -> QRectF:
        """Place it takes, px."""
        wide = QFontMetricsF(font).horizontalAdvance(self.label) if self.label else -10.0
        width, height = _BESIDE * context.unit + wide, _HEIGHT * context.unit
        return QRectF(self.at.x() - width / 2, self.at.y() - height / 2, width, height)


def area_tags(context: RenderContext, scene: ViewScene, font: QFont) -> list[AreaTag]:
    """The tags of a view: neighbours of one look whose tags would overlap share one, others make room."""
    tags: list[AreaTag] = []
    for area in scene.areas:
        box = context.transform().map(area.path).boundingRect()
        if not area.path.isEmpty():
            at = QPointF(box.center().x(), box.bottom() + _BELOW * context.unit)
            tags.append(AreaTag(at, area.style, [area]))
    while (pair := _overlapping(context, tags, font)) is not None:
        first, second = pair
        tags.remove(second)
        shares = len(first.areas), len(second.areas)
        first.at = (first.at * shares[0] + second.at * shares[1]) / sum(shares)
        first.areas = [*first.areas, *second.areas]
    _make_room(context, tags, font)
    return tags


def _overlapping(context: RenderContext, tags: list[AreaTag], font: QFont) -> tuple[AreaTag, AreaTag] | None:
    """Two tags of one look that hide each other, or None."""
    boxes = [tag.box(context, font) for tag in tags]
    for row, (tag, box) in enumerate(zip(tags, boxes, strict=True)):
        for other, taken in zip(tags[:row], boxes[:row], strict=True):
            if other.style == tag.style and taken.intersects(box):
                return other, tag
    return None


def _make_room(context: RenderContext, tags: list[AreaTag], font: QFont) -> None:
    """Tags of different looks stand below each other."""
    for row, tag in enumerate(tags):
        for _ in range(row):
            box = tag.box(context, font)
            hit = next((taken for other in tags[:row] if (taken := other.box(context, font)).intersects(box)), None)
            if hit is None:
                break
            tag.at = QPointF(tag.at.x(), hit.bottom() + (_HEIGHT / 2 + 1) * context.unit)


def draw_area_tags(painter: QPainter, context: RenderContext, scene: ViewScene, font: QFont) -> None:
    """Tags of the area records, above everything else so that none hides."""
    for tag in area_tags(context, scene, font):
        draw_tag(painter, context, tag.at, tag.style, tag.label, font)
