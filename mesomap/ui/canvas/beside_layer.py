"""A layer that is painted beside the window when painting it takes long; the old picture stays until then."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap

from mesomap.render.context import RenderContext
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.canvas.layers import Layer, PaintFunction

#: A layer that took longer than this the last time is painted in another thread, ms.
PATIENCE_MS = 6.0
#: The window paints in peace before another thread asks for the processor and for Python's lock, ms.
_AFTER_PAINT_MS = 25

#: Gathers in the window's thread what is to be painted; what it returns paints in any thread and touches nothing else.
Gather = Callable[[RenderContext], PaintFunction]


class BesideLayer(QObject):
    """Same use as Layer. painted is sent when a fresh picture came home from the other thread."""

    painted = Signal()
    failed = Signal(object)

    def __init__(
        self,
        gather: Gather,
        gather_quick: Gather,
        parent: QObject | None = None,
        *,
        is_slow: Callable[[RenderContext], bool] = lambda _context: False,
    ) -> None:
        """gather_quick: the part that is painted in no time; it stands in for a first picture that is not there yet.

        is_slow: whether this picture takes long although the last one did not.
        """
        super().__init__(parent)
        self._gather, self._gather_quick, self._is_slow = gather, gather_quick, is_slow
        self._layer = Layer(lambda painter, context: gather(context)(painter, context))
        self._beside = BesideTheWindow(self)
        # The frame that asks for a picture is finished first: both would want Python's lock.
        self._begin = QTimer(self, singleShot=True, interval=0)
        self._begin.timeout.connect(self._run)
        self._wanted: Callable[[], tuple[QImage, float]] | None = None
        self._asked: RenderContext | None = None
        self._cost_ms = float("inf")
        self._spoilt_since = False
        self._added_since: list[PaintFunction] = []

    def spoil(self) -> None:
        """What the layer shows has changed; it is painted afresh at the next draw."""
        self._layer.spoil()
        self._spoilt_since = True

    def forget(self) -> None:
        """Drop the picture, for example when the view changes."""
        self._layer.forget()
        self._spoilt_since = True

    def fresh(self, context: RenderContext) -> bool:
        """True when the picture is right for this context."""
        return self._layer.fresh(context)

    def shows(self, context: RenderContext) -> bool:
        """True when there is a picture of this view, fresh or not."""
        return self._layer.shows(context)

    def draw(self, painter: QPainter, context: RenderContext) -> None:
        """Draw the picture, moved and stretched when it was painted for another place of the same view."""
        self._layer.draw(painter, context)

    def add(self, context: RenderContext, paint: PaintFunction) -> bool:
        """Paint something on top of the present picture; False when there is none for this context.

        A picture under way in the other thread does not know of it: it is painted on top of that one as well.
        """
        if self._busy:
            self._added_since.append(paint)
        return self._layer.add(context, paint)

    def repaint(self, context: RenderContext, size: QSizeF) -> None:
        """Paint at once when that was quick the last time; otherwise beside the window."""
        if self._busy:
            return
        # What was let go of may still be painted: what it uses is for one thread at a time.
        if self._cost_ms <= PATIENCE_MS and not self._is_slow(context) and not self._beside.at_work:
            self._paint_here(context, size)
            return
        if not self._layer.shows(context):
            self._layer.repaint(context, size, self._gather_quick(context))
            self._layer.spoil()
        paint = self._gather(context)
        self._asked, self._spoilt_since, self._added_since = context, False, []
        self._wanted = lambda: _painted(paint, context, size)
        self._begin.start(_AFTER_PAINT_MS if self._layer.shows(context) else 0)

    @property
    def _busy(self) -> bool:
        return self._wanted is not None or self._beside.busy

    def _run(self) -> None:
        paint, self._wanted = self._wanted, None
        if paint is not None:
            self._beside.run(lambda _progress: paint(), done=self._take, failed=self.failed.emit)

    def let_go(self) -> None:
        """Nobody waits for the picture under way any more."""
        self._wanted = None
        self._beside.let_go()
        self.spoil()

    def repaint_now(self, context: RenderContext, size: QSizeF) -> None:
        """Paint in the window's thread, however long it takes (before a picture of the window is taken)."""
        self._wanted = None
        self._beside.finish()
        self._paint_here(context, size)

    def _paint_here(self, context: RenderContext, size: QSizeF) -> None:
        start = time.perf_counter()
        self._layer.repaint(context, size)
        self._cost_ms = (time.perf_counter() - start) * 1e3

    def _take(self, outcome: tuple[QImage, float]) -> None:
        image, self._cost_ms = outcome
        assert self._asked is not None
        self._layer.take(QPixmap.fromImage(image), self._asked, stale=self._spoilt_since)
        for paint in self._added_since:
            self._layer.add(self._asked, paint)
        self.painted.emit()


def _painted(paint: PaintFunction, context: RenderContext, size: QSizeF) -> tuple[QImage, float]:
    """The picture and how long it took, ms."""
    start = time.perf_counter()
    dpr = context.dpr
    image = QImage(
        max(1, round(size.width() * dpr)), max(1, round(size.height() * dpr)), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.setDevicePixelRatio(dpr)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    try:
        paint(painter, context)
    finally:
        painter.end()
    return image, (time.perf_counter() - start) * 1e3
