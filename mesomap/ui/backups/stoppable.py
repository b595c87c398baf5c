"""Work on backups that a person may stop at any time."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication

from mesomap.domain.errors import StoppedError
from mesomap.services.background import Progress

T = TypeVar("T")


def stoppable(work: Callable[[Progress], T], stopped: Callable[[], bool]) -> Callable[[Progress], T]:
    """The work, ended by StoppedError soon after it is stopped: it is asked within its stages, too."""

    def watched(report: Progress) -> T:
        def watch(part: float, stage: str) -> None:
            if stopped():
                raise StoppedError(QCoreApplication.translate("Stoppable", "Stopped; nothing was changed."))
            report(part, stage)

        return work(watch)

    return watched
