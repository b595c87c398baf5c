"""What all visits of a patient, or those of a period, did to the skin: dose, count, rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import shapely

from mesomap.atlas import Atlas
from mesomap.coverage.heat import HeatMaps, Measure
from mesomap.coverage.visit_maps import RegionRest, VisitMaps, VisitSkin, region_rests
from mesomap.domain.body_size import PatientScale
from mesomap.services.comparing import Visit

#: Larger than any number of days; a place rested for less days has a greater value, one never treated 0.
_EVER = 100_000.0


class Over(StrEnum):
    """What a map over several visits shows."""

    DOSE = "dose"
    COUNT = "count"
    REST = "rest"


#: Lower ends of the steps: mL per cm², visits; for rest the most days of each step.
STEPS: dict[Over, tuple[float, ...]] = {
    Over.DOSE: (0.005, 0.02, 0.05, 0.1, 0.2, 0.5),
    Over.COUNT: (1, 2, 3, 4, 6, 8),
    Over.REST: (365, 180, 90, 28, 14, 7),
}


@dataclass(frozen=True, slots=True)
class OverRaster:
    """values (rows, columns) ≥ 0, 0 = nothing; levels: where the steps begin, in the same measure. left_out: points
    whose volume is not recorded.
    """

    values: npt.NDArray[np.float64]
    levels: tuple[float, ...]
    origin_mm: tuple[float, float]
    step_mm: float
    left_out: int = 0


class Cumulative:
    """Maps over the visits of one patient on one body; what a view shows of the skin is looked up once."""

    def __init__(self, atlas: Atlas, scale: PatientScale) -> None:
        self._heat = HeatMaps(atlas, scale)
        self._maps = VisitMaps(atlas)
        self._atlas = atlas
        #: Skin of each visit that was asked for, with the visit it is of.
        self._skins: dict[int, tuple[Visit, VisitSkin]] = {}

    def raster(self, over: Over, view_key: str, visits: Sequence[Visit], today: date) -> OverRaster:
        """The map of a view. Raises NotFoundError for an unknown view."""
        if over is Over.DOSE:
            marks = [mark for visit in visits for mark in visit.marks]
            heat = self._heat.raster(view_key, marks, Measure.VOLUME)
            return OverRaster(heat.values, STEPS[over], heat.origin_mm, heat.step_mm, heat.left_out)
        found = self._maps.raster(view_key, self._skins_of(visits), today)
        if over is Over.COUNT:
            values, levels = found.count.astype(np.float64), tuple(step - 0.5 for step in STEPS[over])
        else:
            values = np.where(np.isnan(found.rest_days), 0.0, _EVER - found.rest_days)
            levels = (1.0, *(_EVER - days - 0.5 for days in STEPS[over][1:]))
        return OverRaster(values, levels, found.origin_mm, found.step_mm)

    def rests(self, visits: Sequence[Visit], today: date) -> tuple[RegionRest, ...]:
        """Every treated region, the one that has rested longest first."""
        return region_rests(self._atlas, self._skins_of(visits), today)

    def _skins_of(self, visits: Sequence[Visit]) -> list[VisitSkin]:
        missing = [visit for visit in visits if id(visit) not in self._skins]
        for visit, skin in zip(missing, visit_skins(missing), strict=True):
            self._skins[id(visit)] = visit, skin
        return [self._skins[id(visit)][1] for visit in visits]


def visit_skins(visits: Iterable[Visit]) -> list[VisitSkin]:
    """Treated skin of each visit by its day; where single points treat no known area, the skin they cover."""
    found = []
    for visit in visits:
        treated, covered = visit.shapes(covered=False), visit.shapes(covered=True)
        own = {row.region_id for row in visit.tally.rows}
        shapes = {
            region: treated[region] if not treated[region].is_empty else covered.get(region, shapely.Polygon())
            for region in treated
            if region in own
        }
        found.append(VisitSkin(visit.session.started_at.astimezone().date(), shapes))
    return found
