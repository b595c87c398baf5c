"""Long work beside the window: it goes on painting and answering while a key is derived or a chart is written."""

from collections.abc import Callable
from typing import TypeVar, cast

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThreadPool, Signal, Slot

from mesomap.services.background import Progress

T = TypeVar("T")


class _Job(QObject):
    """One piece of work. Lives in the window's thread, so that its slots run there whatever thread emits."""

    finished = Signal(object)
    broke = Signal(object)
    moved = Signal(float, str)
    over = Signal(object)

    def __init__(
        self,
        parent: QObject,
        done: Callable[[object], None],
        failed: Callable[[Exception], None],
        progress: Progress | None,
    ) -> None:
        super().__init__(parent)
        self._done, self._failed, self._progress = done, failed, progress
        self.finished.connect(self._on_finished)
        self.broke.connect(self._on_broke)
        self.moved.connect(self._on_moved)

    def drop(self) -> None:
        """Nobody wants the outcome any more."""
        self._done, self._failed, self._progress = _unheard, _unheard, None

    @Slot(object)
    def _on_finished(self, result: object) -> None:
        self.over.emit(self)
        self._done(result)

    @Slot(object)
    def _on_broke(self, error: Exception) -> None:
        self.over.emit(self)
        self._failed(error)

    @Slot(float, str)
    def _on_moved(self, part: float, words: str) -> None:
        if self._progress is not None:
            self._progress(part, words)


def _unheard(_outcome: object) -> None:
    return None


class _Task(QRunnable):
    def __init__(self, work: Callable[[Progress], object], job: _Job) -> None:
        super().__init__()
        self._work, self._job = work, job

    def run(self) -> None:
        """The work itself, in a thread of the pool; every outcome goes home as a signal."""
        try:
            result = self._work(self._job.moved.emit)
        except Exception as error:
            self._job.broke.emit(error)
        else:
            self._job.finished.emit(result)


#: Those with work under way that nobody waits for.
_LEFT_ALONE: list["BesideTheWindow"] = []


class BesideTheWindow(QObject):
    """A Runner (see services.background) that works in one other thread, a piece at a time and in order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._jobs: list[_Job] = []

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
        self._pool.start(_Task(work, job))

    def let_go(self) -> None:
        """Nobody waits for the work any more: it ends by itself and its outcome is dropped. Start no more."""
        if not self._jobs:
            # the outcome may be home while its thread is still on its way out: to be destroyed now would hang
            self._pool.waitForDone()
            return
        for job in self._jobs:
            job.drop()
        self.setParent(QCoreApplication.instance())
        _LEFT_ALONE.append(self)

    @staticmethod
    def finish_all() -> None:
        """Wait for what was let go of: nothing may run any more when the program ends."""
        for beside in _LEFT_ALONE.copy():
            beside.finish()

    def finish(self) -> None:
        """Wait for work under way and bring its outcome home now."""
        self._pool.waitForDone()
        for job in list(self._jobs):
            QCoreApplication.sendPostedEvents(job)

    @Slot(object)
    def _forget(self, job: _Job) -> None:
        self._jobs.remove(job)
        job.deleteLater()
        if not self._jobs and self in _LEFT_ALONE:
            self._pool.waitForDone()
            _LEFT_ALONE.remove(self)
            self.deleteLater()


def raise_again(error: Exception) -> None:
    """For work that has no failure a person could do something about: the crash hook gets it."""
    raise error
