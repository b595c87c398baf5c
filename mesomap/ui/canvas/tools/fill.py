"""Fill: tap a region, see the pattern with its count and volume, tap again (or Enter) to record it."""

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from mesomap.render.context import RenderContext
from mesomap.render.marks_in_view import style_of
from mesomap.render.regions import draw_label
from mesomap.render.symbols import draw_symbol
from mesomap.render.tokens import tint
from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.session_model import SessionModel
from mesomap.ui.shown_fill import ShownFill
from mesomap.ui.typefaces import font
from mesomap.ui.words import region_name

_MOST_DRAWN = 3000


class FillTool(Tool):
    """Owns one previewed fill until it is confirmed or reverted."""

    key = "fill"

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._preview: ShownFill | None = None
        model.choice_changed.connect(self._choice_changed)

    def preview(self) -> ShownFill | None:
        """The fill that waits for confirmation."""
        return self._preview

    def tap(self, target: Target) -> None:
        """First tap previews the region; a second tap on it records the fill."""
        if target.region_id is None:
            self.told.emit(self.tr("Off the body – nothing filled"))
            return
        if self._preview is not None and self._preview.region_id == target.region_id:
            self.confirm()
            return
        if self._model.choice.values.spacing_mm is None:
            self._model.ask_for("spacing_mm")
            self.told.emit(self.tr("Enter the spacing first, then tap the region"))
            return
        self._show(target.region_id)

    def confirm(self) -> None:
        """Record the previewed fill."""
        if self._preview is None:
            return
        shown, self._preview = self._preview, None
        self._model.fill(shown.preview)
        self.told.emit("")
        self.refreshed.emit()

    def revert(self) -> bool:
        """Drop the preview."""
        had = self._preview is not None
        self._preview = None
        if had:
            self.told.emit("")
            self.refreshed.emit()
        return had

    def _choice_changed(self) -> None:
        if self._preview is not None:
            self._show(self._preview.region_id)

    def _show(self, region_id: str) -> None:
        self._preview = self._model.preview_fill(region_id)
        if self._preview is not None:
            self.told.emit(
                self.tr("{0}: {1} – tap again or press Enter to record, Escape to drop").format(
                    region_name(self._model.atlas, region_id), self._preview.sentence
                )
            )
        self.refreshed.emit()

    def paint(self, painter: QPainter, context: RenderContext, _target: Target | None, /) -> None:
        """Outline and lattice of the fill, and what it would record."""
        shown = self._preview
        if shown is None:
            return
        path = context.transform().map(shown.outline_in(context.view_key))
        if path.isEmpty():
            return
        colour = context.tokens.mixture(self._model.choice.mixture)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, tint(context.tokens, colour, 0.12))
        pen = QPen(colour, 2, Qt.PenStyle.DashLine)
        painter.strokePath(path, pen)
        self._paint_lattice(painter, context, shown)
        painter.restore()
        box = path.boundingRect()
        top = max(box.top() - 8, 34)
        draw_label(painter, context, QPointF(box.center().x(), top), shown.sentence, font("strong"))

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
