"""How many points and mL of some marks lie in each region: the tally's counts without its areas, at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mesomap.atlas import Atlas, SkinArray
from mesomap.coverage.tally import tally
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark


@dataclass(frozen=True, slots=True)
class RegionCount:
    """Points of one region, those of area records as their about n; volume_ml None when none was recorded.

    about: an area record is among them, so the number of points is an estimate.
    """

    region_id: str
    points: int
    volume_ml: float | None
    about: bool


def region_counts(atlas: Atlas, marks: Sequence[Mark], scale: PatientScale) -> tuple[RegionCount, ...]:
    """Counts by region in the order of the atlas, equal to those of the tally."""
    found: dict[str, list[tuple[int, float | None, bool]]] = {}
    spanning: list[Mark] = []
    for mark in marks:
        if isinstance(mark, AreaRecord):
            if len(mark.region_ids) == 1:
                found.setdefault(mark.region_ids[0], []).append((mark.about_n or 0, mark.total_ml, True))
            else:
                spanning.append(mark)
    for region_id, points, volume_ml in _points(atlas, [mark for mark in marks if isinstance(mark, InjectionSet)]):
        found.setdefault(region_id, []).append((points, volume_ml, False))
    # An area over several regions is divided by the patient's area of each, as only the tally does.
    for row in tally(atlas, spanning, scale, {}).rows if spanning else ():
        found.setdefault(row.region_id, []).append((row.about_points, row.volume_ml, True))
    return tuple(_summed(region_id, found[region_id]) for region_id in sorted(found, key=atlas.region_index))


def _points(atlas: Atlas, marks: Sequence[InjectionSet]) -> list[tuple[str, int, float | None]]:
    if not marks:
        return []
    lies_in = atlas.region_at(SkinArray.of([point for mark in marks for point in mark.points]))
    found: list[tuple[str, int, float | None]] = []
    for mark, part in zip(marks, np.split(lies_in, np.cumsum([mark.count for mark in marks])[:-1]), strict=True):
        rows, counts = np.unique(part[part >= 0], return_counts=True)
        for row, count in zip(rows.tolist(), counts.tolist(), strict=True):
            volume_ml = None if mark.share_ml is None else mark.share_ml * count
            found.append((atlas.regions[row].id, count, volume_ml))
    return found


def _summed(region_id: str, parts: Sequence[tuple[int, float | None, bool]]) -> RegionCount:
    volumes = [volume_ml for _, volume_ml, _ in parts if volume_ml is not None]
    return RegionCount(
        region_id, sum(n for n, _, _ in parts), sum(volumes) if volumes else None, any(about for _, _, about in parts)
    )
