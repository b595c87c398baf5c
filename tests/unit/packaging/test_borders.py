"""Borders between regions: every position in exactly one region, the same on both sides of an edge."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from body_atlas.border_cut import all_pieces, overlap_and_gap, owned_piece, piece_share, region_share
from body_atlas.border_fields import FIELD_UNIT, find_borders, quantise, smooth_fields
from body_atlas.chart_build import build_chart
from body_atlas.painter import (
    REACH_MM,
    Painter,
    above_curve,
    curve_at,
    inside_shape,
    near_curve,
    smooth_curve,
    split_sides,
)
from body_atlas.rings import trace_region
from tests.unit.packaging.meshes import bowl


@given(st.lists(st.integers(-FIELD_UNIT, FIELD_UNIT), min_size=12, max_size=12))
def test_the_pieces_of_a_triangle_fill_it_exactly(values: list[int]) -> None:
    field = np.array(values, dtype=float).reshape(3, 4)
    shares = [piece_share(owned_piece(field, column, 4)) for column in range(4)]
    if len({tuple(c) for c in field.T}) == 4:  # equal columns tie everywhere; the lowest one owns the place then
        assert sum(shares) == pytest.approx(1.0, abs=1e-9)
    for column, share in enumerate(shares):
        if share > 1e-6:
            centre = owned_piece(field, column, 4).mean(axis=0)
            # Where two fields are equal either may be the largest; the owner is never below it.
            assert (centre @ field)[column] == pytest.approx((centre @ field).max(), abs=1e-6)


def test_borders_cover_the_skin_once() -> None:
    skin = bowl(n=20)
    rng = np.random.default_rng(4)
    field = quantise(smooth_fields(skin, rng.normal(scale=20.0, size=(len(skin.verts), 5))))
    borders = find_borders(skin.tri, np.ones(len(skin.tri), bool), field)
    pieces = all_pieces(borders)
    over, gap = overlap_and_gap(borders, pieces, skin.areas, np.arange(len(skin.tri)), 5)
    assert over < 1e-6
    assert gap < 1e-6
    total = sum(float((region_share(borders, pieces, k) * skin.areas).sum()) for k in range(5))
    assert total == pytest.approx(skin.areas.sum())
    assert len(borders.border_tri) > 50
    assert (np.diff(borders.border_tri) > 0).all()


def test_hidden_triangles_belong_to_no_region() -> None:
    skin = bowl(n=6)
    seen = np.arange(len(skin.tri)) % 2 == 0
    borders = find_borders(skin.tri, seen, quantise(np.column_stack([skin.verts[:, 0], -skin.verts[:, 0]])))
    assert (borders.tri_region[~seen] == -1).all()
    assert (borders.tri_region[seen] >= 0).all()
    assert seen[borders.border_tri].all()


def test_smoothing_keeps_a_straight_border_in_place() -> None:
    skin = bowl(n=20, radius_mm=np.inf)
    field = np.clip(np.column_stack([skin.verts[:, 0] - 1.3, 1.3 - skin.verts[:, 0]]), -REACH_MM, REACH_MM)
    smooth = smooth_fields(skin, field)
    inner = np.abs(skin.verts[:, 1]) < 12.0
    near = inner & (np.abs(skin.verts[:, 0]) < 6.0)
    np.testing.assert_allclose(smooth[near], field[near], atol=0.15)


def test_a_later_region_is_painted_over_an_earlier_one() -> None:
    x = np.linspace(-30, 30, 61)
    painter = Painter(len(x))
    painter.paint("ground", np.full(len(x), 25.0))
    painter.paint("strip", 6.0 - np.abs(x))
    best = np.stack([painter.fields["ground"], painter.fields["strip"]]).argmax(axis=0)
    np.testing.assert_array_equal(best[np.abs(x) < 6], 1)
    np.testing.assert_array_equal(best[np.abs(x) > 6], 0)
    assert not painter.uncovered().any()


def test_sides_are_cut_at_the_midline_and_named() -> None:
    x = np.array([-4.0, 0.0, 4.0])
    found = split_sides({"cheek": np.full(3, 9.0), "chin": np.full(3, 2.0)}, x, frozenset({"chin"}))
    assert set(found) == {"cheek.left", "cheek.right", "chin.mid"}
    assert found["cheek.left"].argmax() == 2
    assert found["cheek.right"].argmax() == 0


def test_the_distance_to_a_shape_is_signed_and_in_millimetres() -> None:
    circle = [(10 * np.cos(a), 10 * np.sin(a)) for a in np.arange(12) * np.pi / 6]
    x, y = np.array([0.0, 8.0, 12.0, 60.0]), np.zeros(4)
    np.testing.assert_allclose(inside_shape(x, y, circle), [10.0, 2.0, -2.0, -REACH_MM], atol=0.1)


def test_a_ribbon_is_as_wide_as_asked_at_both_ends() -> None:
    line = [(0.0, 0.0), (10.0, 0.0), (20.0, 0.0)]
    x, y = np.array([1.0, 19.0]), np.array([3.0, 3.0])
    np.testing.assert_allclose(near_curve(x, y, line, [5.0, 1.0]), [1.8, -1.8], atol=0.05)


def test_curves_pass_through_their_points_and_stay_constant_beyond() -> None:
    points = [(0.0, 1.0), (10.0, 5.0), (20.0, 2.0)]
    np.testing.assert_allclose(curve_at(np.array([-5.0, 0.0, 10.0, 20.0, 40.0]), points), [1.0, 1.0, 5.0, 2.0, 2.0])
    np.testing.assert_allclose(above_curve(np.array([10.0]), np.array([6.0]), points), [1.0])
    assert len(smooth_curve(points, closed=True, per_span=4)) == 12


def test_the_outline_of_a_region_runs_along_its_border() -> None:
    skin = bowl(n=20)
    field = quantise(np.clip(np.column_stack([r := 9.3 - np.hypot(*skin.verts[:, :2].T), -r]), -25, 25))
    borders = find_borders(skin.tri, np.ones(len(skin.tri), bool), field)
    pieces = all_pieces(borders)
    chart = build_chart(skin, region_share(borders, pieces, 0), 6.0, np.ones(len(skin.tri), bool))
    rings = trace_region(chart, skin.tri, 0, borders.tri_region.astype(np.int64), borders.border_tri, pieces)
    assert len(rings) == 1
    tri, bary = rings[0]
    place = np.einsum("nk,nkd->nd", bary, skin.verts[skin.tri[tri]])
    np.testing.assert_allclose(np.hypot(place[:, 0], place[:, 1]), 9.3, atol=0.12)
    flat = np.einsum("nk,nkd->nd", bary, chart.xy[np.searchsorted(chart.verts, skin.tri[tri])])
    x, y = flat.T
    assert np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)) > 0  # counter-clockwise
