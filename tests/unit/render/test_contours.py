"""Rings round what is above a level: closed, complete, and where the level lies."""

import numpy as np
import numpy.typing as npt
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from mesomap.render.contours import contour_lines, contours

Values = npt.NDArray[np.float64]


@settings(max_examples=120, deadline=None)
@given(
    values=arrays(np.float64, array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=9), elements=st.floats(0, 9)),
    level=st.floats(0.1, 8.9),
)
def test_rings_hold_just_the_places_above_the_level(values: Values, level: float) -> None:
    area: shapely.Geometry = shapely.Polygon()
    for ring in contours(values, level):
        if len(ring) >= 3:
            area = shapely.symmetric_difference(area, shapely.make_valid(shapely.Polygon(ring)))
    y, x = np.mgrid[: values.shape[0], : values.shape[1]]
    clear = np.abs(values - level) > 1e-3
    inside = shapely.contains_xy(area, x.ravel(), y.ravel()).reshape(values.shape)
    assert (inside == (values >= level))[clear].all()


def test_a_lone_place_has_one_ring_where_the_level_lies() -> None:
    (ring,) = contours(np.array([[0.0, 0.0, 0.0], [0.0, 4.0, 0.0], [0.0, 0.0, 0.0]]), 1.0)
    assert sorted(map(tuple, ring.tolist())) == [(0.25, 1.0), (1.0, 0.25), (1.0, 1.75), (1.75, 1.0)]


def test_nothing_above_the_level_has_no_ring() -> None:
    assert contours(np.zeros((4, 4)), 0.2) == contours(np.empty((0, 0)), 0.2) == []


def test_rings_of_a_part_lie_where_the_part_lies() -> None:
    values = np.zeros((30, 40))
    values[20, 33] = values[4, 7] = 2.0
    found = sorted(tuple(ring.mean(axis=0).round(9)) for ring in contours(values, 1.0))
    assert found == [(7.0, 4.0), (33.0, 20.0)]


@settings(max_examples=60, deadline=None)
@given(values=arrays(np.float64, (7, 8), elements=st.sampled_from([0.0, 1.0, 2.0])))
def test_every_side_between_above_and_below_is_crossed_once(values: Values) -> None:
    points, begins = contour_lines(values, 0.5)
    padded = np.pad(values >= 0.5, 1)
    crossed = int((padded[1:] != padded[:-1]).sum() + (padded[:, 1:] != padded[:, :-1]).sum())
    assert len(points) == crossed == len(np.unique(points, axis=0))
    assert not crossed or begins[0]
