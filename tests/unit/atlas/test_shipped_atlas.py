"""The shipped bodies keep what the program relies on: regions that partition the skin, charts in true mm, sides."""

import numpy as np
import pytest
import shapely

from mesomap.atlas import Atlas, SkinArray, open_atlas


@pytest.fixture(scope="module", params=["female", "male"])
def atlas(request: pytest.FixtureRequest) -> Atlas:
    return open_atlas(body=str(request.param))


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
    assert hidden <= {"perineum"}


def test_views_of_hands_and_feet_are_their_own(atlas: Atlas) -> None:
    shown = {
        "hand_palm": {"hand_palm", "fingers_palmar", "wrist_front"},
        "hand_dorsum": {"hand_dorsum", "fingers_dorsal", "wrist_back"},
        "foot_dorsum": {"foot_dorsum", "toes_dorsal", "ankle_front"},
        "foot_sole": {"foot_sole", "toes_plantar", "heel"},
        "knee_front": {"knee_front", "knee_medial", "knee_lateral"},
    }
    for key, kinds in shown.items():
        for side in ("left", "right"):
            view = atlas.view(f"{key}_{side}")
            x0, y0, x1, y1 = view.box_mm
            grid = np.stack(np.meshgrid(np.linspace(x0, x1, 60), np.linspace(y0, y1, 60)), -1).reshape(-1, 2)
            found = atlas.region_at(atlas.locate(view.key, grid))
            count = np.bincount(found[found >= 0], minlength=len(atlas.regions))
            seen = {atlas.regions[k].id for k in np.flatnonzero(count)}
            assert {f"{kind}.{side}" for kind in kinds} <= seen, view.key
            assert all(name.endswith(f".{side}") for name in seen), (view.key, seen)
            assert view.fixed_scale == (key != "knee_front")


def test_a_view_of_the_other_side_is_its_mirror_image(atlas: Atlas) -> None:
    for view in atlas.views:
        if not view.key.endswith("_left"):
            continue
        other = atlas.view(view.key.removesuffix("left") + "right")
        x0, y0, x1, y1 = view.box_mm
        assert np.allclose(other.box_mm, (-x1, y0, -x0, y1), atol=0.002)
        xy = np.random.default_rng(3).uniform((x0, y0), (x1, y1), (300, 2))
        here = atlas.locate(view.key, xy)
        there = atlas.locate(other.key, xy * (-1, 1))
        on = (here.tri >= 0) & (there.tri >= 0)
        assert (on == (here.tri >= 0)).mean() > 0.98
        there_again = atlas.position(atlas.mirror(there[on]))
        assert np.percentile(np.abs(there_again - atlas.position(here[on])), 99) < 0.2
