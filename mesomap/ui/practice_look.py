"""Something about the open practice that is read beside the window, again and again."""

from collections.abc import Callable
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject

from mesomap.services import Practice
from mesomap.ui.background import BesideTheWindow, raise_again
from mesomap.ui.desk import Desk

T = TypeVar("T")


class PracticeLook:
    """Only what was read last is shown; nothing once the practice is locked, or the part that shows it is gone."""

    def __init__(self, part: QObject, desk: Desk, beside: BesideTheWindow) -> None:
        self._part, self._desk, self._beside = part, desk, beside
        self._turn = 0

    def look(self, read: Callable[[Practice], T], show: Callable[[T], None]) -> bool:
        """Read it beside the window, then show it; False when no practice is open."""
        practice = self._desk.practice
        self._turn += 1
        turn = self._turn
        if practice is None:
            return False

        def wanted() -> bool:
            return self._desk.practice is practice and shiboken6.isValid(self._part)

        def came(found: T) -> None:
            if wanted() and turn == self._turn:
                show(found)

        def broke(error: Exception) -> None:
            if wanted():
                raise_again(error)

        self._beside.run(lambda _progress: read(practice), done=came, failed=broke)
        return True
