"""Shapes of the atlas overlays in a view: what cannot show is left out early, and nothing that shows is."""

import pytest

from mesomap.atlas import Atlas, open_atlas
from mesomap.render.overlay_shapes import OverlayShapes, nearest_mark

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def body() -> Atlas:
    return open_atlas(body="male")


@pytest.mark.parametrize("view", ["foot_dorsum_left", "neck_decollete", "hand_palm_right"])
def test_leaving_out_early_loses_no_zone(body: Atlas, view: str, monkeypatch: pytest.MonkeyPatch) -> None:
    early, whole = OverlayShapes(body), OverlayShapes(body)
    while early.make_next(view):
        pass
    monkeypatch.setattr(OverlayShapes, "_near", lambda *_: True)
    while whole.make_next(view):
        pass
    found, wanted = ({(s.zone.key, s.side): s.area_mm2 for s in x.zones(view, recalled=True)} for x in (early, whole))
    assert found == wanted
    assert found
    assert len(found) < len(early.places.zones) / 2


def test_sensory_points_show_where_the_view_sees_them(body: Atlas) -> None:
    shapes = OverlayShapes(body)
    front = {mark.label for mark in shapes.sensory("body_front")}
    back = {mark.label for mark in shapes.sensory("body_back")}
    assert {"C5", "T6", "T10", "L2"} <= front
    assert {"C2", "S2", "S3"} <= back
    assert not {"T10", "L2"} & back
    assert not {"S2", "S3"} & front
    navel = next(mark for mark in shapes.sensory("body_front") if mark.label == "T10" and mark.side == "left")
    assert "navel" in navel.detail
    assert nearest_mark(shapes.sensory("body_front"), navel.xy, 1.0) == navel
