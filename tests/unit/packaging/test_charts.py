"""Growing and flattening pieces of skin: discs stay discs, charts stay true and whole."""

import numpy as np
import pytest

from body_atlas import chart_build
from body_atlas.chart_area import favour_area
from body_atlas.chart_build import ChartError, build_chart, mirrored_chart
from body_atlas.chart_disc import grow_disc, submesh
from body_atlas.chart_flatten import conformal, flatten, tutte
from body_atlas.chart_metrics import chart_accuracy, flipped, scale_to_area, weighted_quantiles
from body_atlas.surface import Surface, boundary_loops, euler_number, triangle_neighbours
from tests.unit.packaging.meshes import bowl, mirror_of, tube


def test_a_grown_disc_is_one_disc_that_holds_the_region_and_its_margin() -> None:
    skin = bowl()
    region = np.abs(skin.centroids[:, :2]).max(axis=1) < 8.0
    inside = grow_disc(skin, region, 5.0)
    assert euler_number(skin.tri[inside]) == 1
    assert inside[region].all()
    far = np.abs(skin.centroids[:, :2]).max(axis=1) > 16.0
    assert not inside[far].any()
    assert inside.sum() > region.sum()


def test_a_region_round_a_limb_is_cut_open_and_what_a_disc_cannot_hold_is_left_out() -> None:
    skin = tube()
    ring = np.abs(skin.centroids[:, 1] - 30.0) < 9.0
    inside = grow_disc(skin, ring, 0.0)
    assert euler_number(skin.tri[inside]) == 1
    assert 0 < (ring & ~inside).sum() < ring.sum() / 4


def test_a_symmetric_region_gets_a_symmetric_disc_and_chart() -> None:
    skin = bowl()
    verts, tris = mirror_of(skin)
    region = np.abs(skin.centroids[:, :2]).max(axis=1) < 10.0
    inside = grow_disc(skin, region, 6.0, mirror=tris)
    assert np.array_equal(inside, inside[tris])
    chart = build_chart(skin, region.astype(float), 6.0, np.ones(len(skin.tri), bool), tris, verts)
    there = np.searchsorted(chart.verts, verts[chart.verts])
    np.testing.assert_allclose(chart.xy[there] * [-1, 1], chart.xy, atol=0.0201)


def test_a_flat_piece_keeps_every_length() -> None:
    skin = bowl(radius_mm=np.inf)
    xy = flatten(skin.verts, skin.tri, np.ones(len(skin.tri)))
    found = chart_accuracy(skin.verts, skin.tri, xy, np.ones(len(skin.tri)))
    assert found.flips == 0
    assert found.area_error_p95 < 1e-4
    assert found.stretch_p5 == pytest.approx(1.0, abs=1e-4)


def test_the_area_polish_makes_areas_truer_without_flips() -> None:
    skin = bowl(radius_mm=32.0)
    whole = np.ones(len(skin.tri))
    before = flatten(skin.verts, skin.tri, whole)
    after = favour_area(skin.verts, skin.tri, before, whole)
    first = chart_accuracy(skin.verts, skin.tri, scale_to_area(skin.verts, skin.tri, before, whole), whole)
    last = chart_accuracy(skin.verts, skin.tri, scale_to_area(skin.verts, skin.tri, after, whole), whole)
    assert last.flips == first.flips == 0
    assert last.area_error_p95 < 0.6 * first.area_error_p95


def test_both_starts_lie_the_right_way_round() -> None:
    skin = bowl(radius_mm=30.0)
    for start in (conformal, tutte):
        assert not flipped(skin.verts, skin.tri, start(skin.verts, skin.tri)).any()


def test_a_chart_is_upright_centred_and_of_the_true_area() -> None:
    skin = bowl()
    region = np.abs(skin.centroids[:, :2]).max(axis=1) < 10.0
    chart = build_chart(skin, region.astype(float), 5.0, np.ones(len(skin.tri), bool))
    local = np.searchsorted(chart.verts, skin.tri[chart.tris])
    corner = chart.xy[local]
    u, v = corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]
    area = (u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]) / 2
    own = region[chart.tris]
    assert area.min() > 0
    assert area[own].sum() == pytest.approx(skin.areas[region].sum(), rel=2e-3)
    height = skin.verts[chart.verts][:, 1]
    assert np.corrcoef(chart.xy[:, 1], height)[0, 1] > 0.999
    assert chart.lost_mm2 == 0.0


