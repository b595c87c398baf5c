"""The skin around a place laid flat: offsets in patient mm, turned as the view shows them."""

import math

import numpy as np

from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.records import Floats
from mesomap.domain.body_size import PatientScale
from mesomap.domain.place import SkinPoint
from mesomap.services.skin_traces import looked_up, trace

#: Way in the view by which the turn of the chart is found, mm.
_PROBE_MM = 1.0
#: How often an offset is corrected, and how near it has to come in the view, mm.
_TRIES, _NEAR_MM = 20, 0.05


class SkinPlane:
    """Maps offsets around a place (x to the right, y up in the view, patient mm along the skin) to skin.

    The chart of the place's region is used, so that distances hold on skin seen at a slant; what lies beyond it is
    reached straight on through the charts of the neighbours.
    """

    def __init__(
        self, atlas: Atlas, scale: PatientScale, view_key: str, at: SkinPoint, xy_mm: tuple[float, float]
    ) -> None:
        """at: the place; xy_mm: where the view shows it."""
        self._atlas, self._view_key, self._xy_mm = atlas, view_key, np.array(xy_mm)
        charts = atlas.charts_of(at)
        own = atlas.region_id_at(at)
        self._chart = next((chart for chart in charts if chart.region.id == own), charts[0] if charts else None)
        region = atlas.region(own) if own is not None else None
        self._factor = scale.factor(region.fixed_scale if region is not None else False)
        self._middle = np.zeros(2)
        self._turn = np.eye(2)
        if self._chart is not None:
            self._middle = self._chart.to_chart(SkinArray.of([at]))[0]
            self._turn = self._found_turn()

    def _found_turn(self) -> Floats:
        """Rotation (2, 2) from view to chart axes.

        The view stretches skin seen at a slant; what turns it is the orthogonal factor of that map (polar
        decomposition), so that across and up share what the slant skews.
        """
        steps = np.array([[_PROBE_MM, 0.0], [-_PROBE_MM, 0.0], [0.0, _PROBE_MM], [0.0, -_PROBE_MM]])
        seen = self._in_chart(self._atlas.locate(self._view_key, self._xy_mm + steps))
        across = _between(seen[1], seen[0], self._middle)
        up = _between(seen[3], seen[2], self._middle)
        if not np.isfinite(across).all():
            across = np.array([up[1], -up[0]])
        if not np.isfinite(up).all():
            up = np.array([-across[1], across[0]])
        if not (np.isfinite(across).all() and math.hypot(*across) > 0):
            return np.eye(2)
        left, _, right = np.linalg.svd(np.column_stack([across, up]))
        found: Floats = left @ right
        return found

    def _in_chart(self, places: SkinArray) -> Floats:
        found = np.full((len(places), 2), np.nan)
        held = places.tri >= 0
        if self._chart is not None and held.any():
            found[held] = self._chart.to_chart(places[held])
        return found

    def places(self, offsets_mm: Floats) -> SkinArray:
        """Skin at the offsets (N, 2); −1 where there is none, or none that is charted."""
        offsets = offsets_mm / self._factor
        if self._chart is None:
            found = self._atlas.locate(self._view_key, self._xy_mm + offsets)
        else:
            way = offsets @ self._turn.T
            flat = looked_up(self._chart, self._middle + way)
            tri, bary = flat.tri.copy(), flat.bary.copy()
            beyond = np.flatnonzero(tri < 0)
            if len(beyond):
                traced = trace(self._atlas, self._chart, self._middle, way[beyond])
                tri[beyond], bary[beyond] = traced.tri, traced.bary
            found = SkinArray(tri, bary)
        charted = self._atlas.region_at(found) >= 0
        return SkinArray(np.where(charted, found.tri, -1), found.bary)

    def offset_of(self, place: SkinPoint, xy_mm: tuple[float, float]) -> tuple[float, float]:
        """Offset of another place, which the view shows at xy_mm: the inverse of places(), to 0.05 mm in the view."""
        if self._chart is not None:
            flat = self._chart.to_chart(SkinArray.of([place]))[0] - self._middle
            if np.isfinite(flat).all():
                x, y = (flat @ self._turn * self._factor).tolist()
                return x, y
        offset = (np.array(xy_mm) - self._xy_mm) * self._factor
        best, least = offset, math.inf
        for _ in range(_TRIES):
            found = self.places(offset[None])
            if found.tri[0] < 0:
                break
            away = np.array(xy_mm) - self._atlas.project(self._view_key, found).xy[0]
            if math.hypot(*away) < least:
                best, least = offset, math.hypot(*away)
            if least < _NEAR_MM:
                break
            offset = offset + away * self._factor
        x, y = best.tolist()
        return x, y


def _between(before: Floats, after: Floats, middle: Floats) -> Floats:
    """Way from before to after; twice from or to the middle where one of them is not held; NaN without both."""
    if np.isfinite(before).all() and np.isfinite(after).all():
        return after - before
    return np.asarray(2 * (after - middle if np.isfinite(after).all() else middle - before))
