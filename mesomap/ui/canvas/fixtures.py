"""What stays in its corner of the canvas: the patient's sides and the scale bar."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from mesomap.render.context import RenderContext
from mesomap.render.furniture import across_share, bar_mm, draw_scale_bar, draw_side_letter
from mesomap.ui.canvas.tools.tool import Target
from mesomap.ui.session_model import SessionModel
from mesomap.ui.typefaces import font
from mesomap.ui.words import tr

#: Room that a letter with its word, and the scale bar, never leave, px.
_LETTER_ROOM = QRectF(-60, -40, 120, 90)
_BAR_ROOM = QRectF(-24, -44, 240, 60)
#: Skin that shows less than this share of its width is seen on edge: no bar can measure it.
_ON_EDGE = 0.3

#: Height of the side letters as a share of the canvas.
LETTERS_AT = 0.46


def paint_fixtures(
    painter: QPainter,
    context: RenderContext,
    model: SessionModel,
    room: QRectF,
    dirty: QRectF,
    target: Target | None = None,
) -> None:
    """R and L at the sides, the scale bar at the foot; only what lies in the part that is painted anew.

    With a target on the skin the bar is as long as so many mm of that skin look across the screen.
    """
    view = model.atlas.view(context.view_key)
    middle = room.height() * LETTERS_AT
    for letter, x in ((view.left_letter, 36.0), (view.right_letter, room.width() - 36.0)):
        at = QPointF(x, middle)
        # Mostly neither is in that part: fonts and words are made only then.
        if dirty.intersects(_LETTER_ROOM.translated(at)):
            words = {"R": tr("Right"), "L": tr("Left")}
            draw_side_letter(painter, context, at, letter, words.get(letter, ""), (font("letter"), font("small", 13)))
    foot = QPointF(20.5, room.height() - 26.5)
    if dirty.intersects(_BAR_ROOM.translated(foot)):
        at_pen = _true_at(context, model, target)
        length_mm = bar_mm(context)
        words_of = tr("{0} mm at the pen") if at_pen else tr("{0} mm")
        draw_scale_bar(painter, at_pen or context, foot, font("small_strong", 13), length_mm, words_of)


def _true_at(context: RenderContext, model: SessionModel, target: Target | None) -> RenderContext | None:
    """The context with the scale that skin under the pen has across the screen; None off the body or seen on edge."""
    if target is None or target.skin is None or target.region_id is None:
        return None
    share = across_share(model.atlas, context.view_key, target.skin)
    if share < _ON_EDGE:
        return None
    factor = model.service.scale.factor(model.atlas.region(target.region_id).fixed_scale)
    return replace(context, scale=context.scale * share, length_factor=factor)
