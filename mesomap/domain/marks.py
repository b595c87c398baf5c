"""Marks: what was put on the skin by one gesture."""

import math
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from mesomap.domain.errors import BadInputError
from mesomap.domain.needle import Device, Insertion, Needle
from mesomap.domain.place import SkinPoint


class Origin(StrEnum):
    """How a mark came to be. Only a tap says "the needle went in here"; every other origin is a pattern."""

    TAP = "tap"
    BRUSH = "brush"
    FILL = "fill"
    LINE = "line"
    STAMP = "stamp"
    REPEAT = "repeat"
    IMPORT = "import"

    @property
    def is_pattern(self) -> bool:
        """True when the places were laid evenly by the program, not confirmed one by one."""
        return self is not Origin.TAP


#: Outline on the skin: closed rings (first corner not repeated), even-odd, so holes are rings too.
Outline = tuple[tuple[SkinPoint, ...], ...]


class Lattice(StrEnum):
    """Arrangement of a fill. JITTERED: hexagonal, each place moved a little aside, the same way every time."""

    HEX = "hex"
    SQUARE = "square"
    JITTERED = "jittered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """What one mark carries besides its place. None means: not recorded.

    insertion: how the depth was entered, when it was by the needle; depth_mm is then insertion.depth_mm.
    intended_layer: the layer meant, in words of the skin-layer table; the estimated one follows from depth and place.
    """

    technique: str
    mixture: str | None = None
    depth_mm: float | None = None
    insertion: Insertion | None = None
    intended_layer: str = ""
    needle: Needle | None = None
    device: Device | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectionSet:
    """The point injections of one gesture: a tap (one point), or a fill of a point technique (many).

    volume_ml is the volume of each point (0 = dry, None = not recorded). outline and spacing_mm (patient mm) are those
    of the fill, empty for taps: the treated area is the outline. citation is the sentence of the source an example or
    import rests on, or the word "pattern". given_total_ml: volume of all points together, when only that is known.
    plan_id: the planned mark that this one carries out.
    """

    id: UUID
    session_id: UUID
    points: tuple[SkinPoint, ...]
    dose: Dose
    volume_ml: float | None
    origin: Origin
    done_at: datetime
    entered_at: datetime
    outline: Outline = ()
    region_ids: tuple[str, ...] = ()
    spacing_mm: float | None = None
    remark: str = ""
    citation: str = ""
    given_total_ml: float | None = None
    plan_id: UUID | None = None

    @property
    def count(self) -> int:
        """Number of injections."""
        return len(self.points)

    @property
    def total_ml(self) -> float | None:
        """Volume of all points in mL; None when not recorded."""
        return self.given_total_ml if self.volume_ml is None else self.volume_ml * len(self.points)

    @property
    def share_ml(self) -> float | None:
        """Volume that one point stands for: its own, or its even share of a total; None when not recorded."""
        if self.volume_ml is not None or self.given_total_ml is None or not self.points:
            return self.volume_ml
        return self.given_total_ml / len(self.points)

    def with_points(self, points: tuple[SkinPoint, ...]) -> "InjectionSet":
        """The same set with some of its points only; a total that was given keeps to their share of it."""
        total, count = self.given_total_ml, len(self.points)
        share = total if total is None or not count else total * len(points) / count
        return replace(self, points=points, given_total_ml=share)

    def without(self, indices: frozenset[int]) -> "InjectionSet":
        """The same set with the points at these positions left out."""
        return self.with_points(tuple(p for i, p in enumerate(self.points) if i not in indices))


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRecord:
    """A density technique over an area: outline on the skin; its lattice is only drawn, never stored as points.

    region_ids: regions the area was drawn on. spacing_mm in patient mm,
    about_n: the count that spacing and area give, total_ml the volume of the whole area (None = not recorded).
    plan_id: the planned mark that this one carries out.
    """

    id: UUID
    session_id: UUID
    outline: Outline
    region_ids: tuple[str, ...]
    dose: Dose
    lattice: Lattice
    spacing_mm: float | None
    about_n: int | None
    total_ml: float | None
    origin: Origin
    done_at: datetime
    entered_at: datetime
    remark: str = ""
    citation: str = ""
    plan_id: UUID | None = None


Mark = InjectionSet | AreaRecord


def check_dose_values(*, depth_mm: float | None, volume_ml: float | None, spacing_mm: float | None = None) -> None:
    """Refuse impossible values only: not a number, negative, or beyond what any needle or syringe can do.

    Raises BadInputError with the name of the value.
    """
    for name, unit, value, limit in (
        ("depth", "mm", depth_mm, 100.0),
        ("volume", "mL", volume_ml, 100.0),
        ("spacing", "mm", spacing_mm, 200.0),
    ):
        if value is None:
            continue
        if not math.isfinite(value):
            raise BadInputError(f"The {name} is not a number. Enter it in {unit}, for example 2.5.")
        if value < 0 or value > limit:
            raise BadInputError(f"The {name} {value:g} {unit} is not possible. Enter 0 to {limit:g} {unit}.")
    if spacing_mm is not None and spacing_mm < 0.3:
        raise BadInputError(f"The spacing {spacing_mm:g} mm is too small to draw. Enter 0.3 mm or more.")
