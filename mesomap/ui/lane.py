"""Lanes: work beside the window's thread, in each lane in the order in which it comes.

Threads of Python's own. Qt's pool takes each piece of work as an object of Qt's, whose two halves were now and then
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

#: A thread that found nothing to do so long ends, s.
_REST_S = 10.0


class Crew:
    """The threads: as many as there are lanes with work at a time; they rest a while before they end."""

    def __init__(self, rest_s: float = _REST_S) -> None:
        self.at_work: set[Lane] = set()
        self._rest_s = rest_s
        self._wanting: deque[Lane] = deque()
        self._came = threading.Condition()
        self._resting = 0
        self._over = False
        self._threads: set[threading.Thread] = set()

    @property
    def threads(self) -> int:
        """How many there are now."""
        return len(self._threads)

    def serve(self, lane: "Lane") -> None:
        """A thread for a lane that has work."""
        with self._came:
            self._wanting.append(lane)
            if self._resting >= len(self._wanting):
                self._came.notify()
                return
            thread = threading.Thread(target=self._go, name="beside the window", daemon=True)
            self._threads.add(thread)
        sys.setswitchinterval(_TURN_S)
        thread.start()

    def wait(self) -> None:
        """Return when all that was handed in anywhere is over."""
        for lane in list(self.at_work):
            lane.wait()

    def end(self) -> None:
        """Drop what waits anywhere, wait for what runs, and let the threads end."""
        for lane in list(self.at_work):
            lane.end()
        with self._came:
            self._over = True
            self._came.notify_all()
            threads = list(self._threads)
        for thread in threads:
            thread.join()

    def _go(self) -> None:
        if sys.platform == "linux":
            # There a thread has a priority of its own. A sandbox may refuse; the work is done all the same.
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        while (lane := self._next()) is not None:
            lane.work_off()
            # A lane is freed with its owner, not kept while its thread rests.
            del lane

    def _next(self) -> "Lane | None":
        with self._came:
            self._resting += 1
            self._came.wait_for(lambda: self._wanting or self._over, timeout=self._rest_s)
            self._resting -= 1
            if self._wanting:
                return self._wanting.popleft()
            self._threads.discard(threading.current_thread())
            return None


#: The one of the program. Nothing may run any more when it ends.
_crew = Crew()
atexit.register(_crew.end)


class Lane:
    """Does one piece of work after the other. It has a thread only while it has work."""

    def __init__(self, crew: Crew | None = None) -> None:
        self._crew = _crew if crew is None else crew
        self._waiting: deque[Callable[[], None]] = deque()
        self._changed = threading.Condition()
        self._left = 0
        self._has_thread = False

    @property
    def at_work(self) -> bool:
        """True until all that was handed in is over and let go of."""
        return self._left > 0

    def start(self, work: Callable[[], None]) -> None:
        """Hand in work, which keeps its own failures to itself."""
        with self._changed:
            self._waiting.append(work)
            self._left += 1
            self._crew.at_work.add(self)
            if self._has_thread:
                return
            self._has_thread = True
        self._crew.serve(self)

    def wait(self) -> None:
        """Return when all that was handed in is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._left == 0)

    def end(self) -> None:
        """Drop what waits, and wait for what runs."""
        with self._changed:
            self._left -= len(self._waiting)
            self._waiting.clear()
            self._changed.wait_for(lambda: self._left == 0)

    def work_off(self) -> None:
        """In another thread: do all that waits."""
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
                    if not self._left:
                        self._crew.at_work.discard(self)
                    self._changed.notify_all()

    def _next(self) -> Callable[[], None] | None:
        with self._changed:
            if self._waiting:
                return self._waiting.popleft()
            self._has_thread = False
            if not self._left:
                self._crew.at_work.discard(self)
            return None


def any_at_work() -> bool:
    """Whether anything runs, or waits to run, beside the window."""
    return bool(_crew.at_work)


def wait_for_all() -> None:
    """Return when all that was handed in anywhere is over."""
    _crew.wait()
