"""The truth that charts are measured against, and the page that tells it."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from body_atlas.accuracy_page import page, renewed
from body_atlas.geodesic import patch_round, refine
from body_atlas.hidden_skin import sky
from body_atlas.surface import Surface, triangle_areas, triangle_neighbours
from body_atlas.surface_shares import (
    CHART_1944,
    GOAL_POINTS,
    PARTS,
    PUBLISHED,
    knee_shares,
    share_above,
    share_section,
    shares,
)
from mesomap.atlas import open_atlas
from tests.unit.packaging.meshes import bowl


def patch_of(skin: Surface, count: int = 3) -> tuple[Any, np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """A patch round `count` places in two neighbouring triangles."""
    source_tri = np.array([200, 200, 201])[:count]
    bary = np.array([[0.2, 0.3, 0.5], [0.5, 0.25, 0.25], [0.4, 0.4, 0.2]])[:count]
    skin_ids = np.arange(len(skin.tri))
    return patch_round(skin.verts, skin.tri, skin_ids, source_tri, bary, 6.0), source_tri, bary


def test_places_become_vertices_of_a_whole_patch() -> None:
    skin = bowl()
    patch, source_tri, bary = patch_of(skin)
    place = np.einsum("nk,nkd->nd", bary, skin.verts[skin.tri[source_tri]])
    np.testing.assert_allclose(patch.verts[patch.sources], place)
    held = np.unique(patch.home)
    assert triangle_areas(patch.verts, patch.faces).sum() == pytest.approx(skin.areas[held].sum())
    triangle_neighbours(patch.faces)  # no edge with three faces
    far = np.linalg.norm(skin.centroids[held] - place.mean(axis=0), axis=1)
    assert far.max() < 14.0


def test_refining_keeps_the_surface_and_says_where_each_corner_lies() -> None:
    skin = bowl()
    patch, _, _ = patch_of(skin)
    fine = refine(patch, 1.0)
    corner = fine.verts[fine.faces]
    assert np.linalg.norm(corner - np.roll(corner, 1, axis=1), axis=2).max() <= 1.0
    assert triangle_areas(fine.verts, fine.faces).sum() == pytest.approx(
        triangle_areas(patch.verts, patch.faces).sum()
    )
    back = np.einsum("fck,fkd->fcd", fine.bary, skin.verts[skin.tri[fine.home]])
    np.testing.assert_allclose(back, corner, atol=1e-9)
    np.testing.assert_allclose(fine.verts[fine.sources], patch.verts[patch.sources])


def test_the_sky_is_cosine_weighted() -> None:
    rays = sky(2000)
    np.testing.assert_allclose(np.linalg.norm(rays, axis=1), 1.0)
    np.testing.assert_allclose(rays.mean(axis=0), [0.0, 0.0, 2.0 / 3.0], atol=2e-3)


def test_the_page_names_the_worst_region_and_both_goals(tmp_path: Path) -> None:
    chart = {"area_error_p50": 0.01, "area_error_p95": 0.03, "stretch_p5": 0.98, "stretch_p95": 1.02, "flips": 0}
    regions = [
        {"id": "chin.mid", "side": "mid", "group": "face", "area_cm2": 11.0, "chart": chart},
        {"id": "ear.left", "side": "left", "group": "face", "area_cm2": 3.0,
         "chart": {**chart, "area_error_p95": 0.08}},
    ]  # fmt: skip
    (tmp_path / "female").mkdir()
    (tmp_path / "female" / "regions.json").write_text(json.dumps(regions), encoding="utf-8")
    (tmp_path / "manifest.json").write_text(json.dumps({"id": "body", "version": "1"}), encoding="utf-8")
    rows = [
        {"region": "chin.mid", "coverage_error": 0.001, "spacing_10": [0.98, 1.0, 1.01], "spacing_3": [0.99, 1, 1.01]},
        {"region": "ear.left", "coverage_error": -0.004, "spacing_3": [0.95, 1.0, 1.07]},
    ]
    summary = {
        "regions": 2, "coverage_median": 0.0025, "coverage_worst": 0.004, "spacing_10_median": 0.02,
        "spacing_10_worst": 0.02, "spacing_3_median": 0.04, "spacing_3_worst": 0.07,
    }  # fmt: skip
    text = page(tmp_path, [{"body": "female", "rows": rows, "summary": summary}], {"female": "−1.9 %"}, ["## Places"])
    assert "| 2 % | −1.9 % |" in text
    assert "| 1 % | 0.400 % (ear.left)" in text
    assert "worst region | ± 8 % | ± 7.0 % (ear.left)" in text
    assert "50 % (median 5.5 %)" in text
    assert "| chin.mid | 11.0 | 1.0 / 3.0 % | 0.980 / 1.020 | +0.10 % | 0.980 / 1.010 | 0.990 / 1.010 |" in text


def test_shares_count_every_region_once_and_say_when_a_goal_is_missed() -> None:
    rows = [
        {"id": name, "group": group, "area_cm2": area}
        for name, group, area in (
            ("chin.mid", "face", 6.0), ("nape.mid", "neck", 2.0), ("flank.left", "trunk", 32.0),
            ("groin.left", "leg", 1.0), ("forearm_back.left", "arm", 14.0), ("hand_palm.left", "arm", 5.0),
            ("thigh_back.left", "leg", 18.0), ("knee_front.left", "leg", 2.0),
            ("shin.left", "leg", 13.0), ("toes_dorsal.left", "leg", 7.0),
        )
    ]  # fmt: skip
    found = shares(rows, (19.0, 14.0))
    assert sum(found[part] for part in PARTS) == pytest.approx(100)
    assert found["trunk"] == pytest.approx(35)
    assert found["legs"] == pytest.approx(33)
    assert found["lower legs"] == pytest.approx(14)
    text = share_section({"female": rows}, {"female": (19.0, 14.0)})
    assert "goal missed" not in text
    rows[0]["area_cm2"] = 9.0
    assert "goal missed" in share_section({"female": rows}, {"female": (19.0, 14.0)})


@pytest.mark.parametrize("body", ["female", "male"])
def test_the_shipped_bodies_have_published_shares(body: str) -> None:
    file = Path(__file__).resolve().parents[3] / "assets" / "body_atlas" / body / "regions.json"
    found = shares(json.loads(file.read_text(encoding="utf-8")), knee_shares(open_atlas(body=body)))
    assert found["thighs"] + found["lower legs"] == pytest.approx(found["legs"], abs=0.05)
    for part, goal in (PUBLISHED[body] | CHART_1944).items():
        assert abs(found[part] - goal) <= GOAL_POINTS, part


def test_a_triangle_across_the_knee_counts_to_both_parts() -> None:
    heights = np.array([[0.0, 0.0, 2.0], [0.0, 2.0, 2.0], [5.0, 6.0, 7.0], [-3.0, -2.0, -1.0]])
    np.testing.assert_allclose(share_above(heights, 1.0), [0.25, 0.75, 1.0, 0.0])


def test_a_page_is_renewed_section_by_section() -> None:
    old = "# Page\n\n## Shares\n\nold\n\n## How\n\nkept\n\n## Places\n\nold\n"
    new = renewed(old, ["## Shares\n\nnew", "## Places\n\nnewer\n"])
    assert new == "# Page\n\n## Shares\n\nnew\n\n## How\n\nkept\n\n## Places\n\nnewer\n"
    with pytest.raises(ValueError, match="Gaps"):
        renewed(old, ["## Gaps\n\nnew"])
