"""Distances, angles and areas on the synthetic body: an ellipsoid 300 × 440 × 260 mm."""

import math

import numpy as np
import pytest

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.body_size import PatientScale
from mesomap.domain.place import SkinPoint
from mesomap.services.measuring import angle_deg, area_cm2, length_mm
from mesomap.services.skin_paths import evenly, run_lengths_mm, straight_run, stroke_runs
from mesomap.services.view_areas import lasso_area, parts_by_region
from tests.unit.services.conftest import point_at

PLAIN = PatientScale()
TALL = PatientScale(1.2, "test")


def measured_mm(atlas: Atlas, scale: PatientScale, a: SkinPoint, b: SkinPoint) -> float:
    """Distance along the skin, patient mm."""
    return length_mm(atlas, scale, a, b, straight_run(atlas, "body_front", a, b))


def ellipse_arc_mm(x0: float, x1: float, y: float) -> float:
    """Length of the section y = const of the ellipsoid between two x, front side."""
    x = np.linspace(x0, x1, 20_001)
    z = 130 * np.sqrt(1 - (x / 150) ** 2 - (y / 220) ** 2)
    return float(np.hypot(np.diff(x), np.diff(z)).sum())


def test_a_distance_follows_the_curve_of_the_skin(atlas: Atlas) -> None:
    measured = measured_mm(atlas, PLAIN, point_at(atlas, 20, 0), point_at(atlas, 120, 0))
    assert measured == pytest.approx(ellipse_arc_mm(20, 120, 0), rel=0.02)
    assert measured > 110


def test_trunk_scales_with_the_patient_and_the_head_does_not(atlas: Atlas) -> None:
    for (x, y), factor in (((40.0, 0.0), 1.2), ((10.0, 200.0), 1.0)):
        a, b = point_at(atlas, x, y), point_at(atlas, x + 15, y)
        plain, tall = (measured_mm(atlas, scale, a, b) for scale in (PLAIN, TALL))
        assert tall == pytest.approx(plain * factor, rel=0.01)


@pytest.mark.parametrize(("end", "expected"), [((100, 0), 180), ((70, 30), 90), ((40, 0), 0)])
def test_angles(atlas: Atlas, end: tuple[float, float], expected: float) -> None:
    a, b, c = (point_at(atlas, *place) for place in ((40, 0), (70, 0), end))
    first = straight_run(atlas, "body_front", a, b)
    second = straight_run(atlas, "body_front", b, c)
    assert angle_deg(atlas, first, second) == pytest.approx(expected, abs=12)


def test_a_point_to_itself_has_no_length_and_no_angle(atlas: Atlas) -> None:
    a = point_at(atlas, 40, 0)
    none = straight_run(atlas, "body_front", a, a)
    assert measured_mm(atlas, PLAIN, a, a) == 0
    assert angle_deg(atlas, none, none) == 0


def front_area_cm2(x0: float, x1: float, y0: float, y1: float) -> float:
    """True area of the ellipsoid's front over a rectangle."""
    n = 400
    x, y = np.meshgrid(np.linspace(x0, x1, n), np.linspace(y0, y1, n))
    z = 130 * np.sqrt(1 - (x / 150) ** 2 - (y / 220) ** 2)
    zy, zx = np.gradient(z, (y1 - y0) / (n - 1), (x1 - x0) / (n - 1))
    return float(np.sqrt(1 + zx**2 + zy**2).mean() * (x1 - x0) * (y1 - y0) / 100)


def test_an_area_counts_the_skin_not_the_picture(atlas: Atlas) -> None:
    loop = [(60, -40), (120, -40), (120, 40), (60, 40)]
    area, regions = area_cm2(atlas, PLAIN, "body_front", loop)
    assert regions == ("chest.left",)
    assert area == pytest.approx(front_area_cm2(60, 120, -40, 40), rel=0.03)
    assert area > 1.1 * 48
    assert area_cm2(atlas, TALL, "body_front", loop)[0] == pytest.approx(area * 1.44, rel=1e-6)


def test_an_area_over_a_border_is_the_sum_of_its_parts(atlas: Atlas) -> None:
    loop = [(-50, 80), (50, 80), (50, 105), (-50, 105)]
    area, regions = area_cm2(atlas, PLAIN, "body_front", loop)
    assert set(regions) == {"chest.left", "chest.right"}
    assert area == pytest.approx(front_area_cm2(-50, 50, 80, 105), rel=0.03)


def test_the_parts_of_an_area_lie_in_their_regions(atlas: Atlas) -> None:
    loop = [(-50, 80), (50, 80), (50, 105), (-50, 105)]
    for part in parts_by_region(atlas, PLAIN, "body_front", lasso_area(loop)):
        middle = atlas.from_chart(part.region_id, np.array([part.shape.centroid.coords[0]])).points()
        assert atlas.region_id_at(middle[0]) == part.region_id
        assert part.outline


def test_off_the_body_there_is_no_area(atlas: Atlas) -> None:
    assert area_cm2(atlas, PLAIN, "body_front", [(160, 200), (175, 200), (175, 240)]) == (0, ())
    assert area_cm2(atlas, PLAIN, "body_front", [(0, 0), (1, 1)]) == (0, ())


def test_a_stroke_is_cut_where_it_leaves_the_body(atlas: Atlas) -> None:
    runs = stroke_runs(atlas, "body_front", [(100, 0), (175, 0), (175, 30), (100, 30)])
    assert len(runs) == 2
    assert all((atlas.region_at(run) >= 0).all() for run in runs)


@pytest.mark.parametrize("spacing", [5.0, 12.5])
def test_places_on_a_stroke_are_evenly_spaced_along_the_skin(atlas: Atlas, spacing: float) -> None:
    (run,) = stroke_runs(atlas, "body_front", [(40, 0), (120, 40)])
    places = evenly(atlas, TALL, run, spacing)
    length = float(run_lengths_mm(atlas, TALL, run)[-1])
    assert len(places) == math.floor(length / spacing) + 1
    gaps = np.linalg.norm(np.diff(atlas.position(SkinArray.of(places)), axis=0), axis=1) * 1.2
    assert gaps == pytest.approx(np.full(len(gaps), spacing), abs=0.9)
