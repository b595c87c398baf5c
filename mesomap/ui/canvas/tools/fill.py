"""Fill: tap a region or draw a loop, see the pattern with its count and volume, tap again or press Enter."""

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from mesomap.render.context import RenderContext
from mesomap.render.marks_in_view import style_of
from mesomap.render.regions import draw_label
from mesomap.render.symbols import draw_symbol
from mesomap.render.tokens import tint
from mesomap.ui.canvas.tools.loop import DrawnLoop
from mesomap.ui.canvas.tools.select import draw_loop
from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.filling import Filling
from mesomap.ui.session_model import SessionModel
from mesomap.ui.shown_fill import ShownFill
from mesomap.ui.typefaces import font

_MOST_DRAWN = 3000


class FillTool(Tool):
    """Owns one previewed fill until it is confirmed or reverted."""

    key = "fill"
    drags = True

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._filling = Filling(model, self)
        self._shown: list[ShownFill] = []
        self._loop = DrawnLoop()
        model.choice_changed.connect(self._choice_changed)

    def preview(self) -> ShownFill | None:
        """The fill that waits for confirmation; the first when a loop holds several regions."""
        return self._shown[0] if self._shown else None

    def busy(self) -> bool:
        """A loop is drawn, or a fill waits."""
        return self._loop.drawing or bool(self._shown)

    # -- gestures

    def tap(self, target: Target) -> None:
        """First tap previews the region; a second tap on what is shown records it."""
        if target.region_id is None:
            self.told.emit(self.tr("Off the body – nothing filled"))
            return
        if any(part.region_id == target.region_id for part in self._shown):
            self.confirm()
        elif not self._needs_spacing():
            self._loop.clear()
            self._show(self._filling.region(target.region_id))

    def drag_began(self, target: Target) -> None:
        """A loop begins; what was shown is dropped."""
        if not self._needs_spacing():
            self.revert()
            self._loop.begin(self._model.view_key, target.xy_mm)

    def dragged(self, target: Target) -> None:
        """The loop grows."""
        self._loop.grow(target.xy_mm)

    def dropped(self, target: Target) -> None:
        """The loop closes: see what filling it would record."""
        if not self._loop.close(target.xy_mm):
            return
        self._show(self._filling.loop(self._loop.places))
        if not self._shown:
            self.told.emit(self.tr("Off the body – nothing filled"))

    def confirm(self) -> None:
        """Record the previewed fill."""
        if not self._shown:
            return
        shown, self._shown = self._shown, []
        self._loop.clear()
        self._filling.record(shown)
        self.told.emit("")
        self.refreshed.emit()

    def revert(self) -> bool:
        """Drop the loop and the preview."""
        had = self.busy()
        self._shown = []
        self._loop.clear()
        if had:
            self.told.emit("")
            self.refreshed.emit()
        return had

    def _needs_spacing(self) -> bool:
        if self._model.choice.values.spacing_mm is not None:
            return False
        self._model.ask_for("spacing_mm")
        self.told.emit(self.tr("Enter the spacing first, then tap the region"))
        return True

    def _choice_changed(self) -> None:
        if not self._shown:
            return
        elsewhere = bool(self._loop.places) and self._loop.view_key != self._model.view_key
        if self._model.choice.values.spacing_mm is None or elsewhere:
            self.revert()
        elif self._loop.places:
            self._show(self._filling.loop(self._loop.places))
        else:
            self._show(self._filling.region(self._shown[0].region_id))

    def _show(self, shown: list[ShownFill]) -> None:
        self._shown = shown
        if shown:
            self.told.emit(
                self.tr("{0}: {1} – tap again or press Enter to record, Escape to drop").format(
                    self._filling.place(shown), self._filling.words(shown)
                )
            )
        self.refreshed.emit()

    # -- painting

    def paint(self, painter: QPainter, context: RenderContext, _target: Target | None, /) -> None:
        """Outline and lattice of the fill, and what it would record; or the loop under way."""
        if self._loop.drawing and len(self._loop.places) > 1:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_loop(painter, context, self._loop.places)
            painter.restore()
        whole = QPainterPath()
        for shown in self._shown:
            path = context.transform().map(shown.outline_in(context.view_key))
            self._paint_fill(painter, context, shown, path)
            whole.addPath(path)
        if not whole.isEmpty():
            box = whole.boundingRect()
            at = QPointF(box.center().x(), max(box.top() - 8, 34))
            draw_label(painter, context, at, self._filling.words(self._shown), font("strong"))

    def _paint_fill(self, painter: QPainter, context: RenderContext, shown: ShownFill, path: QPainterPath) -> None:
        if path.isEmpty():
            return
        colour = context.tokens.mixture(self._model.choice.mixture)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, tint(context.tokens, colour, 0.12))
        painter.strokePath(path, QPen(colour, 2, Qt.PenStyle.DashLine))
        self._paint_lattice(painter, context, shown)
        painter.restore()

    def _paint_lattice(self, painter: QPainter, context: RenderContext, shown: ShownFill) -> None:
        xy = context.to_px(shown.points_in(context.view_key))
        if len(xy) > _MOST_DRAWN:
            return
        if shown.gap_px(context) < 9:
            dots = QPainterPath()
            dots.setFillRule(Qt.FillRule.WindingFill)
            for x, y in xy:
                dots.addEllipse(QPointF(x, y), 1.3, 1.3)
            painter.fillPath(dots, context.tokens.mixture(self._model.choice.mixture))
            return
        style = style_of(self._model.choice.dose(), shown.region_id)
        painter.setOpacity(0.75)
        for x, y in xy:
            draw_symbol(painter, style, context.tokens, QPointF(x, y), 0.9)
