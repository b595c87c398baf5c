"""Place: one tap, one injection."""

import math

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from mesomap.atlas import SkinArray
from mesomap.render.context import RenderContext
from mesomap.render.marks_in_view import style_of
from mesomap.render.sprites import CELL_PX
from mesomap.render.symbols import Style, draw_symbol, zoom_growth
from mesomap.ui.canvas.tools.pen_preview import paint_lines
from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.dose_choice import DoseChoice
from mesomap.ui.session_model import SessionModel

#: Room of the cross-hair, px.
_STAMP_PX = 52
#: The estimated layer, and with it the symbol, changes with the region.
_KEPT_STAMPS = 16


class PlaceTool(Tool):
    """Places a single injection where the pen taps; off the body nothing is placed and a hint says so."""

    key = "place"
    taps_lightly = True

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._stamp = PenStamp()
        #: The look of the coming mark by region, and the choice it was worked out for.
        self._known: tuple[DoseChoice, dict[str | None, Style]] | None = None

    def tap(self, target: Target) -> None:
        """Place one injection."""
        if target.skin is None:
            self.told.emit(self.tr("Off the body – nothing placed"))
            return
        if self._model.charts_areas():
            self.told.emit(self.tr("This technique is charted as an area: use Brush (B) or Fill (F)"))
            return
        self._model.place(target.skin, target.region_id)

    def paint(self, painter: QPainter, context: RenderContext, target: Target | None, /) -> None:
        """Cross-hair ring with the symbol that a tap would place, lines to its neighbour and the midline."""
        if target is None or target.skin is None or self._model.charts_areas():
            return
        style = self._style(context, target.region_id)
        if not self.hurried:
            paint_lines(painter, context, self._model, target)
        self._stamp.draw(painter, context, style, target.at)
        if self._model.overlays["mirror"]:
            other = context.atlas.mirror(SkinArray.of([target.skin]))
            seen = context.atlas.project(context.view_key, other)
            if bool(seen.visible[0]):
                painter.setOpacity(0.55)
                at = context.point_px(*seen.xy[0].tolist())
                draw_symbol(painter, style, context.tokens, at, zoom_growth(context.zoom))
                painter.setOpacity(1.0)

    def _style(self, context: RenderContext, region_id: str | None) -> Style:
        choice, known = self._model.choice, self._known
        if known is None or known[0] is not choice:
            known = self._known = choice, {}
        style = known[1].get(region_id)
        if style is None:
            style = known[1][region_id] = style_of(choice.dose(), region_id, context.atlas.ref.body)
        return style


class PenStamp:
    """Cross-hair and symbol as one picture: what the pen shows the moment it touches must cost next to nothing."""

    def __init__(self) -> None:
        self._pictures: dict[tuple[Style, str, float, float], QPixmap] = {}
        #: What the pen showed the moment before: mostly it is the same again.
        self._last: tuple[Style, RenderContext, QPixmap] | None = None

    def draw(self, painter: QPainter, context: RenderContext, style: Style, at: QPointF) -> None:
        """Draw them at a place, painter units."""
        last = self._last
        if last is None or last[0] is not style or last[1] is not context:
            last = self._last = style, context, self._picture(context, style)
        half = last[2].width() / context.dpr / 2
        painter.drawPixmap(at - QPointF(half, half), last[2])

    def _picture(self, context: RenderContext, style: Style) -> QPixmap:
        key = (style, context.tokens.name, context.dpr, zoom_growth(context.zoom))
        picture = self._pictures.get(key)
        if picture is None:
            if len(self._pictures) >= _KEPT_STAMPS:
                self._pictures.clear()
            picture = self._pictures[key] = _stamp(context, style, key[3])
        return picture


def _stamp(context: RenderContext, style: Style, size: float) -> QPixmap:
    side = math.ceil(max(_STAMP_PX, CELL_PX * size) * context.dpr)
    picture = QPixmap(side, side)
    picture.setDevicePixelRatio(context.dpr)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    middle = QPointF(side, side) / (2 * context.dpr)
    draw_crosshair(painter, context, middle)
    draw_symbol(painter, style, context.tokens, middle, size)
    painter.end()
    return picture


def draw_crosshair(painter: QPainter, context: RenderContext, at: QPointF) -> None:
    """Ring of 34 px with four ticks, in ink on a halo so that it shows on any skin."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    halo = QColor(context.tokens.halo)
    halo.setAlphaF(0.7)
    for colour, width in ((halo, 4.0), (context.tokens.colour("text"), 1.6)):
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(at, 17.0, 17.0)
        for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(at + QPointF(x * 13, y * 13), at + QPointF(x * 23, y * 23))
    painter.restore()
