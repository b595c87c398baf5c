"""Own zone: draw once around it, then name it in the card; tap one to change or remove it."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter

from mesomap.render.context import RenderContext
from mesomap.render.own_zones import draw_own_zones
from mesomap.ui.canvas.tools.loop import DrawnLoop
from mesomap.ui.canvas.tools.select import draw_loop
from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.own_zone_desk import OwnZoneDesk


class OwnZoneTool(Tool):
    """Owns one loop until the pen leaves."""

    key = "own_zone"
    drags = True

    def __init__(self, desk: OwnZoneDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._loop = DrawnLoop()
        desk.changed.connect(self.refreshed)

    def busy(self) -> bool:
        """A loop is drawn, or waits for its name."""
        return self._loop.drawing or bool(self._desk.draft())

    def tap(self, target: Target) -> None:
        """Select the zone that lies here."""
        if not self._desk.select_at(target.xy_mm):
            self.told.emit(self.tr("Draw once around the zone, or tap one to change it"))

    def drag_began(self, target: Target) -> None:
        """A loop begins."""
        self._desk.clear()
        self._loop.begin(self._desk.model.view_key, target.xy_mm)

    def dragged(self, target: Target) -> None:
        """It grows."""
        self._loop.grow(target.xy_mm)
        self.refreshed.emit()

    def dropped(self, target: Target) -> None:
        """It waits for its name."""
        if self._loop.close(target.xy_mm):
            places = list(self._loop.places)
            self._loop.clear()
            self._desk.lasso(places)

    def revert(self) -> bool:
        """Forget the loop, or else draft and selection."""
        had = self._loop.drawing
        self._loop.clear()
        return self._desk.clear() or had

    def paint(self, painter: QPainter, context: RenderContext, _target: Target | None, /) -> None:
        """The loop under way, the zone that waits, the selected one."""
        chosen = self._desk.selected()
        shown = [s for s in self._desk.shapes(context.view_key) if not s.zone.id or s.zone == chosen]
        draw_own_zones(painter, context, shown, chosen.id if chosen is not None else "")
        if self._loop.drawing and len(self._loop.places) > 1:
            draw_loop(painter, context, self._loop.places)
