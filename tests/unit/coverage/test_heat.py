"""The heat map counts right: what lies on the skin is found again in its density, whatever the record and the scale."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mesomap.atlas import Atlas, open_atlas
from mesomap.coverage import fill
from mesomap.coverage.heat import HeatMaps, HeatRaster, Measure
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Origin
from mesomap.domain.place import SkinPoint
from tests.synthetic_atlas import write_synthetic_atlas

NOW = datetime(2026, 1, 1, tzinfo=UTC)
VIEW = "body_front"


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """The synthetic body."""
    return open_atlas(write_synthetic_atlas(tmp_path_factory.mktemp("atlas") / "body_atlas"))


def points_at(atlas: Atlas, *places: tuple[float, float], volume_ml: float | None = 0.1) -> InjectionSet:
    """Single injections at places of the front view."""
    found = [atlas.locate_one(VIEW, x, y) for x, y in places]
    return injections([point for point in found if point is not None], volume_ml)


def injections(points: list[SkinPoint], volume_ml: float | None = 0.1) -> InjectionSet:
    """A set of these points."""
    return InjectionSet(
        id=uuid4(), session_id=uuid4(), points=tuple(points), dose=Dose(technique="papule"), volume_ml=volume_ml,
        origin=Origin.TAP, done_at=NOW, entered_at=NOW,
    )  # fmt: skip


def area(atlas: Atlas, about_n: int | None, total_ml: float | None, regions: tuple[str, ...]) -> AreaRecord:
    """An area record over whole regions."""
    outlines = [ring for region in regions for ring in fill(atlas, region, spacing_mm=40.0).outline]
    return AreaRecord(
        id=uuid4(), session_id=uuid4(), outline=tuple(outlines), region_ids=regions, dose=Dose(technique="nappage"),
        lattice=Lattice.HEX, spacing_mm=5.0, about_n=about_n, total_ml=total_ml, origin=Origin.FILL, done_at=NOW,
        entered_at=NOW,
    )  # fmt: skip


def amount(atlas: Atlas, raster: HeatRaster, scale: float = 1.0) -> float:
    """Density integrated over the skin that the view shows, the patient's cm²."""
    rows, columns = raster.values.shape
    x = raster.origin_mm[0] + np.arange(columns) * raster.step_mm
    y = raster.origin_mm[1] + np.arange(rows) * raster.step_mm
    skin = atlas.locate(VIEW, np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2))
    facing = atlas.project(VIEW, skin).cos_angle
    on = (skin.tri >= 0) & (facing > 0.05)
    cm2 = (raster.step_mm * scale / 10.0) ** 2 / facing[on]
    return float((raster.values.ravel()[on] * cm2).sum())


@settings(max_examples=15, deadline=None)
@given(x=st.floats(30, 80), y=st.floats(-120, 40))
def test_one_point_amounts_to_one_wherever_it_lies(atlas: Atlas, x: float, y: float) -> None:
    raster = HeatMaps(atlas).raster(VIEW, [points_at(atlas, (x, y))], Measure.POINTS)
    assert amount(atlas, raster) == pytest.approx(1.0, rel=0.06)
    assert raster.at(x, y) == pytest.approx(raster.peak, rel=0.25)
    assert raster.radius_mm == 20.0


def test_an_even_fill_has_the_density_of_its_spacing(atlas: Atlas) -> None:
    filled = fill(atlas, "chest.left", spacing_mm=8.0)
    raster = HeatMaps(atlas).raster(VIEW, [injections(list(filled.points.points()))], Measure.POINTS)
    hexagonal = 100.0 / (8.0**2 * np.sqrt(3) / 2)
    assert raster.at(70.0, -20.0) == pytest.approx(hexagonal, rel=0.06)


def test_an_area_record_is_spread_evenly_over_all_its_regions(atlas: Atlas) -> None:
    both = ("chest.left", "chest.right")
    maps = HeatMaps(atlas)
    raster = maps.raster(VIEW, [area(atlas, 500, 4.0, both)], Measure.POINTS)
    whole = sum(atlas.region(region).area_cm2 for region in both)
    for x in (-70.0, 70.0):
        assert raster.at(x, -20.0) == pytest.approx(500 / whole, rel=0.05)
    amounts = maps.raster(VIEW, [area(atlas, 500, 4.0, both)], Measure.VOLUME)
    assert amounts.at(70.0, -20.0) == pytest.approx(4.0 / whole, rel=0.05)


def test_dry_points_count_as_points_and_as_no_volume(atlas: Atlas) -> None:
    dry, maps = points_at(atlas, (60, 0), volume_ml=0.0), HeatMaps(atlas)
    assert maps.raster(VIEW, [dry], Measure.POINTS).peak > 0
    volume = maps.raster(VIEW, [dry], Measure.VOLUME)
    assert (volume.peak, volume.left_out) == (0.0, 0)


def test_what_is_not_recorded_is_left_out_and_counted(atlas: Atlas) -> None:
    marks = [points_at(atlas, (60, 0), (70, 0), volume_ml=None), points_at(atlas, (60, 30))]
    raster = HeatMaps(atlas).raster(VIEW, marks, Measure.VOLUME)
    assert raster.left_out == 2
    assert amount(atlas, raster) == pytest.approx(0.1, rel=0.06)
    unknown = HeatMaps(atlas).raster(VIEW, [area(atlas, None, None, ("chest.left",))], Measure.POINTS)
    assert (unknown.peak, unknown.left_out) == (0.0, 1)


def test_a_total_alone_is_divided_among_its_points(atlas: Atlas) -> None:
    marks = replace(points_at(atlas, (60, 0), (70, 10), volume_ml=None), given_total_ml=0.6)
    assert amount(atlas, HeatMaps(atlas).raster(VIEW, [marks], Measure.VOLUME)) == pytest.approx(0.6, rel=0.06)


def test_a_larger_patient_has_fewer_points_per_cm2(atlas: Atlas) -> None:
    filled = injections(list(fill(atlas, "chest.left", spacing_mm=8.0).points.points()))
    plain = HeatMaps(atlas).raster(VIEW, [filled], Measure.POINTS)
    larger = HeatMaps(atlas, PatientScale(1.2)).raster(VIEW, [filled], Measure.POINTS)
    assert larger.at(70.0, -20.0) == pytest.approx(plain.at(70.0, -20.0) / 1.44, rel=0.05)


def test_points_of_the_back_do_not_shine_through(atlas: Atlas) -> None:
    back = atlas.locate_one("body_back", -60.0, 0.0)
    assert back is not None
    raster = HeatMaps(atlas).raster(VIEW, [injections([back])], Measure.POINTS)
    assert raster.at(60.0, 0.0) == 0.0


def test_head_views_look_closer(atlas: Atlas) -> None:
    raster = HeatMaps(atlas).raster("head_front", [], Measure.POINTS)
    assert (raster.radius_mm, raster.peak, raster.left_out) == (10.0, 0.0, 0)


def test_nothing_charted_is_nothing_everywhere(atlas: Atlas) -> None:
    assert not HeatMaps(atlas).raster(VIEW, [], Measure.VOLUME).values.any()
