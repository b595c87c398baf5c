"""Row 1: SIGKILL at random moments of saving."""

import time

from mesomap.storage import Home
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import chart
from tests.faults.practices import copied, count_what_is_left, new_home
from tests.faults.processes import Child, killed_after

#: A new practice now and then: the look at all of it after each kill would take longer and longer.
_EACH = 5
_CONTROL_S = 60.0


def run(ground: Ground) -> Tally:
    """Charting children are killed within a quarter of a second of their first word."""
    tally = Tally(rounds=ground.rounds(6, 1000))
    fresh = new_home(ground.place("fresh"))
    home = fresh
    there = 0
    for number in range(tally.rounds):
        if number % _EACH == 0:
            home, there = copied(fresh, ground.place("home")), 0
        last = _killed(home, ground.chance.uniform(0.0, 0.25))
        tally.acknowledged += last + 1 - there
        there = count_what_is_left(home, last + 1, tally)
    _control(ground, fresh, tally)
    return tally


def _killed(home: Home, after_s: float, early: bool = False) -> int:
    """The last number that the child acknowledged."""
    child = Child(chart, str(home.root), early)
    first = int(child.says())
    return max([first, *(int(word) for word in killed_after(child, after_s))])


def _control(ground: Ground, fresh: Home, tally: Tally) -> None:
    """A child that says "saved" before it is."""
    home = copied(fresh, ground.place("control"))
    end = time.monotonic() + _CONTROL_S
    lies = Tally()
    kills = 0
    while not lies.lost and time.monotonic() < end:
        kills += 1
        count_what_is_left(home, _killed(home, ground.chance.uniform(0.0, 0.05), True) + 1, lies)
    tally.control = f"“saved” said too early: {lies.lost} lost after {kills} kills"
    tally.control_failed = lies.lost > 0


ROW = Row(1, "SIGKILL at random moments of saving", run)
