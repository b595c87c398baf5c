"""The skin around a place laid flat: offsets in patient mm, turned as the view shows them."""

import math

import numpy as np

from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.records import Floats
from mesomap.domain.body_size import PatientScale
from mesomap.domain.place import SkinPoint

#: Way in the view by which the turn of the chart is found, mm.
_PROBE_MM = 1.0


class SkinPlane:
    """Maps offsets around a place (x to the right, y up in the view, patient mm along the skin) to skin.

    The chart of the place's region is used, so that distances hold on skin seen at a slant; what lies beyond the
    chart is looked up in the view.
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
        in_view = self._atlas.locate(self._view_key, self._xy_mm + offsets)
        tri, bary = in_view.tri.copy(), in_view.bary.copy()
        if self._chart is not None:
            flat = self._chart.from_chart(self._middle + offsets @ self._turn.T)
            held = flat.tri >= 0
            tri[held], bary[held] = flat.tri[held], flat.bary[held]
        found = SkinArray(tri, bary)
        return SkinArray(np.where(self._atlas.region_at(found) >= 0, tri, -1), bary)

    def offset_of(self, place: SkinPoint, xy_mm: tuple[float, float]) -> tuple[float, float]:
        """Offset of another place, which the view shows at xy_mm: the inverse of places()."""
        away = np.array(xy_mm) - self._xy_mm
        if self._chart is not None:
            flat = self._chart.to_chart(SkinArray.of([place]))[0] - self._middle
            if np.isfinite(flat).all():
                away = flat @ self._turn
        x, y = (away * self._factor).tolist()
        return x, y


def _between(before: Floats, after: Floats, middle: Floats) -> Floats:
    """Way from before to after; twice from or to the middle where one of them is not held; NaN without both."""
    if np.isfinite(before).all() and np.isfinite(after).all():
        return after - before
    return np.asarray(2 * (after - middle if np.isfinite(after).all() else middle - before))
