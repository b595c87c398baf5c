"""Stamp: one tap places all needles of a multi-injector plate; a drag turns the plate before it is set down."""

import math

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen

from mesomap.atlas import SkinArray
from mesomap.domain.clock import now
from mesomap.domain.errors import MesoMapError
from mesomap.domain.place import SkinPoint
from mesomap.render.context import RenderContext
from mesomap.render.regions import draw_label
from mesomap.services.skin_plane import SkinPlane
from mesomap.services.stamping import Plate, record_stamp, stamp_points
from mesomap.ui.canvas.tools.brush import paint_dots
from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.session_model import SessionModel
from mesomap.ui.strokes import gesture_volume
from mesomap.ui.typefaces import font
from mesomap.ui.words import number, region_name

#: Setting that keeps the plate; degrees that an arrow key turns it by.
_SETTING, _STEP_DEG = "stamp_plate", 5.0


class StampTool(Tool):
    """Owns the plate, its turn, and the place where it is being set down; changed follows plate and turn."""

    key = "stamp"
    drags = True
    changed = Signal()

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.plate = Plate.from_setting(model.service.practice.setting(_SETTING))
        self.angle_deg = 0.0
        self._before_deg = 0.0
        self._middle: Target | None = None
        self._points: tuple[SkinPoint, ...] = ()
        self._rim: tuple[SkinPoint, ...] = ()

    def preview(self) -> tuple[SkinPoint, ...]:
        """Needles of the plate where it would be set down now."""
        return self._points

    def set_plate(self, plate: Plate) -> None:
        """Another plate."""
        self.plate = plate
        self._points, self._rim = (), ()
        self.changed.emit()
        self.refreshed.emit()

    def words(self) -> str:
        """Number of needles, size of the plate, volume and turn."""
        plate, choice = self.plate, self._model.choice
        words = [self.tr("{0} needles").format(plate.count)]
        if plate.pitch_mm is not None:
            across, down = (number((count - 1) * (plate.pitch_mm or 0.0), 1) for count in (plate.columns, plate.rows))
            words.append(f"{across} × {down} mm")
        if amount := gesture_volume(choice, plate.count):
            words.append(amount)
        turn = round(self.angle_deg) % 360
        if turn:
            words.append(self.tr("turned {0}°").format(turn))
        return " · ".join(words)

    def busy(self) -> bool:
        """The plate is being turned."""
        return self._middle is not None

    # -- gestures

    def hover(self, target: Target) -> None:
        """The plate follows the pen."""
        self._lay(target)

    def tap(self, target: Target) -> None:
        """Set the plate down."""
        if self._can(target):
            self._lay(target)
            self._stamp(target)

    def drag_began(self, target: Target) -> None:
        """The middle stays here while the plate is turned."""
        if self._can(target):
            self._middle, self._before_deg = target, self.angle_deg
            self._lay(target)

    def dragged(self, target: Target) -> None:
        """The rows turn to the pen."""
        if self._middle is None:
            return
        x, y = (to - of for to, of in zip(target.xy_mm, self._middle.xy_mm, strict=True))
        if math.hypot(x, y) > 0:
            self.angle_deg = math.degrees(math.atan2(y, x))
            self._lay(self._middle)
            self.changed.emit()

    def dropped(self, target: Target) -> None:
        """Set the turned plate down."""
        if self._middle is not None:
            self.dragged(target)
            middle, self._middle = self._middle, None
            self._stamp(middle)

    def revert(self) -> bool:
        """Lift the plate off; its turn goes back."""
        had = self._middle is not None
        if had:
            self._middle, self.angle_deg = None, self._before_deg
            self.changed.emit()
        self._points, self._rim = (), ()
        self.refreshed.emit()
        return had

    def key_pressed(self, key: Qt.Key, _shift: bool, /) -> bool:
        """Left and right arrows turn the plate."""
        if key not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return False
        self.angle_deg += _STEP_DEG if key == Qt.Key.Key_Left else -_STEP_DEG
        self._points, self._rim = (), ()
        self.changed.emit()
        self.refreshed.emit()
        return True

    def _can(self, target: Target) -> bool:
        """Whether a stamp can be set down here; the reason is told when not."""
        if self._model.charts_areas():
            self.told.emit(self.tr("This technique is charted as an area: use Brush (B) or Fill (F)"))
        elif target.skin is None:
            self.told.emit(self.tr("Off the body – nothing placed"))
        elif self.plate.pitch_mm is None:
            self.told.emit(self.tr("Enter the distance from needle to needle first"))
        else:
            return True
        return False

    def _lay(self, target: Target) -> None:
        self._points, self._rim = (), ()
        model, plate = self._model, self.plate
        if target.skin is None or plate.pitch_mm is None or model.charts_areas():
            return
        try:
            self._points = stamp_points(
                model.service, model.view_key, target.skin, target.xy_mm, plate, self.angle_deg
            )
        except MesoMapError as error:
            self.told.emit(error.sentence)
            return
        plane = SkinPlane(model.atlas, model.service.scale, model.view_key, target.skin, target.xy_mm)
        rim = plane.places(plate.rim_mm(self.angle_deg))
        self._rim = rim.points() if bool((rim.tri >= 0).all()) else ()

    def _stamp(self, target: Target) -> None:
        model, choice, points, plate = self._model, self._model.choice, self._points, self.plate
        self._points, self._rim = (), ()
        if not points:
            self.told.emit(self.tr("Off the body – nothing placed"))
            return
        model.last_region = target.region_id or model.last_region
        where = region_name(model.atlas, target.region_id) if target.region_id else ""
        words = self.tr("Stamped {0} points · {1}").format(len(points), where)

        def act() -> None:
            record_stamp(
                model.service, points, choice.dose(), choice.values.volume_ml, plate, now(), total_ml=choice.total_ml()
            )

        if model.act(act, words):
            self._keep_plate()
            if len(points) < plate.count:
                missed = self.tr("{0} of {1} needles on the skin").format(len(points), plate.count)
                self.told.emit(missed)
        self.refreshed.emit()

    def _keep_plate(self) -> None:
        practice, value = self._model.service.practice, self.plate.as_setting()
        if practice.setting(_SETTING) != value:
            try:
                practice.set_setting(_SETTING, value)
            except MesoMapError as error:
                self.told.emit(error.sentence)

    # -- painting

    def paint(self, painter: QPainter, context: RenderContext, target: Target | None, /) -> None:
        """The plate under the pen with its needles."""
        if not self._points and target is not None and self._middle is None:
            self._lay(target)
        if not self._points:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._rim:
            seen = context.atlas.project(context.view_key, SkinArray.of(self._rim))
            if bool(seen.visible.all()):
                self._paint_rim(painter, context, [QPointF(x, y) for x, y in context.to_px(seen.xy).tolist()])
        paint_dots(painter, context, self._model, self._points)
        painter.restore()

    def _paint_rim(self, painter: QPainter, context: RenderContext, places: list[QPointF]) -> None:
        path = QPainterPath(places[0])
        for place in places[1:]:
            path.lineTo(place)
        path.closeSubpath()
        for ink, width in ((context.tokens.colour("halo"), 4.0), (context.tokens.colour("text"), 1.6)):
            pen = QPen(ink, width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(path, pen)
        if self._middle is not None:
            box = path.boundingRect()
            draw_label(painter, context, QPointF(box.center().x(), box.top() - 10), self.words(), font("strong"))
