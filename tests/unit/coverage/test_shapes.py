"""Nasty shapes: whatever comes in, what goes out is valid area."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from mesomap.atlas import Atlas
from mesomap.atlas.areas import polygonal
from mesomap.coverage.fill import fill
from mesomap.coverage.shapes import closed, outline_in_chart, union

# to the micrometre: chart positions are never finer, and subnormal corners make GEOS itself divide by zero
coordinate = st.one_of(st.integers(-6, 6).map(float), st.floats(-6, 6).map(lambda mm: round(mm, 3)))
ring = st.lists(st.tuples(coordinate, coordinate), min_size=3, max_size=7)


def area_of(corners: list[tuple[float, float]]) -> BaseGeometry:
    return polygonal(shapely.make_valid(shapely.Polygon(corners)))


@given(st.lists(ring, max_size=6))
def test_the_union_is_valid_area_and_equals_one_by_one(rings: list[list[tuple[float, float]]]) -> None:
    shapes = [area_of(corners) for corners in rings]
    joined = union(shapes)
    assert joined.is_valid
    assert joined.geom_type in ("Polygon", "MultiPolygon")
    one_by_one: BaseGeometry = shapely.Polygon()
    for shape in shapes:
        one_by_one = shapely.union(one_by_one, shape)
    assert joined.area == pytest.approx(one_by_one.area, abs=1e-6)
    assert joined.area <= sum(shape.area for shape in shapes) + 1e-6


@given(st.lists(ring, min_size=1, max_size=4), st.floats(0.0, 5.0))
def test_closing_only_adds(rings: list[list[tuple[float, float]]], gap_mm: float) -> None:
    shape = union([area_of(corners) for corners in rings])
    filled = closed(shape, gap_mm)
    assert filled.is_valid
    assert filled.area >= shape.area - 1e-6
    assert shapely.difference(shape, filled).area < 1e-6


def test_closing_joins_discs_one_gap_apart_and_no_farther() -> None:
    near = union([shapely.Point(0, 0).buffer(1), shapely.Point(3, 0).buffer(1)])
    assert closed(near, 1.5).geom_type == "Polygon"
    far = union([shapely.Point(0, 0).buffer(1), shapely.Point(9, 0).buffer(1)])
    assert closed(far, 1.5).area == pytest.approx(far.area)


@pytest.mark.parametrize(
    "shape",
    [
        shapely.Point(0, 0),
        shapely.LineString([(0, 0), (1, 1)]),
        shapely.GeometryCollection(),
        shapely.Polygon(),
    ],
)
def test_what_is_no_area_is_empty(shape: BaseGeometry) -> None:
    assert polygonal(shape).is_empty


def test_an_outline_comes_back_to_its_chart_whole(small_atlas: Atlas) -> None:
    chart = small_atlas.chart("chest.left")
    laid = fill(small_atlas, "chest.left", spacing_mm=20.0, margin_mm=10.0)
    back = outline_in_chart(chart, laid.outline)
    assert chart.metric.area_mm2(back) / 100 == pytest.approx(laid.area_cm2, rel=1e-3)


def test_an_outline_of_other_skin_is_empty_here(small_atlas: Atlas) -> None:
    laid = fill(small_atlas, "back_upper.right", spacing_mm=20.0)
    assert outline_in_chart(small_atlas.chart("chest.left"), laid.outline).is_empty
