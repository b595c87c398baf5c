"""What need not be in the first frame is done once that frame is on screen, one piece a turn of the event loop."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

#: From a frame to the first piece, and between two: the frame gets to the screen, and a tap is answered, ms.
_TURN_MS = 8
#: A widget that nobody paints holds nothing up for longer than this, ms.
_PATIENCE_MS = 120


class AfterPaint(QObject):
    """Waits for the next paint of a widget, but not for ever. What is not done yet goes with the widget."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self._watched = watched
        self._due: deque[Callable[[], object]] = deque()
        self._turn = QTimer(self, singleShot=True)
        self._turn.timeout.connect(self._next)
        self._painting = False

    def then(self, work: Callable[[], object]) -> None:
        """Do this after the next paint."""
        self._due.append(work)
        if len(self._due) == 1:
            self._turn.start(_PATIENCE_MS)
            self._watched.installEventFilter(self)

    def finish(self) -> None:
        """Do all that waits now, painted or not."""
        while self._due:
            self._due.popleft()()

    def _next(self) -> None:
        self._watched.removeEventFilter(self)
        if self._painting:
            self._painting = False
            self._turn.start(_TURN_MS)
            return
        if not self._due:
            return
        work = self._due.popleft()
        if self._due:
            self._turn.start(_TURN_MS)
        work()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The paint that was waited for."""
        if event.type() == QEvent.Type.Paint:
            self._watched.removeEventFilter(self)
            # The rest of the frame is painted before the event loop turns again.
            self._painting = True
            self._turn.start(0)
        return super().eventFilter(watched, event)


def after_paint(watched: QWidget) -> AfterPaint:
    """The one of this widget: all that waits for its paint is done in turn."""
    known = watched.findChild(AfterPaint, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return known if isinstance(known, AfterPaint) else AfterPaint(watched)
