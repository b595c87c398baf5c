"""The table of key sensory points (ISNCSCI): level of the spinal cord, where it lies in our own words, source.

They are the points of an examination, one a level. They are no dermatomes: nothing is said about borders, and that a
place has no point means nothing.
"""

from dataclasses import dataclass
from functools import cache

from mesomap.domain.danger_zones import table_rows


@dataclass(frozen=True, slots=True)
class SensoryPoint:
    """One row: level ("C2" to "S4-5"), where, source, status read or recalled."""

    level: str
    where: str
    source: str
    status: str


@cache
def sensory_points() -> dict[str, SensoryPoint]:
    """Every row by its level, from the neck down."""
    return {
        row["level"]: SensoryPoint(row["level"], row["location_own_words"], row["source"], row["status"])
        for row in table_rows("sensory_points.csv")
    }
