"""The region under the pen, lit up: painted once for a place, then only copied."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPixmap

from mesomap.render.context import RenderContext
from mesomap.render.regions import draw_region_highlight

#: The line reaches this far beyond the outline, px.
_BEYOND_PX = 4.0


class Glow:
    """Keeps the picture of one region: the pen stays in it for many frames."""

    def __init__(self) -> None:
        self._path: QPainterPath | None = None
        self._context: RenderContext | None = None
        self._room = QRectF()
        self._picture: QPixmap | None = None

    def draw(
        self, painter: QPainter, context: RenderContext, path: QPainterPath, window: QRectF, *, hurried: bool = False
    ) -> None:
        """Light up a region; path in view mm, window: what can be seen, painter units; hurried: only if quick."""
        if path.isEmpty():
            return
        if self._picture is None or self._context != context or self._path is not path:
            if hurried:
                return
            self._paint(context, path, window)
        if self._picture is not None:
            painter.drawPixmap(self._room.topLeft(), self._picture)

    def _paint(self, context: RenderContext, path: QPainterPath, window: QRectF) -> None:
        box = context.transform().mapRect(path.boundingRect())
        reach = _BEYOND_PX * context.unit
        seen = box.adjusted(-reach, -reach, reach, reach).intersected(window)
        self._path, self._context, self._picture = path, context, None
        self._room = QRectF(seen.toAlignedRect())
        if seen.isEmpty():
            return
        picture = QPixmap((self._room.size() * context.dpr).toSize())
        picture.setDevicePixelRatio(context.dpr)
        picture.fill("transparent")
        inner = QPainter(picture)
        inner.translate(-self._room.topLeft())
        draw_region_highlight(inner, context, path)
        inner.end()
        self._picture = picture
