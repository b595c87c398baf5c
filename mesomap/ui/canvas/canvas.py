"""The canvas: paints the cached layers of one view and hands gestures to the active tool."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHideEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from mesomap.render.context import RenderContext
from mesomap.render.picture import PictureStore
from mesomap.ui.background import raise_again
from mesomap.ui.canvas.atlas_layer import AtlasLayer, AtlasPicture
from mesomap.ui.canvas.beside_layer import BesideLayer
from mesomap.ui.canvas.body_layer import BodyLayer
from mesomap.ui.canvas.card_place import floating_rooms
from mesomap.ui.canvas.fixtures import Fixtures
from mesomap.ui.canvas.key_pen import KeyPen
from mesomap.ui.canvas.marks_layer import MarksLayer
from mesomap.ui.canvas.nearest_gap import NearestGap
from mesomap.ui.canvas.pointed import PointedWidget
from mesomap.ui.canvas.readout import Readout
from mesomap.ui.canvas.targeting import Targeting
from mesomap.ui.canvas.tools.pen_preview import paint_hovered
from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.canvas.under_layer import UnderLayer
from mesomap.ui.canvas.viewport import Viewport, whole_view
from mesomap.ui.heat import HeatOverlay
from mesomap.ui.place_words import place_words
from mesomap.ui.session_model import SessionModel
from mesomap.ui.theme import theme
from mesomap.ui.words import view_name

_SETTLE_MS = 70
#: Cross-hair and coming mark, px about the pen.
_AT_THE_PEN = QRect(-26, -26, 52, 52)


class Canvas(PointedWidget):
    """One view of the body with its marks. zoom_changed(zoom) follows every zoom; told(sentence) carries
    hints.
    """

    zoom_changed = Signal(float)
    told = Signal(str)
    pen_seen = Signal()
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, model: SessionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._viewport = whole_view(model.atlas, model.view_key)
        self._kept: dict[str, Viewport] = {}
        #: What the context of the moment was made of, and the context.
        self._context: tuple[tuple[object, ...], RenderContext] | None = None
        self._body = BodyLayer(model.regions, self)
        self.heat = HeatOverlay(model, self)
        self._marks = MarksLayer(model, self.heat)
        self._under = UnderLayer(model, self._body, self._tool_draws_complaint)
        self._body_picture = BesideLayer(self._under.gather, self._under.gather_quick, self)
        marks = self._marks
        self._marks_picture = BesideLayer(marks.gather, marks.gather_quick, self, is_slow=marks.is_slow)
        self.atlas_layer = AtlasLayer(model.atlas, model.overlays, self)
        self._atlas_picture = AtlasPicture(self.atlas_layer, self)
        self._layers: tuple[BesideLayer, ...] = (self._body_picture, self._atlas_picture, self._marks_picture)
        self._targeting = Targeting(model)
        self._fixtures = Fixtures(model)
        self._gap = NearestGap(model, self)
        self._gap.came.connect(self.update)
        self._readout = Readout(model, self._gap, self.atlas_layer.rows)
        self._target: Target | None = None
        self._tool: Tool | None = None
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._settled)
        self._after_press = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._after_press.timeout.connect(self.update)
        self.key_pen = KeyPen(self, self.gestures)
        self._connect()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(400, 300)
        self._name_for_readers()

    def _connect(self) -> None:
        gestures, model = self.gestures, self._model
        gestures.pressed.connect(self._pressed)
        gestures.tapped.connect(self._tapped)
        gestures.hovered.connect(self._hovered)
        gestures.pen_left.connect(self.update)
        gestures.pen_seen.connect(self.pen_seen)
        gestures.panned.connect(self._panned)
        gestures.drag_began.connect(self._drag_began)
        gestures.dragged.connect(self._dragged)
        gestures.dropped.connect(self._dropped)
        gestures.zoomed.connect(self.zoom_by)
        gestures.fingers_tapped.connect(lambda n: (self.undo_asked if n == 2 else self.redo_asked).emit())
        model.marks_changed.connect(self._marks_changed)
        model.session_taken.connect(self._session_taken)
        model.complaints_changed.connect(self._complaints_changed)
        model.view_changed.connect(self._view_changed)
        model.overlays_changed.connect(self._overlays_changed)
        model.choice_changed.connect(self.update)
        self.heat.ready.connect(self._marks_changed)
        for layer in self._layers:
            layer.painted.connect(self.update)
            layer.failed.connect(raise_again)
        self._body.ready.connect(self._body_ready)
        self._body.failed.connect(self.told)
        self.atlas_layer.ready.connect(self.update)
        self.atlas_layer.failed.connect(self.told)
        theme.changed.connect(self._theme_changed)

    # -- what others ask

    def context(self) -> RenderContext:
        """Render context of the moment."""
        tokens, dpr, factor = theme.tokens(), self.devicePixelRatioF(), self._model.length_factor
        now = (self._viewport, self.width(), self.height(), tokens, dpr, factor)
        if self._context is None or self._context[0] != now:
            size = QSizeF(self.size())
            self._context = now, self._viewport.context(self._model.atlas, size, tokens, dpr, "en", factor)
        return self._context[1]

    def pictures(self) -> PictureStore:
        """Decoded pictures, shared with the thumbnails."""
        return self._body.store

    def zoom(self) -> float:
        """1 = the whole view fits."""
        return self._viewport.zoom

    def target(self) -> Target | None:
        """What lies under the pen."""
        return self._target

    def use_tool(self, tool: Tool) -> None:
        """Make a tool the active one; the former tool's gesture is reverted."""
        if self._tool is None or self._tool.draws_complaint != tool.draws_complaint:
            self._complaints_changed()
        if self._tool is not None:
            self._tool.revert()
            self._tool.told.disconnect(self.told)
            self._tool.refreshed.disconnect(self.update)
        self._tool = tool
        self.gestures.tool_drags = tool.drags
        tool.told.connect(self.told)
        tool.refreshed.connect(self.update)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.update()

    def tool(self) -> Tool | None:
        """The active tool."""
        return self._tool

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom about a place, the middle by default."""
        place = at if at is not None else QPointF(self.width() / 2, self.height() / 2)
        self._look(self._viewport.zoomed(self.context(), factor, place, QSizeF(self.size())))

    def zoom_at_pen(self, factor: float) -> None:
        """Zoom about the place under the pen, the middle when it is elsewhere (keys)."""
        self.zoom_by(factor, self._target.at if self._target is not None else None)

    def fit(self) -> None:
        """Show the whole view."""
        self._look(whole_view(self._model.atlas, self._model.view_key))

    def look_at(self, x_mm: float, y_mm: float, zoom: float) -> None:
        """Centre a place of the view at a zoom."""
        self._look(Viewport(self._model.view_key, zoom, (x_mm, y_mm)))

    def is_fresh(self) -> bool:
        """Whether every layer shows what there is, sharp."""
        return all(layer.fresh(self.context()) for layer in self._layers)

    def settle_now(self) -> None:
        """Paint every layer sharp at once (before a picture of the window is taken)."""
        self._after_press.stop()
        self._body.load_now(self.context())
        self.heat.finish()
        context, size = self.context(), QSizeF(self.size())
        for picture in self._layers:
            picture.repaint_now(context, size)
        if self._target is not None:
            self._gap.settle(context.view_key, self._target)
        self.update()

    # -- gestures

    def _look(self, viewport: Viewport) -> None:
        changed = viewport.zoom != self._viewport.zoom
        self._viewport = viewport
        self._settle.start()
        if changed:
            self.zoom_changed.emit(viewport.zoom)
        self.update()

    def _panned(self, by: QPointF) -> None:
        self._look(self._viewport.panned(self.context(), by))

    def _tapped(self, at: QPointF, _pointer: str) -> None:
        if self._tool is None:
            return
        self._target = self._targeting.at(self.context(), at)
        self._tool.tap(self._target)
        if self._tool.taps_lightly:
            self._after_press.start()
        else:
            self.update()

    def _pressed(self, at: QPointF) -> None:
        """The coming mark shows under the pen at once; whatever else belongs to the place follows."""
        self._target = self._targeting.at(self.context(), at)
        self.update(_AT_THE_PEN.translated(at.toPoint()))
        self._after_press.start()

    def _hovered(self, at: QPointF) -> None:
        self._after_press.stop()
        self._target = self._targeting.at(self.context(), at)
        self.setAccessibleDescription(place_words(self._model.atlas, self._target.skin, self._model.service.scale))
        if self._tool is not None:
            self._tool.hover(self._target)
        self.update()

    def _drag_began(self, at: QPointF) -> None:
        if self._tool is not None:
            self._tool.drag_began(self._aim(at))

    def _dragged(self, at: QPointF) -> None:
        if self._tool is not None:
            self._tool.dragged(self._aim(at))

    def _dropped(self, at: QPointF) -> None:
        if self._tool is not None:
            self._tool.dropped(self._aim(at))

    def _aim(self, at: QPointF) -> Target:
        self._target = self._targeting.at(self.context(), at)
        self.update()
        return self._target

    # -- what changes under us

    def _session_taken(self) -> None:
        """The body stays, the marks are others."""
        self._marks_picture.let_go()
        self._marks_picture.forget()
        self._name_for_readers()
        self.update()

    def _marks_changed(self) -> None:
        """New marks show at once; crowds, covered skin and whatever else belongs to them follow."""
        context = self.context()
        new = self._marks.gather_new(context)
        added = new is not None and self._marks_picture.add(context, new.paint)
        self._marks_picture.spoil()
        self._name_for_readers()
        if new is not None and added:
            self.update(new.room.toAlignedRect())
            self._after_press.start()
        else:
            self.update()

    def _complaints_changed(self) -> None:
        if self._model.service.complaints or self._under.shows_complaint:
            self._body_picture.spoil()
            self.update()

    def _view_changed(self, view_key: str) -> None:
        self._kept[self._viewport.view_key] = self._viewport
        self._viewport = self._kept.get(view_key) or whole_view(self._model.atlas, view_key)
        self._target = None
        for layer in self._layers:
            layer.forget()
        self._name_for_readers()
        self.zoom_changed.emit(self._viewport.zoom)
        self.update()

    def _overlays_changed(self) -> None:
        self._body.show_regions = self._model.overlays["regions"]
        self._body.show_guides = self._model.overlays["guides"]
        for layer in self._layers:
            layer.spoil()
        self.update()

    def _theme_changed(self) -> None:
        for layer in self._layers:
            layer.forget()
        self.update()

    def _body_ready(self) -> None:
        self._body_picture.spoil()
        self._settle.start()
        self.update()

    def _settled(self) -> None:
        context = self.context()
        for layer in self._layers:
            if not layer.fresh(context):
                layer.repaint(context, QSizeF(self.size()))
        self.update()

    def _name_for_readers(self) -> None:
        count = self._model.scene(self._viewport.view_key).visible_count
        name = view_name(self._model.atlas, self._viewport.view_key)
        self.setAccessibleName(self.tr("{0}, {1} points").format(name, count))

    # -- painting

    def _tool_draws_complaint(self) -> bool:
        return self._tool is not None and self._tool.draws_complaint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, body, marks, live layer, fixtures."""
        context = self.context()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tokens().colour("canvas"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for layer in self._layers:
            if not layer.fresh(context) and not self._settle.isActive() and not self._may_wait(layer, context):
                layer.repaint(context, QSizeF(self.size()))
            layer.draw(painter, context)
        self._fixtures.paint(painter, context, QRectF(self.rect()), QRectF(event.rect()), self._shown_target())
        self._paint_live(painter, context, event.rect())

    def _may_wait(self, layer: BesideLayer, context: RenderContext) -> bool:
        """Just after a tap the marks show already; their picture is made anew when the hand has gone on."""
        return layer is self._marks_picture and self._after_press.isActive() and layer.shows(context)

    def _shown_target(self) -> Target | None:
        """What lies under the pen while there is one over the canvas."""
        gestures = self.gestures
        here = self.underMouse() or self._targeting.forced or gestures.down or gestures.pen_here
        return self._target if here else None

    def _paint_live(self, painter: QPainter, context: RenderContext, room: QRect) -> None:
        down, target = self.gestures.down, self._shown_target()
        if target is not None and target.region_id is not None:
            hurried = self._after_press.isActive()
            self._readout.paint_region(painter, context, target, QRectF(self.rect()), hurried=hurried)
        if target is not None and not down:
            paint_hovered(painter, context, self._model, target)
        if self._tool is not None:
            self._tool.hurried = self._after_press.isActive() and _AT_THE_PEN.width() >= room.width()
            self._tool.paint(painter, context, target)
        busy = down or self._after_press.isActive() or (self._tool is not None and self._tool.busy())
        if target is not None and target.skin is not None and not busy and not self._settle.isActive():
            self._readout.paint(painter, context, target, QRectF(self.rect()), floating_rooms(self))

    # -- events

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone: no readout."""
        self._target = None
        self.update()
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Layers are painted anew for the new size."""
        for layer in self._layers:
            layer.spoil()
        super().resizeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """A hidden canvas owns no gesture."""
        if self._tool is not None:
            self._tool.revert()
        self.heat.stop()
        self._gap.stop()
        for layer in self._layers:
            layer.let_go()
        super().hideEvent(event)
