"""The longest time that the window's thread answers nothing while a hand works among 2,000 marks."""

import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QTimer

from mesomap.domain.place import SkinPoint
from mesomap.ui.background import BesideTheWindow
from tests.benchmarks.table import Row

if TYPE_CHECKING:
    from tests.benchmarks.window_bench import Hand

#: A frame of a screen of 60 Hz.
_FRAME_MS = 16
_REST_S = 0.4


def hold_rows(hand: "Hand", points: list[SkinPoint]) -> list[Row]:
    """Longest holds in one session; every gesture is done as a hand does it, through the event loop."""

    def taps() -> None:
        for point in points[:10]:
            hand.tap(hand.place_of(point))

    def to_and_fro() -> None:
        for _ in range(5):
            for act in (hand.page.model.undo, hand.page.model.redo):
                hand.touch()
                act()
                hand.rest(_REST_S)

    def views() -> None:
        for view in ("head_profile_left", "head_front") * 5:
            hand.touch()
            hand.page.model.choose_view(view)
            hand.rest(_REST_S)

    found = [
        Row(f"longest hold of the window, {name}, 2,000 marks", _longest_hold(hand, work), _FRAME_MS, "", 0.0)
        for name, work in (("10 taps", taps), ("5 × undo and redo", to_and_fro), ("10 × another view", views))
    ]
    hand.page.model.choose_value("spacing_mm", 4.0)
    hand.page.use_tool("brush")
    held = _longest_hold(hand, lambda: _strokes(hand))
    return [*found, Row("longest hold of the window, 3 strokes of 100 moves", held, _FRAME_MS, "", 0.0)]


def _strokes(hand: "Hand") -> None:
    for row in range(3):
        at = QPointF(hand.canvas.width() / 2, hand.canvas.height() * (0.35 + 0.06 * row))
        hand.post(QEvent.Type.MouseButtonPress, at)
        hand.rest(0.03)
        for step in range(1, 101):
            at = QPointF(at.x() + 4 * math.cos(step / 15), at.y() + 0.5)
            hand.post(QEvent.Type.MouseMove, at)
            hand.rest(0.008)
        hand.post(QEvent.Type.MouseButtonRelease, at)
        hand.rest(_REST_S)


def _longest_hold(hand: "Hand", work: Callable[[], None]) -> float:
    """Longest time in ms that the window's thread answered no timer while this was done.

    The session is at rest before: what the pages opened earlier left behind, and its own first figures, are done.
    """
    hand.rest(2.0)
    BesideTheWindow.finish_all()
    last, longest = [time.perf_counter()], [0.0]

    def beat() -> None:
        now = time.perf_counter()
        longest[0], last[0] = max(longest[0], now - last[0]), now

    timer = QTimer(interval=1)
    timer.timeout.connect(beat)
    timer.start()
    hand.rest(0.5)
    longest[0] = 0.0
    work()
    timer.stop()
    return longest[0] * 1e3
