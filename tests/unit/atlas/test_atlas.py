"""View ↔ skin ↔ chart on the synthetic body: an ellipsoid 150 × 220 × 130 mm with a mouth that is no skin."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.place import SkinPoint

AXES = np.array([150.0, 220.0, 130.0])


@pytest.fixture(scope="module")
def atlas(small_atlas: Any) -> Atlas:
    assert isinstance(small_atlas, Atlas)
    return small_atlas


def scattered(atlas: Atlas, count: int, seed: int = 3) -> SkinArray:
    """Random places of outer skin."""
    rng = np.random.default_rng(seed)
    tri = rng.choice(np.flatnonzero(atlas.geometry.tri_region >= 0), count)
    return SkinArray(tri, rng.dirichlet([1, 1, 1], count)[:, :2])


def test_a_tap_lies_on_the_front_of_the_body(atlas: Atlas) -> None:
    xy = np.array([[30.0, 40.0], [-90.0, -100.0], [60.0, 150.0]])
    xyz = atlas.position(atlas.locate("body_front", xy))
    assert np.allclose(xyz[:, :2], xy, atol=1e-9)
    assert (xyz[:, 2] > 0).all()
    assert np.allclose(((xyz / AXES) ** 2).sum(axis=1), 1.0, atol=0.02)


def test_the_picture_of_the_back_is_turned(atlas: Atlas) -> None:
    xyz = atlas.position(atlas.locate("body_back", np.array([[50.0, 0.0]])))
    assert xyz[0, 0] == pytest.approx(-50.0)
    assert xyz[0, 2] < 0


@pytest.mark.parametrize("view", ["body_front", "body_back", "body_left", "head_front"])
def test_one_and_many_agree_and_project_back(atlas: Atlas, view: str) -> None:
    x0, y0, x1, y1 = atlas.view(view).box_mm
    xy = np.random.default_rng(1).uniform((x0 - 30, y0 - 30), (x1 + 30, y1 + 30), (400, 2))
    many = atlas.locate(view, xy)
    seen = atlas.project(view, many)
    on = many.tri >= 0
    assert 0.2 < on.mean() < 0.9
    assert np.allclose(seen.xy[on], xy[on], atol=1e-9)
    assert seen.visible[on].all()
    assert not seen.visible[~on].any()
    assert (seen.cos_angle[on] > 0).all()
    for i in range(len(xy)):
        one = atlas.locate_one(view, *xy[i].tolist())
        assert (one is None) == (many.tri[i] < 0)
        if one is not None:
            assert one == pytest.approx((many.tri[i], *many.bary[i]))


@pytest.mark.parametrize(
    ("x", "y"),
    [(149.9, 219.0), (0.0, 221.0), (1e9, 0.0), (math.nan, 0.0), (0.0, math.inf), (0.0, 55.0)],
    ids=["beside", "above", "far", "nan", "inf", "mouth"],
)
def test_off_the_body_is_nowhere_never_a_guess(atlas: Atlas, x: float, y: float) -> None:
    assert atlas.locate_one("body_front", x, y) is None
    many = atlas.locate("body_front", np.array([[x, y]]))
    assert many.tri.tolist() == [-1]
    assert many.points() == ()
    assert np.isnan(atlas.position(many)).all()
    assert atlas.region_at(many).tolist() == [-1]


def test_a_point_belongs_to_the_region_with_the_greatest_field(atlas: Atlas) -> None:
    points = scattered(atlas, 3000)
    region = atlas.region_at(points)
    unit = atlas.position(points) / AXES
    directions = np.array([(0, 1.05, 0), (0.6, 0, 0.8), (-0.6, 0, 0.8), (0.6, 0, -0.8), (-0.6, 0, -0.8), (0, -1.05, 0)])
    field = unit @ directions.T
    best = np.sort(field, axis=1)
    clear = best[:, -1] - best[:, -2] > 0.01
    assert clear.mean() > 0.9
    assert (region[clear] == np.argmax(field, axis=1)[clear]).all()
    for i, point in enumerate(points.points()[:500]):
        assert atlas.region_id_at(point) == atlas.regions[region[i]].id


def test_chart_and_skin_map_back_and_forth(atlas: Atlas) -> None:
    points = scattered(atlas, 2000)
    region = atlas.region_at(points)
    for r in atlas.regions:
        own = points[region == r.index]
        xy = atlas.to_chart(r.id, own)
        assert np.isfinite(xy).all()
        back = atlas.from_chart(r.id, xy)
        assert np.allclose(atlas.position(back), atlas.position(own), atol=1e-6)
        one = atlas.chart(r.id).to_chart_one(own.points()[0])
        assert one == pytest.approx(tuple(xy[0]))


def test_a_chart_does_not_hold_the_other_side(atlas: Atlas) -> None:
    front = atlas.locate_one("body_front", 80.0, 0.0)
    assert front is not None
    assert np.isnan(atlas.to_chart("back_upper.right", SkinArray.of([front]))).all()
    assert atlas.chart("back_upper.right").to_chart_one(front) is None
    assert atlas.from_chart("chest.left", np.array([[5000.0, 0.0], [np.nan, 0.0]])).tri.tolist() == [-1, -1]


def test_charts_holding_a_point_are_all_of_them(atlas: Atlas) -> None:
    points = scattered(atlas, 300)
    rows, regions = atlas.charts_holding(points)
    found = set(zip(rows.tolist(), regions.tolist(), strict=True))
    for r in atlas.regions:
        held = np.isfinite(atlas.to_chart(r.id, points)).all(axis=1)
        assert {(i, r.index) for i in np.flatnonzero(held).tolist()} == {p for p in found if p[1] == r.index}
    assert len(found) > 320, "places near a border lie in several charts"


def test_the_mirror_is_the_other_side_and_its_own_inverse(atlas: Atlas) -> None:
    points = scattered(atlas, 500)
    other = atlas.mirror(points)
    assert np.allclose(atlas.position(other) * (-1, 1, 1), atlas.position(points), atol=1e-9)
    assert np.allclose(atlas.mirror(other).bary, points.bary)
    pairs = {r.id: atlas.mirror_region(r.id).id for r in atlas.regions}
    assert pairs["chest.left"] == "chest.right"
    assert pairs["forehead.mid"] == "forehead.mid"
    assert atlas.mirror(SkinArray.nowhere(2)).tri.tolist() == [-1, -1]


def test_views_of_a_point_best_first(atlas: Atlas) -> None:
    point = atlas.locate_one("body_front", 0.0, 150.0)
    assert point is not None
    views = dict(atlas.views_of(point))
    assert set(views) == {"body_front", "head_front"}
    side = atlas.locate_one("body_left", 0.0, 0.0)
    assert side is not None
    best = atlas.views_of(side)
    assert best[0][0] == "body_left"
    assert best[0][1] < 10
    assert [angle for _, angle in best] == sorted(angle for _, angle in best)


def test_views_of_one_point_are_those_that_project_it_as_seen(atlas: Atlas) -> None:
    places = scattered(atlas, 60)
    seen = {view.key: atlas.project(view.key, places) for view in atlas.views}
    for row, point in enumerate(places.points()):
        angles = {
            key: math.degrees(math.acos(min(float(one.cos_angle[row]), 1.0)))
            for key, one in seen.items()
            if one.visible[row]
        }
        assert dict(atlas.views_of(point)) == pytest.approx(angles, abs=0.05)


@given(
    direction=st.tuples(*[st.floats(-1, 1)] * 3).filter(lambda d: math.hypot(*d) > 0.1),
    lift=st.floats(-30, 200),
)
def test_nearest_skin_is_nearer_than_any_other(
    small_atlas: Atlas, direction: tuple[float, float, float], lift: float
) -> None:
    d = np.array(direction) / math.hypot(*direction)
    p = d * (AXES + lift)
    found = small_atlas.nearest(p[None])
    gap = float(np.linalg.norm(small_atlas.position(found)[0] - p))
    g = small_atlas.geometry
    skin = g.positions[0][g.tri[g.tri_region >= 0]]
    # every triangle looked at, sampled finely: nothing may be nearer by more than the sampling
    weights = np.array([(i, j, 12 - i - j) for i in range(13) for j in range(13 - i)]) / 12.0
    others = np.linalg.norm(np.einsum("wk,tkx->twx", weights, skin) - p, axis=2)
    assert gap <= others.min() + 1e-9
    assert small_atlas.region_at(found)[0] >= 0


def test_nearest_of_no_number_is_nowhere(atlas: Atlas) -> None:
    assert atlas.nearest(np.array([[np.nan, 0, 0]])).tri.tolist() == [-1]


def test_distance_follows_the_skin(atlas: Atlas) -> None:
    # halfway round the waist: half the circumference of the 150 × 130 ellipse is 440.3 mm
    left, right = atlas.nearest(np.array([[150.0, 0, 0], [-150.0, 0, 0]])).points()
    around = atlas.distance_mm(left, right)
    assert around == pytest.approx(440.3, rel=0.02)
    assert atlas.distance_mm(right, left) == pytest.approx(around, rel=0.02)
    assert atlas.distance_mm(left, left) == 0.0


def test_short_distances_in_a_chart_are_true(atlas: Atlas) -> None:
    a = atlas.locate_one("body_front", 60.0, 20.0)
    b = atlas.locate_one("body_front", 61.0, 25.0)
    assert a is not None
    assert b is not None
    straight = float(np.linalg.norm(np.diff(atlas.position(SkinArray.of([a, b])), axis=0)))
    assert straight <= atlas.distance_mm(a, b) <= straight * 1.02


def test_unknown_names_are_refused(atlas: Atlas) -> None:
    with pytest.raises(NotFoundError, match="body_top"):
        atlas.view("body_top")
    with pytest.raises(NotFoundError, match="tail"):
        atlas.chart("tail.mid")
    with pytest.raises(NotFoundError):
        atlas.locate("", np.zeros((1, 2)))


def test_points_of_another_body_are_told_apart(atlas: Atlas) -> None:
    assert atlas.holds(SkinPoint(10, 0.2, 0.2))
    assert not atlas.holds(SkinPoint(10_000_000, 0.2, 0.2))
    mouth = int(np.flatnonzero(atlas.geometry.tri_region < 0)[0])
    assert not atlas.holds(SkinPoint(mouth, 0.2, 0.2))


def test_the_scale_leaves_the_head_as_it_is(atlas: Atlas) -> None:
    total = sum(r.area_cm2 for r in atlas.regions)
    head = atlas.region("forehead.mid").area_cm2
    scale = atlas.scale_for(170.0, 70.0)
    scaled = head + (total - head) * scale.length**2
    assert scaled == pytest.approx(0.007184 * 170**0.725 * 70**0.425 * 1e4, rel=1e-6)
    assert scale.factor(fixed=True) == 1.0
    assert atlas.scale_for(None, 70.0).length == 1.0
    with pytest.raises(BadInputError):
        atlas.scale_for(math.nan, 70.0)
