"""A map that is looked at, not charted on: one visit, or two laid over each other."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mesomap.render.context import RenderContext
from mesomap.render.differences import Fate, draw_differences, scene_size
from mesomap.render.furniture import bar_mm, draw_midline, draw_scale_bar, draw_side_letter
from mesomap.render.ghosts import draw_ghosts
from mesomap.render.heat_map import draw_steps
from mesomap.render.marks import draw_points
from mesomap.render.regions import regions_of
from mesomap.render.sprites import SpriteSheet
from mesomap.render.symbols import zoom_growth
from mesomap.render.visit_areas import AreaOf, draw_visit_areas
from mesomap.ui.canvas.body_layer import BodyLayer
from mesomap.ui.compare.half import draw_no_map
from mesomap.ui.compare.over_time import OverTime
from mesomap.ui.compare.shown import CompareModel, Mode, Side
from mesomap.ui.controls.focus_frame import draw_focus
from mesomap.ui.controls.held_picture import HeldLook, HeldPicture
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font
from mesomap.ui.words import language, tr

_WHEEL_STEP = 1.0015
#: What a key moves the body by, as a share of the map, and its direction; what a key zooms by.
_KEY_SHARE = 0.12
_ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip
_NEARER: dict[int, float] = {Qt.Key.Key_Plus: 1.25, Qt.Key.Key_Equal: 1.25, Qt.Key.Key_Minus: 0.8}
#: After so long without a move the hand is at rest, ms; and so far the kept picture reaches beyond the map, px. Not the
#: same for both maps, which are painted anew one after the other then.
_AT_REST_MS, _MARGIN_PX = (70, 100), (72, 104)


class MapView(QWidget):
    """is_after: shows the later visit. Drag pans, the wheel zooms at the pointer; both maps follow."""

    def __init__(
        self, model: CompareModel, over_time: OverTime, *, is_after: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._over_time = over_time
        self._is_after = is_after
        self._picture = HeldPicture(_MARGIN_PX[is_after])
        self._moving = QTimer(self, singleShot=True, interval=_AT_REST_MS[is_after])
        self._moving.timeout.connect(self.update)
        self._last: QPointF | None = None
        self._body = BodyLayer(regions_of(model.atlas), self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(220)
        self.setAccessibleName(self.tr("Later visit") if is_after else self.tr("Earlier visit"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for signal in (model.changed, theme.changed, over_time.ready):
            signal.connect(self._changed)
        self._body.ready.connect(self._sharper)
        model.looked.connect(self._looked)

    def side(self) -> Side | None:
        """The visit that is shown."""
        return self._model.after if self._is_after else self._model.before

    def context(self) -> RenderContext:
        """Where and how large the body is drawn."""
        side = self.side()
        view = self._model.atlas.view(self._model.viewport.view_key)
        scale = 1.0 if side is None or view.fixed_scale else side.visit.session.patient_scale
        return self._model.viewport.context(
            self._model.atlas,
            QSizeF(self.size()),
            theme.tokens(),
            self.devicePixelRatioF(),
            language(),
            scale,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What was treated fills the room there is."""
        super().resizeEvent(event)
        if self.isVisible():
            self._model.take_room(QSizeF(self.size()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Body, what the mode shows, letters, scale bar."""
        painter = QPainter(self)
        side, over_time = self.side(), self._model.mode is Mode.OVER_TIME
        if self.width() < 40 or (side is None and not over_time):
            recorded = self._model.recorded
            both = None if recorded is None else (recorded.before, recorded.after)
            draw_no_map(painter, QRectF(self.rect()), None if both is None else both[self._is_after])
            return
        context = self.context()
        key = replace(context, scale=1.0, origin_mm=(0.0, 0.0), zoom=1.0)
        look = HeldLook(key, context.box_px(), QSizeF(self.size()), context.dpr)
        self._picture.draw(painter, look, partial(self._paint_picture, context), moving=self.is_moving)
        self._draw_furniture(painter, context)
        draw_focus(painter, self, 2.0)

    @property
    def is_moving(self) -> bool:
        """True while a hand moves or zooms the map: the picture at hand stands in for the sharp one."""
        return self._moving.isActive()

    def _changed(self) -> None:
        self._picture.forget()
        self.update()

    def _sharper(self) -> None:
        self._picture.spoil()
        self.update()

    def _looked(self) -> None:
        """The kept picture is moved and stretched until the hand rests."""
        self._moving.start()
        self.update()

    def _paint_picture(self, of: RenderContext, painter: QPainter, by: QPointF) -> None:
        """All that moves with the body, moved by so many px."""
        context = replace(of, origin_mm=of.to_mm(-by))
        painter.fillRect(painter.window(), theme.tokens().colour("canvas"))
        self._body.paint(painter, context)
        draw_midline(painter, context)
        side = self.side()
        if self._model.mode is Mode.OVER_TIME:
            self._draw_over_time(painter, context)
        elif side is not None:
            self._draw_marks(painter, context, side, self._model.mode)

    def _draw_marks(self, painter: QPainter, context: RenderContext, side: Side, mode: Mode) -> None:
        scene = side.scene(context.view_key)
        other = self._model.before if self._is_after else self._model.after
        earlier = None if other is None or not self._is_after else other.scene(context.view_key)
        if mode is not Mode.SIDE_BY_SIDE and earlier is not None:
            draw_visit_areas(painter, context, earlier, AreaOf.EARLIER)
            if mode is Mode.OVERLAY:
                draw_ghosts(painter, context, replace(earlier, areas=()))
        draw_visit_areas(painter, context, scene, AreaOf.LATER if self._is_after else AreaOf.EARLIER)
        if mode is Mode.OVERLAY or self._model.recorded is not None:
            size = context.unit * zoom_growth(context.zoom) * scene_size(context, scene)
            draw_points(painter, context, scene, SpriteSheet(context.tokens, size, context.dpr))
            return
        draw_differences(painter, context, scene, side.fates, earlier)
        if mode is Mode.DIFFERENCE and earlier is not None and other is not None:
            draw_differences(painter, context, earlier, other.fates, only=Fate.DROPPED)

    def _draw_over_time(self, painter: QPainter, context: RenderContext) -> None:
        steps = self._over_time.steps(context.view_key)
        if steps is not None:
            draw_steps(painter, context, steps)

    def _draw_furniture(self, painter: QPainter, context: RenderContext) -> None:
        """The patient's sides and the scale bar."""
        frame = QRectF(self.rect())
        view = context.atlas.view(context.view_key)
        fonts = (font("figure"), font("small"))
        words = {"R": tr("Right"), "L": tr("Left")}
        for letter, x in ((view.left_letter, 30.0), (view.right_letter, frame.width() - 30.0)):
            at = QPointF(x, frame.height() * 0.62)
            draw_side_letter(painter, context, at, letter, words.get(letter, ""), fonts)
        foot = QPointF(16.5, frame.height() - 16.5)
        draw_scale_bar(painter, context, foot, font("small_strong"), bar_mm(context), tr("{0} mm"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag begins."""
        self._last = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The body follows the pointer."""
        if self._last is not None:
            by = event.position() - self._last
            self._last = event.position()
            self._model.look_at(self._model.viewport.panned(self.context(), by))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """The drag ends."""
        self._last = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the body, + and − zoom; 0 looks at what was treated, and again at all of it."""
        key, size = event.key(), QSizeF(self.size())
        if key in _ARROWS:
            dx, dy = _ARROWS[key]
            by = QPointF(dx * size.width() * _KEY_SHARE, dy * size.height() * _KEY_SHARE)
            self._model.look_at(self._model.viewport.panned(self.context(), by))
        elif key in _NEARER:
            middle = QPointF(size.width() / 2, size.height() / 2)
            self._model.look_at(self._model.viewport.zoomed(self.context(), _NEARER[key], middle, size))
        elif key == Qt.Key.Key_0:
            self._model.look_again(self._model.viewport.view_key)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        factor = _WHEEL_STEP ** event.angleDelta().y()
        zoomed = self._model.viewport.zoomed(self.context(), factor, event.position(), QSizeF(self.size()))
        self._model.look_at(zoomed)
        event.accept()
