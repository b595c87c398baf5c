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
from mesomap.ui.canvas.tools.tool import Target
from mesomap.ui.canvas.tools.two_ends import TwoEndsTool
from mesomap.ui.session_model import SessionModel
from mesomap.ui.strokes import Strokes, gesture_volume
from mesomap.ui.typefaces import font
from mesomap.ui.words import number


class LineTool(TwoEndsTool):
    """Owns the points of one line."""

    key = "line"

    def __init__(self, model: SessionModel, strokes: Strokes, parent: QObject | None = None) -> None:
        super().__init__(model, strokes, parent)
        self._points: tuple[SkinPoint, ...] = ()
        self._length_mm = 0.0
        self._end_px = QPointF()

    def preview(self) -> tuple[SkinPoint, ...]:
        """Points that the line would lay, the entry first."""
        return self._points

    def _aim(self, target: Target) -> None:
        spacing = self._model.choice.values.spacing_mm
        self._points, self._end_px = (), target.at
        if self._entry is None or self._entry.skin is None or target.skin is None or spacing is None:
            return
        model = self._model
        ends = (self._entry.skin, target.skin)
        try:
            found = line_points(model.atlas, model.service.scale, model.view_key, ends, spacing)
        except MesoMapError as error:
            self.told.emit(error.sentence)
            return
        self._points, self._length_mm = found

    def _record(self) -> None:
        if len(self._points) < 2:
            self.told.emit(self.tr("Off the body – nothing placed"))
            return
        words = self.tr("Line of {0} mm, {1} points").format(number(self._length_mm, 1), "{0}")
        self._strokes.place(self._points, Origin.LINE, words)

    def _forget(self) -> None:
        super()._forget()
        self._points, self._length_mm = (), 0.0

    # -- painting

    def paint(self, painter: QPainter, context: RenderContext, target: Target | None, /) -> None:
        """The coming line with its length and number of points; before it the cross-hair."""
        if self._entry is None or self._entry.skin is None:
            if target is not None and target.skin is not None:
                draw_crosshair(painter, context, target.at)
            return
        if len(self._points) < 2:
            paint_dots(painter, context, self._model, (self._entry.skin,))
            return
        atlas = context.atlas
        style = style_of(self._model.choice.dose(), atlas.region_id_at(self._points[0]), atlas.ref.body)
        if style.family is SymbolFamily.LINEAR:
            draw_needle_line(painter, context, self._points, style)
        else:
            paint_dots(painter, context, self._model, self._points)
        words = self.tr("{0} mm, {1} points").format(number(self._length_mm, 1), len(self._points))
        if amount := gesture_volume(self._model.choice, len(self._points)):
            words = f"{words}, {amount}"
        draw_label(painter, context, self._end_px - QPointF(0, 22), words, font("strong"))
