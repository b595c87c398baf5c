"""Areas on charts and in views: nothing lost, nothing twice, nothing folded."""

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mesomap.atlas import Atlas
from mesomap.atlas.areas import even_odd, polygonal, rings_of, triangles_area, turned_rings


@pytest.fixture(scope="module")
def atlas(small_atlas: Any) -> Atlas:
    assert isinstance(small_atlas, Atlas)
    return small_atlas


@pytest.mark.parametrize("view", ["body_front", "body_back", "body_left"])
def test_region_outlines_tile_the_body_in_the_picture(atlas: Atlas, view: str) -> None:
    seen = [atlas.region_outline(view, r.id) for r in atlas.regions]
    assert all(shape.is_valid for shape in seen)
    whole = shapely.union_all(seen)
    assert whole.area == pytest.approx(sum(shape.area for shape in seen), rel=2e-3)
    pose = atlas.view(view).pose
    corners = (atlas.geometry.positions[pose] @ atlas.view(view).rotation.T)[:, :2][atlas.geometry.tri]
    skin = atlas.geometry.tri_region >= 0
    bits = np.unpackbits(atlas.geometry.view_visible[atlas.view(view).index], count=len(skin)).astype(bool)
    flat = triangles_area(corners, atlas.geometry.tri, skin & bits)
    assert whole.area == pytest.approx(flat.area, rel=3e-3)


def test_what_is_seen_matches_what_is_tapped(atlas: Atlas) -> None:
    xy = np.random.default_rng(4).uniform((-150, -220), (150, 220), (2000, 2))
    region = atlas.region_at(atlas.locate("body_front", xy))
    for r in atlas.regions:
        outline = atlas.region_outline("body_front", r.id)
        inside = shapely.contains_xy(outline, xy[:, 0], xy[:, 1])
        near = shapely.distance(shapely.points(xy), outline.boundary) < 1.0 if not outline.is_empty else False
        assert (inside == (region == r.index))[~np.asarray(near)].all() if np.any(near) else True


def test_a_hidden_area_has_no_outline(atlas: Atlas) -> None:
    assert atlas.region_outline("body_front", "back_upper.left").is_empty


def test_chart_areas_are_true_areas(atlas: Atlas) -> None:
    for r in atlas.regions:
        chart = atlas.chart(r.id)
        assert chart.polygon.is_valid
        assert chart.metric.area_mm2(chart.polygon) / 100 == pytest.approx(r.area_cm2, rel=2e-3)
        assert chart.domain.covers(shapely.buffer(chart.polygon, -0.1))


def test_areas_in_several_parts_count_whole(atlas: Atlas) -> None:
    chart = atlas.chart("forehead.mid")
    whole = chart.metric.area_mm2(chart.polygon)
    x0, y0, x1, y1 = chart.polygon.bounds
    middle = (x0 + x1) / 2
    gap = polygonal(shapely.difference(chart.polygon, shapely.box(middle - 5, y0, middle + 5, y1)))
    strip = polygonal(shapely.intersection(chart.polygon, shapely.box(middle - 5, y0, middle + 5, y1)))
    assert gap.geom_type == "MultiPolygon"
    assert chart.metric.area_mm2(gap) + chart.metric.area_mm2(strip) == pytest.approx(whole, rel=1e-3)
    assert chart.metric.area_mm2(shapely.Polygon()) == 0.0


def test_chart_lengths_are_true_lengths(atlas: Atlas) -> None:
    chart = atlas.chart("chest.left")
    rng = np.random.default_rng(5)
    start = rng.uniform(-60, 60, (60, 2))
    end = start + rng.normal(scale=25, size=(60, 2))
    walk = start[:, None] + np.linspace(0, 1, 60)[None, :, None] * (end - start)[:, None]
    xyz = atlas.position(chart.from_chart(walk.reshape(-1, 2))).reshape(60, 60, 3)
    true = np.linalg.norm(np.diff(xyz, axis=1), axis=2).sum(axis=1)
    assert np.allclose(chart.metric.lengths_mm(start, end, nodes=9), true, rtol=0.01)


def test_an_outline_on_the_skin_is_drawn_where_it_lies(atlas: Atlas) -> None:
    corners = np.array([[40.0, -30.0], [90.0, -30.0], [90.0, 30.0], [40.0, 30.0]])
    steps = np.concatenate(
        [a + np.linspace(0, 1, 20)[:-1, None] * (b - a) for a, b in zip(corners, np.roll(corners, -1, 0), strict=True)]
    )
    ring = atlas.locate("body_front", steps).points()
    drawn = atlas.outline_in_view("body_front", (ring,))
    assert atlas.home_region((ring,)) == "chest.left"
    want = shapely.Polygon(corners)
    assert shapely.symmetric_difference(drawn, want).area < 0.01 * want.area
    assert atlas.outline_in_view("body_back", (ring,)).is_empty
    assert atlas.outline_in_view("body_front", ()).is_empty


def test_an_outline_is_even_odd() -> None:
    outer = np.array([[0.0, 0], [10, 0], [10, 10], [0, 10]])
    inner = outer * 0.2 + 3
    assert even_odd([outer, inner]).area == pytest.approx(100 - 4)
    assert even_odd([outer, outer]).is_empty
    assert even_odd([outer[:2]]).is_empty
    assert turned_rings([outer, inner[::-1]]).area == pytest.approx(100 - 4)
    assert sum(len(r) for r in rings_of(even_odd([outer, inner + 20]), 100.0)) == 8


@given(st.lists(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=0, max_size=8), max_size=4))
def test_rings_of_any_kind_give_a_valid_area(rings: list[list[tuple[int, int]]]) -> None:
    arrays = [np.array(ring, dtype=float).reshape(-1, 2) for ring in rings]
    for area in (even_odd(arrays), turned_rings(arrays)):
        assert area.is_valid
        assert area.geom_type in ("Polygon", "MultiPolygon")
        assert np.isfinite(area.area)


@given(st.integers(0, 1000), st.floats(0.05, 0.95))
def test_triangles_by_their_rim_equal_the_plain_union(seed: int, share: float) -> None:
    n = 6
    y, x = np.mgrid[:n, :n]
    xy = np.stack([x.ravel(), y.ravel()], axis=1) + np.random.default_rng(seed).uniform(-0.2, 0.2, (n * n, 2))
    quads = [
        (r * n + c, r * n + c + 1, (r + 1) * n + c + 1, (r + 1) * n + c) for r in range(n - 1) for c in range(n - 1)
    ]
    tri = np.array([t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))])
    member = np.random.default_rng(seed + 1).random(len(tri)) < share
    area = triangles_area(xy[tri], tri, member)
    plain = shapely.union_all([shapely.Polygon(xy[t]) for t in tri[member]])
    assert area.is_valid
    assert shapely.symmetric_difference(area, plain).area < 1e-9
