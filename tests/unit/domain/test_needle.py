"""Needle, insertion and what no needle can do."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.errors import BadInputError
from mesomap.domain.needle import Insertion, Needle, check_needle

LENGTH = st.floats(0.0, 100.0)
ANGLE = st.floats(0.0, 90.0)


@given(LENGTH, ANGLE)
def test_depth_follows_from_length_and_angle(inserted_mm: float, angle_deg: float) -> None:
    depth = Insertion(inserted_mm=inserted_mm, angle_deg=angle_deg).depth_mm
    assert 0.0 <= depth <= inserted_mm
    assert depth == pytest.approx(inserted_mm * math.sin(math.radians(angle_deg)))


def test_thirty_degrees_go_half_as_deep_as_the_needle() -> None:
    assert Insertion(inserted_mm=4.0, angle_deg=30.0).depth_mm == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("needle", "insertion", "depth_mm", "word"),
    [
        (None, Insertion(inserted_mm=4.0, angle_deg=91.0), None, "angle"),
        (None, Insertion(inserted_mm=-1.0, angle_deg=30.0), None, "inserted length"),
        (None, Insertion(inserted_mm=float("nan"), angle_deg=30.0), None, "not a number"),
        (Needle(length_mm=4.0), Insertion(inserted_mm=4.5, angle_deg=30.0), None, "4.5 mm"),
        (Needle(length_mm=4.0), None, 4.1, "more than the needle is long"),
        (Needle(gauge=300), None, None, "gauge"),
        (Needle(length_mm=0.0), None, None, "needle length"),
    ],
)
def test_only_the_impossible_is_refused(
    needle: Needle | None, insertion: Insertion | None, depth_mm: float | None, word: str
) -> None:
    with pytest.raises(BadInputError, match=word):
        check_needle(needle, insertion, depth_mm)


def test_what_is_possible_passes_and_nothing_recorded_passes() -> None:
    check_needle(None, None, 3.0)
    check_needle(Needle(gauge=30, length_mm=4.0), Insertion(inserted_mm=4.0, angle_deg=90.0), 4.0)
