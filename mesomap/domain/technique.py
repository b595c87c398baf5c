"""The 28 techniques of the domain table, with names in five languages."""

import csv
import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from mesomap.domain.errors import NotFoundError

LANGUAGES = ("en", "fr", "it", "de", "es")


class SymbolFamily(StrEnum):
    """Shape that stands for a technique on map and paper."""

    PAPULE = "papule"
    NAPPAGE = "nappage"
    POINT = "point"
    STROKE = "stroke"
    LINEAR = "linear"
    SURFACE = "surface"


@dataclass(frozen=True, slots=True, kw_only=True)
class Technique:
    """A way of injecting. Ranges are sourced information for the technique's card; nothing is pre-filled from them."""

    key: str
    names: dict[str, str]
    symbol_family: SymbolFamily
    is_density: bool
    target_layer: str
    depth_range_mm: tuple[float, float] | None
    spacing_range_mm: tuple[float, float] | None
    volume_range_ml: tuple[float, float] | None
    angle_range_deg: tuple[float, float] | None
    needle: str
    aliases: str
    body_areas: str
    sources: str
    confidence: str
    note: str

    def name(self, language: str = "en") -> str:
        """Name in the language, English when it has none."""
        return self.names.get(language) or self.names["en"]

    @property
    def effect_radius_mm(self) -> float | None:
        """Radius of effect as shipped: usual maximum spacing / sqrt(3), so that a hex lattice at it just covers.

        None when the table names no spacing: covered area then shows a dash until the practice sets a radius.
        """
        return None if self.spacing_range_mm is None else self.spacing_range_mm[1] / math.sqrt(3.0)


def _range(low: str, high: str) -> tuple[float, float] | None:
    return (float(low or high), float(high or low)) if low or high else None


@cache
def techniques() -> dict[str, Technique]:
    """All techniques by key, in the order of the table."""
    table = resources.files("mesomap.domain").joinpath("data/techniques.csv").read_text(encoding="utf-8")
    found: dict[str, Technique] = {}
    for row in csv.DictReader(table.splitlines()):
        found[row["key"]] = Technique(
            key=row["key"],
            names={lang: row[f"name_{lang}"] for lang in LANGUAGES},
            symbol_family=SymbolFamily(row["symbol_family"]),
            is_density=row["charted_as"] == "area",
            target_layer=row["target_layer"],
            depth_range_mm=_range(row["depth_min_mm"], row["depth_max_mm"]),
            spacing_range_mm=_range(row["spacing_min_mm"], row["spacing_max_mm"]),
            volume_range_ml=_range(row["volume_min_ml"], row["volume_max_ml"]),
            angle_range_deg=_range(row["angle_min_deg"], row["angle_max_deg"]),
            needle=row["needle"],
            aliases=row["aliases"],
            body_areas=row["body_areas"],
            sources=row["sources"],
            confidence=row["confidence"],
            note=row["note"],
        )
    return found


def technique(key: str) -> Technique:
    """The technique of this key. Raises NotFoundError naming the key when the table has none."""
    try:
        return techniques()[key]
    except KeyError:
        raise NotFoundError(f"“{key[:60]}” is not a technique MesoMap knows.") from None
