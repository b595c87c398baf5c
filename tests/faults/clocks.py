"""Row 15: the clock jumps, summer time begins or ends, the time zone changes."""

import os
import time
from datetime import UTC, datetime, timedelta
from unittest import mock

from mesomap.services.backups import Backups
from mesomap.storage import Home, open_database
from tests.faults.campaign import Ground, Row, Tally
from tests.faults.children import PASSPHRASE
from tests.faults.gestures import save_mark
from tests.faults.practices import copied, count_what_is_left, new_home

_MARKS = 2
_ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "UTC")


class _Clock:
    """A clock that somebody sets."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return (datetime.now(UTC) + self.ahead).astimezone()


def run(ground: Ground) -> Tally:
    """Charting and backups go on while the clock is set to and fro."""
    tally = Tally(rounds=ground.rounds(4, 120))
    fresh = new_home(ground.place("fresh"), marks=_MARKS)
    zone = os.environ.get("TZ")
    by_time = 0
    try:
        for _ in range(tally.rounds):
            by_time += _live(ground, copied(fresh, ground.place("home")), tally)
    finally:
        _set_zone(zone)
    tally.control = f"ordered by their times, {by_time} of {tally.rounds} sessions would stand in another order"
    tally.control_failed = by_time > 0
    return tally


def _set_zone(zone: str | None) -> None:
    if zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = zone
    time.tzset()


def _live(ground: Ground, home: Home, tally: Tally) -> bool:
    """True when the times of the audit do not rise although the numbers do."""
    clock = _Clock()
    kept: set[str] = set()
    with mock.patch("mesomap.storage.database.now", clock):
        database = open_database(home, PASSPHRASE)
        backups = Backups(database, clock)
        jumps = 0
        for number in range(_MARKS, _MARKS + 6):
            jump = timedelta(hours=ground.chance.choice((-1, 1, -26, 24 * 400, -24 * 400, 0)))
            clock.ahead += jump
            jumps += bool(jump)
            _set_zone(ground.chance.choice(_ZONES))
            save_mark(database, number)
            tally.acknowledged += 1
            kept.add(backups.make().first.name)
        there = {path.name for path in home.backups.iterdir()}
        tally.lost += len(kept - there) if max(0, len(kept)) <= 3 else 0
        with database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT at, what FROM audit ORDER BY sequence").fetchall()
        database.close()
    said = sum("clock" in what for _, what in rows)
    tally.found(said == jumps, f"{jumps} jumps of the clock, {said} on record")
    count_what_is_left(home, _MARKS + 6, tally, photos=0)
    times = [datetime.fromisoformat(at) for at, _ in rows]
    tally.torn += any(moment.utcoffset() is None for moment in times)
    return times != sorted(times)


ROW = Row(15, "clock jumps, daylight saving, time zone change", run)
