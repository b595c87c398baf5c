"""Complaint, areas: draw a loop or a broad stroke where it hurts; tap one to select it."""

from PySide6.QtCore import QObject, QPointF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from mesomap.render.context import RenderContext
from mesomap.render.pain_drawing import draw_pain_drawing
from mesomap.render.tokens import tint
from mesomap.ui.canvas.layers import Layer
from mesomap.ui.canvas.tools.loop import DrawnLoop
from mesomap.ui.canvas.tools.select import draw_loop
from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.pain_drawing import PainDrawing
from mesomap.ui.typefaces import font

#: How near a tap must be to a trigger point, px.
REACH_PX = 18.0
_DIGITS = {getattr(Qt.Key, f"Key_{digit}"): digit for digit in range(10)}


class ComplaintTool(Tool):
    """What the tools of the complaint share: they show the drawing, and keys set intensity or erase."""

    key = "complaint"
    draws_complaint = True

    def __init__(self, pain: PainDrawing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pain = pain
        self._scale = 1.0
        self._drawing = Layer(self._paint_drawing)
        pain.changed.connect(self._changed)

    def key_pressed(self, key: Qt.Key, _shift: bool, /) -> bool:
        """0 to 9 set the intensity, up and down step it (10 is above 9), Delete erases."""
        if key in _DIGITS:
            self._pain.set_intensity(_DIGITS[key])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._pain.step_intensity(1 if key == Qt.Key.Key_Up else -1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._pain.erase()
        else:
            return False
        return True

    def paint(self, painter: QPainter, context: RenderContext, _target: Target | None, /) -> None:
        """The whole drawing, in full ink, kept as a picture; what was charted already steps back behind it."""
        self._scale = context.scale
        if not self._drawing.fresh(context):
            self._drawing.repaint(context, QSizeF(painter.window().size()))
        self._drawing.draw(painter, context)

    def _paint_drawing(self, painter: QPainter, context: RenderContext) -> None:
        if self._pain.model.marks:
            painter.fillRect(painter.window(), tint(context.tokens, context.tokens.colour("canvas"), 0.45))
        chosen = self._pain.selected()
        draw_pain_drawing(
            painter, context, self._pain.scene(), font("badge"), selected=None if chosen is None else chosen.id
        )

    def _changed(self) -> None:
        self._drawing.spoil()
        self.refreshed.emit()

    def reach_mm(self) -> float:
        """How near a tap must be to a trigger point, view mm."""
        return REACH_PX / self._scale


class PainAreaTool(ComplaintTool):
    """Owns one loop or stroke until the pen leaves. brush: a broad stroke instead of a loop."""

    drags = True

    def __init__(self, pain: PainDrawing, *, brush: bool, parent: QObject | None = None) -> None:
        super().__init__(pain, parent)
        self.brush = brush
        self._way = DrawnLoop()

    def busy(self) -> bool:
        """A loop or stroke is under way."""
        return self._way.drawing

    def tap(self, target: Target) -> None:
        """Select what lies here."""
        here, reach = target.xy_mm, self.reach_mm()
        if self._pain.erase_at(here, reach) or self._pain.select_at(here, reach):
            return
        if target.skin is None:
            self.told.emit(self.tr("Off the body – nothing drawn"))
        else:
            loop = self.tr("Draw a loop around where it hurts")
            self.told.emit(self.tr("Draw a stroke where it hurts") if self.brush else loop)

    def drag_began(self, target: Target) -> None:
        """A loop or stroke begins."""
        if not self._pain.erase_at(target.xy_mm, self.reach_mm()):
            self._way.begin(self._pain.model.view_key, target.xy_mm)

    def dragged(self, target: Target) -> None:
        """It grows."""
        self._way.grow(target.xy_mm)

    def dropped(self, target: Target) -> None:
        """Record it as one step."""
        if not self._way.close(target.xy_mm):
            return
        way = list(self._way.places)
        self._way.clear()
        if self.brush:
            self._pain.brush(way)
        else:
            self._pain.lasso(way)
        self.refreshed.emit()

    def revert(self) -> bool:
        """Forget the loop or stroke, or else the selection."""
        had = self._way.drawing or self._pain.selected() is not None
        self._way.clear()
        self._pain.select(None)
        if had:
            self.refreshed.emit()
        return had

    def paint(self, painter: QPainter, context: RenderContext, target: Target | None, /) -> None:
        """The drawing, and the loop or stroke under way; before a stroke the ring of the brush."""
        super().paint(painter, context, target)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.brush:
            if self._way.drawing and len(self._way.places) > 1:
                draw_loop(painter, context, self._way.places)
        elif self._way.drawing:
            self._paint_stroke(painter, context)
        elif target is not None and target.skin is not None:
            half = self._width_px(context) / 2
            for name, line in (("halo", 4.0), ("text", 1.6)):
                painter.setPen(QPen(context.tokens.colour(name), line))
                painter.drawEllipse(target.at, half, half)
        painter.restore()

    def _paint_stroke(self, painter: QPainter, context: RenderContext) -> None:
        places = [context.point_px(x, y) for x, y in self._way.places]
        path = QPainterPath(places[0])
        for place in places[1:]:
            path.lineTo(place)
        path.lineTo(places[-1] + QPointF(0.01, 0.0))
        pen = QPen(tint(context.tokens, context.tokens.colour("text"), 0.28), self._width_px(context))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)

    def _width_px(self, context: RenderContext) -> float:
        return self._pain.width_mm / context.length_factor * context.scale
