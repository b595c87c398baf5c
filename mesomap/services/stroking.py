"""Strokes: parallel superficial strokes of the needle (intraepidermal technique), charted as the strip they fill."""

import math
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import numpy as np
import shapely

from mesomap.atlas import SkinArray
from mesomap.atlas.areas import polygonal
from mesomap.atlas.records import Floats
from mesomap.commands.chart_marks import ChartMarks
from mesomap.commands.together import Together
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, Dose, Lattice, Origin, check_dose_values
from mesomap.services.charting import ChartingService
from mesomap.services.fanning import Seen
from mesomap.services.skin_plane import SkinPlane
from mesomap.services.view_areas import RegionPart, parts_by_region

#: Width of a strip, patient mm: at least and at most.
WIDTHS_MM = (1.0, 150.0)
#: Strokes and the rim of the strip are followed in steps of this, patient mm.
_STEP_MM = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """Strokes before they are recorded: places along each, their length in patient mm, the strip by regions."""

    strokes: tuple[SkinArray, ...]
    length_mm: float
    parts: tuple[RegionPart, ...]

    @property
    def count(self) -> int:
        """Number of strokes."""
        return len(self.strokes)


def strip(
    service: ChartingService, view_key: str, entry: Seen, end: Seen, width_mm: float, spacing_mm: float
) -> Strip | None:
    """Strokes from the entry to the end and beside it, spacing_mm apart, over a strip width_mm wide (patient mm).

    None where there is no way from the entry to the end, or no skin. Raises BadInputError for an impossible width
    or spacing.
    """
    check_dose_values(depth_mm=None, volume_ml=None, spacing_mm=spacing_mm)
    if not math.isfinite(width_mm) or not WIDTHS_MM[0] <= width_mm <= WIDTHS_MM[1]:
        raise BadInputError(f"A strip is {WIDTHS_MM[0]:g} to {WIDTHS_MM[1]:g} mm wide.")
    plane = SkinPlane(service.atlas, service.scale, view_key, *entry)
    along = np.array(plane.offset_of(*end))
    length = float(np.hypot(*along))
    if length < _STEP_MM / 2:
        return None
    across = np.array([-along[1], along[0]]) / length
    ring = _rim(along, across * width_mm / 2)
    seen = service.atlas.project(view_key, _held(plane.places(ring)))
    corners = seen.xy[seen.visible]
    if len(corners) < 4:
        return None
    parts = parts_by_region(service.atlas, service.scale, view_key, polygonal(shapely.Polygon(corners)))
    count = max(1, round(width_mm / spacing_mm))
    steps = np.linspace(0.0, 1.0, max(2, math.ceil(length / _STEP_MM) + 1))[:, None]
    beside = [(row - (count - 1) / 2) * spacing_mm for row in range(count)]
    strokes = [_held(plane.places(steps * along + across * aside)) for aside in beside]
    kept = tuple(stroke for stroke in strokes if len(stroke) > 1)
    return Strip(kept, length, parts) if kept and parts else None


def _held(places: SkinArray) -> SkinArray:
    return places[places.tri >= 0]


def _rim(along: Floats, half: Floats) -> Floats:
    """Corners (N, 2) of a strip around the way from the origin, close together, first corner not repeated."""
    corners = [-half, along - half, along + half, half]
    sides = []
    for a, b in zip(corners, [*corners[1:], corners[0]], strict=True):
        steps = max(1, math.ceil(float(np.hypot(*(b - a))) / _STEP_MM))
        sides.append(a + np.arange(steps)[:, None] / steps * (b - a))
    found: Floats = np.concatenate(sides)
    return found


def record_strokes(
    service: ChartingService,
    laid: Strip,
    dose: Dose,
    volume_ml: float | None,
    spacing_mm: float,
    at: datetime,
    *,
    total_ml: float | None = None,
) -> tuple[AreaRecord, ...]:
    """Record the strip as one step: an area record for each region it touches, without a count of points.

    volume_ml: of each stroke; or total_ml of all; divided by size among the regions. Raises BadInputError.
    """
    if total_ml is None and volume_ml is not None:
        whole: float | None = volume_ml * laid.count
    else:
        whole = total_ml
    size = sum(part.area_cm2 for part in laid.parts)
    marks = tuple(
        AreaRecord(
            id=uuid4(),
            session_id=service.session.id,
            outline=part.outline,
            region_ids=(part.region_id,),
            dose=dose,
            lattice=Lattice.HEX,
            spacing_mm=spacing_mm,
            about_n=None,
            total_ml=None if whole is None else whole * part.area_cm2 / size,
            origin=Origin.BRUSH,
            done_at=at,
            entered_at=at,
        )
        for part in laid.parts
    )
    service.run(Together("Strokes", [ChartMarks("Strokes", marks)]), (dose, volume_ml, spacing_mm, total_ml))
    return marks
