"""Straight lines on the skin: entry, even steps, end."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import BadInputError
from mesomap.services.skin_paths import line_points, straight_run
from tests.unit.services.conftest import point_at

PLAIN = PatientScale()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(x=st.floats(40, 110), y=st.floats(-90, 90), spacing=st.floats(2, 60))
def test_a_line_keeps_its_ends_and_steps_evenly(atlas: Atlas, x: float, y: float, spacing: float) -> None:
    ends = (point_at(atlas, 45, -95), point_at(atlas, x, y))
    points, length = line_points(atlas, PLAIN, "body_front", ends, spacing)
    assert (points[0], points[-1]) == (ends[0], ends[1])
    assert length == pytest.approx(atlas.distance_mm(*ends), rel=0.03)
    gaps = np.linalg.norm(np.diff(atlas.position(SkinArray.of(points)), axis=0), axis=1)
    step = length / (len(points) - 1)
    assert gaps == pytest.approx(np.full(len(gaps), step), abs=0.9 + 0.03 * step)
    assert step <= 1.5 * spacing or len(points) == 2


def test_a_line_of_no_length_is_one_point(atlas: Atlas) -> None:
    a = point_at(atlas, 60, 0)
    assert line_points(atlas, PLAIN, "body_front", (a, a), 5) == ((a,), 0.0)


def test_an_impossible_spacing_is_refused(atlas: Atlas) -> None:
    with pytest.raises(BadInputError, match="spacing"):
        line_points(atlas, PLAIN, "body_front", (point_at(atlas, 60, 0), point_at(atlas, 80, 0)), -1)


def test_a_line_to_the_back_never_guesses_what_the_view_hides(atlas: Atlas) -> None:
    a, b = point_at(atlas, 60, 0), point_at(atlas, 0, 0, "body_back")
    run = straight_run(atlas, "body_front", a, b)
    assert (run.points()[0], run.points()[-1]) == (a, b)
