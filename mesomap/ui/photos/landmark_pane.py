"""The photograph on which landmarks are set: what is asked for lands where it is tapped."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen

from mesomap.ui.photos.pair_pane import PairPane

_RING_PX = 11.0


class LandmarkPane(PairPane):
    """asked: number of the landmark that the next tap sets, None = none. likely: where it is by those that are set."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        # Names stand in the list; numbers beside twenty places would hide the skin.
        self.numbered = False
        self.asked: int | None = None
        self.likely: QPointF | None = None

    def number_to_set(self) -> int | None:
        """What is asked for; it moves there when it is set already."""
        return self.asked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space sets what is asked for where it is likely, else in the middle; arrows move it from there."""
        if event.key() != Qt.Key.Key_Space or self.asked is None:
            super().keyPressEvent(event)
            return
        place = self.on_screen(self.likely) if self.likely is not None else QPointF(self.rect().center())
        self.places[self.asked], self.chosen = self.in_photo(place), self.asked
        self.moved.emit()
        self.update()
        self.let_go.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Photo, places, loupe, and a dashed ring where the next one is likely."""
        super().paintEvent(event)
        if self.likely is None or self.asked is None or self.asked in self.places:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((QColor(0, 0, 0, 150), 3.4), (QColor("#FFFFFF"), 1.6)):
            pen = QPen(colour, width, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([9.0 / width, 6.0 / width])
            painter.setPen(pen)
            painter.drawEllipse(self.on_screen(self.likely), _RING_PX, _RING_PX)
