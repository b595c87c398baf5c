"""A step of very many changes is written in another thread, and the window goes on painting until it is durable."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QThread

from mesomap.ui.background import BesideTheWindow

T = TypeVar("T")

#: Writing so many changes is felt; fewer are written at once.
MANY = 150


class Patience(QObject):
    """Carries out a piece of work and returns its outcome, like a plain call; see `Database.carry_out`.

    Meanwhile pen, mouse and keys wait their turn (nothing is lost, nothing can be edited in between), and the window
    cannot be closed.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._beside = BesideTheWindow(self)
        self._waiting = False

    def __call__(self, work: Callable[[], T], changes: int) -> T:
        """The outcome of the work; raises what it raises. In any other thread, and within itself, a plain call."""
        if changes < MANY or self._waiting or QThread.currentThread() is not self.thread():
            return work()
        self._waiting = True
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        try:
            return self._waited_for(work)
        finally:
            self._waiting = False
            if application is not None:
                application.removeEventFilter(self)

    def _waited_for(self, work: Callable[[], T]) -> T:
        loop, found, broke = QEventLoop(), list[T](), list[Exception]()

        def done(outcome: T) -> None:
            found.append(outcome)
            loop.quit()

        def failed(error: Exception) -> None:
            broke.append(error)
            loop.quit()

        self._beside.run(lambda _progress: work(), done=done, failed=failed)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        while self._beside.busy:
            # the loop was ended from elsewhere
            self._beside.finish()
        if broke:
            raise broke[0]
        return found[0]

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The window stays until the step is written."""
        if event.type() == QEvent.Type.Close and event.spontaneous():
            event.ignore()
            return True
        return False
