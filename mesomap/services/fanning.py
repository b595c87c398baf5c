"""Fans: several lines from one entry, spread evenly over an angle."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import numpy as np

from mesomap.commands.chart_marks import ChartMarks
from mesomap.commands.together import Together
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Dose, InjectionSet, Origin, check_dose_values
from mesomap.domain.place import SkinPoint
from mesomap.services.charting import ChartingService
from mesomap.services.skin_plane import SkinPlane

#: Lines of a fan and degrees between its outer lines, at least and at most.
LINES, SPREAD_DEG = (2, 25), (5.0, 350.0)

#: A place of the skin and where the view shows it, mm.
Seen = tuple[SkinPoint, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class FanShape:
    """Number of lines, and the angle between the outer ones."""

    lines: int = 5
    spread_deg: float = 60.0

    def checked(self) -> "FanShape":
        """The shape itself. Raises BadInputError for one that cannot be."""
        if not LINES[0] <= self.lines <= LINES[1]:
            raise BadInputError(f"A fan has {LINES[0]} to {LINES[1]} lines, not {self.lines}.")
        if not math.isfinite(self.spread_deg) or not SPREAD_DEG[0] <= self.spread_deg <= SPREAD_DEG[1]:
            raise BadInputError(f"A fan spreads over {SPREAD_DEG[0]:g} to {SPREAD_DEG[1]:g} degrees.")
        return self

    def turns_deg(self) -> list[float]:
        """Turn of each line from the middle of the fan, counter-clockwise; even steps."""
        self.checked()
        return [self.spread_deg * (row / (self.lines - 1) - 0.5) for row in range(self.lines)]

    def as_setting(self) -> dict[str, Any]:
        """Values for the settings table."""
        return {"lines": self.lines, "spread_deg": self.spread_deg}

    @classmethod
    def from_setting(cls, value: object) -> "FanShape":
        """From the settings table; the usual shape when nothing sensible is there."""
        if isinstance(value, dict):
            lines, spread = value.get("lines"), value.get("spread_deg")
            if isinstance(lines, int) and isinstance(spread, int | float):
                try:
                    return cls(lines, float(spread)).checked()
                except BadInputError:
                    return cls()
        return cls()


@dataclass(frozen=True, slots=True)
class FanLine:
    """One line of a fan: its points (only those of the first line hold the entry), and its length in patient mm."""

    points: tuple[SkinPoint, ...]
    length_mm: float


def fan_lines(
    service: ChartingService, view_key: str, entry: Seen, end: Seen, shape: FanShape, spacing_mm: float
) -> tuple[FanLine, ...]:
    """Lines from the entry, as long as the way to the end, which is the middle of the fan.

    Points spacing_mm (patient mm) apart, as near as a whole number of steps allows, at least two on each line. The
    entry is one puncture: it is counted once, with the first line. Lines that leave charted skin are left out.
    Raises BadInputError.
    """
    check_dose_values(depth_mm=None, volume_ml=None, spacing_mm=spacing_mm)
    plane = SkinPlane(service.atlas, service.scale, view_key, *entry)
    x, y = plane.offset_of(*end)
    length = math.hypot(x, y)
    if length == 0:
        return ()
    turns = np.radians(shape.turns_deg())
    steps = max(2, round(length / spacing_mm))
    way = np.arange(1, steps + 1) / steps
    ends = np.column_stack([x * np.cos(turns) - y * np.sin(turns), x * np.sin(turns) + y * np.cos(turns)])
    laid = plane.places((ends[:, None] * way[:, None]).reshape(-1, 2))
    held = (laid.tri >= 0).reshape(len(ends), steps).all(axis=1)
    found: list[FanLine] = []
    for row in np.flatnonzero(held).tolist():
        points = laid[np.arange(row * steps, (row + 1) * steps)].points()
        found.append(FanLine(points if found else (entry[0], *points), length))
    return tuple(found)


def record_fan(
    service: ChartingService,
    lines: Sequence[FanLine],
    dose: Dose,
    volume_ml: float | None,
    spacing_mm: float,
    at: datetime,
    *,
    total_ml: float | None = None,
) -> tuple[InjectionSet, ...]:
    """Record a fan as one step: a line of injections for each of its lines.

    volume_ml: of each point; or total_ml of the whole fan, divided by the points. Raises BadInputError.
    """
    count = sum(len(line.points) for line in lines)
    marks = []
    for line in lines:
        regions = (service.atlas.region_id_at(point) for point in line.points)
        marks.append(
            InjectionSet(
                id=uuid4(),
                session_id=service.session.id,
                points=line.points,
                dose=dose,
                volume_ml=None if total_ml is not None else volume_ml,
                given_total_ml=None if total_ml is None else total_ml * len(line.points) / count,
                origin=Origin.LINE,
                done_at=at,
                entered_at=at,
                region_ids=tuple(dict.fromkeys(region for region in regions if region is not None)),
            )
        )
    service.run(Together("Fan", [ChartMarks("Fan", marks)]), (dose, volume_ml, spacing_mm, total_ml))
    return tuple(marks)
