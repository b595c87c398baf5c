"""A session on disk: one gesture made durable, a session of 2,000 marks read, a fill of 5,000 places carried out."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from mesomap.atlas import Atlas, open_atlas
from mesomap.domain.marks import Dose
from mesomap.domain.place import SkinPoint
from mesomap.services import ChartingService, Practice
from tests.benchmarks.a_practice import a_practice, a_session, places_in
from tests.benchmarks.table import Row

DOSE = Dose(technique="papule", mixture="A", depth_mm=2.0)
FILLED = "thigh_front.left"


def session_rows() -> list[Row]:
    """Wall time, as a disk takes part; the median of some rounds."""
    atlas = open_atlas()
    points = places_in(atlas, "head_front", 2000)
    with a_practice() as practice:
        session = a_session(practice, atlas, points)
        charting = ChartingService(practice, atlas, session.id)
        return [
            _commit_row(practice, charting, points[0]),
            _open_row(practice, atlas, session.id),
            _fill_row(charting),
        ]


def _median_ms(work: Callable[[], object], times: int) -> float:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1e3)
    return sorted(found)[times // 2]


def _commit_row(practice: Practice, charting: ChartingService, point: SkinPoint) -> Row:
    plain = sqlite3.connect(Path(practice.home.root) / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("PRAGMA synchronous = FULL")
    plain.execute("CREATE TABLE marks (triangle INTEGER, b0 REAL, b1 REAL)")

    def bare() -> None:
        plain.execute("BEGIN IMMEDIATE")
        plain.execute("INSERT INTO marks VALUES (?, ?, ?)", tuple(point))
        plain.execute("COMMIT")

    floor = _median_ms(bare, 25)
    plain.close()
    ours = _median_ms(lambda: charting.place([point], DOSE, 0.02), 25)
    return Row("durable commit of one gesture", ours, 12, "the place alone in plain SQLite", floor)


def _open_row(practice: Practice, atlas: Atlas, session_id: UUID) -> Row:
    def read() -> None:
        ChartingService(practice, atlas, session_id)

    return Row("2,000 marks read from disk", _median_ms(read, 9), 60, "", 0.0)


def _fill_row(charting: ChartingService) -> Row:
    def fill() -> None:
        preview = charting.preview_fill(FILLED, DOSE, 0.01, spacing_mm=3.7)
        charting.fill(FILLED, DOSE, 0.01, spacing_mm=3.7, preview=preview)
        counts.append(len(preview.points))

    counts: list[int] = []
    ms = _median_ms(fill, 5)
    return Row(f"fill of {counts[-1]:,} points, preview to commit", ms, 150, "", 0.0)
