"""Where danger zones, acupoints and key sensory points lie on the skin of one body, and what could not be placed.

A page that is missing gives nothing; a row that cannot be right is left out and told as a gap, the rest works.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from mesomap.atlas.atlas import Atlas
from mesomap.atlas.files import read_page
from mesomap.domain.errors import BadInputError, DamagedError
from mesomap.domain.marks import Outline
from mesomap.domain.place import SkinPoint, checked_point

FILE = "overlays.json"
_SIDES = ("left", "right", "mid")


@dataclass(frozen=True, slots=True)
class ZoneArea:
    """A danger zone on one side: its outline in every region that it touches."""

    key: str
    side: str
    parts: tuple[tuple[str, Outline], ...]


@dataclass(frozen=True, slots=True)
class PlacedPoint:
    """An acupoint on the skin. part: level of a point that is several; estimate: why its place is one, or nothing."""

    code: str
    part: str
    side: str
    estimate: str
    skin: SkinPoint


@dataclass(frozen=True, slots=True)
class PlacedLevel:
    """A key sensory point on the skin. level: of the spinal cord; estimate: why its place is one, or nothing."""

    level: str
    side: str
    estimate: str
    skin: SkinPoint


@dataclass(frozen=True, slots=True)
class Gap:
    """A row that has no place, and why, in a plain sentence."""

    kind: str
    key: str
    why: str


@dataclass(frozen=True, slots=True)
class Overlays:
    """Everything laid on one body."""

    zones: tuple[ZoneArea, ...] = ()
    points: tuple[PlacedPoint, ...] = ()
    gaps: tuple[Gap, ...] = ()
    sensory: tuple[PlacedLevel, ...] = ()


_KEPT: WeakKeyDictionary[Atlas, Overlays] = WeakKeyDictionary()


def overlays_of(atlas: Atlas) -> Overlays:
    """The overlays of an atlas, read once; none when it has no page of them. Raises DamagedError."""
    if atlas not in _KEPT:
        file = atlas.folder / atlas.ref.body / FILE
        _KEPT[atlas] = read_overlays(file, atlas) if file.is_file() else Overlays()
    return _KEPT[atlas]


def read_overlays(file: Path, atlas: Atlas) -> Overlays:
    """The page overlays.json; rows that do not lie on this body become gaps. Raises DamagedError naming the file."""
    page = read_page(file, dict)
    zones, points, gaps = (page.get(name) for name in ("zones", "points", "gaps"))
    levels = page.get("sensory", [])  # atlases before 1.2.0 have none
    known = page.get("format_version") == 1
    if not (known and all(isinstance(rows, list) for rows in (zones, points, levels, gaps))):
        raise DamagedError(
            f"The body atlas file {file.name} is damaged or foreign: it cannot be understood. "
            "Install MesoMap again to restore it."
        )
    left_out: list[Gap] = [Gap(str(row["kind"]), str(row["key"]), str(row["why"])) for row in gaps]
    areas: list[ZoneArea] = []
    placed: list[PlacedPoint] = []
    for row in zones:
        try:
            areas.append(_zone(row, atlas))
        except (KeyError, TypeError, ValueError, AttributeError, BadInputError):
            left_out.append(_foreign("zone", row, "key"))
    for row in points:
        try:
            placed.append(_point(row, atlas))
        except (KeyError, TypeError, ValueError, AttributeError, BadInputError):
            left_out.append(_foreign("point", row, "code"))
    sensory: list[PlacedLevel] = []
    for row in levels:
        try:
            sensory.append(_level(row, atlas))
        except (KeyError, TypeError, ValueError, AttributeError, BadInputError):
            left_out.append(_foreign("sensory", row, "level"))
    return Overlays(tuple(areas), tuple(placed), tuple(left_out), tuple(sensory))


def _foreign(kind: str, row: Any, name: str) -> Gap:
    key = str(row.get(name, "?")) if isinstance(row, dict) else "?"
    return Gap(kind, key[:60], "Its place does not lie on this body; it is not shown.")


def _zone(row: dict[str, Any], atlas: Atlas) -> ZoneArea:
    parts = []
    for part in row["parts"]:
        atlas.region(part["region"])
        rings = tuple(tuple(_skin(corner, atlas) for corner in ring) for ring in part["outline"])
        if any(len(ring) < 3 for ring in rings):
            raise ValueError("outline")
        parts.append((str(part["region"]), rings))
    if row["side"] not in _SIDES:
        raise ValueError("side")
    return ZoneArea(str(row["key"]), row["side"], tuple(parts))


def _point(row: dict[str, Any], atlas: Atlas) -> PlacedPoint:
    if row["side"] not in _SIDES:
        raise ValueError("side")
    return PlacedPoint(str(row["code"]), str(row["part"]), row["side"], str(row["estimate"]), _skin(row["skin"], atlas))


def _level(row: dict[str, Any], atlas: Atlas) -> PlacedLevel:
    if row["side"] not in _SIDES:
        raise ValueError("side")
    return PlacedLevel(str(row["level"]), row["side"], str(row["estimate"]), _skin(row["skin"], atlas))


def _skin(corner: list[float], atlas: Atlas) -> SkinPoint:
    triangle, b0, b1 = corner
    point = checked_point(int(triangle), float(b0), float(b1))
    if not atlas.holds(point):
        raise ValueError("skin")
    return point
