"""Measure: two taps give a distance along the skin, a third an angle, a loop an area. Nothing is recorded."""

import math

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from mesomap.atlas import SkinArray
from mesomap.domain.place import SkinPoint
from mesomap.render.context import RenderContext
from mesomap.render.regions import draw_label
from mesomap.services.measuring import angle_deg, area_cm2
from mesomap.ui.canvas.tools.loop import DrawnLoop
from mesomap.ui.canvas.tools.select import draw_loop
from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.canvas.ways import Way, Ways
from mesomap.ui.session_model import SessionModel
from mesomap.ui.typefaces import font
from mesomap.ui.words import area, number, region_name

_MOST_POINTS = 3


class MeasureTool(Tool):
    """Owns up to three places or one loop; they stay until the next measurement or Escape."""

    key = "measure"
    drags = True

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._places: list[SkinPoint] = []
        self._ways = Ways(model, self)
        self._ways.came.connect(self._came)
        self._legs: list[Way] = []
        self._live: Way | None = None
        self._loop = DrawnLoop()
        self._area_words = ""

    # -- what was measured

    def lengths_mm(self) -> list[float]:
        """Measured distances, patient mm, those that are known by now."""
        return [measured.length_mm for measured in self._legs if measured.length_mm is not None]

    def finish(self) -> None:
        """Wait for the distances that are being worked out."""
        self._ways.finish()

    def words(self) -> str:
        """What was measured, as a sentence; nothing before the second tap, or while a distance is worked out."""
        if self._area_words:
            return self._area_words
        lengths = self.lengths_mm()
        if not self._legs or len(lengths) < len(self._legs):
            return ""
        if len(lengths) == 1:
            return self._estimate(_mm(lengths[0]))
        shown = [round(length, 1) for length in lengths]
        sum_words = " + ".join(number(length, 1) for length in shown)
        return self._estimate(f"{sum_words} = {number(sum(shown), 1)} mm, {self._angle():.0f}°")

    def _angle(self) -> float:
        return angle_deg(self._model.atlas, *(measured.run for measured in self._legs))

    def _estimate(self, figures: str) -> str:
        basis = self._model.service.session.scale_basis or self.tr("reference body")
        return self.tr("{0} along the skin – estimate, {1}").format(figures, basis)

    def busy(self) -> bool:
        """The card beside the pen would cover the figure."""
        return self._loop.drawing or bool(self._places)

    # -- gestures

    def tap(self, target: Target) -> None:
        """First, second, third place; a fourth begins anew."""
        if target.skin is None:
            self.told.emit(self.tr("Off the body – nothing measured"))
            return
        if self._loop.places or len(self._places) == _MOST_POINTS:
            self._forget()
        if self._places:
            self._legs.append(self._ways.set_down(self._places[-1], target.skin))
        self._places.append(target.skin)
        self._live = None
        if not self._legs:
            self.told.emit(self.tr("Tap the other end, or draw a loop for an area"))
        else:
            self.told.emit(self.words() or self.tr("The way along the skin is being measured …"))
        self.refreshed.emit()

    def _came(self) -> None:
        """A distance is known: it is told once all that were tapped are."""
        if self._legs and self._live is None and (words := self.words()):
            self.told.emit(words)
        self.refreshed.emit()

    def hover(self, target: Target) -> None:
        """The distance so far, while the second end is looked for."""
        self._live = None
        self._ways.drop_live()
        if len(self._places) == 1 and target.skin is not None:
            self._live = self._ways.follow(self._places[0], target.skin)

    def drag_began(self, target: Target) -> None:
        """A loop begins."""
        self._forget()
        self._loop.begin(self._model.view_key, target.xy_mm)

    def dragged(self, target: Target) -> None:
        """The loop grows."""
        self._loop.grow(target.xy_mm)

    def dropped(self, target: Target) -> None:
        """The loop closes: its area."""
        if not self._loop.close(target.xy_mm):
            return
        model = self._model
        size, regions = area_cm2(model.atlas, model.service.scale, self._loop.view_key, self._loop.places)
        if not regions:
            self._forget()
            self.told.emit(self.tr("Off the body – nothing measured"))
        else:
            names = ", ".join(region_name(model.atlas, region) for region in regions[:3])
            more = ", …" if len(regions) > 3 else ""
            self._area_words = self._estimate(self.tr("{0} cm² ({1})").format(area(size), names + more))
            self.told.emit(self._area_words)
        self.refreshed.emit()

    def revert(self) -> bool:
        """Forget the measurement."""
        had = bool(self._places or self._loop.places)
        self._forget()
        if had:
            self.told.emit("")
            self.refreshed.emit()
        return had

    def _forget(self) -> None:
        self._ways.forget()
        self._places, self._legs = [], []
        self._live, self._area_words = None, ""
        self._loop.clear()

    # -- painting

    def paint(self, painter: QPainter, context: RenderContext, _target: Target | None, /) -> None:
        """Lines with their lengths, the angle, or the loop with its area."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for measured in self._legs:
            _draw_leg(painter, context, measured.run, measured.length_mm, Qt.PenStyle.SolidLine)
        if self._live is not None:
            _draw_leg(painter, context, self._live.run, self._ways.shown_mm(self._live), Qt.PenStyle.DashLine)
        loop = self._loop.places
        if loop and context.view_key == self._loop.view_key:
            draw_loop(painter, context, loop if self._loop.drawing else [*loop, loop[0]])
        self._paint_places(painter, context)
        painter.restore()
        if self._area_words and context.view_key == self._loop.view_key:
            xs, ys = zip(*loop, strict=True)
            top = context.point_px((min(xs) + max(xs)) / 2, max(ys)) - QPointF(0, 8)
            draw_label(painter, context, top, self._area_words.partition(" (")[0], font("strong"))

    def _paint_places(self, painter: QPainter, context: RenderContext) -> None:
        for number_, place in enumerate(self._places):
            at = _seen_at(context, place)
            if at is None:
                continue
            painter.setPen(QPen(context.tokens.colour("halo"), 4))
            painter.setBrush(context.tokens.colour("text"))
            painter.drawEllipse(at, 5.0, 5.0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(at, 4.5, 4.5)
            if number_ == 1 and len(self._legs) == 2:
                words = f"{self._angle():.0f}°"
                away = _outward(at, [_seen_at(context, self._places[k]) for k in (0, 2)])
                draw_label(painter, context, at + away * 34 + QPointF(0, 13), words, font("strong"))


def _seen_at(context: RenderContext, place: SkinPoint) -> QPointF | None:
    seen = context.atlas.project(context.view_key, SkinArray.of([place]))
    return context.point_px(*seen.xy[0].tolist()) if bool(seen.visible[0]) else None


def _outward(corner: QPointF, ends: list[QPointF | None]) -> QPointF:
    """Unit vector from a corner away from the ends of its legs; straight down where they pull evenly."""
    pull = QPointF()
    for end in ends:
        if end is not None:
            leg_px = end - corner
            pull += leg_px / max(math.hypot(leg_px.x(), leg_px.y()), 1e-9)
    size = math.hypot(pull.x(), pull.y())
    return -pull / size if size > 0.1 else QPointF(0, 1)


def _mm(length_mm: float | None) -> str:
    if length_mm is None:
        return "…"
    return f"{number(length_mm, 1)} mm" if math.isfinite(length_mm) else "– mm"


def _draw_leg(
    painter: QPainter, context: RenderContext, run: SkinArray, length_mm: float | None, style: Qt.PenStyle
) -> None:
    """The line where this view sees it, its length above its middle."""
    seen = context.atlas.project(context.view_key, run)
    path = QPainterPath()
    drawing = False
    for (x, y), shows in zip(context.to_px(seen.xy).tolist(), seen.visible.tolist(), strict=True):
        if shows and drawing:
            path.lineTo(x, y)
        elif shows:
            path.moveTo(x, y)
        drawing = shows
    if path.elementCount() < 2:
        return
    painter.strokePath(path, QPen(context.tokens.colour("halo"), 5))
    painter.strokePath(path, QPen(context.tokens.colour("text"), 2, style))
    middle, span = path.pointAtPercent(0.5), path.boundingRect()
    beside = QPointF(50, 13) if span.height() > span.width() else QPointF(0, -10)
    draw_label(painter, context, middle + beside, _mm(length_mm), font("strong"))
