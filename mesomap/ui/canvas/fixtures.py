"""What stays in its corner of the canvas: the patient's sides and the scale bar."""

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap

from mesomap.render.context import RenderContext
from mesomap.render.furniture import (
    across_share,
    bar_mm,
    draw_bar_line,
    draw_bar_words,
    draw_scale_bar,
    draw_side_letter,
)
from mesomap.ui.canvas.tools.tool import Target
from mesomap.ui.session_model import SessionModel
from mesomap.ui.typefaces import font, text_scale
from mesomap.ui.words import tr

#: Room that a letter with its word, and the scale bar, never leave, px.
_LETTER_ROOM = QRectF(-60, -40, 120, 90)
_BAR_ROOM = QRectF(-24, -44, 240, 60)
#: All of it lies this near to the sides or to the foot: what a tap paints mostly does not, px.
_BESIDE_PX, _FOOT_PX = 96.0, 71.0
#: Skin that shows less than this share of its width is seen on edge: no bar can measure it.
_ON_EDGE = 0.3

#: Height of the side letters as a share of the canvas.
LETTERS_AT = 0.46
#: Pictures kept; each is small.
_KEPT = 24

#: Draws something about a place.
_Look = Callable[[QPainter, RenderContext, QPointF], None]


class Fixtures:
    """Paints them; what a letter, its word and the bar look like is kept, as every move of the pen shows them again."""

    def __init__(self, model: SessionModel) -> None:
        self._model = model
        self._kept: dict[tuple[object, ...], QPixmap] = {}

    def paint(
        self, painter: QPainter, context: RenderContext, room: QRectF, dirty: QRectF, target: Target | None = None
    ) -> None:
        """R and L at the sides, the scale bar at the foot; only what lies in the part that is painted anew.

        With a target on the skin the bar is as long as so many mm of that skin look across the screen.
        """
        if room.adjusted(_BESIDE_PX, 0, -_BESIDE_PX, -_FOOT_PX).contains(dirty):
            return
        view = self._model.atlas.view(context.view_key)
        middle = room.height() * LETTERS_AT
        for letter, x in ((view.left_letter, 36.0), (view.right_letter, room.width() - 36.0)):
            at = QPointF(x, middle)
            # Mostly neither is in that part: fonts and words are made only then.
            if letter and dirty.intersects(_LETTER_ROOM.translated(at)):
                word = {"R": tr("Right"), "L": tr("Left")}.get(letter, "")
                self._stamp(painter, context, (letter, word), at, _LETTER_ROOM, partial(_letter, letter, word))
        foot = QPointF(20.5, room.height() - 26.5)
        if dirty.intersects(_BAR_ROOM.translated(foot)):
            at_pen = _true_at(context, self._model, target)
            length_mm = bar_mm(context)
            if at_pen is not None:
                self._true_bar(painter, at_pen, foot, length_mm, tr("{0} mm at the pen").format(length_mm))
            else:
                words, scale = tr("{0} mm"), context.scale / context.length_factor
                look = partial(_bar, length_mm, words)
                self._stamp(painter, context, (length_mm, scale, words), foot, _BAR_ROOM, look)

    def _true_bar(
        self, painter: QPainter, context: RenderContext, foot: QPointF, length_mm: int, words: str
    ) -> None:
        """The bar as long as the skin under the pen tells; its words lie on whole pixels and are painted once."""
        width = draw_bar_line(painter, context, foot, length_mm)
        beyond = round(max(width - _words_px(words), 0.0) / 2)
        self._stamp(
            painter, context, (words,), foot + QPointF(beyond, 0.0), _BAR_ROOM, partial(_bar_words, words)
        )

    def _stamp(
        self,
        painter: QPainter,
        context: RenderContext,
        what: tuple[object, ...],
        at: QPointF,
        room: QRectF,
        look: _Look,
    ) -> None:
        """Draw a picture that is painted once; room: about the place, px."""
        dpr = context.dpr
        left, top = (at.x() + room.left()) * dpr, (at.y() + room.top()) * dpr
        whole = QPointF(math.floor(left) / dpr, math.floor(top) / dpr)
        key = (*what, context.tokens.name, dpr, text_scale(), left % 1, top % 1)
        picture = self._kept.get(key)
        if picture is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            picture = QPixmap(math.ceil(room.width() * dpr) + 1, math.ceil(room.height() * dpr) + 1)
            picture.setDevicePixelRatio(dpr)
            picture.fill(Qt.GlobalColor.transparent)
            stamp = QPainter(picture)
            look(stamp, context, at - whole)
            stamp.end()
            self._kept[key] = picture
        painter.drawPixmap(whole, picture)


def _letter(letter: str, word: str, painter: QPainter, context: RenderContext, at: QPointF) -> None:
    draw_side_letter(painter, context, at, letter, word, (font("letter"), font("small", 13)))


def _bar(length_mm: int, words: str, painter: QPainter, context: RenderContext, at: QPointF) -> None:
    draw_scale_bar(painter, context, at, font("small_strong", 13), length_mm, words)


def _bar_words(words: str, painter: QPainter, context: RenderContext, at: QPointF) -> None:
    draw_bar_words(painter, context, at, font("small_strong", 13), words, 0.0)


def _words_px(words: str) -> float:
    """Width of a bar that its words are as wide as."""
    return QFontMetricsF(font("small_strong", 13)).horizontalAdvance(words) - 8.0


def _true_at(context: RenderContext, model: SessionModel, target: Target | None) -> RenderContext | None:
    """The context with the scale that skin under the pen has across the screen; None off the body or seen on edge."""
    if target is None or target.skin is None or target.region_id is None:
        return None
    share = across_share(model.atlas, context.view_key, target.skin)
    if share < _ON_EDGE:
        return None
    factor = model.service.scale.factor(model.atlas.region(target.region_id).fixed_scale)
    return replace(context, scale=context.scale * share, length_factor=factor)
