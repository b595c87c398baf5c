"""Strokes drawn for an area: parallel to its longer side, at its spacing, inside it."""

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from mesomap.render.stroke_lines import parallel_lines


@given(length=st.floats(20, 90), width=st.floats(4, 19), spacing=st.floats(1, 20), turn=st.floats(0, 180))
def test_lines_follow_the_longer_side(length: float, width: float, spacing: float, turn: float) -> None:
    # half a line more may be one or none: turning the box rounds
    assume(abs(width / spacing % 1 - 0.5) > 1e-6)
    box = shapely.affinity.rotate(shapely.box(0, 0, length, width), turn)
    lines = parallel_lines(box, spacing)
    assert len(lines) == max(1, round(width / spacing))
    for line in lines:
        assert np.hypot(*(line[-1] - line[0])) == pytest.approx(length, rel=0.02)
        assert shapely.distance(box, shapely.MultiPoint(line)) < 1e-6
    if len(lines) > 1:
        one, other = (shapely.LineString(line) for line in lines[:2])
        assert one.distance(other) == pytest.approx(spacing, rel=0.01)


def test_a_hole_interrupts_the_lines() -> None:
    ring = shapely.box(0, 0, 60, 20).difference(shapely.box(20, 4, 40, 16))
    inside = [line for line in parallel_lines(ring, 5.0) if 4 < line[0][1] < 16]
    assert len(inside) == 4
    assert all(np.hypot(*(line[-1] - line[0])) == pytest.approx(20) for line in inside)


def test_nothing_is_drawn_for_no_area_or_too_many_lines() -> None:
    assert parallel_lines(shapely.Polygon(), 5.0) == []
    assert parallel_lines(shapely.box(0, 0, 900, 800), 1.0) == []
