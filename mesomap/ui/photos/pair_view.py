"""The pair itself: side by side, slider, opacity, blink, ghost; zoomed and moved together; with a grid."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from mesomap.ui.controls.held_picture import HeldLook, HeldPicture
from mesomap.ui.photos.pair_drawing import GRIP_PX, Mode, Over, PairLook, draw_pair, draw_part, pair_panes
from mesomap.ui.photos.pair_pictures import Levels
from mesomap.ui.theme import theme

__all__ = ["Mode", "Over", "PairView"]

_BLINK_MS = 700
#: So long after the last turn of the wheel the hand is at rest, ms; so far what is drawn over a photo is kept beyond
#: its pane, px.
_AT_REST_MS, _MARGIN_PX = 70, 120
_MOST_ZOOM = 8.0
_STEP = 1.25


class PairView(QWidget):
    """Draws the pair. share: where the slider stands, or how much of the later one is seen, 0 to 1."""

    share_changed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(320, 200)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Before and after"))
        self.mode = Mode.SIDE_BY_SIDE
        self.grid = False
        self.share = 0.5
        self.captions = ("", "")
        self._over: tuple[Over | None, Over | None] = (None, None)
        self._pictures: tuple[Levels, Levels] = ((), ())
        self._zoom, self._middle = 0.0, QPointF()
        self._held: QPointF | None = None
        self._on_slider = False
        self._shows_after = False
        #: What is drawn of each picture, and what it was drawn for, None = it is to be drawn anew into the same pixels.
        self._kept: dict[int, tuple[tuple[float, ...] | None, QPixmap]] = {}
        #: What is drawn over each picture, kept while a hand moves or zooms it.
        self._laid = (HeldPicture(_MARGIN_PX), HeldPicture(_MARGIN_PX))
        self._wheeled = QTimer(self, singleShot=True, interval=_AT_REST_MS)
        self._wheeled.timeout.connect(self._renew)
        self._blink = QTimer(self)
        self._blink.setInterval(_BLINK_MS)
        self._blink.timeout.connect(self._turn)
        theme.changed.connect(self._renew)

    # -- what is shown

    def show_pictures(self, before: Levels, after: Levels) -> None:
        """Both in one frame; zoom and place stay when the frame is the same."""
        same = bool(self._pictures[0]) and self._pictures[0][0].size() == before[0].size()
        self._pictures = (before, after)
        if not same:
            self.fit()
        self._renew()

    def draw_over(self, before: Over | None, after: Over | None) -> None:
        """What is drawn over each of the two, None = nothing."""
        self._over = (before, after)
        for held in self._laid:
            held.forget()
        self._renew()

    def choose_mode(self, mode: Mode) -> None:
        """Show the pair in another way."""
        self.mode = mode
        self._shows_after = False
        if mode is Mode.BLINK:
            self._blink.start()
        else:
            self._blink.stop()
        self._renew()

    def set_share(self, share: float) -> None:
        """Move the slider, or the opacity."""
        self.share = min(1.0, max(0.0, share))
        self.share_changed.emit(self.share)
        self.update()

    def show_grid(self, on: bool) -> None:
        """Thirds of what is seen, over both."""
        self.grid = on
        self.update()

    def fit(self) -> None:
        """The whole frame."""
        self._zoom = 0.0
        self._renew()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Larger or smaller around a place of the widget."""
        if not self._pictures[0]:
            return
        pane = self._pane(at)
        place = at if at is not None else pane.center()
        before = self._frame_place(place, pane)
        least = self._whole_zoom()
        self._zoom = min(_MOST_ZOOM, max(least, self.zoom * factor))
        self._middle = before - (place - pane.center()) / self._zoom
        self._renew()

    @property
    def zoom(self) -> float:
        """Points of the screen for a pixel of the frame."""
        return max(self._zoom, self._whole_zoom()) if self._pictures[0] else 1.0

    def panes(self) -> list[QRectF]:
        """Where pictures are drawn: two side by side, else one."""
        return pair_panes(self.mode, QSizeF(self.size()))

    # -- drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The pair."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.tokens().colour("sunken"))
        self._draw(painter, self.devicePixelRatioF())

    def look(self) -> PairLook:
        """What is seen now."""
        return PairLook(
            mode=self.mode,
            size=QSizeF(self.size()),
            zoom=self.zoom,
            centre=self._centre(),
            ground=theme.tokens().colour("sunken"),
            share=self.share,
            grid=self.grid,
            captions=self.captions,
            shows_after=self._shows_after,
            over=self._over,
        )

    def _draw(self, painter: QPainter, ratio: float) -> None:
        if not self._pictures[0]:
            return

        def side(painter: QPainter, number: int, pane: QRectF) -> None:
            painter.drawPixmap(pane.topLeft(), self._seen(number, pane.size().toSize(), ratio))

        draw_pair(painter, self.look(), side)

    def _seen(self, side: int, size: QSize, ratio: float) -> QPixmap:
        """The part of one picture that is seen, kept until zoom, place or size change."""
        key = (size.width(), size.height(), ratio, self.zoom, self._centre().x(), self._centre().y())
        drawn_for, pixmap = self._kept.pop(side, (None, QPixmap()))
        if drawn_for != key:
            pixmap = self._rendered(pixmap, self._pictures[side], size, ratio)
            self._draw_over(pixmap, side, size, ratio)
        self._kept[side] = (key, pixmap)
        return pixmap

    def _draw_over(self, pixmap: QPixmap, side: int, size: QSize, ratio: float) -> None:
        over = self._over[side]
        if over is None:
            return
        whole = self._pictures[0][0].size()
        target = self.look().frame_in(QSizeF(size), QSizeF(whole))
        near, rests = self.zoom / self._whole_zoom(), not self.is_moving

        def paint(painter: QPainter, by: QPointF) -> None:
            over(painter, target.translated(by), ratio, near, rests)

        painter = QPainter(pixmap)
        look = HeldLook((whole.width(), whole.height()), target, QSizeF(size), ratio)
        self._laid[side].draw(painter, look, paint, moving=not rests)
        painter.end()

    @property
    def is_moving(self) -> bool:
        """True while a hand moves or zooms the pair: what is drawn over it is painted anew when it rests."""
        return (self._held is not None and not self._on_slider) or self._wheeled.isActive()

    def _rendered(self, pixmap: QPixmap, levels: Levels, size: QSize, ratio: float) -> QPixmap:
        """Drawn into a pixmap of that size if there is one: a new one for every frame costs more than the drawing."""
        if pixmap.size() != size * ratio or pixmap.devicePixelRatio() != ratio:
            pixmap = QPixmap(size * ratio)
            pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(theme.tokens().colour("sunken"))
        painter = QPainter(pixmap)
        # While a hand moves it, speed counts; when it rests it is drawn smoothly.
        draw_part(
            painter, levels, QRectF(0, 0, size.width(), size.height()), self.look(), ratio, smooth=self._held is None
        )
        painter.end()
        return pixmap

    # -- places

    def _whole_zoom(self) -> float:
        frame, pane = self._pictures[0][0].size(), self.panes()[0]
        return max(1e-3, min(pane.width() / frame.width(), pane.height() / frame.height()))

    def _centre(self) -> QPointF:
        """Place of the frame in the middle of a pane; the whole frame stays in its middle."""
        frame = self._pictures[0][0].size()
        if self._zoom <= self._whole_zoom():
            return QPointF(frame.width() / 2, frame.height() / 2)
        return QPointF(
            min(max(self._middle.x(), 0.0), float(frame.width())),
            min(max(self._middle.y(), 0.0), float(frame.height())),
        )

    def _pane(self, at: QPointF | None) -> QRectF:
        panes = self.panes()
        return next((pane for pane in panes if at is not None and pane.contains(at)), panes[0])

    def _frame_place(self, at: QPointF, pane: QRectF) -> QPointF:
        return self._centre() + (at - pane.center()) / self.zoom

    def _renew(self) -> None:
        self._kept = {side: (None, pixmap) for side, (_drawn_for, pixmap) in self._kept.items()}
        self.update()

    def _turn(self) -> None:
        self._shows_after = not self._shows_after
        self.update()

    # -- hand and keys

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew."""
        super().resizeEvent(event)
        self._renew()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing blinks unseen."""
        super().hideEvent(event)
        self._blink.stop()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        self._wheeled.start()
        self.zoom_by(_STEP ** (event.angleDelta().y() / 120), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the slider, else the picture."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        edge = self.width() * self.share
        self._on_slider = self.mode is Mode.SLIDER and abs(event.position().x() - edge) <= GRIP_PX
        self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held."""
        if self._held is None:
            return
        if self._on_slider:
            self.set_share(event.position().x() / max(1, self.width()))
            return
        self._middle = self._centre() - (event.position() - self._held) / self.zoom
        self._held = event.position()
        self._renew()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        moved = self._held is not None and not self._on_slider
        self._held, self._on_slider = None, False
        if moved:
            self._renew()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """The whole frame again."""
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus, minus, 0 for the whole frame; arrows move the slider or the opacity."""
        key = event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / _STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.mode in (Mode.SLIDER, Mode.OPACITY):
            self.set_share(self.share + (0.02 if key == Qt.Key.Key_Right else -0.02))
        else:
            super().keyPressEvent(event)
