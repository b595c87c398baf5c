"""The photograph on which landmarks are set: what is asked for lands where it is tapped."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

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

    def place_to_set(self) -> QPointF:
        """Where what is asked for is likely, else in the middle; arrows move it from there."""
        return super().place_to_set() if self.likely is None else self.on_screen(self.likely)

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
