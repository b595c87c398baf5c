"""What several visits did to each place of skin: how often it was treated, and how many days it has rested.

Treated skin is what the tally of each visit says (outlines, and footprints closed by the median spacing). Where a visit
holds single points without any radius of effect and without a neighbour nobody knows which skin they treated: such
regions are named, not guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mesomap.atlas.atlas import Atlas
from mesomap.atlas.records import Bools, Floats, Ints
from mesomap.atlas.skin import SkinArray

#: Raster of a view in reference mm: of views of the head, and of all others.
HEAD_STEP_MM, BODY_STEP_MM = 1.5, 3.0


@dataclass(frozen=True, slots=True)
class VisitSkin:
    """The treated skin of one visit: its day, and chart shapes by region id. A region with an empty shape was treated,
    but nobody knows where.
    """

    day: date
    treated: Mapping[str, BaseGeometry]


@dataclass(frozen=True, slots=True, eq=False)
class VisitRaster:
    """count (rows, columns): visits that treated the place. rest_days (rows, columns): days since the last of them, NaN
    where none did. origin_mm: place of [0, 0] in the view; rows go up.
    """

    count: Ints
    rest_days: Floats
    origin_mm: tuple[float, float]
    step_mm: float

    def at(self, x_mm: float, y_mm: float) -> tuple[int, float | None]:
        """Visits and days of rest at the raster place nearest to a place of the view; (0, None) off the raster."""
        column = round((x_mm - self.origin_mm[0]) / self.step_mm)
        row = round((y_mm - self.origin_mm[1]) / self.step_mm)
        rows, columns = self.count.shape
        if not (0 <= row < rows and 0 <= column < columns):
            return 0, None
        days = float(self.rest_days[row, column])
        return int(self.count[row, column]), None if np.isnan(days) else days


class VisitMaps:
    """Makes the rasters of one body; what a view shows of the skin, and of the skin of a visit, is looked up once."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._views: dict[str, _ViewSkin] = {}
        #: Cells by view and visit. The visit is kept with them, so that its number is nobody else's.
        self._held: dict[tuple[str, int], tuple[VisitSkin, Ints]] = {}

    def raster(self, view_key: str, visits: Sequence[VisitSkin], today: date) -> VisitRaster:
        """Count and rest over a view. Raises NotFoundError for an unknown view."""
        if view_key not in self._views:
            self._views[view_key] = _view_skin(self._atlas, view_key)
        skin = self._views[view_key]
        count = np.zeros(skin.shape[0] * skin.shape[1], dtype=np.int64)
        rest = np.full(count.shape, np.nan)
        for visit in sorted(visits, key=lambda one: one.day):
            if (view_key, id(visit)) not in self._held:
                self._held[view_key, id(visit)] = visit, skin.held(visit.treated)
            held = self._held[view_key, id(visit)][1]
            count[held] += 1
            rest[held] = (today - visit.day).days
        return VisitRaster(count.reshape(skin.shape), rest.reshape(skin.shape), skin.origin_mm, skin.step_mm)


@dataclass(frozen=True, slots=True, eq=False)
class _ViewSkin:
    """Raster places of a view: skin and region row of each, row by row. known: cells (n,) and chart positions (n, 2) by
    region id, of the regions that were asked for.
    """

    atlas: Atlas
    places: SkinArray
    region: Ints
    shape: tuple[int, int]
    origin_mm: tuple[float, float]
    step_mm: float
    known: dict[str, tuple[Ints, Floats]] = field(default_factory=dict)

    def held(self, shapes: Mapping[str, BaseGeometry]) -> Ints:
        """Cells that lie in the shapes."""
        found: list[Ints] = []
        for region_id, shape in shapes.items():
            if shape.is_empty:
                continue
            cells, xy = self._cells(region_id)
            x0, y0, x1, y1 = shape.bounds
            x, y = xy.T
            near = np.flatnonzero((x >= x0) & (x <= x1) & (y >= y0) & (y <= y1))
            shapely.prepare(shape)
            inside: Bools = shapely.contains_xy(shape, x[near], y[near])
            found.append(cells[near[inside]])
        return np.concatenate(found) if found else np.empty(0, dtype=np.int64)

    def _cells(self, region_id: str) -> tuple[Ints, Floats]:
        if region_id not in self.known:
            own = np.flatnonzero(self.region == self.atlas.region(region_id).index)
            self.known[region_id] = own, self.atlas.to_chart(region_id, self.places[own])
        return self.known[region_id]


def _view_skin(atlas: Atlas, view_key: str) -> _ViewSkin:
    view = atlas.view(view_key)
    step_mm = HEAD_STEP_MM if view.group == "head" else BODY_STEP_MM
    x0, y0, x1, y1 = view.box_mm
    x, y = np.arange(x0, x1 + step_mm, step_mm), np.arange(y0, y1 + step_mm, step_mm)
    grid = np.stack(np.meshgrid(x, y), axis=-1)
    places: SkinArray = atlas.locate(view_key, grid.reshape(-1, 2))
    origin_mm = (float(x[0]), float(y[0]))
    return _ViewSkin(atlas, places, atlas.region_at(places), (len(y), len(x)), origin_mm, step_mm)


@dataclass(frozen=True, slots=True)
class RegionRest:
    """How often a region was treated, and how many days ago it was last."""

    region_id: str
    visits: int
    rest_days: int


def region_rests(atlas: Atlas, visits: Sequence[VisitSkin], today: date) -> tuple[RegionRest, ...]:
    """Every region that a visit treated, the one that has rested longest first, then in the order of the atlas."""
    last: dict[str, date] = {}
    count: dict[str, int] = {}
    for visit in sorted(visits, key=lambda one: one.day):
        for region_id in visit.treated:
            last[region_id] = visit.day
            count[region_id] = count.get(region_id, 0) + 1
    order = {region.id: region.index for region in atlas.regions}
    found = [RegionRest(key, count[key], (today - day).days) for key, day in last.items()]
    return tuple(sorted(found, key=lambda rest: (-rest.rest_days, order[rest.region_id])))
