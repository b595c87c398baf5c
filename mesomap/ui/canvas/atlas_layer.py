"""What the atlas knows about the skin, over the body and under the marks: danger zones, acupoints, landmarks.

Each is off until it is switched on. While one is on, a line at the foot of the canvas says that it is incomplete.
"""

from PySide6.QtCore import QCoreApplication, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from mesomap.atlas import Atlas
from mesomap.domain.acupoints import acupoints
from mesomap.domain.danger_zones import danger_zones
from mesomap.domain.errors import MesoMapError
from mesomap.render.callouts import Callout
from mesomap.render.context import RenderContext
from mesomap.render.overlay_shapes import OverlayShapes, nearest_mark
from mesomap.render.overlays import draw_acupoints, draw_landmarks, draw_names, draw_zones, zone_callouts
from mesomap.render.own_zones import draw_own_zones, own_callouts
from mesomap.ui.canvas.tools.tool import Target
from mesomap.ui.own_zone_desk import DRAW, OWN, OwnZoneDesk
from mesomap.ui.typefaces import font

ZONES, POINTS, LANDMARKS, RECALLED = "danger_zones", "acupoints", "landmarks", "recalled"
KEYS = (ZONES, POINTS, LANDMARKS, RECALLED)
_REACH_PX = 9.0
#: Room that the floating cards, the side letters and the zoom buttons take, px: top, sides, foot.
_TOP_PX, _SIDE_PX, _FOOT_PX = 126.0, 14.0, 62.0


