"""The shipped body's sixteen views, as drawn: outline, picture and skin agree."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication

from mesomap.atlas import Atlas, SkinArray, open_atlas
from mesomap.render.context import fitted
from mesomap.render.picture import PictureStore, line_art, pictured
from mesomap.render.regions import RegionPaths
from mesomap.render.tokens import LIGHT

KEYS = (
    "body_front", "body_back", "body_left", "body_right", "head_front", "head_profile_left", "head_profile_right",
    "head_three_quarter_left", "head_three_quarter_right", "scalp_top", "scalp_back", "neck_decollete",
    "trunk_front", "trunk_back", "trunk_left", "trunk_right",
)  # fmt: skip


@pytest.fixture(scope="module")
def shipped(qapp: QApplication) -> Atlas:
    assert qapp
    return open_atlas()


@pytest.mark.parametrize("key", KEYS)
def test_the_outline_is_an_area_inside_its_picture(shipped: Atlas, key: str) -> None:
    body = line_art(shipped, key).body
    x0, y0, x1, y1 = shipped.view(key).box_mm
    assert not body.is_empty
    assert body.area > 0.1 * (x1 - x0) * (y1 - y0)
    assert body.bounds[0] >= x0 - 0.01
    assert body.bounds[3] <= y1 + 0.01


@pytest.mark.parametrize("key", KEYS)
def test_skin_is_found_where_the_picture_shows_it(shipped: Atlas, key: str) -> None:
    body = line_art(shipped, key).body
    x0, y0, x1, y1 = body.bounds
    rng = np.random.default_rng(7)
    places = np.column_stack([rng.uniform(x0, x1, 4000), rng.uniform(y0, y1, 4000)])
    shown = pictured(shipped, key, places)
    located = shipped.locate(key, places).tri >= 0
    assert shown.mean() > 0.15
    assert (shown == located).mean() > 0.97


@pytest.mark.parametrize("key", KEYS)
def test_every_picture_level_decodes_in_its_size(shipped: Atlas, key: str) -> None:
    store = PictureStore(shipped)
    for number, level in enumerate(shipped.view(key).levels):
        image = store.image(key, number, "light")
        assert (image.width(), image.height()) == (level.width, level.height)
    context = fitted(shipped, key, QRectF(0, 0, 900, 700), LIGHT)
    assert store.level_for(context) < len(shipped.view(key).levels)


def test_a_mark_on_the_cheek_does_not_show_above_the_trunk(shipped: Atlas) -> None:
    cheek = RegionPaths(shipped).geometry("head_front", "cheek_malar.left").representative_point()
    skin = shipped.locate_one("head_front", cheek.x, cheek.y)
    assert skin is not None
    seen = shipped.project("trunk_front", SkinArray.of([skin]))
    assert not (seen.visible & pictured(shipped, "trunk_front", seen.xy)).any()


def test_region_outlines_cover_the_face_without_the_eyes(shipped: Atlas) -> None:
    regions = RegionPaths(shipped)
    total = sum(regions.geometry("head_front", r).area for r in regions.present("head_front"))
    assert total == pytest.approx(line_art(shipped, "head_front").body.area, rel=0.05)
