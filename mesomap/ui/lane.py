"""One thread beside the window's that does work in the order in which it comes.

A thread of Python's own. Qt's pool takes each piece of work as an object of Qt's, whose two halves were now and then
deleted by two threads at once: that ended the program (PySide 6.11).
"""

import atexit
import os
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress

#: So long may work in another thread keep Python's lock when the window wants it, s. Python's own 5 ms, waited for a
#: few times on the way from a tap to its picture, would be felt.
_TURN_S = 0.0001

#: How far work beside the window stands back where processors are few: the window, and the screen's own process, first.
_NICE = 10

#: Every lane there is, and those that nobody uses. Lanes live as long as the program: whoever goes away waits for none.
_lanes: list["Lane"] = []
_free: list["Lane"] = []


class Lane:
    """Does one piece of work after the other; its thread begins with the first one."""

    def __init__(self) -> None:
        self._waiting: deque[Callable[[], None]] = deque()
        self._changed = threading.Condition()
        self._left = 0
        self._over = False
        self._thread: threading.Thread | None = None

    @classmethod
    def take(cls) -> "Lane":
        """A lane that nobody uses and in which nothing runs."""
        idle = next((lane for lane in _free if not lane.at_work), None)
        if idle is not None:
            _free.remove(idle)
            return idle
        sys.setswitchinterval(_TURN_S)
        _lanes.append(cls())
        return _lanes[-1]

    def give_back(self) -> None:
        """Whoever took it is gone; what runs in it ends by itself."""
        _free.append(self)

    @property
    def at_work(self) -> bool:
        """True until all that was handed in is over and let go of."""
        return self._left > 0

    def start(self, work: Callable[[], None]) -> None:
        """Hand in work, which keeps its own failures to itself."""
        with self._changed:
            self._waiting.append(work)
            self._left += 1
            self._changed.notify_all()
        if self._thread is None:
            self._thread = threading.Thread(target=self._go, name="beside the window", daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Return when all that was handed in is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._left == 0)

    def end(self) -> None:
        """Drop what waits, wait for what runs, and let the thread end."""
        with self._changed:
            self._left -= len(self._waiting)
            self._waiting.clear()
            self._over = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _go(self) -> None:
        if sys.platform == "linux":
            # There a thread has a priority of its own. A sandbox may refuse; the work is done all the same.
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        while (work := self._next()) is not None:
            try:
                work()
            except Exception:
                # Told as any defect is; what waits is done all the same.
                sys.excepthook(*sys.exc_info())
            finally:
                # Let go of before it counts as over.
                del work
                with self._changed:
                    self._left -= 1
                    self._changed.notify_all()

    def _next(self) -> Callable[[], None] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._over)
            return self._waiting.popleft() if self._waiting else None


def any_at_work() -> bool:
    """Whether anything runs, or waits to run, beside the window."""
    return any(lane.at_work for lane in _lanes)


def wait_for_all() -> None:
    """Return when all that was handed in anywhere is over."""
    for lane in _lanes:
        lane.wait()


@atexit.register
def _end_all() -> None:
    """Nothing may run any more when the program ends."""
    for lane in _lanes:
        lane.end()
    _lanes.clear()
    _free.clear()
