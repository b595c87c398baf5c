"""Marks, places and doses: what a record can and cannot be."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Origin, check_dose_values
from mesomap.domain.place import checked_point
from tests.records import a_patient, a_session, a_set

SESSION = a_session(a_patient())
WEIGHT = st.floats(0, 1)


@given(WEIGHT, WEIGHT)
def test_a_point_is_accepted_exactly_when_it_lies_in_its_triangle(b0: float, b1: float) -> None:
    inside = b0 + b1 <= 1
    if inside:
        assert checked_point(3, b0, b1) == (3, b0, b1)
    elif 1 - b0 - b1 < -1e-6:
        with pytest.raises(BadInputError, match="outside its triangle"):
            checked_point(3, b0, b1)


@pytest.mark.parametrize("weights", [(math.nan, 0.1), (0.1, math.inf), (-0.01, 0.5), (0.5, -0.01)])
def test_impossible_weights_are_refused(weights: tuple[float, float]) -> None:
    with pytest.raises(BadInputError):
        checked_point(0, *weights)
    with pytest.raises(BadInputError, match="triangle -1"):
        checked_point(-1, 0.1, 0.1)


def test_only_a_tap_says_that_the_needle_went_in_here() -> None:
    assert [origin for origin in Origin if not origin.is_pattern] == [Origin.TAP]


def test_volume_of_a_set_is_that_of_its_points() -> None:
    assert a_set(SESSION, 4).total_ml == pytest.approx(0.2)


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_only_impossible_values_are_refused(value: float) -> None:
    possible = math.isfinite(value) and 0 <= value <= 100
    for given_values in ({"depth_mm": value, "volume_ml": None}, {"depth_mm": None, "volume_ml": value}):
        if possible:
            check_dose_values(**given_values)
        else:
            with pytest.raises(BadInputError):
                check_dose_values(**given_values)


def test_nothing_recorded_is_allowed() -> None:
    check_dose_values(depth_mm=None, volume_ml=None, spacing_mm=None)
    with pytest.raises(BadInputError, match=r"0\.2 mm is too small"):
        check_dose_values(depth_mm=None, volume_ml=None, spacing_mm=0.2)
