"""The bucket grid finds the same triangle as looking at every triangle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.atlas.grid import TriangleGrid
from mesomap.atlas.records import Floats, Ints


def brute(corners: Floats, xy: Floats) -> list[set[int]]:
    """For each point every counter-clockwise triangle that holds it."""
    found = []
    for p in xy:
        a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
        sides = [_side(a, b, p), _side(b, c, p), _side(c, a, p)]
        area = _side(a, b, c)
        found.append(set(np.flatnonzero((np.array(sides) >= -1e-9).all(axis=0) & (area > 1e-6)).tolist()))
    return found


def _side(a: Floats, b: Floats, p: Floats) -> Floats:
    result: Floats = (b[..., 0] - a[..., 0]) * (p[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (
        p[..., 0] - a[..., 0]
    )
    return result


def _soup(seed: int, count: int, size: float) -> Floats:
    rng = np.random.default_rng(seed)
    centres = rng.uniform(-100, 100, (count, 1, 2))
    return centres + rng.normal(scale=size, size=(count, 3, 2))


@given(seed=st.integers(0, 10_000), count=st.integers(1, 60), size=st.sampled_from([0.5, 5.0, 60.0]))
def test_a_point_is_found_in_a_triangle_that_holds_it(seed: int, count: int, size: float) -> None:
    corners = _soup(seed, count, size)
    rng = np.random.default_rng(seed + 1)
    weights = rng.dirichlet([1, 1, 1], size=40)
    inner = np.einsum("ni,nij->nj", weights, corners[rng.integers(0, count, 40)])
    xy = np.concatenate([inner, rng.uniform(-150, 150, (40, 2))])
    tri, bary = TriangleGrid(corners).find(xy)
    for i, holders in enumerate(brute(corners, xy)):
        if holders:
            assert tri[i] in holders
            w = np.array([*bary[i], 1 - bary[i].sum()])
            assert w.min() >= 0
            assert np.allclose(w @ corners[tri[i]], xy[i], atol=1e-6)
        else:
            assert tri[i] == -1
            assert np.isnan(bary[i]).all()


@given(seed=st.integers(0, 10_000))
def test_the_greatest_depth_wins_for_one_and_many(seed: int) -> None:
    corners = _soup(seed, 40, 40.0)
    depth = np.random.default_rng(seed).uniform(-50, 50, (40, 3))
    grid = TriangleGrid(corners, depth)
    xy = np.random.default_rng(seed + 1).uniform(-80, 80, (30, 2))
    tri, bary = grid.find(xy)
    for i, holders in enumerate(brute(corners, xy)):
        one = grid.find_one(*xy[i].tolist())
        if not holders:
            assert tri[i] == -1
            assert one is None
            continue
        heights = {t: _height(corners[t], depth[t], xy[i]) for t in holders}
        assert heights[int(tri[i])] == pytest.approx(max(heights.values()), abs=1e-6)
        assert one is not None
        assert one[0] == tri[i]
        assert one[1:] == pytest.approx(tuple(bary[i]), abs=1e-9)


def _height(corners: Floats, depth: Floats, p: Floats) -> float:
    system = np.vstack([corners.T, np.ones(3)])
    return float(np.linalg.solve(system, [p[0], p[1], 1.0]) @ depth)


def test_no_gap_between_triangles_that_share_an_edge() -> None:
    fan = np.array([[np.cos(a), np.sin(a)] for a in np.linspace(0, 2 * np.pi, 14)[:-1]]) * 7.3
    corners = np.array([[[0.1, 0.2], fan[k], fan[(k + 1) % 13]] for k in range(13)])
    along = np.linspace(0, 0.999, 200)[:, None]
    spokes = np.concatenate([np.array([0.1, 0.2]) + along * (f - np.array([0.1, 0.2])) for f in fan])
    tri, _ = TriangleGrid(corners).find(spokes)
    assert (tri >= 0).all()


@pytest.mark.parametrize("bad", [(np.nan, 0.0), (0.0, np.nan), (np.inf, 0.0), (0.0, -np.inf), (1e300, 1e300)])
def test_what_is_no_place_is_nowhere(bad: tuple[float, float]) -> None:
    grid = TriangleGrid(np.array([[[-5.0, -5.0], [5.0, -5.0], [0.0, 5.0]]]))
    tri, bary = grid.find(np.array([bad, (0.0, 0.0)]))
    assert tri.tolist() == [-1, 0]
    assert np.isnan(bary[0]).all()
    assert grid.find_one(*bad) is None


@pytest.mark.parametrize(
    "corners",
    [
        np.empty((0, 3, 2)),
        np.zeros((4, 3, 2)),
        np.array([[[-5.0, -5.0], [0.0, 5.0], [5.0, -5.0]]]),
    ],
    ids=["none", "no area", "clockwise"],
)
def test_triangles_without_area_or_turned_away_hold_nothing(corners: Floats) -> None:
    grid = TriangleGrid(corners)
    tri: Ints = grid.find(np.zeros((1, 2)))[0]
    assert tri.tolist() == [-1]
    assert grid.find_one(0.0, 0.0) is None
