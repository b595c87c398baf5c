"""The scales of the domain table: items, levels, how they are summed, and whose words may be shown.

Numbers are always shown. Words that may be under a licence stay off until the practice has noted its licence
(ScaleLicence); no pictures of any scale are shipped.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import ClassVar

from mesomap.domain.danger_zones import table_rows
from mesomap.domain.entry import Entry
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.indication import RecordWord

MAX_LICENCE = 1000


class ScaleForm(StrEnum):
    """How a scale is answered."""

    LINE = "line"  # a place on a line 100 mm long
    NUMBERS = "numbers"  # one of a row of numbers
    LEVELS = "levels"  # one of some levels
    ITEMS = "items"  # one level of each item, summed
    BANDS = "bands"  # a whole number; levels are bands of numbers
    CLASS = "class"  # derived from a sum, never answered


class Wording(StrEnum):
    """What may be shown of a scale without a noted licence."""

    SHOWN = "shown"  # everything
    LABELS = "labels"  # labels, no descriptions
    CODES = "codes"  # the grade's own sign (II, IV …)
    NUMBERS = "numbers"  # bare numbers


@dataclass(frozen=True, slots=True)
class Level:
    """One level: low = high for a single value."""

    low: Decimal
    high: Decimal
    code: str
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class ScaleItem:
    """One thing that is judged; key "" where the scale has only one."""

    key: str
    name: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(RecordWord):
    """One scale. names are short ones of ours; full_name, scoring, source and status as in the table.

    higher_is: "worse", or "not ordered by severity".
    """

    full_name: str
    domain: str
    form: ScaleForm
    wording: Wording
    items: tuple[ScaleItem, ...]
    higher_is: str
    scoring: str
    source: str
    status: str
    licence_note: str

    @property
    def levels(self) -> tuple[Level, ...]:
        """Levels of the first item; of most scales the only one."""
        return self.items[0].levels

    @property
    def low(self) -> Decimal:
        """The least value."""
        return sum((min(level.low for level in item.levels) for item in self.items), Decimal(0))

    @property
    def high(self) -> Decimal:
        """The greatest value."""
        return sum((max(level.high for level in item.levels) for item in self.items), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleLicence(Entry):
    """The practice's note that it may use the words of a scale: where the licence is from, or why none is needed."""

    KIND: ClassVar[str] = "scale_licence"

    scale: str
    text: str

    @property
    def key(self) -> str:
        """Looked up by the scale."""
        return self.scale

    def check(self) -> None:
        """Refuse an unknown scale and an empty note. Raises BadInputError."""
        scale(self.scale)
        if not self.text.strip():
            raise BadInputError("The note on the licence is empty. Enter where the licence is from.")
        if len(self.text) > MAX_LICENCE:
            raise BadInputError(f"The note is longer than {MAX_LICENCE:,} letters. Shorten it.")


@cache
def scales() -> dict[str, Scale]:
    """Every scale by its key, in the order of the table."""
    rows: dict[str, list[dict[str, str]]] = {}
    for row in table_rows("scales.csv"):
        rows.setdefault(row["scale_key"], []).append(row)
    terms = {row["key"]: row for row in table_rows("scale_terms.csv")}
    return {key: _scale(terms[key], found) for key, found in rows.items()}


def scale(key: str) -> Scale:
    """The scale of this key. Raises NotFoundError."""
    try:
        return scales()[key]
    except KeyError:
        raise NotFoundError(f"“{key[:60]}” is not a scale MesoMap knows.") from None


def level_at(levels: tuple[Level, ...], value: Decimal) -> Level | None:
    """The level that holds a value, None between levels."""
    return next((level for level in levels if level.low <= value <= level.high), None)


def level_words(asked: Scale, level: Level, licensed: Collection[str] = ()) -> tuple[str, str]:
    """(label, description) of a level as they may be shown; licensed: keys of scales with a noted licence."""
    number = f"{level.low}" if level.low == level.high else f"{level.low}–{level.high}"
    if asked.wording is Wording.SHOWN or asked.key in licensed:
        return level.label or number, level.description
    if asked.wording is Wording.LABELS:
        return level.label or number, ""
    return (level.code or number, "") if asked.wording is Wording.CODES else (number, "")


def item_name(asked: Scale, item: ScaleItem, licensed: Collection[str] = ()) -> str:
    """Name of an item as it may be shown: its letter in the scale without a noted licence."""
    if asked.wording is Wording.SHOWN or asked.key in licensed:
        return item.name
    return "abcdefghij"[[one.key for one in asked.items].index(item.key)]


def _scale(terms: dict[str, str], rows: list[dict[str, str]]) -> Scale:
    first = rows[0]
    items: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        items.setdefault(row["item_key"], []).append(row)
    return Scale(
        key=terms["key"],
        names={name[6:]: text for name, text in terms.items() if name.startswith("short_")},
        reviewed=terms["names_reviewed"] == "yes",
        full_name=first["scale_name"],
        domain=first["domain"],
        form=ScaleForm(terms["form"]),
        wording=Wording(terms["wording"]),
        items=tuple(
            ScaleItem(key, found[0]["item_name"], tuple(_level(row) for row in found)) for key, found in items.items()
        ),
        higher_is=first["higher_is"],
        scoring=first["scoring"],
        source=first["source"],
        status=first["status"],
        licence_note=terms["licence_note"],
    )


def _level(row: dict[str, str]) -> Level:
    low, _, high = row["value"].partition("-")
    return Level(Decimal(low), Decimal(high or low), row["code"], row["label"], row["description"])
