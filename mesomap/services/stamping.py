"""Stamps: the needles of a multi-injector plate, all placed by one tap."""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import numpy as np

from mesomap.atlas.records import Floats
from mesomap.commands.chart_marks import ChartMarks
from mesomap.commands.together import Together
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Dose, InjectionSet, Origin
from mesomap.domain.place import SkinPoint
from mesomap.services.charting import ChartingService
from mesomap.services.skin_plane import SkinPlane

#: What a plate can have: rows and columns each, needles, and mm from needle to needle.
MOST_ROWS, MOST_NEEDLES, PITCH_MM = 20, 200, (0.3, 50.0)


@dataclass(frozen=True, slots=True)
class Plate:
    """Rows and columns of needles, pitch_mm (patient mm) apart. pitch_mm None: not entered yet."""

    rows: int = 3
    columns: int = 3
    pitch_mm: float | None = None

    @property
    def count(self) -> int:
        """Number of needles."""
        return self.rows * self.columns

    def checked(self) -> "Plate":
        """The plate itself. Raises BadInputError for a plate that cannot be."""
        if not (1 <= self.rows <= MOST_ROWS and 1 <= self.columns <= MOST_ROWS) or self.count > MOST_NEEDLES:
            raise BadInputError(
                f"A plate of {self.rows} × {self.columns} needles cannot be stamped. "
                f"Enter 1 to {MOST_ROWS} rows and columns, {MOST_NEEDLES} needles at most."
            )
        if self.pitch_mm is None:
            raise BadInputError("Enter the distance from needle to needle first.")
        low, high = PITCH_MM
        if not math.isfinite(self.pitch_mm) or not low <= self.pitch_mm <= high:
            raise BadInputError(f"Needles {self.pitch_mm:g} mm apart are not possible. Enter {low:g} to {high:g} mm.")
        return self

    def offsets_mm(self, angle_deg: float) -> Floats:
        """Needles (N, 2) around the middle, row by row, turned counter-clockwise. Raises BadInputError."""
        pitch = self.checked().pitch_mm or 0.0
        columns, rows = np.meshgrid(np.arange(self.columns), np.arange(self.rows))
        x = (columns.ravel() - (self.columns - 1) / 2) * pitch
        y = ((self.rows - 1) / 2 - rows.ravel()) * pitch
        return _turned(np.column_stack([x, y]), angle_deg)

    def rim_mm(self, angle_deg: float) -> Floats:
        """Corners (4, 2) of the plate, half a distance beyond its outer needles. Raises BadInputError."""
        half = np.array([self.columns, self.rows]) * (self.checked().pitch_mm or 0.0) / 2
        return _turned(np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half, angle_deg)

    def as_setting(self) -> dict[str, Any]:
        """Values for the settings table."""
        return {"rows": self.rows, "columns": self.columns, "pitch_mm": self.pitch_mm}

    @classmethod
    def from_setting(cls, value: object) -> "Plate":
        """From the settings table; 3 × 3 without a distance when nothing sensible is there."""
        if isinstance(value, dict):
            rows, columns, pitch = value.get("rows"), value.get("columns"), value.get("pitch_mm")
            if isinstance(rows, int) and isinstance(columns, int) and isinstance(pitch, int | float):
                try:
                    return cls(rows, columns, float(pitch)).checked()
                except BadInputError:
                    return cls()
        return cls()


def _turned(xy: Floats, angle_deg: float) -> Floats:
    turn = math.radians(angle_deg)
    cos, sin = math.cos(turn), math.sin(turn)
    found: Floats = xy @ np.array([[cos, sin], [-sin, cos]])
    return found


def stamp_points(
    service: ChartingService,
    view_key: str,
    at: SkinPoint,
    xy_mm: tuple[float, float],
    plate: Plate,
    angle_deg: float,
) -> tuple[SkinPoint, ...]:
    """Where the needles of a plate go in when its middle is set down at a place (which the view shows at xy_mm).

    angle_deg: of its rows to the view's horizontal, counter-clockwise. Needles beside charted skin are left out.
    Raises BadInputError for a plate that cannot be.
    """
    plane = SkinPlane(service.atlas, service.scale, view_key, at, xy_mm)
    found = plane.places(plate.offsets_mm(angle_deg))
    return found[found.tri >= 0].points()


def record_stamp(
    service: ChartingService,
    points: tuple[SkinPoint, ...],
    dose: Dose,
    volume_ml: float | None,
    plate: Plate,
    at: datetime,
    *,
    total_ml: float | None = None,
) -> InjectionSet:
    """Record one stamp as one step: a set of as many points as needles went in.

    volume_ml: of each point; or total_ml of the whole stamp. Raises BadInputError.
    """
    regions = (service.atlas.region_id_at(point) for point in points)
    mark = InjectionSet(
        id=uuid4(),
        session_id=service.session.id,
        points=points,
        dose=dose,
        volume_ml=None if total_ml is not None else volume_ml,
        given_total_ml=total_ml,
        origin=Origin.STAMP,
        done_at=at,
        entered_at=at,
        region_ids=tuple(dict.fromkeys(region for region in regions if region is not None)),
        spacing_mm=plate.pitch_mm,
    )
    service.run(Together("Stamp", [ChartMarks("Stamp", [mark])]), (dose, volume_ml, None, total_ml))
    return mark
