"""Brush strokes: even points along the skin, swaths of true width."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mesomap.atlas import Atlas, SkinArray
from mesomap.commands.brush import BrushAreas
from mesomap.domain.body_size import PatientScale
from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Dose, Lattice, Origin
from mesomap.services import ChartingService
from mesomap.services.brushing import AreaWish, dots, swath, swath_areas
from tests.unit.services.conftest import PAPULE

PLAIN = PatientScale()
NAPPAGE = Dose(technique="nappage", mixture="B", depth_mm=1.0)
STROKE = [(40.0, -60.0), (90.0, -20.0), (60.0, 40.0)]


def wish(charting: ChartingService, spacing_mm: float = 5.0, at: datetime | None = None) -> AreaWish:
    return AreaWish(
        session_id=charting.session.id, dose=NAPPAGE, volume_ml=0.01, spacing_mm=spacing_mm, lattice=Lattice.HEX,
        at=at or now(),
    )  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    stroke=st.lists(st.tuples(st.floats(-90, 90), st.floats(80, 150)), min_size=2, max_size=5),
    spacing=st.floats(3, 20),
)
def test_no_two_points_of_a_stroke_crowd_however_it_wanders(
    atlas: Atlas, stroke: list[tuple[float, float]], spacing: float
) -> None:
    laid = dots(atlas, PLAIN, "body_front", stroke, spacing)
    assert laid
    xyz = atlas.position(SkinArray.of(laid))
    for row in range(1, len(laid)):
        assert np.linalg.norm(xyz[:row] - xyz[row], axis=1).min() >= 0.6 * spacing - 1e-6


def test_a_stroke_beside_the_body_lays_nothing(atlas: Atlas) -> None:
    off = [(160.0, 200.0), (175.0, 240.0)]
    assert dots(atlas, PLAIN, "body_front", off, 5) == ()
    assert swath(atlas, PLAIN, "body_front", off, 20) == ()


def test_an_impossible_spacing_is_refused(atlas: Atlas) -> None:
    with pytest.raises(BadInputError, match="spacing"):
        dots(atlas, PLAIN, "body_front", STROKE, 0.0)


def test_a_swath_is_as_wide_on_the_skin_as_asked(atlas: Atlas) -> None:
    """Length × width plus the two half discs of the ends."""
    (part,) = swath(atlas, PLAIN, "body_front", [(50.0, -50.0), (50.0, 50.0)], 20)
    z = 130 * np.sqrt(1 - (50 / 150) ** 2 - (np.linspace(-50, 50, 1001) / 220) ** 2)
    length = float(np.hypot(0.1, np.diff(z)).sum())
    assert part.region_id == "chest.left"
    assert part.area_cm2 == pytest.approx((length * 20 + np.pi * 100) / 100, rel=0.03)


def test_a_swath_over_a_border_becomes_one_record_for_each_region_in_one_step(charting: ChartingService) -> None:
    stroke = [(-40.0, 100.0), (40.0, 100.0)]
    parts = swath(charting.atlas, PLAIN, "body_front", stroke, 20)
    areas = swath_areas(charting.atlas, charting.scale, parts, wish(charting, 12.0))
    charting.run(BrushAreas(areas), (NAPPAGE, 0.01, 12.0))
    assert {area.region_ids for area in areas} == {("chest.left",), ("chest.right",)}
    assert all(area.origin is Origin.BRUSH and area.about_n for area in areas)
    total = charting.tally().total
    assert total.treated_cm2 == pytest.approx(sum(part.area_cm2 for part in parts) * charting.scale.length**2, rel=0.03)
    assert total.volume_ml == pytest.approx(0.01 * sum(area.about_n or 0 for area in areas))
    remembered = charting.remembered("nappage")
    assert remembered is not None
    assert remembered.spacing_mm == 12.0
    charting.undo()
    assert charting.marks == ()


def test_a_point_technique_has_no_swath_and_an_empty_stroke_no_record(charting: ChartingService) -> None:
    parts = swath(charting.atlas, PLAIN, "body_front", STROKE, 20)
    areas = swath_areas(charting.atlas, charting.scale, parts, wish(charting, 15.0))
    with pytest.raises(BadInputError, match="single points"):
        charting.run(BrushAreas([replace(area, dose=PAPULE) for area in areas]))
    with pytest.raises(BadInputError, match="no skin"):
        charting.run(BrushAreas(()))
    assert charting.marks == ()


def test_one_total_of_a_swath_is_divided_by_the_points_of_its_parts(charting: ChartingService) -> None:
    parts = swath(charting.atlas, charting.scale, "body_front", [(-60.0, 60.0), (60.0, 60.0)], 30)
    areas = swath_areas(charting.atlas, charting.scale, parts, replace(wish(charting), total_ml=2.0, volume_ml=None))
    assert len(areas) == 2
    assert sum(area.total_ml or 0.0 for area in areas) == pytest.approx(2.0)
    first, second = areas
    assert (first.total_ml or 0) * (second.about_n or 0) == pytest.approx((second.total_ml or 0) * (first.about_n or 0))
