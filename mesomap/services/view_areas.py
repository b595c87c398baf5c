"""An area drawn in a view, laid on the skin region by region."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mesomap.atlas import Atlas
from mesomap.atlas.areas import EMPTY, even_odd, polygonal, rings_of
from mesomap.atlas.records import Floats
from mesomap.coverage.fill import outline_on_skin
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import Outline

#: Corners of a drawn area lie no farther apart, view mm.
STEP_MM = 1.5
#: Slivers smaller than this are no area, mm².
LEAST_MM2 = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class RegionPart:
    """Part of an area that lies in one region: polygon in its chart (mm), outline on the skin, patient's cm²."""

    region_id: str
    shape: BaseGeometry
    outline: Outline
    area_cm2: float


def lasso_area(loop_mm: Sequence[tuple[float, float]]) -> BaseGeometry:
    """The inside of a loop drawn by hand, view mm; empty for fewer than three corners."""
    return polygonal(shapely.Polygon(loop_mm)) if len(loop_mm) >= 3 else EMPTY


def parts_by_region(atlas: Atlas, scale: PatientScale, view_key: str, area: BaseGeometry) -> tuple[RegionPart, ...]:
    """The skin that the view shows inside a polygonal area (view mm), in atlas order of regions.

    Measured in the chart of each region: what the picture foreshortens counts in full.
    """
    if area.is_empty:
        return ()
    parts = []
    for region_id in _regions_near(atlas, view_key, area):
        seen = polygonal(shapely.intersection(area, atlas.region_outline(view_key, region_id)))
        chart = atlas.chart(region_id)
        rings = [_in_chart(atlas, view_key, region_id, ring) for ring in rings_of(seen, STEP_MM)]
        shape = polygonal(shapely.intersection(even_odd(rings), chart.polygon))
        true_mm2 = chart.metric.area_mm2(shape)
        if true_mm2 >= LEAST_MM2:
            factor = scale.factor(chart.region.fixed_scale)
            outline = outline_on_skin(chart, shape)
            parts.append(RegionPart(region_id, shape, outline, true_mm2 * factor**2 / 100.0))
    return tuple(parts)


def _regions_near(atlas: Atlas, view_key: str, area: BaseGeometry) -> list[str]:
    """Regions under a raster of places over the area and on its rim."""
    x0, y0, x1, y1 = shapely.bounds(area)
    x, y = (axis.ravel() for axis in np.meshgrid(np.linspace(x0, x1, 40), np.linspace(y0, y1, 40)))
    inside = shapely.contains_xy(area, x, y)
    places = np.concatenate([np.column_stack([x[inside], y[inside]]), *rings_of(area, STEP_MM)])
    rows = np.unique(atlas.region_at(atlas.locate(view_key, places)))
    return [atlas.regions[row].id for row in rows.tolist() if row >= 0]


def _in_chart(atlas: Atlas, view_key: str, region_id: str, ring: Floats) -> Floats:
    xy = atlas.to_chart(region_id, atlas.locate(view_key, ring))
    found: Floats = xy[np.isfinite(xy).all(axis=1)]
    return found
