"""Backups by themselves: every half hour while something changes, and when the window is closed."""

import logging

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from mesomap.domain.errors import MesoMapError, StoppedError
from mesomap.services import Practice
from mesomap.services.background import Progress
from mesomap.services.backups import BackupMade
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.desk import Desk

log = logging.getLogger(__name__)

_LOOK_MS = 60_000


class BackupClock(QObject):
    """Looks once a minute whether a backup is due. Off until start(): tests and short programs need none.

    made(trouble) is sent after each one; trouble is "" or a sentence, each sentence once.
    """

    made = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._beside = BesideTheWindow(self)
        self._said = ""
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look."""
        self._timer.start()

    @property
    def running(self) -> bool:
        """True once it was started."""
        return self._timer.isActive()

    def look(self) -> None:
        """Make a backup beside the window when one is due."""
        practice = self._desk.practice
        if practice is None or self._beside.busy:
            return

        def watch(report: Progress, part: float, stage: str) -> None:
            if self._desk.practice is not practice:
                raise StoppedError("The practice was closed.")
            report(part, stage)

        def work(report: Progress) -> BackupMade | None:
            own = practice.backups
            return own.make(lambda part, stage: watch(report, part, stage)) if own.due() else None

        self._beside.run(work, done=self._done, failed=lambda error: self._failed(practice, error))

    def _done(self, made: BackupMade | None) -> None:
        if made is not None:
            self._say(made.trouble)

    def _failed(self, practice: Practice, error: Exception) -> None:
        if self._desk.practice is not practice:
            return  # it was closed meanwhile; the next opening finds that a backup is due
        if not isinstance(error, MesoMapError):
            raise error
        log.info("no backup: %s", type(error).__name__)
        self._say(error.sentence)

    def _say(self, trouble: str) -> None:
        if trouble != self._said or not trouble:
            self._said = trouble
            self.made.emit(trouble)

    def at_close(self) -> None:
        """One more when something changed and the clock runs; nobody waits for it but the end of the program."""
        practice = self._desk.practice
        if not self.running or practice is None:
            return
        self._timer.stop()
        window = self.parent()
        if isinstance(window, QWidget):
            window.hide()  # nobody need watch
        self._beside.finish()
        try:
            practice.backups.make_before()
        except MesoMapError as error:
            log.info("no backup at closing: %s", type(error).__name__)
