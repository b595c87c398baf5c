"""Triangles seen in a view: quick, and the same that projecting all of them would say."""

import numpy as np
import pytest

from mesomap.atlas import Atlas, SkinArray


@pytest.mark.parametrize("view_key", ["head_front", "body_back", "hand_palm_left"])
def test_what_is_seen_is_what_projecting_every_triangle_says(real_atlas: Atlas, view_key: str) -> None:
    count = len(real_atlas.geometry.tri)
    middles = SkinArray(np.arange(count), np.full((count, 2), 1 / 3))
    expected = np.flatnonzero(real_atlas.project(view_key, middles).visible)
    assert len(expected)
    np.testing.assert_array_equal(real_atlas.seen(view_key), expected)
