"""What lies beside what on the body: borders count, nearness through the air does not."""

import numpy as np
import pytest

from mesomap.atlas import Atlas, open_atlas
from mesomap.coverage.neighbours import Neighbours


@pytest.fixture(scope="module")
def body() -> Atlas:
    """The shipped body."""
    return open_atlas()


def joined(body: Atlas, region: str, other: str, small_cm2: float = 0.0) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """For every triangle of the other region, whether it lies beside places of the region."""
    row = body.region_index(other)
    tri = np.flatnonzero(body.geometry.tri_region == row)
    return Neighbours(body, small_cm2).joined(
        np.full(len(tri), body.region_index(region)), np.full(len(tri), row), tri.astype(np.int64)
    )


def test_a_region_lies_beside_itself_and_those_it_borders_on(body: Atlas) -> None:
    for other in ("cheek_malar.left", "cheek_buccal.left"):
        assert joined(body, "cheek_malar.left", other).all()


def test_skin_near_only_through_the_air_does_not_lie_beside(body: Atlas) -> None:
    assert not joined(body, "ear_cymba.left", "neck_lateral.left").any()
    assert not joined(body, "thigh_front.left", "thigh_front.right").any()


def test_right_and_left_meet_in_the_margin_only(body: Atlas) -> None:
    beside = joined(body, "thigh_inner.left", "thigh_inner.right")
    assert beside.any()
    assert beside.mean() < 0.2


def test_over_a_small_region_those_on_both_sides_meet(body: Atlas) -> None:
    small = min((region for region in body.regions if region.side == "mid"), key=lambda region: region.area_cm2)
    names = [region.id for region in body.regions if joined(body, small.id, region.id).any() and region != small]
    pairs = [(a, b) for a in names for b in names if body.region(a).side == body.region(b).side and a != b]
    assert pairs
    assert all(joined(body, a, b, small.area_cm2 + 0.1).all() for a, b in pairs)
    assert not all(joined(body, a, b).all() for a, b in pairs)
