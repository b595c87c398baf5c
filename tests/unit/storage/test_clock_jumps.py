"""A clock that was set is said once; time that passes is not."""

from datetime import UTC, datetime, timedelta

import pytest

from mesomap.storage import Database, Home, clock_jumps
from mesomap.storage.clock_jumps import ClockWatch
from tests.unit.storage.conftest import reopened

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("steady", [True, False])
def test_a_step_back_is_said_once(monkeypatch: pytest.MonkeyPatch, steady: bool) -> None:
    monkeypatch.setattr(clock_jumps, "_running_s", lambda: 1.0 if steady else None)
    watch = ClockWatch(NOON, NOON - timedelta(days=1))
    assert watch.jump(NOON - timedelta(hours=25)) == "clock set back by 1440 min; clock set back by 60 min"
    assert watch.jump(NOON - timedelta(hours=25) + timedelta(minutes=1)) == ""


def test_a_step_ahead_is_told_from_time_that_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    running = iter([-5.0, 0.0, 3600.0, 3601.0])
    monkeypatch.setattr(clock_jumps, "_running_s", lambda: next(running))
    watch = ClockWatch(NOON - timedelta(days=3), NOON)
    assert watch.jump(NOON) == "", "the program was closed for three days"
    assert watch.jump(NOON + timedelta(hours=1)) == ""
    assert watch.jump(NOON + timedelta(hours=3)) == "clock set ahead by 120 min"


def test_a_step_back_while_the_program_was_closed_stands_in_the_audit(
    closed_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mesomap.storage.database.now", lambda: NOON - timedelta(days=3000))
    database: Database = reopened(closed_home)
    database.note("one")
    database.note("two")
    with database.reading() as connection:
        said = connection.exec_driver_sql("SELECT what FROM audit ORDER BY sequence DESC LIMIT 3").scalars().all()
    assert said[0] == "two"
    assert said[1] == "one"
    assert said[2].startswith("clock set back by")
    assert database.verify().findings == ()
    database.close()
