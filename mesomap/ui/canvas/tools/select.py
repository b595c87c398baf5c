"""Select: tap points or areas, lasso them, take a region by a double tap; drag the selection along the skin."""

from PySide6.QtCore import QElapsedTimer, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QApplication

from mesomap.domain.marks import Mark
from mesomap.domain.place import SkinPoint
from mesomap.render.context import RenderContext
from mesomap.render.marks import median_gap_px
from mesomap.render.marks_in_view import MarkProjector
from mesomap.services.moving import Push
from mesomap.services.selection import Selected, in_region, joined, of_same_technique, still_there
from mesomap.ui.canvas.picking import Found, Picking, holds, part_of, toggled
from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.editing import Editing
from mesomap.ui.session_model import SessionModel

#: How near a tap must be to a point, px.
REACH_PX = 16.0
#: Diameter of the ring around a selected point, px.
RING_PX = 26.0
#: Where points crowd, rings shrink to this.
LEAST_RING_PX = 15.0
#: One press of an arrow, patient mm; with Shift.
STEP_MM, WIDE_STEP_MM = 0.5, 5.0

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class SelectTool(Tool):
    """Owns the selection. selection_changed says that it is another one; details_asked: show what it carries."""

    key = "select"
    drags = True
    selection_changed = Signal()
    details_asked = Signal()

    def __init__(self, model: SessionModel, editing: Editing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._editing = editing
        self._picking = Picking(model)
        self._rescale()
        model.session_taken.connect(self._rescale)
        self._selected: Found = {}
        self._before_tap: Found = {}
        self._tapped: Found = {}
        self._parts: list[Mark] = []
        self._lasso: list[tuple[float, float]] = []
        self._grabbed: SkinPoint | None = None
        self._push: Push | None = None
        self._preview: list[Mark] = []
        self._since_tap = QElapsedTimer()
        self._tapped_at = QPointF()
        self._scale = 1.0
        model.marks_changed.connect(self._renew)

    def _rescale(self) -> None:
        self._projector = MarkProjector(self._model.atlas, self._model.service.scale)

    @property
    def selected(self) -> Selected:
        """Mark id → positions of the selected points, None = the whole mark."""
        return self._selected

    def select(self, selected: Selected) -> None:
        """Select these marks and no others."""
        self._selected = still_there(self._model.marks, selected)
        self._parts = [part_of(m, self._selected[m.id]) for m in self._model.marks if m.id in self._selected]
        self.selection_changed.emit()
        self.refreshed.emit()

    def _renew(self) -> None:
        """Let go of what is gone. With nothing selected nothing is: a tap need not look through all marks for it."""
        if self._selected:
            self.select(self._selected)

    def select_same_technique(self) -> None:
        """Add every mark that shares a technique with the selection."""
        self.select(of_same_technique(self._model.marks, self._selected))

    def busy(self) -> bool:
        """A lasso or a move is under way."""
        return self._grabbed is not None or bool(self._lasso)

    # -- gestures

    def tap(self, target: Target) -> None:
        """Add or leave out what is under the pen; elsewhere clears.

        Twice on a point opens its sheet, twice elsewhere adds the region.
        """
        model = self._model
        hit, second = self._at(target), self._is_second(target)
        if second and hit == self._tapped and any(hit.values()):
            self._since_tap.invalidate()
            self.select(hit)
            self.details_asked.emit()
            return
        if second and target.region_id is not None:
            self._since_tap.invalidate()
            self.select(joined(self._before_tap, in_region(model.atlas, model.marks, target.region_id)))
            return
        self._since_tap.start()
        self._tapped_at, self._tapped, self._before_tap = target.at, hit, self._selected
        self.select(toggled(model.marks, self._selected, hit) if hit else {})

    def _is_second(self, target: Target) -> bool:
        soon = self._since_tap.isValid() and self._since_tap.elapsed() < QApplication.doubleClickInterval()
        return soon and (target.at - self._tapped_at).manhattanLength() < 2 * REACH_PX

    def _at(self, target: Target) -> Found:
        return self._picking.at(target.xy_mm, REACH_PX / self._scale)

    def drag_began(self, target: Target) -> None:
        """On a selected mark: move. Elsewhere: lasso."""
        hit = self._at(target)
        if hit and target.skin is not None and holds(self._selected, hit):
            self._grabbed = target.skin
        else:
            self._lasso = [target.xy_mm]

    def dragged(self, target: Target) -> None:
        """The lasso grows, or the selection follows the pen."""
        if self._grabbed is not None:
            self._push, self._preview = None, []
            if target.skin is not None:
                self._push = Push(self._model.view_key, self._grabbed, target.skin)
                moved = self._editing.preview_move(self._selected, self._push)
                self._preview = [part_of(mark, self._selected[mark.id]) for mark in moved]
        elif self._lasso:
            self._lasso.append(target.xy_mm)

    def dropped(self, target: Target) -> None:
        """Select what the lasso holds, or record the move as one step."""
        self.dragged(target)
        lasso, push, moving = self._lasso, self._push, self._grabbed is not None
        self._forget_drag()
        if moving and push is not None:
            self._editing.move(self._selected, push)
        elif moving:
            self.told.emit(self.tr("Off the body – nothing moved"))
        elif len(lasso) >= 3:
            self.select(joined(self._selected, self._picking.inside(lasso)))
        self.refreshed.emit()

    def _forget_drag(self) -> None:
        self._lasso, self._grabbed, self._push, self._preview = [], None, None, []

    def confirm(self) -> None:
        """Show what the selection carries."""
        if self._selected:
            self.details_asked.emit()

    def set_dose(self) -> None:
        """Give the selection what the panel shows."""
        if self._selected:
            follows = self._editing.redose(self._selected)
            if follows is not None:
                self.select(follows)

    def delete(self) -> None:
        """Take the selection away."""
        if self._selected:
            self._editing.delete(self._selected)

    def revert(self) -> bool:
        """First the drag, then the selection."""
        if self._grabbed is not None or self._lasso:
            self._forget_drag()
            self.refreshed.emit()
            return True
        had = bool(self._selected)
        if had:
            self.select({})
        return had

    # -- keys

    def key_pressed(self, key: Qt.Key, shift: bool, /) -> bool:
        """Delete; arrows push the selection 0.5 mm, with Shift 5 mm, as the view shows it."""
        if not self._selected:
            return False
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete()
            return True
        way = _ARROWS.get(key)
        if way is not None:
            self._nudge(way, (WIDE_STEP_MM if shift else STEP_MM) / self._model.length_factor)
        return way is not None

    def _nudge(self, way: tuple[int, int], step_mm: float) -> None:
        view_key, atlas = self._model.view_key, self._model.atlas
        places = self._projector.scene(view_key, self._parts).points.xy
        if not len(places):
            self.told.emit(self.tr("No selected point shows in this view"))
            return
        x, y = places[0].tolist()
        start = atlas.locate_one(view_key, x, y)
        end = atlas.locate_one(view_key, x + way[0] * step_mm, y + way[1] * step_mm)
        if start is None or end is None:
            self.told.emit(self.tr("Off the body – nothing moved"))
            return
        self._editing.move(self._selected, Push(view_key, start, end))

    # -- painting

    def paint(self, painter: QPainter, context: RenderContext, _target: Target | None, /) -> None:
        """Rings around the selection, where it would go, and the lasso."""
        self._scale = context.scale
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.35 if self._grabbed is not None else 1.0)
        self._paint_rings(painter, context, self._parts)
        painter.setOpacity(1.0)
        self._paint_rings(painter, context, self._preview)
        if len(self._lasso) > 1:
            draw_loop(painter, context, self._lasso)
        painter.restore()

    def _paint_rings(self, painter: QPainter, context: RenderContext, marks: list[Mark]) -> None:
        if not marks:
            return
        scene = self._projector.scene(context.view_key, marks)
        xy = context.to_px(scene.points.xy)
        radius = min(RING_PX, max(LEAST_RING_PX, median_gap_px(xy) - 2)) / 2 if len(xy) > 1 else RING_PX / 2
        ring = _ring(context, radius)
        reach = ring.deviceIndependentSize().width() / 2
        for x, y in xy.tolist():
            painter.drawPixmap(QPointF(x - reach, y - reach), ring)
        path = QPainterPath()
        for area in scene.areas:
            path.addPath(context.transform().map(area.path))
        painter.strokePath(path, QPen(context.tokens.colour("halo"), 4))
        painter.strokePath(path, QPen(context.tokens.colour("text"), 2))


def _ring(context: RenderContext, radius: float) -> QPixmap:
    """A ring on its halo: one picture for all points, for stroking thousands of circles takes long."""
    side = 2 * radius + 6
    pixmap = QPixmap(round(side * context.dpr), round(side * context.dpr))
    pixmap.setDevicePixelRatio(context.dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = pixmap.deviceIndependentSize().width() / 2
    for name, width in (("halo", 4.0), ("text", 2.0)):
        painter.setPen(QPen(context.tokens.colour(name), width))
        painter.drawEllipse(QPointF(middle, middle), radius, radius)
    painter.end()
    return pixmap


def draw_loop(painter: QPainter, context: RenderContext, loop_mm: list[tuple[float, float]]) -> None:
    """A lasso: dashed ink on a halo, a faint fill."""
    path = QPainterPath()
    path.addPolygon(QPolygonF([context.point_px(x, y) for x, y in loop_mm]))
    fill = context.tokens.colour("text")
    fill.setAlphaF(0.06)
    painter.fillPath(path, fill)
    painter.strokePath(path, QPen(context.tokens.colour("halo"), 4))
    painter.strokePath(path, QPen(context.tokens.colour("text"), 1.8, Qt.PenStyle.DashLine))
