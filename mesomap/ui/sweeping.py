"""Python looks for garbage that refers to itself in small rounds while one works, and at all there is in a pause.

Where Python chooses the moment, a look at all the objects of an open session holds the window for 20 to 40 ms, also
when another thread is made to look: it holds Python's lock.
"""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

#: New objects before a small round, small rounds before a middle one (about 1 ms; with ten, up to 10), middle ones
#: before Python looks at all there is without being asked: never.
_ROUNDS = (1000, 4, 2**30)
#: So long after a session was left nobody is in the middle of something, ms.
_PAUSE_MS = 600
#: Away from the chair, where dialogs with large pictures come and go, it is looked so often, ms; in a session only
#: where nobody touched anything meanwhile, so that nothing grows for ever in a long one.
_NOW_AND_THEN_MS = 30_000
#: A session that nobody touched for so long is not in hand, s.
PAUSE_S = 20.0


class Sweeper(QObject):
    """Off until it is switched on: then it has Python's collector for the whole program.

    in_hand: whether a session is being charted, and touched now and then: it is not to be held up.
    """

    def __init__(self, parent: QObject, in_hand: Callable[[], bool] = lambda: False) -> None:
        super().__init__(parent)
        self.on = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._in_hand = in_hand
        self._pause.timeout.connect(self._look)
        self._often = QTimer(self, interval=_NOW_AND_THEN_MS)
        self._often.timeout.connect(self._look_if_due)

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

    def _look_if_due(self) -> None:
        # Less than a middle round since the last look: there is nothing to be found.
        if gc.get_count()[2]:
            self._look()

    def _look(self) -> None:
        if not self._in_hand():
            gc.collect()
