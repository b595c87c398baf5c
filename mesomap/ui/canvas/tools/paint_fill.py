"""How fills look before they are recorded: outline, lattice, and what they would record in words."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from mesomap.render.context import RenderContext
from mesomap.render.marks_in_view import style_of
from mesomap.render.regions import draw_label
from mesomap.render.symbols import draw_symbol
from mesomap.render.tokens import tint
from mesomap.ui.canvas.layers import Layer
from mesomap.ui.session_model import SessionModel
from mesomap.ui.shown_fill import ShownFill
from mesomap.ui.typefaces import font

#: A lattice of more points is not drawn before it is recorded, and one closer than this only as dots, px.
_MOST_DRAWN, _DOTS_BELOW_PX = 3000, 9
#: Closer than this even dots would run together: a deeper tint stands for them, px.
_TINT_BELOW_PX = 3.5


class PaintedFills:
    """Paints shown fills once for each place of the view and again only when they change."""

    def __init__(self, model: SessionModel) -> None:
        self._model = model
        self._shown: tuple[ShownFill, ...] = ()
        self._layer = Layer(self._paint_all)

    def paint(self, painter: QPainter, context: RenderContext, shown: Sequence[ShownFill], words: str = "") -> None:
        """The fills, and the words above them."""
        # told apart by identity: comparing thousands of places would cost more than painting them
        if list(map(id, shown)) != list(map(id, self._shown)):
            self._shown = tuple(shown)
            self._layer.spoil()
        if not self._shown:
            return
        if not self._layer.fresh(context):
            device = painter.device()
            self._layer.repaint(context, QSizeF(device.width(), device.height()))
        self._layer.draw(painter, context)
        if words:
            self._paint_words(painter, context, words)

    def spoil(self) -> None:
        """What the fills look like has changed: another dose."""
        self._layer.spoil()

    def _paint_words(self, painter: QPainter, context: RenderContext, words: str) -> None:
        whole = QPainterPath()
        for part in self._shown:
            whole.addPath(context.transform().map(part.outline_in(context.view_key)))
        if not whole.isEmpty():
            box = whole.boundingRect()
            draw_label(painter, context, QPointF(box.center().x(), max(box.top() - 8, 34)), words, font("strong"))

    def _paint_all(self, painter: QPainter, context: RenderContext) -> None:
        gaps = [part.gap_px(context) for part in self._shown if part.preview.points]
        for part in self._shown:
            self._paint_one(painter, context, part, min(gaps, default=0.0))

    def _paint_one(self, painter: QPainter, context: RenderContext, part: ShownFill, gap_px: float) -> None:
        path = context.transform().map(part.outline_in(context.view_key))
        if path.isEmpty():
            return
        colour = context.tokens.mixture(self._model.choice.mixture)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        crowded = bool(part.preview.points) and gap_px < _TINT_BELOW_PX
        painter.fillPath(path, tint(context.tokens, colour, 0.4 if crowded else 0.12))
        painter.strokePath(path, QPen(colour, 2, Qt.PenStyle.DashLine))
        if part.preview.points and not crowded:
            self._paint_lattice(painter, context, part, dots=gap_px < _DOTS_BELOW_PX)
        painter.restore()

    def _paint_lattice(self, painter: QPainter, context: RenderContext, part: ShownFill, *, dots: bool) -> None:
        xy = context.to_px(part.points_in(context.view_key))
        if len(xy) > _MOST_DRAWN:
            return
        if dots:
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)
            for x, y in xy:
                path.addEllipse(QPointF(x, y), 1.3, 1.3)
            painter.fillPath(path, context.tokens.mixture(self._model.choice.mixture))
            return
        style = style_of(self._model.choice.dose(), part.region_id, context.atlas.ref.body)
        painter.setOpacity(0.75)
        for x, y in xy:
            draw_symbol(painter, style, context.tokens, QPointF(x, y), 0.9)
