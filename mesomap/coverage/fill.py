"""Filling a region, or a part of it, with a lattice of even spacing on the skin."""

from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from mesomap.atlas.areas import polygonal, rings_of
from mesomap.atlas.atlas import Atlas
from mesomap.atlas.chart import Chart
from mesomap.atlas.skin import SkinArray
from mesomap.coverage.lattice import lattice_points
from mesomap.coverage.shapes import outline_in_chart
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Lattice, Outline, check_dose_values

#: Corners of an outline lie no farther apart, so that it follows the skin in every view.
OUTLINE_STEP_MM = 4.0


@dataclass(frozen=True, eq=False)
class Fill:
    """A fill before it is recorded: its places, its outline on the skin and its area in the patient's cm²."""

    region_id: str
    points: SkinArray
    outline: Outline
    area_cm2: float
    spacing_mm: float
    lattice: Lattice

    @property
    def count(self) -> int:
        """Number of places: the injections of a point technique, the "about n" of a density technique."""
        return len(self.points)


def fill(
    atlas: Atlas,
    region_id: str,
    *,
    spacing_mm: float,
    lattice: Lattice = Lattice.HEX,
    margin_mm: float = 0.0,
    scale: PatientScale | None = None,
    within: Outline = (),
) -> Fill:
    """Lay a lattice over a region. spacing_mm and margin_mm (kept free along the border) are patient mm.

    within: an outline on the skin that limits the fill. The same input gives the same places.
    Raises NotFoundError for an unknown region; BadInputError for an impossible spacing or no skin left.
    """
    check_dose_values(depth_mm=None, volume_ml=None, spacing_mm=spacing_mm)
    chart = atlas.chart(region_id)
    factor = (scale or PatientScale()).factor(chart.region.fixed_scale)
    area = outline_in_chart(chart, within) if within else polygonal(chart.polygon)
    if margin_mm > 0:
        area = polygonal(shapely.buffer(area, -margin_mm / factor))
    if area.is_empty:
        raise BadInputError(
            f"No skin is left to fill in {chart.region.name()}. Choose a narrower margin or a larger outline."
        )
    xy = lattice_points(chart.metric, area, spacing_mm / factor, lattice)
    places = chart.from_chart(xy)
    return Fill(
        region_id=region_id,
        points=places[places.tri >= 0],
        outline=outline_on_skin(chart, area),
        area_cm2=chart.metric.area_mm2(area) * factor * factor / 100.0,
        spacing_mm=spacing_mm,
        lattice=lattice,
    )


def outline_on_skin(chart: Chart, area: BaseGeometry) -> Outline:
    """Rings of a chart polygon as skin points, corners at most OUTLINE_STEP_MM apart."""
    rings = []
    for corners in rings_of(area, OUTLINE_STEP_MM):
        found = chart.from_chart(corners).points()
        if len(found) >= 3:
            rings.append(found)
    return tuple(rings)
