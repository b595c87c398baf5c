"""Which backups are old enough to go: the newest of each of 12 days, 10 weeks and 9 months stay.

Days, weeks and months are those that hold a backup, not those of the calendar: a practice that rests for a year loses
nothing, and a clock that jumps forward costs nothing.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

DAILY, WEEKLY, MONTHLY = 12, 10, 9
#: The newest ones stay whatever they are: the state of half an hour ago is what a slip of the hand needs.
NEWEST = 3
_CLOCKS_DIFFER = timedelta(minutes=2)

K = TypeVar("K")


def superseded(moments: Sequence[datetime], now: datetime) -> tuple[int, ...]:
    """Places in `moments` (when each backup was made, with offset) of the backups that may go, in order.

    Empty when any moment lies in the future: a clock that was wrong then or is wrong now never deletes anything.
    """
    if any(moment > now + _CLOCKS_DIFFER for moment in moments):
        return ()
    newest_first = sorted(range(len(moments)), key=lambda place: moments[place], reverse=True)
    kept = set(newest_first[:NEWEST])
    for count, slot in ((DAILY, _day), (WEEKLY, _week), (MONTHLY, _month)):
        kept |= _newest_of_each(newest_first, moments, slot, count)
    return tuple(place for place in range(len(moments)) if place not in kept)


def _newest_of_each(
    newest_first: Sequence[int], moments: Sequence[datetime], slot: Callable[[datetime], K], count: int
) -> set[int]:
    seen: dict[K, int] = {}
    for place in newest_first:
        seen.setdefault(slot(moments[place]), place)
        if len(seen) == count:
            break
    return set(seen.values())


def _day(moment: datetime) -> tuple[int, int, int]:
    return moment.year, moment.month, moment.day


def _week(moment: datetime) -> tuple[int, int]:
    year, week, _ = moment.isocalendar()
    return year, week


def _month(moment: datetime) -> tuple[int, int]:
    return moment.year, moment.month
