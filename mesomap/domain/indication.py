"""Words to pick for why a session takes place and for what surrounds it: record words, no claim of any effect.

The tables were written for this program; their names in five languages are not reviewed yet and say so.
"""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class IndicationGroup(StrEnum):
    """Where an indication stands in the list."""

    AESTHETIC = "aesthetic"
    HAIR = "hair"
    PAIN = "pain"
    CIRCULATION = "circulation"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWord:
    """A word that can be picked, with its names by language. reviewed: a native speaker has looked at the names."""

    key: str
    names: dict[str, str]
    reviewed: bool

    def name(self, language: str = "en") -> str:
        """Name in the language, English when it has none."""
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indication(RecordWord):
    """A reason for a session, as people say it. view: the view that such a session is mostly charted in; "" = any."""

    group: IndicationGroup
    view: str = ""


def _rows(table: str) -> list[dict[str, str]]:
    text = resources.files("mesomap.domain").joinpath(f"data/{table}").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _names(row: dict[str, str]) -> dict[str, str]:
    return {column.removeprefix("name_"): name for column, name in row.items() if column.startswith("name_")}


@cache
def indications() -> dict[str, Indication]:
    """All indications by key, in the order of the table."""
    return {
        row["key"]: Indication(
            key=row["key"],
            names=_names(row),
            reviewed=row["names_reviewed"] == "yes",
            group=IndicationGroup(row["group"]),
            view=row["view"],
        )
        for row in _rows("indications.csv")
    }


@cache
def frame_words(field: str) -> tuple[RecordWord, ...]:
    """Words of a field of the frame (place, antisepsis, anaesthesia, reaction) or of a complaint (quality).

    Empty for a field without words.
    """
    return tuple(
        RecordWord(key=row["key"], names=_names(row), reviewed=row["names_reviewed"] == "yes")
        for row in _rows("frame_words.csv")
        if row["field"] == field
    )
