"""The table of acupoints: code, name, where it lies in our own words, after whom.

Nothing here advises. The table is incomplete, and that a place has no row means nothing.
"""

from dataclasses import dataclass
from functools import cache

from mesomap.domain.danger_zones import table_rows


@dataclass(frozen=True, slots=True)
class Acupoint:
    """One row; use_group names for which purposes teachers use it, pregnancy_caution "yes" or nothing."""

    code: str
    name: str
    where: str
    use_group: str
    pregnancy_caution: str
    source: str
    status: str
    note: str

    @property
    def recalled(self) -> bool:
        """Written down from general knowledge only: hidden until asked for."""
        return self.status == "recalled"


@cache
def acupoints() -> dict[str, Acupoint]:
    """Every row by its code, in the order of the table."""
    return {
        row["code"]: Acupoint(
            code=row["code"],
            name=row["pinyin"],
            where=row["location_own_words"],
            use_group=row["use_group"],
            pregnancy_caution=row["pregnancy_caution"],
            source=row["source"],
            status=row["status"],
            note=row["note"],
        )
        for row in table_rows("acupoints.csv")
    }
