"""Guides lie on the skin at the heights of their landmarks, in every view of the face."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from mesomap.atlas import Atlas, open_atlas
from mesomap.atlas.landmarks import landmarks_of
from mesomap.render.context import fitted
from mesomap.render.furniture import across_share, looks_along_midline
from mesomap.render.guides import THIRDS, Guides, draw_guides
from mesomap.render.tokens import LIGHT
from mesomap.ui.typefaces import font

FACES = ("head_front", "head_three_quarter_left", "head_profile_right")


@pytest.fixture(scope="module")
def shipped() -> Atlas:
    """The shipped body."""
    return open_atlas()


def corners(path: QPainterPath) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """(N, 2) view mm."""
    return np.array([(path.elementAt(n).x, path.elementAt(n).y) for n in range(path.elementCount())])


@pytest.mark.parametrize("view", FACES)
def test_thirds_run_level_at_the_height_of_their_landmark(shipped: Atlas, view: str) -> None:
    known = landmarks_of(shipped)
    found = {guide.key: corners(guide.path) for guide in Guides(shipped).of(view) if guide.key}
    assert set(found) == {key for key, _ in THIRDS}
    for key, xy in found.items():
        height = known.xyz_mm[known.row(key)][1]
        assert np.abs(xy[:, 1] - height).max() < 0.5, key
    assert found["trichion"][0, 1] > found["glabella"][0, 1] > found["subnasale"][0, 1] > found["menton"][0, 1]
    widest = max(np.ptp(xy[:, 0]) for xy in found.values())
    assert 45 < widest < 200, "across the face, not round the head"


def test_a_view_askew_shows_the_midline_on_the_skin(shipped: Atlas) -> None:
    guides = Guides(shipped)
    (midline,) = [guide for guide in guides.of("head_three_quarter_left") if not guide.key]
    skin = shipped.locate("head_three_quarter_left", corners(midline.path))
    on = skin.tri >= 0
    assert on.mean() > 0.5
    assert np.nanmax(np.abs(shipped.position(skin)[on][:, 0])) < 2.0
    assert not [guide for guide in guides.of("head_front") if not guide.key], "there it is a straight line"


@pytest.mark.parametrize("view", ["body_front", "trunk_back", "scalp_top"])
def test_views_that_do_not_show_the_face_have_no_thirds(shipped: Atlas, view: str) -> None:
    assert Guides(shipped).of(view) == ()
    assert looks_along_midline(shipped.view(view))


def test_an_atlas_without_landmarks_still_draws_its_midline(atlas: Atlas, qapp: object) -> None:
    assert qapp is not None
    context = fitted(atlas, "head_front", QRectF(0, 0, 300, 300), LIGHT)
    image = QImage(300, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw_guides(painter, context, Guides(atlas), font("badge"), str)
    painter.end()
    x = context.point_px(0, 0).toPoint().x()
    assert any(image.pixelColor(x + dx, 150 + dy).lightness() < 220 for dx in (-1, 0, 1) for dy in range(12))


def test_skin_that_turns_away_looks_shorter_across(shipped: Atlas) -> None:
    facing = shipped.locate_one("head_front", 0.0, 750.0)
    aside = shipped.locate_one("head_front", 62.0, 700.0)
    assert facing is not None
    assert aside is not None
    assert across_share(shipped, "head_front", facing) > 0.97
    assert across_share(shipped, "head_front", aside) < 0.8
    assert across_share(shipped, "head_profile_left", aside) > across_share(shipped, "head_front", aside)
