"""Find and count over 20,000 patients and 100,000 sessions, beside a plain scan of the same rows."""

from datetime import UTC, datetime

from sqlalchemy import text

from mesomap.domain.finding import SessionWish
from mesomap.services import Practice
from mesomap.services.finding import found_sessions
from tests.benchmarks.large_practice import PRACTITIONERS, SESSIONS, large_practice, lot_id, product_id
from tests.benchmarks.table import Row, best_ms

GOAL_MS = 100
_SINCE, _UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC)
_WISHES = {
    "everything": SessionWish(),
    "one lot": SessionWish(lot_id=lot_id(17)),
    "one product": SessionWish(product_id=product_id(3)),
    "one region, both sides": SessionWish(region_ids=("buttock.left", "buttock.right")),
    "one technique": SessionWish(technique="papule"),
    "one practitioner": SessionWish(practitioner=PRACTITIONERS[0]),
    "one year": SessionWish(since=_SINCE, until=_UNTIL),
    "product, region, technique, who, year": SessionWish(
        product_id=product_id(3),
        region_ids=("buttock.left", "buttock.right"),
        technique="papule",
        practitioner=PRACTITIONERS[0],
        since=_SINCE,
        until=_UNTIL,
    ),
}


def find_rows() -> list[Row]:
    """Figures and the list of 200 for every wish: what one change of a field on the page asks for."""
    with large_practice() as practice:
        floor = best_ms(lambda: _scan(practice), 3)
        return [_row(practice, name, wish, floor) for name, wish in _WISHES.items()]


def _row(practice: Practice, name: str, wish: SessionWish, floor_ms: float) -> Row:
    count = found_sessions(practice, wish)[0].sessions
    ms = best_ms(lambda: found_sessions(practice, wish), 5)
    return Row(f"find {name} ({count:,} of {SESSIONS:,})", ms, GOAL_MS, "scan of all totals", floor_ms)


def _scan(practice: Practice) -> int:
    with practice._database.reading() as connection:
        return int(connection.execute(text("SELECT sum(points) FROM session_totals")).scalar_one())
