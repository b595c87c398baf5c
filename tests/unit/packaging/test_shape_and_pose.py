"""Blending of shape targets, rotations, and colours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from body_atlas.colour import HIGH, LOW, ramp
from body_atlas.morph import FEMALE_REFERENCE, blend, both_sides, target_weights
from body_atlas.pose import align, turn

NAMES = ("low", "middle", "high")
UNIT = st.tuples(*[st.floats(-1, 1)] * 3).filter(lambda v: sum(x * x for x in v) > 0.01)


@given(st.floats(0, 1))
def test_blends_sum_to_one_and_meet_their_stops(value: float) -> None:
    weights = blend(value, NAMES)
    assert sum(weights.values()) == pytest.approx(1)
    middle = sum(weights.get(n, 0) * x for n, x in zip(NAMES, (0, 0.5, 1), strict=True))
    assert middle == pytest.approx(value, abs=1e-9)


def test_left_targets_get_a_right_twin() -> None:
    assert both_sides({"a/l-b": 0.5, "c": 1.0}) == {"a/l-b": 0.5, "a/r-b": 0.5, "c": 1.0}


def test_the_reference_is_symmetric_and_whole() -> None:
    weights = target_weights(FEMALE_REFERENCE)
    for name, value in weights.items():
        if "/l-" in name:
            assert weights[name.replace("/l-", "/r-")] == value
    universal = [w for n, w in weights.items() if n.startswith("macrodetails/universal")]
    assert sum(universal) == pytest.approx(1)
    races = [w for n, w in weights.items() if n.endswith("-female-young") and "universal" not in n]
    assert sum(races) == pytest.approx(1)


@given(UNIT, st.floats(-170, 170))
def test_turns_are_rotations_that_keep_their_axis(axis: tuple[float, float, float], degrees: float) -> None:
    matrix = turn(axis, degrees)
    np.testing.assert_allclose(matrix @ matrix.T, np.eye(3), atol=1e-9)
    np.testing.assert_allclose(matrix @ np.array(axis), axis, atol=1e-9)
    assert np.trace(matrix) == pytest.approx(1 + 2 * np.cos(np.deg2rad(degrees)))


def test_a_quarter_turn_is_counter_clockwise() -> None:
    np.testing.assert_allclose(turn((0, 0, 1), 90) @ [1, 0, 0], [0, 1, 0], atol=1e-12)


@given(UNIT, UNIT)
def test_aligning_brings_one_direction_to_the_other(
    a: tuple[float, float, float], b: tuple[float, float, float]
) -> None:
    first, second = np.array(a), np.array(b)
    first, second = first / np.linalg.norm(first), second / np.linalg.norm(second)
    if first @ second < -0.999:
        return
    np.testing.assert_allclose(align(first, second) @ first, second, atol=1e-6)


def test_skin_colours_run_from_shadow_to_light() -> None:
    lum = np.linspace(0, 1.1, 50, dtype=np.float32)
    colours = ramp(lum)
    assert (np.diff(colours, axis=0) >= -1e-3).all()
    np.testing.assert_allclose(colours[0], LOW)
    np.testing.assert_allclose(colours[-1], HIGH)
