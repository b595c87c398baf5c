"""A fill is even on the skin, stays inside its area and is the same every time."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mesomap.atlas import Atlas
from mesomap.coverage.fill import fill
from mesomap.coverage.lattice import JITTER_SHARE, MAX_POINTS, lattice_points, reach_mm
from mesomap.coverage.shapes import nearest_mm
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.marks import Lattice
from tests.unit.coverage.test_footprints import stretched_square


@pytest.mark.parametrize("lattice", [Lattice.HEX, Lattice.SQUARE])
@pytest.mark.parametrize("spacing_mm", [3.0, 10.0])
def test_neighbours_lie_one_spacing_apart_on_skin_that_the_chart_shrinks(lattice: Lattice, spacing_mm: float) -> None:
    metric = stretched_square(1.1, 1.1)
    xy = lattice_points(metric, shapely.box(-40, -40, 40, 40), spacing_mm, lattice)
    points = np.asarray(shapely.points(xy))
    first, second = shapely.STRtree(points).query_nearest(points, exclusive=True, all_matches=False)
    gaps = metric.lengths_mm(xy[first], xy[second])
    assert np.percentile(gaps, [5, 95]) == pytest.approx([spacing_mm, spacing_mm], rel=0.02)


@pytest.mark.parametrize("spacing_mm", [3.0, 10.0])
def test_a_jittered_lattice_is_uneven_within_bounds_and_the_same_every_time(spacing_mm: float) -> None:
    metric, area = stretched_square(1.1, 1.1), shapely.box(-40, -40, 40, 40)
    even = lattice_points(metric, area, spacing_mm, Lattice.HEX)
    xy = lattice_points(metric, area, spacing_mm, Lattice.JITTERED)
    assert (xy == lattice_points(metric, area, spacing_mm, Lattice.JITTERED)).all()
    assert len(xy) == len(even)
    aside = metric.lengths_mm(even, xy) / spacing_mm
    assert aside.max() <= JITTER_SHARE * 1.02
    # evenly over a disc: the mean distance from its middle is two thirds of its radius
    assert aside[aside > 0].mean() == pytest.approx(JITTER_SHARE * 2 / 3, rel=0.15)
    assert shapely.covers(area, shapely.MultiPoint(xy))


@pytest.mark.parametrize("lattice", list(Lattice))
def test_no_place_between_the_points_is_farther_than_the_reach(lattice: Lattice) -> None:
    flat, area = stretched_square(1.0, 1.0), shapely.box(-40, -40, 40, 40)
    xy = lattice_points(flat, area, 8.0, lattice)
    x, y = np.meshgrid(np.linspace(-28, 28, 80), np.linspace(-28, 28, 80))
    away = np.hypot(x.ravel()[:, None] - xy[:, 0], y.ravel()[:, None] - xy[:, 1]).min(axis=1).max()
    assert away <= reach_mm(8.0, lattice) * 1.02
    assert away > reach_mm(8.0, lattice) * 0.7


@given(
    spacing_mm=st.floats(2.0, 30.0),
    lattice=st.sampled_from(list(Lattice)),
    corners=st.lists(st.tuples(st.floats(-40, 40), st.floats(-40, 40)), min_size=3, max_size=8),
)
def test_every_point_lies_inside_even_in_odd_shapes(
    spacing_mm: float, lattice: Lattice, corners: list[tuple[float, float]]
) -> None:
    area = shapely.MultiPoint(corners).convex_hull
    if area.geom_type != "Polygon" or area.area < 1.0:
        return
    xy = lattice_points(stretched_square(1.0, 0.95), area, spacing_mm, lattice)
    assert len(xy) >= 1
    assert shapely.covers(area.buffer(1e-6), shapely.MultiPoint(xy))


def test_a_region_is_filled_evenly_and_twice_the_same(small_atlas: Atlas) -> None:
    one = fill(small_atlas, "chest.left", spacing_mm=10.0)
    two = fill(small_atlas, "chest.left", spacing_mm=10.0)
    assert one.points.points() == two.points.points()
    chart = small_atlas.chart("chest.left")
    gaps = nearest_mm(chart, chart.to_chart(one.points))
    assert np.percentile(gaps, [5, 95]) == pytest.approx([10.0, 10.0], rel=0.06)
    # A hexagonal lattice has one point in spacing² · √3/2.
    assert one.count == pytest.approx(one.area_cm2 / (1.0 * np.sqrt(3) / 2), rel=0.05)
    assert {small_atlas.region_id_at(p) for p in one.points.points()} == {"chest.left"}


def test_a_margin_keeps_points_from_the_border(small_atlas: Atlas) -> None:
    chart = small_atlas.chart("chest.left")
    laid = fill(small_atlas, "chest.left", spacing_mm=10.0, margin_mm=15.0)
    away = shapely.distance(shapely.boundary(chart.polygon), shapely.points(chart.to_chart(laid.points)))
    assert away.min() >= 14.5


def test_spacing_is_the_patients_own(small_atlas: Atlas) -> None:
    small = fill(small_atlas, "chest.left", spacing_mm=10.0, scale=PatientScale(1.0, ""))
    large = fill(small_atlas, "chest.left", spacing_mm=10.0, scale=PatientScale(1.2, ""))
    assert large.area_cm2 == pytest.approx(small.area_cm2 * 1.44, rel=1e-6)
    assert large.count == pytest.approx(small.count * 1.44, rel=0.06)
    assert fill(small_atlas, "forehead.mid", spacing_mm=10.0, scale=PatientScale(1.2, "")).count == (
        fill(small_atlas, "forehead.mid", spacing_mm=10.0).count
    ), "the head keeps the reference size"


@pytest.mark.parametrize("spacing_mm", [float("nan"), 0.0, -2.0, float("inf")])
def test_an_impossible_spacing_is_refused_in_words(small_atlas: Atlas, spacing_mm: float) -> None:
    with pytest.raises(BadInputError, match="spacing"):
        fill(small_atlas, "chest.left", spacing_mm=spacing_mm)


def test_too_many_points_are_refused_before_they_are_laid(small_atlas: Atlas) -> None:
    with pytest.raises(BadInputError, match=str(MAX_POINTS)):
        fill(small_atlas, "chest.left", spacing_mm=0.5)


def test_an_unknown_region_is_named(small_atlas: Atlas) -> None:
    with pytest.raises(NotFoundError, match="elbow"):
        fill(small_atlas, "elbow.left", spacing_mm=5.0)


def test_no_skin_left_is_said(small_atlas: Atlas) -> None:
    with pytest.raises(BadInputError, match="No skin is left"):
        fill(small_atlas, "chest.left", spacing_mm=5.0, margin_mm=500.0)
