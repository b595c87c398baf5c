"""What every tool is."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QPainter

from mesomap.domain.place import SkinPoint
from mesomap.render.context import RenderContext


@dataclass(frozen=True, slots=True)
class Target:
    """What lies under the pen: place in px and view mm, skin point and region; both None off the body."""

    at: QPointF
    xy_mm: tuple[float, float]
    skin: SkinPoint | None
    region_id: str | None


class Tool(QObject):
    """Owns one gesture at a time. told(sentence) shows a short hint; refreshed asks for a repaint of the
    live layer.
    """

    told = Signal(str)
    refreshed = Signal()

    key = ""
    #: True when a drag of pen or left button belongs to the tool; otherwise it pans the body.
    drags = False
    #: True when the tool draws the pain drawing itself, in full ink; otherwise it lies faint under the marks.
    draws_complaint = False
    #: True when all that a tap changes in the view at once is the mark that comes.
    taps_lightly = False
    #: Set by the canvas: True while only the room at the pen is painted anew, the moment it touches or leaves. What
    #: begins outside that room need not be painted.
    hurried = False

    def tap(self, target: Target) -> None:
        """The pen touched and left again at one place."""

    def hover(self, target: Target) -> None:
        """The pen is over a place."""

    def drag_began(self, target: Target) -> None:
        """The pen touched here and wanders."""

    def dragged(self, target: Target) -> None:
        """The pen wandered on to a place."""

    def dropped(self, target: Target) -> None:
        """The pen left after a drag."""

    def confirm(self) -> None:
        """Enter: carry out what is previewed."""

    def busy(self) -> bool:
        """True while the card beside the pen would be in the way of the gesture."""
        return False

    def key_pressed(self, _key: Qt.Key, _shift: bool, /) -> bool:
        """A key before anyone else gets it. True when the tool took it."""
        return False

    def revert(self) -> bool:
        """Escape: forget the gesture. True when there was one."""
        return False

    def paint(self, painter: QPainter, context: RenderContext, _target: Target | None, /) -> None:
        """Draw the preview above the marks."""
