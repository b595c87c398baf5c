"""A recall in a practice of 20,000 patients and 100,000 sessions, beside looking through the sessions' own text."""

from sqlalchemy import text

from mesomap.services import Practice
from mesomap.services.recall import find_lots, trace_csv, trace_lot
from tests.benchmarks.large_practice import LOTS, large_practice
from tests.benchmarks.table import Row, best_ms


def recall_rows() -> list[Row]:
    """Lot number typed → every session, patient, region and mark; another lot each time, so that nothing is kept."""
    with large_practice() as practice:
        numbers = iter(range(LOTS))

        def traced() -> object:
            (lot,) = find_lots(practice, f"l{next(numbers):04d}")
            return trace_lot(practice, lot)

        trace = trace_lot(practice, find_lots(practice, "L0399")[0])
        name = f"recall of a lot ({len(trace.sessions)} sessions, {trace.patients} patients, {trace.marks} marks)"
        scan = best_ms(lambda: _scan(practice), times=1)
        rival = "LIKE over the text of all sessions"
        csv = best_ms(lambda: trace_csv(trace), times=3)
        return [
            Row(name, best_ms(traced, times=15), 100, rival, scan),
            Row("the same as CSV", csv, None, rival, scan),
        ]


def _scan(practice: Practice) -> int:
    query = text("SELECT count(*) FROM sessions WHERE mixtures LIKE '%\"L0399\"%'")
    with practice._database.reading() as connection:
        return int(connection.execute(query).scalar_one())
