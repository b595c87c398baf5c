"""Old backups go, but never because of a clock."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mesomap.storage.thinning import DAILY, MONTHLY, NEWEST, WEEKLY, superseded

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MOMENTS = st.lists(st.integers(0, 3_000_000).map(lambda minutes: NOON - timedelta(minutes=minutes)), max_size=80)


def _kept(moments: list[datetime], now: datetime = NOON) -> list[datetime]:
    gone = set(superseded(moments, now))
    return [moment for place, moment in enumerate(moments) if place not in gone]


def test_a_year_of_half_hours_leaves_days_weeks_and_months() -> None:
    moments = [NOON - timedelta(days=day, minutes=30 * half) for day in range(365) for half in range(10)]
    kept = _kept(moments)
    assert len({moment.date() for moment in kept}) == len(kept) - (NEWEST - 1)
    days = {moment.date() for moment in kept}
    assert all((NOON - timedelta(days=day)).date() in days for day in range(DAILY))
    assert len({moment.isocalendar()[:2] for moment in kept}) >= WEEKLY
    assert len({(moment.year, moment.month) for moment in kept}) == MONTHLY
    assert len(kept) <= DAILY + WEEKLY + MONTHLY + NEWEST


@given(MOMENTS)
def test_the_newest_always_stay_and_thinning_again_takes_nothing(moments: list[datetime]) -> None:
    kept = _kept(moments)
    assert set(sorted(moments, reverse=True)[:NEWEST]) <= set(kept)
    assert _kept(kept) == kept
    assert len(kept) <= DAILY + WEEKLY + MONTHLY + NEWEST


@given(MOMENTS, st.integers(3, 10_000_000))
def test_a_date_in_the_future_never_deletes_anything(moments: list[datetime], ahead: int) -> None:
    assert superseded([*moments, NOON + timedelta(minutes=ahead)], NOON) == ()


@given(MOMENTS, st.integers(0, 50_000))
def test_time_alone_deletes_nothing(moments: list[datetime], days: int) -> None:
    """A practice that rests, or a clock that jumps ahead, keeps what it had."""
    kept = _kept(moments)
    assert _kept(kept, NOON + timedelta(days=days)) == kept
