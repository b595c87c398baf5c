"""Which part of a photograph a pane shows: all of it, or nearer at a place."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF

#: At most so many points of the screen for a pixel of the photo.
_NEAREST = 4.0


@dataclass(frozen=True, slots=True)
class PaneSight:
    """near: how much larger than the whole photo in the pane, from 1 on; middle: pixel of the photo in the middle of
    the pane, None = that of the photo.
    """

    near: float = 1.0
    middle: QPointF | None = None

    def target(self, pane: QSize, photo: QSize) -> tuple[QRectF, float]:
        """Where the whole photo lies in a pane, and points of the screen for a pixel of it."""
        zoom = self.near * _whole(pane, photo)
        middle = QPointF(photo.width(), photo.height()) / 2
        if self.middle is not None:
            # The photo cannot be pushed out of the pane.
            middle = QPointF(
                min(max(self.middle.x(), 0.0), float(photo.width())),
                min(max(self.middle.y(), 0.0), float(photo.height())),
            )
        corner = QPointF(pane.width(), pane.height()) / 2 - middle * zoom
        return QRectF(corner, QSizeF(photo) * zoom), zoom

    def zoomed(self, factor: float, at: QPointF, pane: QSize, photo: QSize) -> "PaneSight":
        """Nearer or farther; what lies at a place of the pane stays there."""
        target, zoom = self.target(pane, photo)
        near = min(max(self.near * factor, 1.0), max(1.0, _NEAREST / _whole(pane, photo)))
        if near == 1.0:
            return PaneSight()
        place = (at - target.topLeft()) / zoom
        return PaneSight(near, place - (at - QPointF(pane.width(), pane.height()) / 2) / (near * _whole(pane, photo)))

    def moved(self, by: QPointF, pane: QSize, photo: QSize) -> "PaneSight":
        """The photo moved by so many points of the screen."""
        target, zoom = self.target(pane, photo)
        centre = (QPointF(pane.width(), pane.height()) / 2 - target.topLeft()) / zoom
        return PaneSight(self.near, centre - by / zoom)


def _whole(pane: QSize, photo: QSize) -> float:
    return max(1e-6, min(pane.width() / photo.width(), pane.height() / photo.height()))
