"""A picture larger than the widget it is for: kept while a hand moves or zooms what it shows, painted anew at rest."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

from mesomap.render.context import RenderContext
from mesomap.ui.canvas.layers import PaintFunction


class HeldPicture:
    """margin_px: how far the picture reaches beyond the widget on every side, so that moving it shows no bare edge."""

    def __init__(self, paint: PaintFunction, margin_px: int) -> None:
        """paint: fills the whole picture; it is given a context for the picture, not for the widget."""
        self._paint = paint
        self._margin_px = margin_px
        self._pixmap: QPixmap | None = None
        self._context: RenderContext | None = None
        self._size = QSizeF()
        self._spoilt = False

    def forget(self) -> None:
        """The picture shows something else from now on."""
        self._pixmap = None

    def spoil(self) -> None:
        """The same can be painted better now; that may wait until the hand rests."""
        self._spoilt = True

    def draw(self, painter: QPainter, context: RenderContext, size: QSizeF, *, moving: bool) -> None:
        """Draw what a widget of this size shows. moving: a hand moves or zooms it, the picture at hand will do.

        Moved, the picture is as sharp as ever, half a device pixel from its place at most; zoomed, it is stretched.
        """
        room = self._room(context, size)
        if room is None or (not moving and (self._spoilt or self._context != context)) or self._is_bare(room):
            self._repaint(context, size)
            room = QRectF(QPointF(-self._margin_px, -self._margin_px), self._whole(size))
        self._draw_in(painter, room)

    def _is_bare(self, room: QRectF) -> bool:
        """Whether a picture that was moved, not stretched, leaves a part of the widget uncovered."""
        return room.size() == self._whole(self._size) and not room.contains(QRectF(QPointF(0, 0), self._size))

    def _draw_in(self, painter: QPainter, room: QRectF) -> None:
        assert self._pixmap is not None
        if room.size() == self._whole(self._size):
            dpr = self._pixmap.devicePixelRatio()
            painter.drawPixmap(QPointF(round(room.x() * dpr) / dpr, round(room.y() * dpr) / dpr), self._pixmap)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(room, self._pixmap, QRectF(self._pixmap.rect()))

    def _room(self, context: RenderContext, size: QSizeF) -> QRectF | None:
        """Where the picture lies in the widget now; None when it shows something else."""
        kept = self._context
        if kept is None or self._pixmap is None or size != self._size:
            return None
        if replace(kept, scale=context.scale, zoom=context.zoom, origin_mm=context.origin_mm) != context:
            return None
        corner = QPointF(self._margin_px, self._margin_px)
        top_left = context.point_px(*kept.to_mm(-corner))
        share = context.scale / kept.scale
        return QRectF(top_left, self._whole(size) if share == 1 else self._whole(size) * share)

    def _whole(self, size: QSizeF) -> QSizeF:
        return size + QSizeF(2 * self._margin_px, 2 * self._margin_px)

    def _repaint(self, context: RenderContext, size: QSizeF) -> None:
        whole = self._whole(size)
        pixmap = QPixmap((whole * context.dpr).toSize())
        pixmap.setDevicePixelRatio(context.dpr)
        pixmap.fill(Qt.GlobalColor.transparent)
        of = replace(context, origin_mm=context.to_mm(QPointF(-self._margin_px, -self._margin_px)))
        painter = QPainter(pixmap)
        try:
            self._paint(painter, of)
        finally:
            painter.end()
        self._pixmap, self._context, self._size, self._spoilt = pixmap, context, size, False
