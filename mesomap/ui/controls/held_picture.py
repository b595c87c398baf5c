"""A picture larger than what it is for: kept while a hand moves or zooms what it shows, painted anew at rest."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

#: Paints everything moved by so much (painter units), so that it fills a picture with a margin.
PaintMoved = Callable[[QPainter, QPointF], None]


@dataclass(frozen=True, slots=True)
class HeldLook:
    """What is looked at. frame: where a rectangle that moves with the hand lies; size: of the room it is seen in.

    key: everything else that the picture shows; dpr: device pixels per painter unit.
    """

    key: object
    frame: QRectF
    size: QSizeF
    dpr: float


class HeldPicture:
    """margin_px: how far the picture reaches beyond its room on every side, so that moving it shows no bare edge."""

    def __init__(self, margin_px: int) -> None:
        self._margin_px = margin_px
        self._pixmap: QPixmap | None = None
        self._look: HeldLook | None = None
        self._spoilt = False

    def forget(self) -> None:
        """The picture shows something else from now on."""
        self._pixmap = None

    def spoil(self) -> None:
        """The same can be painted better now; that may wait until the hand rests."""
        self._spoilt = True

    def draw(self, painter: QPainter, look: HeldLook, paint: PaintMoved, *, moving: bool) -> None:
        """Draw what the room shows. moving: a hand moves or zooms it, the picture at hand will do.

        Moved, the picture is sharp and half a device pixel from its place at most; zoomed, it is stretched. What
        is painted while the hand moves is painted again when it rests.
        """
        place = self._place(look)
        if place is None or (not moving and (self._spoilt or self._look != look)) or self._is_bare(place, look.size):
            self._repaint(look, paint)
            self._spoilt = moving
            place = QRectF(-self._corner(), self._whole(look.size))
        assert self._pixmap is not None
        if place.size() == self._whole(look.size):
            at = QPointF(round(place.x() * look.dpr) / look.dpr, round(place.y() * look.dpr) / look.dpr)
            painter.drawPixmap(at, self._pixmap)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, self._pixmap, QRectF(self._pixmap.rect()))

    def _place(self, look: HeldLook) -> QRectF | None:
        """Where the picture lies in the room now; None when it shows something else."""
        kept = self._look
        if self._pixmap is None or kept is None:
            return None
        if (kept.key, kept.size, kept.dpr) != (look.key, look.size, look.dpr):
            return None
        share = look.frame.width() / kept.frame.width()
        corner = look.frame.topLeft() - (kept.frame.topLeft() + self._corner()) * share
        same = abs(share - 1) < 1e-9
        return QRectF(corner, self._whole(look.size) if same else self._whole(look.size) * share)

    def _is_bare(self, place: QRectF, size: QSizeF) -> bool:
        """Whether a picture that was moved, not stretched, leaves a part of the room uncovered."""
        return place.size() == self._whole(size) and not place.contains(QRectF(QPointF(0, 0), size))

    def _corner(self) -> QPointF:
        return QPointF(self._margin_px, self._margin_px)

    def _whole(self, size: QSizeF) -> QSizeF:
        return size + QSizeF(2 * self._margin_px, 2 * self._margin_px)

    def _repaint(self, look: HeldLook, paint: PaintMoved) -> None:
        pixmap = QPixmap((self._whole(look.size) * look.dpr).toSize())
        pixmap.setDevicePixelRatio(look.dpr)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        try:
            paint(painter, self._corner())
        finally:
            painter.end()
        self._pixmap, self._look = pixmap, look
