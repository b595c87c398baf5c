"""What stays in its corner of the canvas: the patient's sides and the scale bar."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from mesomap.atlas import Atlas
from mesomap.render.context import RenderContext
from mesomap.render.furniture import draw_scale_bar, draw_side_letter
from mesomap.ui.typefaces import font
from mesomap.ui.words import tr

#: Room that a letter with its word, and the scale bar, never leave, px.
_LETTER_ROOM = QRectF(-60, -40, 120, 90)
_BAR_ROOM = QRectF(-24, -44, 160, 60)


def paint_fixtures(painter: QPainter, context: RenderContext, atlas: Atlas, room: QRectF, dirty: QRectF) -> None:
    """R and L at the sides, the scale bar at the foot; only what lies in the part that is painted anew."""
    view = atlas.view(context.view_key)
    fonts = (font("letter"), font("small", 13))
    words = {"R": tr("Right"), "L": tr("Left")}
    middle = room.height() * 0.46
    for letter, x in ((view.left_letter, 36.0), (view.right_letter, room.width() - 36.0)):
        at = QPointF(x, middle)
        if dirty.intersects(_LETTER_ROOM.translated(at)):
            draw_side_letter(painter, context, at, letter, words.get(letter, ""), fonts)
    foot = QPointF(20.5, room.height() - 26.5)
    if dirty.intersects(_BAR_ROOM.translated(foot)):
        draw_scale_bar(painter, context, foot, font("small_strong", 13))
