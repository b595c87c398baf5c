"""Fan: several lines from one entry, spread over an angle; the drag is the middle of the fan."""

import math

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QPainter

from mesomap.domain.clock import now
from mesomap.domain.errors import MesoMapError
from mesomap.domain.technique import SymbolFamily
from mesomap.render.context import RenderContext
from mesomap.render.marks_in_view import style_of
from mesomap.render.needle_lines import draw_needle_line
from mesomap.render.regions import draw_label
from mesomap.services.fanning import LINES, SPREAD_DEG, FanLine, FanShape, fan_lines, record_fan
from mesomap.ui.canvas.tools.brush import paint_dots
from mesomap.ui.canvas.tools.place import draw_crosshair
from mesomap.ui.canvas.tools.tool import Target
from mesomap.ui.canvas.tools.two_ends import TwoEndsTool
from mesomap.ui.session_model import SessionModel
from mesomap.ui.strokes import Strokes, gesture_volume
from mesomap.ui.typefaces import font
from mesomap.ui.words import number

#: Setting that keeps the shape; degrees that an arrow key widens it by.
_SETTING, _STEP_DEG = "fan_shape", 5.0


class FanTool(TwoEndsTool):
    """Owns the shape of the fan and the lines of the one under way; changed follows both."""

    key = "fan"
    changed = Signal()

    def __init__(self, model: SessionModel, strokes: Strokes, parent: QObject | None = None) -> None:
        super().__init__(model, strokes, parent)
        self.shape = FanShape.from_setting(model.service.practice.setting(_SETTING))
        self._lines: tuple[FanLine, ...] = ()
        self._last: Target | None = None

    def preview(self) -> tuple[FanLine, ...]:
        """Lines that the fan would lay."""
        return self._lines

    def set_shape(self, shape: FanShape) -> None:
        """Another number of lines or angle, held within what a fan can be."""
        lines = min(max(shape.lines, LINES[0]), LINES[1])
        self.shape = FanShape(lines, min(max(shape.spread_deg, SPREAD_DEG[0]), SPREAD_DEG[1]))
        if self._last is not None and self._entry is not None:
            self._aim(self._last)
        self.changed.emit()
        self.refreshed.emit()

    def words(self) -> str:
        """Lines, angle, and what the one under way would lay."""
        words = [self.tr("{0} lines").format(self.shape.lines), f"{number(self.shape.spread_deg, 0)}°"]
        if self._lines:
            words.append(self._figures())
        return " · ".join(words)

    def key_pressed(self, key: Qt.Key, _shift: bool, /) -> bool:
        """Up and down: number of lines; left and right: angle."""
        lines = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(key, 0)
        wider = {Qt.Key.Key_Right: _STEP_DEG, Qt.Key.Key_Left: -_STEP_DEG}.get(key, 0.0)
        if not lines and not wider:
            return False
        self.set_shape(FanShape(self.shape.lines + lines, self.shape.spread_deg + wider))
        return True

    def _figures(self) -> str:
        """Mean length along the skin, number of points and their volume."""
        length = sum(line.length_mm for line in self._lines) / len(self._lines)
        points = sum(len(line.points) for line in self._lines)
        words = self.tr("{0} mm, {1} points").format(number(length, 1), points)
        amount = gesture_volume(self._model.choice, points)
        return f"{words}, {amount}" if amount else words

    def _aim(self, target: Target) -> None:
        spacing = self._model.choice.values.spacing_mm
        self._lines, self._last = (), target
        entry = self._entry
        if entry is not None and entry.skin is not None and target.skin is not None and spacing is not None:
            model = self._model
            ends = (entry.skin, entry.xy_mm), (target.skin, target.xy_mm)
            try:
                self._lines = fan_lines(model.service, model.view_key, *ends, self.shape, spacing)
            except MesoMapError as error:
                self.told.emit(error.sentence)
        self.changed.emit()

    def _record(self) -> None:
        model, choice, lines = self._model, self._model.choice, self._lines
        spacing = choice.values.spacing_mm
        if not lines or spacing is None:
            self.told.emit(self.tr("Off the body – nothing placed"))
            return
        model.last_region = model.atlas.region_id_at(lines[0].points[0]) or model.last_region
        words = self.tr("Fan of {0} lines: {1}").format(len(lines), self._figures())

        def act() -> None:
            record_fan(
                model.service,
                lines,
                choice.dose(),
                choice.values.volume_ml,
                spacing,
                now(),
                total_ml=choice.total_ml(),
            )

        if model.act(act, words):
            self._keep_shape()
            if len(lines) < self.shape.lines:
                self.told.emit(self.tr("{0} of {1} lines on the skin").format(len(lines), self.shape.lines))

    def _keep_shape(self) -> None:
        practice, value = self._model.service.practice, self.shape.as_setting()
        if practice.setting(_SETTING) != value:
            try:
                practice.set_setting(_SETTING, value)
            except MesoMapError as error:
                self.told.emit(error.sentence)

    def _forget(self) -> None:
        super()._forget()
        self._lines, self._last = (), None
        self.changed.emit()

    # -- painting

    def paint(self, painter: QPainter, context: RenderContext, target: Target | None, /) -> None:
        """The coming lines with their figures; before them the cross-hair."""
        if self._entry is None or self._entry.skin is None:
            if target is not None and target.skin is not None:
                draw_crosshair(painter, context, target.at)
            return
        if not self._lines:
            paint_dots(painter, context, self._model, (self._entry.skin,))
            return
        atlas = context.atlas
        style = style_of(self._model.choice.dose(), atlas.region_id_at(self._entry.skin), atlas.ref.body)
        for line in self._lines:
            if style.family is SymbolFamily.LINEAR and len(line.points) > 1:
                draw_needle_line(painter, context, line.points, style)
            else:
                paint_dots(painter, context, self._model, line.points)
        draw_label(painter, context, self._label_at(), self._figures(), font("strong"))

    def _label_at(self) -> QPointF:
        """Beyond the entry, where no line is."""
        if self._entry is None or self._last is None:
            return QPointF()
        away = self._entry.at - self._last.at
        length = math.hypot(away.x(), away.y()) or 1.0
        return self._entry.at + QPointF(away.x() / length * 70, away.y() / length * 26)
