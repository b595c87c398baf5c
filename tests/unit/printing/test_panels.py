"""Which views a chart shows: those that see the marks best, none of them overlooked, each near enough."""

from typing import Any

import numpy as np
import pytest

from mesomap.atlas import SkinArray, open_atlas
from mesomap.printing.options import PanelKind, PanelWish
from mesomap.printing.panels import choose_views, frame_panel, wished_panels
from tests.unit.printing.conftest import marks_on


def chest_and_face(atlas: Any, chest: int, face: int) -> SkinArray:
    """So many places on the chest and on the face."""
    x = np.linspace(30.0, 90.0, chest)
    on_chest = atlas.locate("body_front", np.stack([x, np.zeros(chest)], axis=1))
    x0, y0, x1, y1 = atlas.view("head_front").box_mm
    middle = np.array([[(x0 + x1) / 2 + 2.0 * i, (y0 + y1) / 2] for i in range(face)]).reshape(-1, 2)
    return SkinArray.of([*on_chest.points(), *atlas.locate("head_front", middle).points()])


def test_without_marks_front_and_back_are_shown(small_atlas: Any) -> None:
    assert choose_views(small_atlas, SkinArray.of([])) == ["body_front", "body_back"]
    assert wished_panels(small_atlas, ()) == (PanelWish("body_front"), PanelWish("body_back"))


def test_two_marks_on_the_face_are_not_overlooked_among_two_hundred() -> None:
    atlas = open_atlas()
    thigh = atlas.locate("body_front", np.stack([np.full(200, 90.0), np.linspace(-250.0, -150.0, 200)], axis=1))
    cheeks = atlas.locate("head_front", np.array([[40.0, 640.0], [-40.0, 640.0]]))
    chosen = choose_views(atlas, SkinArray.of([*thigh.points(), *cheeks.points()]))
    assert any(key.startswith("head") for key in chosen), "on the whole body a face is a dot"
    assert not chosen[0].startswith("head")


def test_what_one_view_shows_well_needs_no_other(small_atlas: Any) -> None:
    assert choose_views(small_atlas, chest_and_face(small_atlas, 50, 0)) == ["body_front"]


def test_panels_wanted_come_in_their_order_once_each(small_atlas: Any) -> None:
    back, detail = PanelWish("body_back"), PanelWish("body_front", PanelKind.DETAIL)
    wanted = (back, detail, back, PanelWish("no_such_view"))
    assert wished_panels(small_atlas, marks_on(small_atlas), (), wanted) == (back, detail)


@pytest.mark.parametrize("aspect", [0.7, 0.95, 2.0])
@pytest.mark.parametrize("kind", [PanelKind.MARKS, PanelKind.DETAIL])
def test_a_panel_holds_its_marks_in_its_shape(small_atlas: Any, aspect: float, kind: PanelKind) -> None:
    places = chest_and_face(small_atlas, 20, 0)
    x0, y0, x1, y1 = frame_panel(small_atlas, places, PanelWish("body_front", kind), aspect).window_mm
    assert (x1 - x0) / (y1 - y0) == pytest.approx(aspect)
    shown = small_atlas.project("body_front", places)
    seen = shown.xy[shown.visible]
    assert ((seen > (x0, y0)) & (seen < (x1, y1))).all()
