"""A footprint is the skin within a radius: right on a flat, a stretched and a bent chart."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mesomap.atlas import Atlas
from mesomap.atlas.grid import TriangleGrid
from mesomap.atlas.metric import ChartMetric, triangle_metric
from mesomap.atlas.skin import SkinArray
from mesomap.coverage.footprints import equal_area_radius, footprints


def stretched_square(stretch_x: float, stretch_y: float) -> ChartMetric:
    """A 100 mm square chart whose skin is stretched along its axes."""
    corners = np.array([[[-50.0, -50.0], [50.0, -50.0], [50.0, 50.0]], [[-50.0, -50.0], [50.0, 50.0], [-50.0, 50.0]]])
    skin = np.concatenate([corners * [stretch_x, stretch_y], np.zeros((2, 3, 1))], axis=2)
    return ChartMetric(TriangleGrid(corners), corners, triangle_metric(corners, skin))


@given(radius=st.floats(0.5, 15.0), stretch_x=st.floats(0.85, 1.2), stretch_y=st.floats(0.85, 1.2))
def test_the_area_is_that_of_a_disc_whatever_the_chart_does_to_lengths(
    radius: float, stretch_x: float, stretch_y: float
) -> None:
    metric = stretched_square(stretch_x, stretch_y)
    disc = footprints(metric, np.array([[3.0, -4.0]]), radius)[0]
    assert disc.is_valid
    assert metric.area_mm2(disc) == pytest.approx(math.pi * radius**2, rel=2e-3)
    low_x, low_y, high_x, high_y = disc.bounds
    assert (high_x - low_x) * stretch_x == pytest.approx(2 * equal_area_radius(radius), rel=1e-2)
    assert (high_y - low_y) * stretch_y == pytest.approx(2 * equal_area_radius(radius), rel=1e-2)


def test_no_points_have_no_footprints(small_atlas: Atlas) -> None:
    assert len(footprints(small_atlas.chart("forehead.mid").metric, np.empty((0, 2)), 5.0)) == 0


def test_corners_lie_at_the_radius_along_the_skin_of_the_body(small_atlas: Atlas) -> None:
    chart = small_atlas.chart("chest.left")
    centre = np.array(chart.polygon.centroid.coords)
    disc = footprints(chart.metric, centre, 20.0)[0]
    corners = shapely.get_coordinates(disc)[:-1]
    places = chart.from_chart(np.vstack([centre, corners]))
    xyz = small_atlas.position(SkinArray(places.tri, places.bary))
    straight = np.linalg.norm(xyz[1:] - xyz[0], axis=1)
    # A chord is a little shorter than the way along the skin: at most 1 % on curvature radii over 80 mm.
    assert straight.max() <= equal_area_radius(20.0) * 1.005
    assert straight.min() >= 20.0 * 0.98
