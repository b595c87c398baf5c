"""Row 15: the clock jumps, summer time begins or ends, the time zone changes."""

import os
import time
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Self
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

    def words(self) -> type[datetime]:
        """The class of moments, for a module that asks it for the time itself."""
        clock = self

        class Words(datetime):
            """Moments by this clock."""

            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Self:
                """The moment by the clock that was set."""
                found = datetime.now(tz) + clock.ahead
                return cls(*found.timetuple()[:6], found.microsecond, tzinfo=found.tzinfo)

        return Words


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
    with (
        mock.patch("mesomap.storage.database.now", clock),
        mock.patch("mesomap.storage.backup.datetime", clock.words()),
    ):
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
            _back_up(backups, clock, tally)
        with database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT at, what FROM audit ORDER BY sequence").fetchall()
        database.close()
    said = sum("clock" in what for _, what in rows)
    tally.found(said == jumps, f"{jumps} jumps of the clock, {said} on record")
    count_what_is_left(home, _MARKS + 6, tally, photos=0)
    times = [datetime.fromisoformat(at) for at, _ in rows]
    tally.torn += any(moment.utcoffset() is None for moment in times)
    return times != sorted(times)


def _back_up(backups: Backups, clock: _Clock, tally: Tally) -> None:
    """The new one is there, and nothing went that must stay: the newest three, and all while one is of the future."""
    before = {facts.path.name: facts.made_at for facts in backups.found()}
    made = backups.make().first
    after = {facts.path.name: facts.made_at for facts in backups.found()}
    known = {**before, **after}
    gone = before.keys() - after.keys()
    newest = sorted(known, key=lambda name: known[name], reverse=True)[:3]
    future = any(moment > clock() + timedelta(minutes=2) for moment in known.values())
    tally.lost += (made.name not in after) + len(gone & set(newest)) + (len(gone) if future else 0)


ROW = Row(15, "clock jumps, daylight saving, time zone change", run)