def test_the_other_side_gets_the_mirrored_chart() -> None:
    skin = bowl()
    verts, tris = mirror_of(skin)
    region = (np.abs(skin.centroids[:, 1]) < 9.0) & (skin.centroids[:, 0] > 3.0)
    chart = build_chart(skin, region.astype(float), 2.0, np.ones(len(skin.tri), bool))
    other = mirrored_chart(chart, verts, tris)
    assert region[tris[other.tris]].sum() == region.sum()
    assert (np.diff(other.verts) > 0).all()
    back = mirrored_chart(other, verts, tris)
    np.testing.assert_array_equal(back.verts, chart.verts)
    np.testing.assert_allclose(back.xy, chart.xy)


def test_two_parts_lie_side_by_side_without_touching() -> None:
    skin = bowl(n=24)
    x, y = skin.centroids[:, 0], skin.centroids[:, 1]
    region = (np.abs(np.abs(x) - 10.0) < 5.0) & (np.abs(y) < 8.0)
    chart = build_chart(skin, region.astype(float), 1.0, np.ones(len(skin.tri), bool))
    side = skin.verts[chart.verts][:, 0] > 0
    assert chart.xy[side, 0].min() - chart.xy[~side, 0].max() > 5.0


def test_a_region_that_folds_over_itself_is_refused() -> None:
    skin = tube(radius_mm=6.0, length_mm=30.0)
    # a cone cut open would overlap: make the tube a steep cone whose cut-open ring turns by more than a full circle
    verts = skin.verts.copy()
    height = verts[:, 1:2] / 30.0
    wavy = 1.0 + 2.5 * height * np.abs(np.sin(3 * np.arctan2(verts[:, :1], verts[:, 2:])))
    verts[:, [0, 2]] *= wavy
    verts[:, 1] *= 0.05
    bad = Surface(verts, skin.tri)
    with pytest.raises(ChartError, match="split the region"):
        build_chart(bad, np.ones(len(bad.tri)), 0.0, np.ones(len(bad.tri), bool))


def test_a_region_that_folds_with_every_allowed_margin_gets_one_from_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    skin = bowl()
    region = np.abs(skin.centroids[:, :2]).max(axis=1) < 8.0
    answers = iter([False] * len(chart_build.MARGIN_STEPS) + [True])
    monkeypatch.setattr(chart_build, "_simple", lambda *_: next(answers))
    chart = build_chart(skin, region.astype(float), 6.0, region)
    assert chart.margin_mm == 6.0
    assert not region[chart.tris].all()
    assert chart.accuracy.flips == 0


def test_an_edge_with_three_triangles_is_refused() -> None:
    with pytest.raises(ValueError, match="more than two triangles"):
        triangle_neighbours(np.array([[0, 1, 2], [1, 0, 3], [0, 1, 4]]))


def test_boundary_loops_of_a_tube_are_its_two_ends() -> None:
    skin = tube(around=12)
    assert [len(loop) for loop in boundary_loops(skin.tri)] == [12, 12]


def test_components_come_largest_first() -> None:
    skin = bowl()
    chosen = (skin.centroids[:, 0] > 10.0) | (skin.centroids[:, 0] < -15.0)
    part = skin.components(chosen)
    assert set(part[chosen]) == {0, 1}
    assert skin.areas[part == 0].sum() > skin.areas[part == 1].sum()
    assert (part[~chosen] == -1).all()


def test_quantiles_count_by_weight() -> None:
    assert weighted_quantiles(np.array([1.0, 2.0, 3.0]), np.array([1.0, 1.0, 98.0]), [0.5]) == [3.0]


def test_submesh_numbers_vertices_in_ascending_order() -> None:
    skin = bowl(n=4)
    ids, verts, local = submesh(skin.tri, np.arange(len(skin.tri)) % 3 == 0)
    np.testing.assert_array_equal(verts[local], skin.tri[ids])
    assert (np.diff(verts) > 0).all()
