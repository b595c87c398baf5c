"""What of the atlas a view shows now, frozen, so that it can be painted in any thread."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from mesomap.render.callouts import Callout
from mesomap.render.context import RenderContext
from mesomap.render.overlay_shapes import PointMark, ZoneShape
from mesomap.render.overlays import (
    draw_acupoints,
    draw_landmarks,
    draw_names,
    draw_sensory,
    draw_zones,
    zone_callouts,
)
from mesomap.render.own_zones import OwnShape, draw_own_zones, own_callouts
from mesomap.ui.canvas.fixtures import LETTERS_AT
from mesomap.ui.typefaces import font, text_scale

#: Room that the floating cards, the side letters and the zoom buttons take, px: top, sides, foot.
_TOP_PX, _SIDE_PX, _FOOT_PX = 126.0, 14.0, 62.0

#: What the zoom buttons take of the foot, px.
_ZOOM_PX = 84.0


def nothing(_painter: QPainter, _context: RenderContext) -> None:
    """Paints nothing."""


@dataclass(frozen=True, slots=True)
class AtlasScene:
    """Shapes and marks of one view. notes: the sentence that stands with them, the longest form first."""

    zones: tuple[ZoneShape, ...]
    own: tuple[OwnShape, ...]
    points: tuple[PointMark, ...]
    sensory: tuple[PointMark, ...]
    landmarks: tuple[PointMark, ...]
    notes: tuple[str, ...]

    def paint(self, painter: QPainter, context: RenderContext) -> None:
        """Areas, their names beside the picture, points with their names, the note."""
        size = painter.device()
        wide, high = size.width() / context.dpr, size.height() / context.dpr
        room = QRectF(_SIDE_PX, _TOP_PX, wide - 2 * _SIDE_PX, high - _TOP_PX - _FOOT_PX)
        kept_free, whole = _kept_free(context, wide, high), QRectF(0.0, 0.0, wide, high)
        draw_zones(painter, context, self.zones)
        draw_own_zones(painter, context, self.own)
        callouts: list[Callout] = zone_callouts(context, self.zones, room, zone_name)
        callouts += own_callouts(context, self.own, room)
        cards = [QRectF(0, 0, wide, 62), QRectF(wide - 470, 62, 470, 60), QRectF(wide / 2 - 250, high - 52, 500, 40)]
        taken = [*kept_free, *cards, *draw_names(painter, context, callouts, room, kept_free, font("small"))]
        taken = draw_acupoints(painter, context, self.points, whole, taken, font("badge"))
        taken = draw_sensory(painter, context, self.sensory, whole, taken, font("badge"))
        draw_landmarks(painter, context, self.landmarks, whole, taken, font("small"), landmark_label)
        if self.notes:
            _paint_note(painter, context, self.notes, wide, high)


def _kept_free(context: RenderContext, wide: float, high: float) -> list[QRectF]:
    """Boxes of the side letters and of the zoom buttons."""
    view, middle = context.atlas.view(context.view_key), LETTERS_AT * high
    boxes = [QRectF(wide - 90, high - 200, 90, 200)]
    side, above, below = 80 * text_scale(), 26 * text_scale(), 50 * text_scale()
    if view.left_letter:
        boxes.append(QRectF(0, middle - above, side, above + below))
    if view.right_letter:
        boxes.append(QRectF(wide - side, middle - above, side, above + below))
    return boxes


def _paint_note(painter: QPainter, context: RenderContext, notes: tuple[str, ...], wide: float, high: float) -> None:
    role = font("small")
    metrics = QFontMetricsF(role)
    scale = QFontMetricsF(font("small_strong", 13)).horizontalAdvance("100 mm at the pen") + 34.0
    room = wide - scale - _ZOOM_PX - 24
    words = next((note for note in notes if metrics.horizontalAdvance(note) <= room), notes[-1])
    width = metrics.horizontalAdvance(words) + 24
    deep = metrics.height() + 12.0
    left = min(max((wide - width) / 2, scale), wide - _ZOOM_PX - width)
    box = QRectF(left, high - 20.0 - deep, width, deep)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(context.tokens.colour("line2"), 1.0))
    painter.setBrush(context.tokens.colour("panel"))
    painter.drawRoundedRect(box, 14, 14)
    painter.setPen(context.tokens.colour("text2"))
    painter.setFont(role)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def zone_name(name: str) -> str:
    """Name of a danger zone in the language of the window."""
    return QCoreApplication.translate("DangerZones", name)


def landmark_name(name: str) -> str:
    """Name of a landmark in the language of the window."""
    return QCoreApplication.translate("Landmarks", name)


def landmark_label(name: str) -> str:
    """Name of a landmark with a capital, as it stands alone."""
    words = landmark_name(name)
    return words[:1].upper() + words[1:]
