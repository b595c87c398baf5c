"""Search among 20,000 patients as one types, beside a database that looks for the same letters."""

import random
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from mesomap.domain.patient import Patient
from mesomap.services.patient_search import PatientIndex
from tests.benchmarks.table import Row, best_ms

COUNT = 20_000
GIVEN = ("Anna", "Zoë", "Jürgen", "María", "Seán", "Łukasz", "Chloé", "İpek", "Mario", "Eva")
SYLLABLES = ("bei", "spiel", "es", "em", "pio", "ex", "ple", "sam", "pel", "mül", "ler", "nör", "ga", "rin", "ost")


def patient_rows() -> list[Row]:
    """One key stroke in the search field: many hits, few hits, a date, two words; and the first use."""
    people = _people()
    index = PatientIndex(people)
    index.find("x")
    like = _like(people)
    rows = [_search_row(index, like, text) for text in ("a", "mull", "05.1979", "ipek spiel")]
    return [*rows, _first_use(people)]


def _search_row(index: PatientIndex, like: Callable[[str], int], text: str) -> Row:
    name = f"search “{text}” in {COUNT:,} ({len(index.find(text)):,} found)"
    rival = best_ms(lambda: like(text))
    return Row(name, best_ms(lambda: index.find(text)), 30, "LIKE over the same words in SQLite", rival)


def _first_use(people: list[Patient]) -> Row:
    return Row(
        f"taking {COUNT:,} patients into the index", best_ms(lambda: PatientIndex(people).find("x"), 3), None,
        "sorting them by name", best_ms(lambda: sorted(people, key=lambda p: (p.family_name, p.given_name)), 3),
    )  # fmt: skip


def _people() -> list[Patient]:
    dice = random.Random(7)
    born = date(1935, 1, 1)
    return [
        Patient(
            id=UUID(int=number),
            number=str(10_000 + number),
            given_name=dice.choice(GIVEN),
            family_name="".join(dice.choices(SYLLABLES, k=3)).title(),
            birth_date=born + timedelta(days=dice.randrange(27_000)),
        )
        for number in range(COUNT)
    ]


def _like(people: list[Patient]) -> Callable[[str], int]:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE p (given TEXT, family TEXT, number TEXT, born TEXT)")
    base.executemany(
        "INSERT INTO p VALUES (?, ?, ?, ?)",
        [(p.given_name, p.family_name, p.number, str(p.birth_date)) for p in people],
    )

    def search(text: str) -> int:
        query = "SELECT * FROM p WHERE given||' '||family||' '||number||' '||born LIKE ?"
        return len(base.execute(query, (f"%{text}%",)).fetchall())

    return search
