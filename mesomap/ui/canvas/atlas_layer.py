"""What the atlas knows about the skin, over the body and under the marks: danger zones, points, landmarks.

Each is off until it is switched on. While one is on, a line at the foot of the canvas says that it is incomplete.
"""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPainter

from mesomap.atlas import Atlas
from mesomap.domain.acupoints import acupoints
from mesomap.domain.danger_zones import DangerZone, danger_zones
from mesomap.domain.errors import MesoMapError
from mesomap.render.context import RenderContext
from mesomap.render.overlay_shapes import OverlayShapes, nearest_mark
from mesomap.ui.canvas.atlas_scene import AtlasScene, landmark_label, nothing, zone_name
from mesomap.ui.canvas.beside_layer import BesideLayer
from mesomap.ui.canvas.layers import PaintFunction
from mesomap.ui.canvas.tools.tool import Target
from mesomap.ui.own_zone_desk import DRAW, OWN, OwnZoneDesk

ZONES, POINTS, LANDMARKS, RECALLED = "danger_zones", "acupoints", "landmarks", "recalled"
SENSORY = "sensory_points"
#: Pages of the atlas; each stands with the sentence that it is incomplete.
PAGES = (ZONES, POINTS, SENSORY, LANDMARKS)
KEYS = (*PAGES, RECALLED)
_PAINTED = (*PAGES, OWN)
_REACH_PX = 9.0


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

    def any_shown(self) -> bool:
        """Whether there is anything to paint."""
        return any(map(self._on.get, _PAINTED))

    def gather(self, context: RenderContext) -> PaintFunction:
        """Everything that is switched on and ready, to be painted in any thread; the rest is made meanwhile."""
        if not self.any_shown():
            return nothing
        try:
            return self._scene(context).paint
        except MesoMapError as error:
            if not self._told:
                self._told = True
                self.failed.emit(error.sentence)
            return nothing

    def gather_quick(self, _context: RenderContext) -> PaintFunction:
        """What stands in until then."""
        return nothing

    def _scene(self, context: RenderContext) -> AtlasScene:
        view, recalled = context.view_key, self.shown(RECALLED)
        if self.shown(ZONES):
            self._ask(view)
        own = self.own.shapes(view) if self.own is not None and self.shown(OWN) else []
        incomplete = any(self.shown(key) for key in PAGES) and not self.shown(DRAW)
        return AtlasScene(
            zones=tuple(self.shapes.zones(view, recalled=recalled)) if self.shown(ZONES) else (),
            own=tuple(shape for shape in own if shape.zone.id),
            points=tuple(self.shapes.acupoints(view, recalled=recalled)) if self.shown(POINTS) else (),
            sensory=tuple(self.shapes.sensory(view)) if self.shown(SENSORY) else (),
            landmarks=tuple(self.shapes.landmarks(view)) if self.shown(LANDMARKS) else (),
            notes=self._notes() if incomplete else (),
        )

    def note(self) -> str:
        """The sentence that always stands with an overlay, in full."""
        return self._notes()[0]

    def _notes(self) -> tuple[str, ...]:
        """The same in shorter forms, too, for narrow canvases."""
        first = self.tr("Incomplete: a place without a mark means nothing.")
        zones = sum(zone.recalled for zone in danger_zones().values()) if self.shown(ZONES) else 0
        points = sum(point.recalled for point in acupoints().values()) if self.shown(POINTS) else 0
        hidden, shown = self.tr("{0} recalled rows hidden."), self.tr("{0} recalled rows shown, too.")
        rows = (shown if self.shown(RECALLED) else hidden).format(zones + points) if zones + points else ""
        dashed = self.tr("Dashed: partly recalled.") if self.shown(ZONES) else ""
        levels = self.tr("Sensory points: no borders of dermatomes.") if self.shown(SENSORY) else ""
        short = self.tr("Incomplete: no mark means nothing.")
        forms = ((first, dashed, levels, rows), (first, levels, rows), (short, levels, rows), (short, levels or rows))
        return tuple(" ".join(part for part in form if part) for form in forms)

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
            found += [(self.tr("Danger zone"), self._zone_words(zone)) for zone in zones]
        if self.shown(POINTS):
            point = nearest_mark(self.shapes.acupoints(view, recalled=recalled), target.xy_mm, reach)
            if point is not None:
                found.append((self.tr("Acupoint"), point.detail.partition(":")[0]))
        if self.shown(SENSORY):
            level = nearest_mark(self.shapes.sensory(view), target.xy_mm, reach)
            if level is not None:
                found.append((self.tr("Sensory point"), level.label))
        if self.shown(LANDMARKS):
            mark = nearest_mark(self.shapes.landmarks(view), target.xy_mm, reach)
            if mark is not None:
                found.append((self.tr("Landmark"), landmark_label(mark.label)))
        if self.own is not None and self.shown(OWN):
            found += [(self.tr("Own zone"), shape.zone.name) for shape in self.own.at(view, target.xy_mm)]
        return found

    def _zone_words(self, zone: DangerZone) -> str:
        """Name, and how deep it is described to lie."""
        if zone.depth_low_mm is None or zone.depth_high_mm is None:
            return zone_name(zone.short)
        pattern = self.tr("{0}, {1}–{2} mm deep")
        return pattern.format(zone_name(zone.short), f"{zone.depth_low_mm:g}", f"{zone.depth_high_mm:g}")

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


class AtlasPicture(BesideLayer):
    """The picture of the overlays; it costs nothing while none is on."""

    def __init__(self, layer: AtlasLayer, parent: QObject | None = None) -> None:
        super().__init__(layer.gather, layer.gather_quick, parent)
        self._overlays = layer
        layer.ready.connect(self.spoil)

    def fresh(self, context: RenderContext) -> bool:
        """True as well when there is nothing to paint."""
        return not self._overlays.any_shown() or super().fresh(context)

    def draw(self, painter: QPainter, context: RenderContext) -> None:
        """Nothing when nothing is on."""
        if self._overlays.any_shown():
            super().draw(painter, context)