class AtlasLayer(QObject):
    """Paints the overlays of the atlas. ready is sent when more of them can be painted; failed tells a reason."""

    ready = Signal()
    failed = Signal(str)

    def __init__(self, atlas: Atlas, overlays: dict[str, bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._on = overlays
        for key in KEYS:
            overlays.setdefault(key, False)
        self.shapes = OverlayShapes(atlas)
        self.own: OwnZoneDesk | None = None
        self._view = ""
        self._told = False
        self._slicer = QTimer(self, interval=0)
        self._slicer.timeout.connect(self._next)

    def shown(self, key: str) -> bool:
        """Whether an overlay is on."""
        return self._on.get(key, False)

    def paint(self, painter: QPainter, context: RenderContext) -> None:
        """Everything that is switched on and ready; what is missing is made in the background."""
        if not any(self.shown(key) for key in (ZONES, POINTS, LANDMARKS, OWN)):
            return
        try:
            self._paint(painter, context)
        except MesoMapError as error:
            if not self._told:
                self._told = True
                self.failed.emit(error.sentence)

    def _paint(self, painter: QPainter, context: RenderContext) -> None:
        size = painter.device()
        wide, high = size.width() / context.dpr, size.height() / context.dpr
        room = QRectF(_SIDE_PX, _TOP_PX, wide - 2 * _SIDE_PX, high - _TOP_PX - _FOOT_PX)
        kept_free = self._kept_free(context, wide, high)
        open_room = QRectF(0.0, 0.0, wide, high)
        taken: list[QRectF] = [*kept_free, QRectF(0, 0, wide, 62), QRectF(wide - 350, 62, 350, 60)]
        taken.append(QRectF(wide / 2 - 250, high - 52, 500, 40))
        view, recalled = context.view_key, self.shown(RECALLED)
        callouts: list[Callout] = []
        if self.shown(ZONES):
            self._ask(view)
            zones = self.shapes.zones(view, recalled=recalled)
            draw_zones(painter, context, zones)
            callouts += zone_callouts(context, zones, room, zone_name)
        if self.own is not None and self.shown(OWN):
            mine = [shape for shape in self.own.shapes(view) if shape.zone.id]
            draw_own_zones(painter, context, mine)
            callouts += own_callouts(context, mine, room)
        taken += draw_names(painter, context, callouts, room, kept_free, font("small"))
        if self.shown(POINTS):
            points = self.shapes.acupoints(view, recalled=recalled)
            taken = draw_acupoints(painter, context, points, open_room, taken, font("badge"))
        if self.shown(LANDMARKS):
            marks = self.shapes.landmarks(view)
            draw_landmarks(painter, context, marks, open_room, taken, font("small"), landmark_label)
        if any(self.shown(key) for key in (ZONES, POINTS, LANDMARKS)) and not self.shown(DRAW):
            self._paint_note(painter, context, wide, high)

    def _kept_free(self, context: RenderContext, wide: float, high: float) -> list[QRectF]:
        """Boxes of the side letters and of the zoom buttons."""
        view, middle = context.atlas.view(context.view_key), 0.46 * high
        boxes = [QRectF(wide - 90, high - 200, 90, 200)]
        if view.left_letter:
            boxes.append(QRectF(0, middle - 26, 80, 76))
        if view.right_letter:
            boxes.append(QRectF(wide - 80, middle - 26, 80, 76))
        return boxes

    def _paint_note(self, painter: QPainter, context: RenderContext, wide: float, high: float) -> None:
        role = font("small")
        metrics = QFontMetricsF(role)
        words = self.note()
        room = wide - 190.0
        for words in (self.note(), self.tr("Incomplete: no mark means nothing.")):
            if metrics.horizontalAdvance(words) <= room:
                break
        width = metrics.horizontalAdvance(words)
        box = QRectF((wide - width) / 2 - 12, high - 46.0, width + 24, 28.0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(context.tokens.colour("line2"), 1.0))
        painter.setBrush(context.tokens.colour("panel"))
        painter.drawRoundedRect(box, 14, 14)
        painter.setPen(context.tokens.colour("text2"))
        painter.setFont(role)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()

    def note(self) -> str:
        """The sentence that always stands with an overlay."""
        first = self.tr("Incomplete: a place without a mark means nothing.")
        if self.shown(ZONES):
            first = self.tr("{0} Dashed: partly recalled.").format(first)
        zones = sum(zone.recalled for zone in danger_zones().values()) if self.shown(ZONES) else 0
        points = sum(point.recalled for point in acupoints().values()) if self.shown(POINTS) else 0
        if not zones + points:
            return first
        pattern = (
            self.tr("{0} recalled rows shown, too.") if self.shown(RECALLED) else self.tr("{0} recalled rows hidden.")
        )
        return f"{first} {pattern.format(zones + points)}"

    def rows(self, context: RenderContext, target: Target) -> list[tuple[str, str]]:
        """What lies under the pen, for the card beside it: label, value."""
        try:
            return self._rows(context, target)
        except MesoMapError:
            return []

    def _rows(self, context: RenderContext, target: Target) -> list[tuple[str, str]]:
        view, recalled, reach = context.view_key, self.shown(RECALLED), _REACH_PX / context.scale
        found = []
        if self.shown(ZONES):
            zones = self.shapes.zone_at(view, target.xy_mm, recalled=recalled)[:3]
            found += [(self.tr("Danger zone"), zone_name(zone.short)) for zone in zones]
        if self.shown(POINTS):
            point = nearest_mark(self.shapes.acupoints(view, recalled=recalled), target.xy_mm, reach)
            if point is not None:
                found.append((self.tr("Acupoint"), point.detail.partition(":")[0]))
        if self.shown(LANDMARKS):
            mark = nearest_mark(self.shapes.landmarks(view), target.xy_mm, reach)
            if mark is not None:
                found.append((self.tr("Landmark"), landmark_label(mark.label)))
        if self.own is not None and self.shown(OWN):
            found += [(self.tr("Own zone"), shape.zone.name) for shape in self.own.at(view, target.xy_mm)]
        return found

    def _ask(self, view_key: str) -> None:
        self._view = view_key
        if not self._slicer.isActive() and not self.shapes.complete(view_key):
            self._slicer.start()

    def _next(self) -> None:
        # One zone a turn of the event loop: a tap in between is never kept waiting.
        self.shapes.make_next(self._view)
        if self.shapes.complete(self._view):
            self._slicer.stop()
            self.ready.emit()

    def load_now(self, view_key: str) -> None:
        """Make every zone of a view at once."""
        while self.shapes.make_next(view_key):
            pass


def zone_name(name: str) -> str:
    """Name of a danger zone in the language of the window."""
    return QCoreApplication.translate("DangerZones", name)


def landmark_label(name: str) -> str:
    """Name of a landmark with a capital, as it stands alone."""
    words = landmark_name(name)
    return words[:1].upper() + words[1:]


def landmark_name(name: str) -> str:
    """Name of a landmark in the language of the window."""
    return QCoreApplication.translate("Landmarks", name)
