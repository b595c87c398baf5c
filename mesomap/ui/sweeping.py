"""Python looks for garbage that refers to itself in small rounds while one works, and at all there is in a pause.

Where Python chooses the moment, a look at all the objects of an open session holds the window for 20 to 40 ms, also
when another thread is made to look: it holds Python's lock.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

#: New objects before a small round, small rounds before a middle one (some 2 ms), middle ones before Python looks at
#: all there is without being asked: some ten million objects, so that nothing grows for ever in one long session.
_ROUNDS = (2000, 10, 500)
#: So long after a session was left nobody is in the middle of something, ms.
_PAUSE_MS = 600
#: Away from the chair, where dialogs with large pictures come and go, it is looked so often, ms.
_NOW_AND_THEN_MS = 30_000


class Sweeper(QObject):
    """Off until it is switched on: then it has Python's collector for the whole program.

    in_hand: whether a session is being charted, which is not to be held up.
    """

    def __init__(self, parent: QObject, in_hand: Callable[[], bool] = lambda: False) -> None:
        super().__init__(parent)
        self.on = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._in_hand = in_hand
        self._pause.timeout.connect(self._look)
        self._often = QTimer(self, interval=_NOW_AND_THEN_MS)
        self._often.timeout.connect(self._look)

    def settle(self) -> None:
        """What was loaded up to now stays for good: no later look is at it."""
        gc.freeze()
        if self.on:
            gc.set_threshold(*_ROUNDS)
            self._often.start()

    def want(self) -> None:
        """Something large was left, or everything locked: look at all there is after a pause."""
        if self.on:
            self._pause.start()

    def _look(self) -> None:
        if not self._in_hand():
            gc.collect()
