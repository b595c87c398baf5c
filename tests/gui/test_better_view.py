"""Skin that the present view sees askew: the view offered sees it squarely, and large."""

import pytest

from mesomap.atlas import Atlas, open_atlas
from mesomap.coverage import fill
from mesomap.domain.place import SkinPoint
from mesomap.ui.canvas.better_view import STEEP_DEG, better_view


def steep_places(body: Atlas, region_id: str, view_key: str) -> list[SkinPoint]:
    """Places of the region that the view just sees, at a steep angle."""
    places = fill(body, region_id, spacing_mm=3.0).points.points()
    return [place for place in places if dict(body.views_of(place)).get(view_key, 0.0) > STEEP_DEG]


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_view_of_the_head_is_offered_for_skin_of_the_head(side: str) -> None:
    body = open_atlas()
    places = steep_places(body, f"cheek_preauricular.{side}", "head_front")
    offered = {better_view(body, "head_front", place) for place in places}
    assert offered
    for better in offered:
        assert better is not None
        assert better.startswith("Face")
        assert side in better
