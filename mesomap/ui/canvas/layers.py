"""Cached layers of the canvas: each is painted once per place and reused, moved, until the fresh one is
there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

from mesomap.render.context import RenderContext

PaintFunction = Callable[[QPainter, RenderContext], None]


@dataclass(slots=True, weakref_slot=True)
class Layer:
    """A pixmap of the canvas's size and the context it was painted for."""

    paint: PaintFunction
    _pixmap: QPixmap | None = None
    _context: RenderContext | None = None
    _stale: bool = field(default=True)

    def spoil(self) -> None:
        """What the layer shows has changed; it is painted afresh at the next draw."""
        self._stale = True

    def forget(self) -> None:
        """Drop the pixmap, for example when the view changes."""
        self._pixmap, self._context, self._stale = None, None, True

    def fresh(self, context: RenderContext) -> bool:
        """True when the pixmap is right for this context."""
        return not self._stale and self._pixmap is not None and self._context == context

    def shows(self, context: RenderContext) -> bool:
        """True when there is a picture of this view, fresh or not."""
        return self._pixmap is not None and self._context is not None and self._context.view_key == context.view_key

    def repaint(self, context: RenderContext, size: QSizeF, paint: PaintFunction | None = None) -> None:
        """Paint the layer anew, or something else in its stead."""
        dpr = context.dpr
        pixmap = QPixmap(max(1, round(size.width() * dpr)), max(1, round(size.height() * dpr)))
        pixmap.setDevicePixelRatio(dpr)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        try:
            (paint or self.paint)(painter, context)
        finally:
            painter.end()
        self._pixmap, self._context, self._stale = pixmap, context, False

    def take(self, pixmap: QPixmap, context: RenderContext, *, stale: bool) -> None:
        """Take a picture that was painted elsewhere for this context; stale: something has changed since."""
        self._pixmap, self._context, self._stale = pixmap, context, stale

    def add(self, context: RenderContext, paint: PaintFunction) -> bool:
        """Paint on top of the picture as it is, fresh or not; False when it was painted for another context."""
        if self._pixmap is None or self._context != context:
            return False
        painter = QPainter(self._pixmap)
        try:
            paint(painter, context)
        finally:
            painter.end()
        return True

    def draw(self, painter: QPainter, context: RenderContext) -> None:
        """Draw the pixmap; when it was painted for another place of the same view, moved and stretched to
        fit.
        """
        if not self.shows(context):
            return
        assert self._pixmap is not None
        assert self._context is not None
        if self._context == context:
            painter.drawPixmap(QPointF(0, 0), self._pixmap)
            return
        old = self._context
        size = self._pixmap.deviceIndependentSize()
        top_left = context.point_px(*old.to_mm(QPointF(0, 0)))
        bottom_right = context.point_px(*old.to_mm(QPointF(size.width(), size.height())))
        painter.drawPixmap(QRectF(top_left, bottom_right), self._pixmap, QRectF(self._pixmap.rect()))
