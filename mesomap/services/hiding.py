"""Hide and lock: when the window covers itself, how often a PIN may be tried, and when the key goes.

Hide covers the window and keeps the key; a PIN returns. Lock closes the practice; the passphrase returns. Times are
seconds: steady ones that never jump (time.monotonic) and those of the wall clock, which runs on while the computer
sleeps.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from mesomap.domain.errors import BadInputError

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

#: Wrong PINs in a row after which the practice is locked.
MOST_WRONG = 5
#: Seconds to wait after the first, second … wrong PIN.
_WAITS = (0.0, 1.0, 4.0, 10.0)
#: The wall clock ran on by so much more than the steady one: the computer slept (or its clock was set).
_SLEPT_S = 60.0

IDLE_MINUTES, IDLE_MINUTES_IN_SESSION = 5, 30
IDLE_CHOICES = (1, 2, 5, 10, 15, 30, 60)
_SETTING = "hide.idle_minutes"
_SETTING_IN_SESSION = "hide.idle_minutes_in_session"


@dataclass(frozen=True, slots=True)
class HideTimes:
    """Minutes without a touch after which the window covers itself."""

    idle_minutes: int = IDLE_MINUTES
    in_session_minutes: int = IDLE_MINUTES_IN_SESSION

    def seconds(self, *, in_session: bool) -> float:
        """The time allowed, with or without an open session."""
        return 60.0 * (self.in_session_minutes if in_session else self.idle_minutes)


def hide_times(practice: "Practice") -> HideTimes:
    """The practice's own times, else the shipped ones."""
    return HideTimes(
        _minutes(practice.setting(_SETTING), IDLE_MINUTES),
        _minutes(practice.setting(_SETTING_IN_SESSION), IDLE_MINUTES_IN_SESSION),
    )


def set_hide_times(practice: "Practice", times: HideTimes) -> None:
    """Set the practice's own times. Raises BadInputError for times outside 1 to 60 minutes."""
    for minutes in (times.idle_minutes, times.in_session_minutes):
        if not 1 <= minutes <= 60:
            raise BadInputError(f"{minutes} minutes are not possible. Choose 1 to 60 minutes.")
    practice.set_setting(_SETTING, times.idle_minutes)
    practice.set_setting(_SETTING_IN_SESSION, times.in_session_minutes)


def _minutes(kept: Any, usual: int) -> int:
    return kept if isinstance(kept, int) and not isinstance(kept, bool) and 1 <= kept <= 60 else usual


class PinGate:
    """Counts wrong PINs of one hiding: each costs a longer wait, the fifth locks. The right one begins anew."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong = 0
        self._open_at = 0.0

    @property
    def wait_s(self) -> float:
        """Seconds until another PIN may be tried; 0 = now."""
        return max(0.0, self._open_at - self._clock())

    @property
    def left(self) -> int:
        """Tries left before the practice is locked."""
        return MOST_WRONG - self._wrong

    @property
    def must_lock(self) -> bool:
        """True after the last wrong try."""
        return self._wrong >= MOST_WRONG

    def count_wrong(self) -> None:
        """A PIN was wrong: the next one waits."""
        self._wrong += 1
        self._open_at = self._clock() + _WAITS[min(self._wrong, len(_WAITS)) - 1]

    def begin_anew(self) -> None:
        """The right one was entered."""
        self._wrong, self._open_at = 0, 0.0


class Watch:
    """Tells from two clocks when the window must be hidden (nobody touched it) or locked (slept, another day).

    touch() at every key, click and stroke; look() now and then.
    """

    def __init__(
        self,
        steady: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        self._steady, self._wall = steady, wall
        self.begin()

    def begin(self) -> None:
        """A practice was opened: today is its day."""
        self._touched = self._looked = self._steady()
        self._looked_wall = self._wall()
        self._day: date = self._looked_wall.date()

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self._steady()

    def is_idle(self, after_s: float) -> bool:
        """Whether nobody touched the window for so long."""
        return self._steady() - self._touched >= after_s

    def must_lock(self) -> bool:
        """Whether the computer slept since the last look, its clock was set, or another day began."""
        steady, wall = self._steady(), self._wall()
        jump = abs((wall - self._looked_wall).total_seconds() - (steady - self._looked))
        self._looked, self._looked_wall = steady, wall
        return jump > _SLEPT_S or (wall.date() != self._day and self.is_idle(_SLEPT_S))
