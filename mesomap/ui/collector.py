"""Python's collector, held while anything works beside the window."""

import gc

from PySide6.QtCore import QTimer

from mesomap.ui.lane import any_at_work

#: A thread that has handed in its work is about to end: so much later it is looked at again, ms.
_LOOK_AGAIN_MS = 20


class Collector:
    """Holds Python's collector from the beginning of the first piece of work to the end of the last.

    It runs in whatever thread makes an object too many. What it finds in another thread than the window's may be a
    timer, a loop or another object of Qt's: its C++ half is then deleted later, in the window's thread, which may look
    at the Python half just when the other thread frees it. That ends the program (PySide 6.11). Meanwhile the window's
    thread looks at the newest objects itself, a few at a time: all at once afterwards they would hold it for 10 ms.
    """

    def __init__(self) -> None:
        self._held = False
        #: Whether it is to be looked again: one timer, however many pieces of work end meanwhile.
        self._waits = False
        #: New objects that were looked at once here, and not a second time yet.
        self._looked_at = 0

    def hold(self) -> None:
        """Work begins."""
        if gc.isenabled():
            gc.disable()
            self._held = True
        if self._held:
            self._wait()

    def let_run(self) -> None:
        """Switch Python's collector on; where anything works beside the window, from its end."""
        gc.enable()
        if any_at_work():
            self.hold()

    def give_back(self) -> None:
        """A piece of work is over; once none is under way the collector runs again as it did."""
        if not self._held:
            return
        if any_at_work():
            self._wait()
            return
        self._held = False
        self._look_at_new()
        gc.enable()

    def _wait(self) -> None:
        if not self._waits:
            self._waits = True
            QTimer.singleShot(_LOOK_AGAIN_MS, self._look_again)

    def _look_again(self) -> None:
        self._waits = False
        if self._held:
            self._look_at_new()
        self.give_back()

    def _look_at_new(self) -> None:
        """A small round; a middle one where many objects came, as a session opened: it would be due in the midst of
        what is done next.
        """
        new, (many, rounds, _) = gc.get_count()[0], gc.get_threshold()
        if not 0 < many < new:
            return
        self._looked_at += new
        middle = self._looked_at > many * rounds
        gc.collect(1 if middle else 0)
        if middle:
            self._looked_at = 0


#: The one of the program.
collector = Collector()
