"""How densely injections lie on the skin: points or mL per cm² of the patient's skin, over a raster of one view.

Every injection is spread over the skin around it by the kernel K(d) = 3/(πR²) (1 − d²/R²)², d < R (Silverman,
Density Estimation, 1986, eq. 4.5), whose integral over flat skin is 1. d is the distance in space between skin that
faces the same way: within R it is shorter than the way over the skin by less than 3 %. Only skin that lies beside the
injection on the body counts, never that of the other leg. An area record is spread evenly over its outline.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import shapely

from mesomap.atlas.areas import polygonal
from mesomap.atlas.atlas import Atlas
from mesomap.atlas.chart import Chart
from mesomap.atlas.records import Floats
from mesomap.atlas.skin import SkinArray
from mesomap.coverage.neighbours import Neighbours
from mesomap.coverage.raster_skin import RasterSkin, raster_skin, spread
from mesomap.coverage.shapes import outline_in_chart
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark

#: Smoothing radius R in patient mm: of views of the head, where points lie closer, and of all others.
HEAD_RADIUS_MM, BODY_RADIUS_MM = 10.0, 20.0
#: Raster of the view, and of the places that stand for an area record, as shares of R.
_RASTER, _AREA_RASTER = 0.2, 0.4


class Measure(StrEnum):
    """What is counted per cm²."""

    POINTS = "points"
    VOLUME = "volume"


@dataclass(frozen=True, slots=True)
class HeatRaster:
    """Density over one view. values (rows, columns), 0 beside the skin; origin_mm: place of values[0, 0] in the
    view; rows go up. left_out: points (about n for areas) whose volume, or areas whose number, is not recorded.
    """

    values: Floats
    origin_mm: tuple[float, float]
    step_mm: float
    radius_mm: float
    left_out: int

    @property
    def peak(self) -> float:
        """The greatest density of the view."""
        return float(self.values.max(initial=0.0))

    def at(self, x_mm: float, y_mm: float) -> float:
        """Density at the raster place nearest to a place of the view; 0 off the raster."""
        column = round((x_mm - self.origin_mm[0]) / self.step_mm)
        row = round((y_mm - self.origin_mm[1]) / self.step_mm)
        rows, columns = self.values.shape
        return float(self.values[row, column]) if 0 <= row < rows and 0 <= column < columns else 0.0


@dataclass(slots=True)
class HeatMaps:
    """Makes the rasters of one session; what a view shows of the skin is looked up once."""

    atlas: Atlas
    scale: PatientScale = field(default_factory=PatientScale)
    _skins: dict[str, RasterSkin] = field(default_factory=dict)
    _beside: dict[float, Neighbours] = field(default_factory=dict)

    def radius_mm(self, view_key: str) -> float:
        """Smoothing radius in a view, patient mm."""
        return HEAD_RADIUS_MM if self.atlas.view(view_key).group == "head" else BODY_RADIUS_MM

    def raster(self, view_key: str, marks: Iterable[Mark], measure: Measure) -> HeatRaster:
        """Density of the marks over a view. Raises NotFoundError for an unknown view."""
        radius_mm = self._reference_radius_mm(view_key)
        if view_key not in self._skins:
            self._skins[view_key] = raster_skin(self.atlas, view_key, radius_mm * _RASTER, self.scale)
        skin = self._skins[view_key]
        places, weights, left_out = self._spots(marks, measure, radius_mm * _AREA_RASTER)
        values = spread(self.atlas, skin, places, weights, radius_mm, self._neighbours(radius_mm))
        return HeatRaster(skin.raster(values), skin.origin_mm, skin.step_mm, self.radius_mm(view_key), left_out)

    def _reference_radius_mm(self, view_key: str) -> float:
        head = self.atlas.view(view_key).group == "head"
        return self.radius_mm(view_key) / self.scale.factor(head)

    def _neighbours(self, radius_mm: float) -> Neighbours:
        if radius_mm not in self._beside:
            self._beside[radius_mm] = Neighbours(self.atlas, (2 * radius_mm) ** 2 / 100.0)
        return self._beside[radius_mm]

    def _spots(self, marks: Iterable[Mark], measure: Measure, step_mm: float) -> tuple[SkinArray, Floats, int]:
        """Places (N,), how many points or mL each stands for (N,), and the number of points left out."""
        places, weights, left_out = [SkinArray.of(())], [np.empty(0)], 0
        for mark in marks:
            points = mark.count if isinstance(mark, InjectionSet) else mark.about_n or 0
            total = mark.total_ml if measure is Measure.VOLUME else points or None
            if total is None:
                left_out += max(points, 1)
            elif isinstance(mark, InjectionSet):
                places.append(SkinArray.of(mark.points))
                weights.append(np.full(points, total / max(points, 1)))
            else:
                for part, weight in self._spread(mark, step_mm):
                    places.append(part)
                    weights.append(weight * total)
        tri = np.concatenate([part.tri for part in places])
        bary = np.concatenate([part.bary for part in places])
        return SkinArray(tri, bary), np.concatenate(weights), left_out

    def _spread(self, mark: AreaRecord, step_mm: float) -> Iterator[tuple[SkinArray, Floats]]:
        """Even places over the outline of an area record with their shares of it, which add up to 1."""
        found: list[tuple[SkinArray, Floats]] = []
        for region_id in mark.region_ids:
            chart = self.atlas.chart(region_id)
            xy = _even_places(chart, mark, step_mm)
            m11, m12, m22 = chart.metric.at(xy).T
            size = np.sqrt(np.maximum(m11 * m22 - m12**2, 0.0)) * self.scale.factor(chart.region.fixed_scale) ** 2
            places = chart.from_chart(xy)
            held = places.tri >= 0
            found.append((places[held], size[held]))
        whole = sum(float(size.sum()) for _, size in found)
        for places, size in found:
            if whole > 0:
                yield places, size / whole


def _even_places(chart: Chart, mark: AreaRecord, step_mm: float) -> Floats:
    """Chart positions (N, 2) of a square raster over the part of an outline that lies in the chart's region."""
    outline = polygonal(outline_in_chart(chart, mark.outline))
    if outline.is_empty:
        return np.empty((0, 2))
    x0, y0, x1, y1 = outline.bounds
    x, y = np.meshgrid(np.arange(x0 + step_mm / 2, x1, step_mm), np.arange(y0 + step_mm / 2, y1, step_mm))
    shapely.prepare(outline)
    inside = shapely.contains_xy(outline, x, y)
    xy: Floats = np.column_stack([x[inside], y[inside]])
    return xy if len(xy) else shapely.get_coordinates(shapely.point_on_surface(outline))
