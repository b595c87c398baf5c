"""Long work beside the window: it goes on painting and answering while a key is derived or a chart is written."""

from collections.abc import Callable
from itertools import count
from typing import TypeVar, cast

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from mesomap.domain.errors import StoppedError
from mesomap.services.background import Progress
from mesomap.ui.collector import collector
from mesomap.ui.lane import Lane, wait_for_all

T = TypeVar("T")

_numbers = count(1)


class _Job:
    """One piece of work, and what came of it.

    The other thread puts the outcome in and rings; all it worked on is taken out in the window's thread, which thereby
    is the one that frees it: objects of Qt's must not go in another.
    """

    def __init__(
        self,
        owner: "BesideTheWindow",
        work: Callable[[Progress], object],
        done: Callable[[object], None],
        failed: Callable[[Exception], None],
        progress: Progress | None,
    ) -> None:
        self.number = next(_numbers)
        self._bell = _the_bell()
        self._owner: BesideTheWindow | None = owner
        self._work: Callable[[Progress], object] | None = work
        self._done, self._failed, self._progress = done, failed, progress
        self._tells = progress is not None
        self._result: object = None
        self._error: Exception | None = None

    def do(self) -> None:
        """The work itself, in the other thread; every outcome goes home."""
        try:
            self._result = cast(Callable[[Progress], object], self._work)(self._report)
        except Exception as error:
            self._error = error
        self._bell.over.emit(self.number)

    def _report(self, part: float, words: str) -> None:
        """How far the work is, told from its thread. Raises StoppedError, which ends the work, once it is let go of."""
        if self._owner is None:
            raise StoppedError("Nobody waits for this any more; nothing was changed.")
        if self._tells:
            self._bell.moved.emit(self.number, part, words)

    def drop(self) -> None:
        """Nobody wants the outcome any more."""
        self._owner = None

    def come_home(self) -> None:
        """In the window's thread: tell the outcome if somebody still waits for it; keep nothing."""
        owner, done, failed = self._owner, self._done, self._failed
        result, error = self._result, self._error
        self._owner = self._work = self._result = self._error = self._progress = None
        del self._done, self._failed
        wanted = owner is not None and shiboken6.isValid(owner)
        if owner is not None and wanted:
            owner.forget(self)
        collector.give_back()
        if wanted and error is not None:
            failed(error)
        elif wanted:
            done(result)

    def tell(self, part: float, words: str) -> None:
        """In the window's thread: how far it is."""
        if self._progress is not None and self._owner is not None and shiboken6.isValid(self._owner):
            self._progress(part, words)


#: Work whose outcome has not been brought home, by its number.
_under_way: dict[int, _Job] = {}


class _Bell(QObject):
    """Rung in other threads, heard in the window's. One for all, as long as the program runs."""

    over = Signal(int)
    moved = Signal(int, float, str)

    def __init__(self) -> None:
        super().__init__()
        self.over.connect(self._bring, Qt.ConnectionType.QueuedConnection)
        self.moved.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @Slot(int)
    def _bring(self, number: int) -> None:
        _bring_home(number)

    @Slot(int, float, str)
    def _tell(self, number: int, part: float, words: str) -> None:
        job = _under_way.get(number)
        if job is not None:
            job.tell(part, words)


_bells: list[_Bell] = []


def _the_bell() -> _Bell:
    if not _bells:
        _bells.append(_Bell())
    return _bells[0]


def _bring_home(number: int) -> None:
    job = _under_way.pop(number, None)
    if job is not None:
        job.come_home()


class BesideTheWindow(QObject):
    """A Runner (see services.background) that works in one other thread, a piece at a time and in order.

    It may be deleted at any time: work under way ends by itself, and its outcome is dropped.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = Lane()
        self._jobs: list[_Job] = []

    @property
    def at_work(self) -> bool:
        """True while the other thread works, also on what was let go of."""
        return self._lane.at_work

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
        job = _Job(self, work, lambda result: done(cast(T, result)), failed, progress)
        self._jobs.append(job)
        _under_way[job.number] = job
        collector.hold()
        self._lane.start(job.do)

    def let_go(self) -> None:
        """Nobody waits for the work any more: it ends at its next report, or by itself, and its outcome is dropped."""
        for job in self._jobs:
            job.drop()
        self._jobs = []

    @staticmethod
    def finish_all() -> None:
        """Wait for all work, also for what nobody waits for: none may run when the practice is closed."""
        wait_for_all()

    def finish(self) -> None:
        """Wait for work under way and bring its outcome home now."""
        self._lane.wait()
        for job in list(self._jobs):
            _bring_home(job.number)

    def forget(self, job: _Job) -> None:
        """Its outcome is being brought home."""
        self._jobs.remove(job)


def raise_again(error: Exception) -> None:
    """For work that has no failure a person could do something about: the crash hook gets it."""
    raise error
