"""Long work beside the window: it goes on painting and answering while a key is derived or a chart is written."""

import atexit
import gc
import sys
from collections.abc import Callable
from functools import partial
from typing import TypeVar, cast

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThreadPool, QTimer, Signal, Slot

from mesomap.domain.errors import StoppedError
from mesomap.services.background import Progress

T = TypeVar("T")

#: So long may work in another thread keep Python's lock when the window wants it, s. Python's own 5 ms, waited for a
#: few times on the way from a tap to its picture, would be felt.
_TURN_S = 0.0001
#: A thread that has handed in its work is about to end: so much later it is looked at again, ms.
_LOOK_AGAIN_MS = 20

#: Every pool there is, and those that nobody uses. Pools live as long as the program: one that is deleted waits for its
#: work, and a window's thread that waits while it deletes a page may hold Python's lock, which the work needs. Both
#: would wait for ever.
_pools: list[QThreadPool] = []
_free: list[QThreadPool] = []


def _take_pool() -> QThreadPool:
    """A pool of one thread that nobody uses and in which nothing runs."""
    idle = next((pool for pool in _free if pool.activeThreadCount() == 0), None)
    if idle is not None:
        _free.remove(idle)
        return idle
    sys.setswitchinterval(_TURN_S)
    pool = QThreadPool()
    pool.setMaxThreadCount(1)
    _pools.append(pool)
    return pool


def _give_back(pool: QThreadPool, _gone: object = None) -> None:
    _free.append(pool)


@atexit.register
def _finish_all() -> None:
    """Nothing may run any more when the program ends."""
    for pool in _pools:
        pool.clear()
        pool.waitForDone()


class _Collector:
    """Python's collector, held while anything works beside the window.

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

    def give_back(self) -> None:
        """A piece of work is over; once none is under way the collector runs again as it did."""
        if not self._held:
            return
        if any(pool.activeThreadCount() for pool in _pools):
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


_collector = _Collector()


class _Job(QObject):
    """One piece of work. Lives in the window's thread, so that its slots run there whatever thread emits.

    It belongs to the application, as whoever asked for the work may be gone before it is done; the outcome is dropped
    then. The other thread may hold the last reference, so it must not be that reference that keeps it.
    """

    finished = Signal(object)
    broke = Signal(object)
    moved = Signal(float, str)
    over = Signal(object)

    def __init__(
        self,
        owner: QObject,
        done: Callable[[object], None],
        failed: Callable[[Exception], None],
        progress: Progress | None,
    ) -> None:
        super().__init__(QCoreApplication.instance())
        self._owner: QObject | None = owner
        self._done, self._failed, self._progress = done, failed, progress
        self.finished.connect(self._on_finished)
        self.broke.connect(self._on_broke)
        self.moved.connect(self._on_moved)

    def report(self, part: float, words: str) -> None:
        """How far the work is, told from its thread. Raises StoppedError, which ends the work, once it is let go of."""
        if self._owner is None:
            raise StoppedError("Nobody waits for this any more; nothing was changed.")
        if self._progress is not None:
            self.moved.emit(part, words)

    def drop(self) -> None:
        """Nobody wants the outcome any more."""
        self._owner = None

    def _wanted(self) -> bool:
        return self._owner is not None and shiboken6.isValid(self._owner)

    def _end(self) -> bool:
        """The work is over; True when somebody still waits for its outcome."""
        wanted = self._wanted()
        if wanted:
            self.over.emit(self)
        _under_way.discard(self)
        self.deleteLater()
        _collector.give_back()
        return wanted

    @Slot(object)
    def _on_finished(self, result: object) -> None:
        if self._end():
            self._done(result)

    @Slot(object)
    def _on_broke(self, error: Exception) -> None:
        if self._end():
            self._failed(error)

    @Slot(float, str)
    def _on_moved(self, part: float, words: str) -> None:
        if self._progress is not None and self._wanted():
            self._progress(part, words)


#: Work whose outcome has not been brought home.
_under_way: set[_Job] = set()


class _Task(QRunnable):
    def __init__(self, work: Callable[[Progress], object], job: _Job) -> None:
        super().__init__()
        self._work, self._job = work, job

    def run(self) -> None:
        """The work itself, in a thread of the pool; every outcome goes home as a signal.

        What it worked on is let go of here: a task that ends before Qt's start() has returned may never be deleted.
        """
        work, job = self._work, self._job
        del self._work, self._job
        try:
            result = work(job.report)
        except Exception as error:
            job.broke.emit(error)
        else:
            job.finished.emit(result)


class BesideTheWindow(QObject):
    """A Runner (see services.background) that works in one other thread, a piece at a time and in order.

    It may be deleted at any time: work under way ends by itself, and its outcome is dropped.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = _take_pool()
        self.destroyed.connect(partial(_give_back, self._pool))
        self._jobs: list[_Job] = []

    @property
    def at_work(self) -> bool:
        """True while the other thread works, also on what was let go of."""
        return self._pool.activeThreadCount() > 0

    @property
    def busy(self) -> bool:
        """True while a piece of work is under way or its outcome has not been brought home."""
        return bool(self._jobs)

    def run(
        self,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        progress: Progress | None = None,
    ) -> None:
        """Start the work; exactly one of done and failed is called afterwards, in the window's thread."""
        job = _Job(self, lambda result: done(cast(T, result)), failed, progress)
        job.over.connect(self._forget)
        self._jobs.append(job)
        _under_way.add(job)
        _collector.hold()
        self._pool.start(_Task(work, job))

    def let_go(self) -> None:
        """Nobody waits for the work any more: it ends at its next report, or by itself, and its outcome is dropped."""
        for job in self._jobs:
            job.drop()
        self._jobs = []

    @staticmethod
    def finish_all() -> None:
        """Wait for all work, also for what nobody waits for: none may run when the practice is closed."""
        for pool in _pools:
            pool.waitForDone()

    def finish(self) -> None:
        """Wait for work under way and bring its outcome home now."""
        self._pool.waitForDone()
        for job in list(self._jobs):
            QCoreApplication.sendPostedEvents(job)

    @Slot(object)
    def _forget(self, job: _Job) -> None:
        self._jobs.remove(job)


def raise_again(error: Exception) -> None:
    """For work that has no failure a person could do something about: the crash hook gets it."""
    raise error
