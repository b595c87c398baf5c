"""Line: threading from the entry to the end, by a drag or by two taps; points at even steps between them."""

from PySide6.QtCore import QObject, QPointF
from PySide6.QtGui import QPainter

from mesomap.domain.errors import MesoMapError
from mesomap.domain.marks import Origin
from mesomap.domain.place import SkinPoint
from mesomap.domain.technique import SymbolFamily
from mesomap.render.context import RenderContext
from mesomap.render.marks_in_view import style_of
from mesomap.render.needle_lines import draw_needle_line
from mesomap.render.regions import draw_label
from mesomap.services.skin_paths import line_points
from mesomap.ui.canvas.tools.brush import paint_dots
from mesomap.ui.canvas.tools.place import draw_crosshair
from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.session_model import SessionModel
from mesomap.ui.strokes import Strokes
from mesomap.ui.typefaces import font
from mesomap.ui.words import number


class LineTool(Tool):
    """Owns the entry and, while the pen looks for it, the end of one line."""

    key = "line"
    drags = True

    def __init__(self, model: SessionModel, strokes: Strokes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._strokes = strokes
        self._entry: SkinPoint | None = None
        self._points: tuple[SkinPoint, ...] = ()
        self._length_mm = 0.0
        self._end_px = QPointF()

    def busy(self) -> bool:
        """A line is under way."""
        return self._entry is not None

    def preview(self) -> tuple[SkinPoint, ...]:
        """Points that the line would lay, the entry first."""
        return self._points

    # -- gestures

    def tap(self, target: Target) -> None:
        """First the entry, then the end."""
        if self._entry is None:
            self._begin(target)
            if self._entry is not None:
                self.told.emit(self.tr("Now tap the end of the line; Escape drops it"))
        else:
            self._finish(target)

    def drag_began(self, target: Target) -> None:
        """The entry, unless a tap set it already."""
        if self._entry is None:
            self._begin(target)

    def hover(self, target: Target) -> None:
        """The line follows the pen."""
        self._aim(target)

    def dragged(self, target: Target) -> None:
        """The line follows the pen."""
        self._aim(target)

    def dropped(self, target: Target) -> None:
        """Record the line as one step."""
        if self._entry is not None:
            self._finish(target)

    def revert(self) -> bool:
        """Forget the line."""
        had = self._entry is not None
        self._forget()
        if had:
            self.told.emit("")
            self.refreshed.emit()
        return had

    def _begin(self, target: Target) -> None:
        if self._model.charts_areas():
            self.told.emit(self.tr("This technique is charted as an area: use Brush (B) or Fill (F)"))
        elif target.skin is None:
            self.told.emit(self.tr("Off the body – nothing placed"))
        elif not self._strokes.needs_spacing():
            self._entry = target.skin

    def _aim(self, target: Target) -> None:
        spacing = self._model.choice.values.spacing_mm
        self._points, self._end_px = (), target.at
        if self._entry is None or target.skin is None or spacing is None:
            return
        model = self._model
        ends = (self._entry, target.skin)
        try:
            found = line_points(model.atlas, model.service.scale, model.view_key, ends, spacing)
        except MesoMapError as error:
            self.told.emit(error.sentence)
            return
        self._points, self._length_mm = found

    def _finish(self, target: Target) -> None:
        self._aim(target)
        points, length = self._points, self._length_mm
        self._forget()
        if len(points) < 2:
            self.told.emit(self.tr("Off the body – nothing placed"))
        else:
            words = self.tr("Line of {0} mm, {1} points").format(number(length, 1), "{0}")
            self._strokes.place(points, Origin.LINE, words)
        self.refreshed.emit()

    def _forget(self) -> None:
        self._entry, self._points, self._length_mm = None, (), 0.0

    # -- painting

    def paint(self, painter: QPainter, context: RenderContext, target: Target | None, /) -> None:
        """The coming line with its length and number of points; before it the cross-hair."""
        if self._entry is None:
            if target is not None and target.skin is not None:
                draw_crosshair(painter, context, target.at)
            return
        if len(self._points) < 2:
            paint_dots(painter, context, self._model, (self._entry,))
            return
        style = style_of(self._model.choice.dose(), self._model.atlas.region_id_at(self._points[0]))
        if style.family is SymbolFamily.LINEAR:
            draw_needle_line(painter, context, self._points, style)
        else:
            paint_dots(painter, context, self._model, self._points)
        words = self.tr("{0} mm, {1} points").format(number(self._length_mm, 1), len(self._points))
        draw_label(painter, context, self._end_px - QPointF(0, 22), words, font("strong"))
