"""Brush: a stroke lays points at the set spacing along the skin, or the swath of a density technique."""

import math

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from mesomap.atlas import SkinArray
from mesomap.domain.marks import Origin
from mesomap.domain.place import SkinPoint
from mesomap.render.context import RenderContext
from mesomap.render.marks_in_view import style_of
from mesomap.render.regions import draw_label
from mesomap.render.sprites import CELL_PX, draw_stamps
from mesomap.render.symbols import Style, draw_symbol, zoom_growth
from mesomap.render.tokens import tint
from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.session_model import SessionModel
from mesomap.ui.strokes import Strokes
from mesomap.ui.typefaces import font

#: Width of the brush of a density technique, patient mm: at first, steps, limits.
FIRST_WIDTH_MM, WIDTH_STEP_MM, WIDTHS_MM = 20.0, 2.0, (2.0, 100.0)


class BrushTool(Tool):
    """Owns one stroke until the pen leaves; width_changed follows the width of the swath."""

    key = "brush"
    drags = True
    width_changed = Signal(float)

    def __init__(self, model: SessionModel, strokes: Strokes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._strokes = strokes
        self._stroke: list[tuple[float, float]] = []
        self._dots: tuple[SkinPoint, ...] = ()
        self.width_mm = FIRST_WIDTH_MM

    def busy(self) -> bool:
        """A stroke is under way."""
        return bool(self._stroke)

    def preview(self) -> tuple[SkinPoint, ...]:
        """Points that the stroke would lay if the pen left now."""
        return self._dots

    def step_width(self, by: int) -> None:
        """Widen or narrow the swath."""
        low, high = WIDTHS_MM
        self.width_mm = min(max(self.width_mm + by * WIDTH_STEP_MM, low), high)
        self.width_changed.emit(self.width_mm)
        self.refreshed.emit()

    # -- gestures

    def tap(self, target: Target) -> None:
        """A stroke without length is no stroke: say what to do."""
        if target.skin is None:
            self.told.emit(self.tr("Off the body – nothing placed"))
        elif not self._strokes.needs_spacing():
            self.told.emit(self.tr("Draw a stroke over the skin; for single points use Place (P)"))

    def drag_began(self, target: Target) -> None:
        """A stroke begins."""
        if not self._strokes.needs_spacing():
            self._stroke = [target.xy_mm]

    def dragged(self, target: Target) -> None:
        """The stroke grows."""
        if not self._stroke:
            return
        self._stroke.append(target.xy_mm)
        if not self._model.charts_areas():
            self._dots = self._strokes.dots(self._stroke)

    def dropped(self, target: Target) -> None:
        """Record the stroke as one step."""
        if not self._stroke:
            return
        self.dragged(target)
        stroke, laid = self._stroke, self._dots
        self._forget()
        if self._model.charts_areas():
            self._strokes.brush_area(stroke, self.width_mm)
        else:
            self._strokes.place(laid, Origin.BRUSH, self.tr("Brushed {0} points"))
        self.refreshed.emit()

    def revert(self) -> bool:
        """Forget the stroke."""
        had = bool(self._stroke)
        self._forget()
        if had:
            self.refreshed.emit()
        return had

    def key_pressed(self, key: Qt.Key, _shift: bool, /) -> bool:
        """Up and down arrows change the width."""
        if not self._model.charts_areas() or key not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return False
        self.step_width(1 if key == Qt.Key.Key_Up else -1)
        return True

    def _forget(self) -> None:
        self._stroke, self._dots = [], ()

    # -- painting

    def paint(self, painter: QPainter, context: RenderContext, target: Target | None, /) -> None:
        """Points or swath under way; before the stroke the ring of the brush."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._model.charts_areas():
            self._paint_swath(painter, context, target)
        elif self._dots:
            paint_dots(painter, context, self._model, self._dots)
            end = context.point_px(*self._stroke[-1])
            words = self.tr("{0} points").format(len(self._dots))
            draw_label(painter, context, end - QPointF(0, 22), words, font("strong"))
        painter.restore()

    def _paint_swath(self, painter: QPainter, context: RenderContext, target: Target | None) -> None:
        width_px = self.width_mm / context.length_factor * context.scale
        colour = context.tokens.mixture(self._model.choice.mixture)
        if len(self._stroke) > 1:
            path = QPainterPath(context.point_px(*self._stroke[0]))
            for x, y in self._stroke[1:]:
                path.lineTo(context.point_px(x, y))
            pen = QPen(tint(context.tokens, colour, 0.28), width_px)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(path, pen)
        elif target is not None and target.skin is not None:
            for ink, line in ((context.tokens.colour("halo"), 4.0), (context.tokens.colour("text"), 1.6)):
                painter.setPen(QPen(ink, line))
                painter.drawEllipse(target.at, width_px / 2, width_px / 2)


def paint_dots(painter: QPainter, context: RenderContext, model: SessionModel, points: tuple[SkinPoint, ...]) -> None:
    """Points as they would be placed now, a little paler."""
    seen = context.atlas.project(context.view_key, SkinArray.of(points))
    style = style_of(model.choice.dose(), context.atlas.region_id_at(points[0]), context.atlas.ref.body)
    painter.setOpacity(0.8)
    draw_stamps(painter, _stamp(context, style), context.to_px(seen.xy[seen.visible]))
    painter.setOpacity(1.0)


def _stamp(context: RenderContext, style: Style) -> QPixmap:
    """The symbol as a picture: a long stroke shows hundreds of them at every move of the pen."""
    size = zoom_growth(context.zoom)
    side = math.ceil(CELL_PX * size * context.dpr)
    stamp = QPixmap(side, side)
    stamp.fill(Qt.GlobalColor.transparent)
    painter = QPainter(stamp)
    draw_symbol(painter, style, context.tokens, QPointF(side, side) / 2, size * context.dpr)
    painter.end()
    stamp.setDevicePixelRatio(context.dpr)
    return stamp
