"""How squarely views see places: the same as the map of each view says."""

import numpy as np
import pytest

from mesomap.atlas import SkinArray, open_atlas
from mesomap.atlas.sight import squareness


@pytest.mark.parametrize("body", ["female", "male"])
def test_it_is_what_every_view_says_of_a_place(body: str) -> None:
    atlas = open_atlas(body=body)
    chance = np.random.default_rng(6)
    tri = chance.integers(0, len(atlas.geometry.tri), 600)
    places = SkinArray(tri, chance.dirichlet((1, 1, 1), 600)[:, :2])
    found = squareness(atlas, places)
    assert found.shape == (len(atlas.views), 600)
    for row, view in enumerate(atlas.views):
        seen = atlas.project(view.key, places)
        assert ((found[row] > 0) == seen.visible).all(), view.key
        assert found[row][seen.visible] == pytest.approx(seen.cos_angle[seen.visible])


def test_off_the_body_is_seen_by_no_view() -> None:
    assert not squareness(open_atlas(), SkinArray.nowhere(3)).any()
    assert squareness(open_atlas(), SkinArray.nowhere(0)).shape[1] == 0
