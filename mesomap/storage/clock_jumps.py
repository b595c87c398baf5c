"""Jumps of the computer's clock, told by a second clock that nobody can set."""

import time
from datetime import datetime, timedelta

#: Smaller differences are those of time servers and slow disks.
_SMALL = timedelta(minutes=2)


def _running_s() -> float | None:
    """Seconds of a clock that nobody sets and that goes on while the computer sleeps; None where there is none."""
    kind = getattr(time, "CLOCK_BOOTTIME", None)
    return None if kind is None else time.clock_gettime(kind)


class ClockWatch:
    """Compares each moment of a record with the one before it."""

    def __init__(self, last: datetime | None, opened: datetime) -> None:
        """last: the time of the newest record, from an earlier run of the program: it can only show a step back."""
        back = last is not None and last - opened > _SMALL
        self._found = _words(opened - last) if back and last is not None else ""
        self._last, self._running = opened, _running_s()

    def jump(self, moment: datetime) -> str:
        """What the audit says of jumps since the record before; "" when there were none."""
        went = moment - self._last
        running = _running_s()
        if self._running is not None and running is not None:
            went -= timedelta(seconds=running - self._running)
        elif went > timedelta():
            went = timedelta()  # time that passed, as far as anybody can tell
        found = [self._found, _words(went) if abs(went) > _SMALL else ""]
        self._found, self._last, self._running = "", moment, running
        return "; ".join(words for words in found if words)


def _words(went: timedelta) -> str:
    return f"clock set {'ahead' if went > timedelta() else 'back'} by {round(abs(went).total_seconds() / 60)} min"
