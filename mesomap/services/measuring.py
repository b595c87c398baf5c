"""Measuring on the skin: distance, angle, area. Nothing is recorded; every figure is an estimate."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import InjectionSet, Mark, Origin
from mesomap.domain.place import SkinPoint
from mesomap.services.selection import Selected
from mesomap.services.skin_paths import factors, run_lengths_mm, straight_run
from mesomap.services.view_areas import lasso_area, parts_by_region

#: How far from the corner the legs of an angle are looked at, reference mm.
_ANGLE_REACH_MM = 4.0


def length_mm(atlas: Atlas, scale: PatientScale, a: SkinPoint, b: SkinPoint, run: SkinArray) -> float:
    """Distance from a to b along the skin in patient mm (inf: no way on the skin); run: the line between them, whose
    regions give the scale. Over a fold, or across the body, it takes up to 0.2 s.
    """
    return atlas.distance_mm(a, b) * float(factors(atlas, scale, run).mean())


def angle_deg(atlas: Atlas, first: SkinArray, second: SkinArray) -> float:
    """Angle on the skin at the end of the first run, where the second begins: 0 to 180 degrees."""
    back = SkinArray(first.tri[::-1].copy(), first.bary[::-1].copy())
    one, other = (_direction(atlas, run) for run in (back, second))
    size = float(np.linalg.norm(one) * np.linalg.norm(other))
    if size == 0.0:
        return 0.0
    return math.degrees(math.acos(float(np.clip(one @ other / size, -1.0, 1.0))))


def _direction(atlas: Atlas, run: SkinArray) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """From the start of a run to the first place about _ANGLE_REACH_MM away, or to its end."""
    away = atlas.position(run)
    away = away - away[0]
    far = np.flatnonzero(np.linalg.norm(away, axis=1) >= _ANGLE_REACH_MM)
    return np.asarray(away[far[0] if len(far) else -1], dtype=np.float64)


def area_cm2(
    atlas: Atlas, scale: PatientScale, view_key: str, loop_mm: Sequence[tuple[float, float]]
) -> tuple[float, tuple[str, ...]]:
    """Skin inside a loop drawn in a view, the patient's cm², and the regions it touches."""
    parts = parts_by_region(atlas, scale, view_key, lasso_area(loop_mm))
    return sum(part.area_cm2 for part in parts), tuple(part.region_id for part in parts)


def lines_mm(
    atlas: Atlas, scale: PatientScale, view_key: str, marks: Sequence[Mark], selected: Selected
) -> tuple[float, ...]:
    """Lengths along the skin, patient mm, of the lines that are selected whole."""
    found = []
    for mark in marks:
        if isinstance(mark, InjectionSet) and mark.origin is Origin.LINE and mark.id in selected and mark.count > 1:
            part = selected[mark.id]
            if part is None or len(part) == mark.count:
                runs = (straight_run(atlas, view_key, a, b) for a, b in pairwise(mark.points))
                found.append(sum(float(run_lengths_mm(atlas, scale, run)[-1]) for run in runs))
    return tuple(found)
