"""What a brush stroke lays on the skin: points at even spacing, or the swath of a density technique."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import numpy as np
import shapely

from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.areas import polygonal
from mesomap.atlas.records import Floats
from mesomap.coverage.fill import fill, outline_on_skin
from mesomap.coverage.footprints import footprints
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import AreaRecord, Dose, Lattice, Origin, check_dose_values
from mesomap.domain.place import SkinPoint
from mesomap.services.skin_paths import evenly, factors, stroke_runs
from mesomap.services.view_areas import LEAST_MM2, RegionPart

#: Where a stroke crosses itself, a point nearer to an earlier one than this share of the spacing is left out.
CROSSING_SHARE = 0.6
#: So many points are held against those before them in one go.
_AT_ONCE = 256
#: Discs of a swath follow each other at this share of its half width: the rim is smooth to a twentieth of a mm.
_DISC_SHARE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaWish:
    """What the areas of a swath carry.

    volume_ml: of each point, the total is volume_ml × about n; or total_ml, divided by their points.
    """

    session_id: UUID
    dose: Dose
    volume_ml: float | None
    spacing_mm: float
    lattice: Lattice
    at: datetime
    total_ml: float | None = None


def dots(
    atlas: Atlas,
    scale: PatientScale,
    view_key: str,
    stroke_mm: Sequence[tuple[float, float]],
    spacing_mm: float,
) -> tuple[SkinPoint, ...]:
    """Points along a stroke drawn in a view (view mm), spacing_mm apart along the skin in patient mm.

    Parts of the stroke beside the body give nothing. Raises BadInputError for an impossible spacing.
    """
    check_dose_values(depth_mm=None, volume_ml=None, spacing_mm=spacing_mm)
    laid = [p for run in stroke_runs(atlas, view_key, stroke_mm) for p in evenly(atlas, scale, run, spacing_mm)]
    if len(laid) < 2:
        return tuple(laid)
    places = SkinArray.of(laid)
    xyz, least = atlas.position(places), CROSSING_SHARE * spacing_mm / factors(atlas, scale, places)
    return tuple(laid[row] for row in _apart(xyz, least))


def _apart(xyz: Floats, least: Floats) -> list[int]:
    """Rows that lie their least length or more from every one before them that is kept itself."""
    kept: list[int] = []
    for first in range(0, len(xyz), _AT_ONCE):
        part = slice(first, first + _AT_ONCE)
        near = np.linalg.norm(xyz[part, None] - xyz[: part.stop], axis=2) < least[part, None]
        # Mostly no stroke crosses itself, and only then one point after the other is looked at.
        near &= np.arange(near.shape[1]) < np.arange(first, first + len(near))[:, None]
        lonely = ~near.any(axis=1)
        for row, one in enumerate(near, first):
            if lonely[row - first] or not one[kept].any():
                kept.append(row)
    return kept


def swath(
    atlas: Atlas,
    scale: PatientScale,
    view_key: str,
    stroke_mm: Sequence[tuple[float, float]],
    width_mm: float,
) -> tuple[RegionPart, ...]:
    """Skin within half of width_mm (patient mm) of a stroke, region by region."""
    runs = stroke_runs(atlas, view_key, stroke_mm)
    if not runs:
        return ()
    trail = [p for run in runs for p in evenly(atlas, scale, run, width_mm / 2 * _DISC_SHARE)]
    places = SkinArray.of(trail)
    rows, regions = atlas.charts_holding(places)
    parts = []
    for index in np.unique(regions).tolist():
        region = atlas.regions[index]
        chart = atlas.chart(region.id)
        factor = scale.factor(region.fixed_scale)
        discs = footprints(chart.metric, chart.to_chart(places[rows[regions == index]]), width_mm / 2 / factor)
        whole = shapely.simplify(shapely.union_all(discs), 0.05)
        shape = polygonal(shapely.intersection(whole, chart.polygon))
        true_mm2 = chart.metric.area_mm2(shape)
        if true_mm2 >= LEAST_MM2:
            outline = outline_on_skin(chart, shape)
            parts.append(RegionPart(region.id, shape, outline, true_mm2 * factor**2 / 100.0))
    return tuple(parts)


def swath_areas(
    atlas: Atlas, scale: PatientScale, parts: Sequence[RegionPart], wish: AreaWish
) -> tuple[AreaRecord, ...]:
    """Area records of the parts of a swath; their about n is that of a fill of the same outline.

    Raises BadInputError for an impossible spacing.
    """
    counts = [
        fill(
            atlas,
            part.region_id,
            spacing_mm=wish.spacing_mm,
            lattice=wish.lattice,
            scale=scale,
            within=part.outline,
        ).count
        for part in parts
    ]
    return tuple(
        AreaRecord(
            id=uuid4(),
            session_id=wish.session_id,
            outline=part.outline,
            region_ids=(part.region_id,),
            dose=wish.dose,
            lattice=wish.lattice,
            spacing_mm=wish.spacing_mm,
            about_n=count,
            total_ml=_share(wish, count, sum(counts)),
            origin=Origin.BRUSH,
            done_at=wish.at,
            entered_at=wish.at,
        )
        for part, count in zip(parts, counts, strict=True)
    )


def _share(wish: AreaWish, count: int, of: int) -> float | None:
    """mL of an area of `count` among `of` points."""
    if wish.total_ml is not None:
        return wish.total_ml * count / of
    return None if wish.volume_ml is None else wish.volume_ml * count
