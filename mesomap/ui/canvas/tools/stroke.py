"""Stroke: parallel superficial strokes of the needle over a strip, from its beginning to its end (IED)."""

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen

from mesomap.domain.clock import now
from mesomap.domain.errors import MesoMapError
from mesomap.domain.technique import SymbolFamily, technique
from mesomap.render.context import RenderContext
from mesomap.render.regions import draw_label
from mesomap.render.tokens import tint
from mesomap.services.stroking import WIDTHS_MM, Strip, record_strokes, strip
from mesomap.ui.canvas.tools.place import draw_crosshair
from mesomap.ui.canvas.tools.tool import Target
from mesomap.ui.canvas.tools.two_ends import TwoEndsTool
from mesomap.ui.session_model import SessionModel
from mesomap.ui.strokes import Strokes, gesture_volume
from mesomap.ui.typefaces import font
from mesomap.ui.words import area, number, region_name

#: Setting that keeps the width; width at first and its steps, patient mm; technique that the tool is made for.
_SETTING, _FIRST_MM, _STEP_MM, _TECHNIQUE = "stroke_width_mm", 20.0, 2.0, "ied"


class StrokeTool(TwoEndsTool):
    """Owns the width of the strip and the strokes under way; changed follows both."""

    key = "stroke"
    changed = Signal()

    def __init__(self, model: SessionModel, strokes: Strokes, parent: QObject | None = None) -> None:
        super().__init__(model, strokes, parent)
        kept = model.service.practice.setting(_SETTING)
        known = isinstance(kept, int | float) and WIDTHS_MM[0] <= kept <= WIDTHS_MM[1]
        self.width_mm = float(kept) if known else _FIRST_MM
        self._strip: Strip | None = None
        self._last: Target | None = None
        self._technique_before = ""

    def suits(self) -> bool:
        """Whether the technique is one of strokes."""
        return technique(self._model.choice.technique).symbol_family is SymbolFamily.STROKE

    def taken_up(self) -> None:
        """The tool was chosen: it is made for one technique."""
        if not self.suits():
            self._technique_before = self._model.choice.technique
            self._model.choose_technique(_TECHNIQUE)

    def given_back(self) -> None:
        """A tool that sets points was chosen after it: the technique is again the one it took away."""
        before, self._technique_before = self._technique_before, ""
        if before and self._model.choice.technique == _TECHNIQUE:
            self._model.choose_technique(before)

    def preview(self) -> Strip | None:
        """Strokes that would be recorded."""
        return self._strip

    def set_width(self, width_mm: float | None) -> None:
        """Another width of the strip, held within what is possible."""
        self.width_mm = min(max(width_mm or 0.0, WIDTHS_MM[0]), WIDTHS_MM[1])
        if self._last is not None and self._entry is not None:
            self._aim(self._last)
        self.changed.emit()
        self.refreshed.emit()

    def words(self) -> str:
        """What is under way, or what to do."""
        return self._figures() or self.tr("Drag along the strokes")

    def key_pressed(self, key: Qt.Key, _shift: bool, /) -> bool:
        """Up and down arrows change the width."""
        if key not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return False
        self.set_width(self.width_mm + (_STEP_MM if key == Qt.Key.Key_Up else -_STEP_MM))
        return True

    def _refusal(self) -> str:
        return "" if self.suits() else self.tr("Strokes are charted with a stroke technique: choose IED")

    def _figures(self) -> str:
        laid, choice = self._strip, self._model.choice
        if laid is None:
            return ""
        words = [self.tr("{0} strokes of {1} mm").format(laid.count, number(laid.length_mm, 1))]
        words.append(f"{area(sum(part.area_cm2 for part in laid.parts))} cm²")
        if amount := gesture_volume(choice, laid.count):
            words.append(amount)
        return " · ".join(words)

    def _aim(self, target: Target) -> None:
        spacing = self._model.choice.values.spacing_mm
        self._strip, self._last = None, target
        entry = self._entry
        if entry is not None and entry.skin is not None and target.skin is not None and spacing is not None:
            model = self._model
            ends = (entry.skin, entry.xy_mm), (target.skin, target.xy_mm)
            try:
                self._strip = strip(model.service, model.view_key, *ends, self.width_mm, spacing)
            except MesoMapError as error:
                self.told.emit(error.sentence)
        self.changed.emit()

    def _record(self) -> None:
        model, choice, laid = self._model, self._model.choice, self._strip
        spacing = choice.values.spacing_mm
        if laid is None or spacing is None:
            self.told.emit(self.tr("Off the body – nothing placed"))
            return
        widest = max(laid.parts, key=lambda part: part.area_cm2).region_id
        model.last_region = widest
        words = self.tr("{0} · {1}").format(self._figures(), region_name(model.atlas, widest))

        def act() -> None:
            record_strokes(
                model.service,
                laid,
                choice.dose(),
                choice.values.volume_ml,
                spacing,
                now(),
                total_ml=choice.total_ml(),
            )

        if model.act(act, words):
            self._keep_width()

    def _keep_width(self) -> None:
        practice = self._model.service.practice
        if practice.setting(_SETTING) != self.width_mm:
            try:
                practice.set_setting(_SETTING, self.width_mm)
            except MesoMapError as error:
                self.told.emit(error.sentence)

    def _forget(self) -> None:
        super()._forget()
        self._strip, self._last = None, None
        self.changed.emit()

    # -- painting

    def paint(self, painter: QPainter, context: RenderContext, target: Target | None, /) -> None:
        """The coming strokes with their figures; before them the cross-hair."""
        if self._entry is None:
            if target is not None and target.skin is not None:
                draw_crosshair(painter, context, target.at)
            return
        laid = self._strip
        if laid is None:
            return
        colour = context.tokens.mixture(self._model.choice.mixture)
        path = QPainterPath()
        for stroke in laid.strokes:
            seen = context.atlas.project(context.view_key, stroke)
            xy = context.to_px(seen.xy[seen.visible]).tolist()
            for row, (x, y) in enumerate(xy):
                path.lineTo(x, y) if row else path.moveTo(x, y)
        width = self.width_mm / context.length_factor * context.scale
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for ink, line in ((context.tokens.colour("halo"), 3.4), (tint(context.tokens, colour, 0.9), 1.8)):
            pen = QPen(ink, line)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.strokePath(path, pen)
        painter.restore()
        at = self._last.at if self._last is not None else self._entry.at
        draw_label(painter, context, at - QPointF(0, 22 + width / 2), self._figures(), font("strong"))
