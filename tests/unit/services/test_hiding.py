"""Hide and lock: times, the gate of the PIN, and what the watch notices."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.errors import BadInputError
from mesomap.services import Practice
from mesomap.services.hiding import MOST_WRONG, HideTimes, PinGate, Watch, hide_times, set_hide_times
from tests.records import CHEAP


class Clocks:
    """Two clocks that a test turns: the steady one and the wall clock."""

    def __init__(self) -> None:
        self.steady = 1000.0
        self.wall = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)

    def run(self, seconds: float) -> None:
        self.steady += seconds
        self.wall += timedelta(seconds=seconds)

    def watch(self) -> Watch:
        return Watch(lambda: self.steady, lambda: self.wall)


def test_nobody_there_for_five_minutes_hides_and_a_touch_begins_anew() -> None:
    clocks = Clocks()
    watch = clocks.watch()
    clocks.run(299)
    assert not watch.is_idle(300)
    watch.touch()
    clocks.run(299)
    assert not watch.is_idle(300)
    clocks.run(1)
    assert watch.is_idle(300)


def test_sleep_of_the_computer_locks_and_ordinary_time_does_not() -> None:
    clocks = Clocks()
    watch = clocks.watch()
    for _ in range(100):
        clocks.run(15)
        assert not watch.must_lock()
    clocks.wall += timedelta(minutes=10)
    assert watch.must_lock()


def test_a_clock_set_back_locks_too() -> None:
    clocks = Clocks()
    watch = clocks.watch()
    clocks.wall -= timedelta(hours=1)
    assert watch.must_lock()


def test_the_end_of_the_day_locks_but_not_under_somebodys_hands() -> None:
    clocks = Clocks()
    watch = clocks.watch()
    for _ in range(12 * 60 + 1):
        clocks.run(60)
        watch.touch()
        assert not watch.must_lock()
    clocks.run(59)
    assert not watch.must_lock()
    clocks.run(2)
    assert watch.must_lock()
    watch.begin()
    assert not watch.must_lock()


def test_five_wrong_pins_lock_and_each_waits_longer() -> None:
    now = 0.0
    gate = PinGate(lambda: now)
    waits = []
    for count in range(MOST_WRONG):
        assert not gate.must_lock
        gate.count_wrong()
        waits.append(gate.wait_s)
        assert gate.left == MOST_WRONG - count - 1
        now += gate.wait_s
    assert gate.must_lock
    assert waits == sorted(waits)
    assert waits[0] == 0.0
    assert waits[-1] >= 10.0


@given(st.lists(st.booleans(), max_size=30))
def test_the_gate_counts_wrong_tries_in_a_row_only(tries: list[bool]) -> None:
    gate, row = PinGate(lambda: 0.0), 0
    for right in tries:
        if right:
            gate.begin_anew()
            row = 0
        else:
            gate.count_wrong()
            row += 1
        assert gate.must_lock == (row >= MOST_WRONG)


def test_times_are_kept_and_impossible_ones_refused(tmp_path: Path) -> None:
    with Practice.create(tmp_path / "p", "a sentence is best", cost=CHEAP) as practice:
        assert hide_times(practice) == HideTimes(5, 30)
        set_hide_times(practice, HideTimes(2, 60))
        assert hide_times(practice).seconds(in_session=False) == 120
        assert hide_times(practice).seconds(in_session=True) == 3600
        with pytest.raises(BadInputError, match="1 to 60"):
            set_hide_times(practice, HideTimes(0, 30))
        practice.set_setting("hide.idle_minutes", "soon")
        assert hide_times(practice).idle_minutes == 5
