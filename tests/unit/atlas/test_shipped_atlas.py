"""The shipped body keeps what the program relies on: regions that partition the skin, charts in true mm, sides."""

from typing import Any

import numpy as np
import pytest
import shapely

from mesomap.atlas import Atlas, SkinArray


@pytest.fixture(scope="module")
def atlas(real_atlas: Any) -> Atlas:
    assert isinstance(real_atlas, Atlas)
    return real_atlas


@pytest.fixture(scope="module")
def skin(atlas: Atlas) -> SkinArray:
    """Places spread evenly over all outer skin."""
    g = atlas.geometry
    corners = g.positions[0][g.tri]
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    area[g.tri_region < 0] = 0.0
    rng = np.random.default_rng(11)
    tri = rng.choice(len(area), 6000, p=area / area.sum())
    return SkinArray(tri, rng.dirichlet([1, 1, 1], 6000)[:, :2])


def test_every_place_of_skin_has_one_region_whose_chart_holds_it(atlas: Atlas, skin: SkinArray) -> None:
    region = atlas.region_at(skin)
    assert (region >= 0).all()
    rows, charts = atlas.charts_holding(skin)
    held = set(zip(rows.tolist(), charts.tolist(), strict=True))
    assert all((i, r) in held for i, r in enumerate(region.tolist()))


def test_the_outline_in_the_chart_and_the_region_at_a_place_agree(atlas: Atlas, skin: SkinArray) -> None:
    region = atlas.region_at(skin)
    for r in atlas.regions:
        xy = atlas.to_chart(r.id, skin)
        held = np.isfinite(xy).all(axis=1)
        inside = shapely.contains_xy(atlas.chart(r.id).polygon, xy[held, 0], xy[held, 1])
        differs = np.flatnonzero(inside != (region[held] == r.index))
        border = atlas.chart(r.id).polygon.boundary
        for k in differs.tolist():
            assert shapely.distance(border, shapely.Point(xy[held][k])) < 0.5, r.id


def test_region_areas_are_true_and_make_up_the_skin(atlas: Atlas) -> None:
    g = atlas.geometry
    corners = g.positions[0][g.tri[g.tri_region >= 0]]
    area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    assert sum(r.area_cm2 for r in atlas.regions) == pytest.approx(area.sum() / 200, rel=1e-3)
    for r in atlas.regions:
        chart = atlas.chart(r.id)
        assert chart.polygon.is_valid
        assert chart.metric.area_mm2(chart.polygon) / 100 == pytest.approx(r.area_cm2, rel=5e-3, abs=0.02), r.id
        assert chart.accuracy.flips == 0


def test_left_is_the_mirror_of_right(atlas: Atlas, skin: SkinArray) -> None:
    other = atlas.mirror(skin)
    assert np.abs(atlas.position(other) * (-1, 1, 1) - atlas.position(skin)).max() < 0.06
    same = atlas.geometry.region_mirror[atlas.region_at(skin)] == atlas.region_at(other)
    assert same.mean() > 0.999
    for r in atlas.regions:
        swapped = {"left": "right", "right": "left", "mid": "mid"}[r.side]
        assert atlas.mirror_region(r.id).id == f"{r.id.rsplit('.', 1)[0]}.{swapped}"


def test_the_left_side_lies_toward_positive_x(atlas: Atlas, skin: SkinArray) -> None:
    x = atlas.position(skin)[:, 0]
    side = np.array([r.side for r in atlas.regions])[atlas.region_at(skin)]
    assert (x[side == "left"] > -1.0).all()
    assert (x[side == "right"] < 1.0).all()


def test_every_view_maps_to_the_skin_and_back(atlas: Atlas) -> None:
    for view in atlas.views:
        x0, y0, x1, y1 = view.box_mm
        xy = np.random.default_rng(5).uniform((x0, y0), (x1, y1), (1500, 2))
        found = atlas.locate(view.key, xy)
        on = found.tri >= 0
        assert 0.1 < on.mean() < 0.98, view.key
        seen = atlas.project(view.key, found)
        assert np.allclose(seen.xy[on], xy[on], atol=1e-6)
        assert seen.visible[on].mean() > 0.98, view.key
        if view.left_letter == "R":
            x = atlas.position(found, view.pose)[on, 0]
            assert np.corrcoef(x, xy[on, 0])[0, 1] > 0.5, view.key


def test_every_region_is_seen_somewhere_but_for_the_hidden_ones(atlas: Atlas) -> None:
    seen = {
        r.id
        for r in atlas.regions
        for view in atlas.views
        if np.unpackbits(atlas.geometry.view_visible[view.index], count=len(atlas.geometry.tri))[
            atlas.chart(r.id).tri[atlas.geometry.tri_region[atlas.chart(r.id).tri] == r.index]
        ].any()
    }
    hidden = {r.id.rsplit(".", 1)[0] for r in atlas.regions} - {name.rsplit(".", 1)[0] for name in seen}
    assert hidden <= {"foot_sole", "toes_plantar", "perineum"}
