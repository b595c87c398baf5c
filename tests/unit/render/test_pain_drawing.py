"""The pain drawing on the canvas and on paper: ink only, denser when stronger, found by the pen."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from mesomap.domain.complaint import Complaint, ComplaintKind
from mesomap.render.context import fitted
from mesomap.render.pain_drawing import ComplaintProjector, complaint_at, draw_pain_drawing, hatch_step_px
from mesomap.render.tokens import DARK, LIGHT, PAPER, Tokens
from mesomap.ui.typefaces import font

AT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
SQUARE = [[20.0, -30.0], [70.0, -30.0], [70.0, 20.0], [20.0, 20.0]]


@pytest.fixture
def area(small_atlas: Any) -> Complaint:
    """A square on the chest, left."""
    corners = np.array([np.linspace(a, b, 9)[:-1] for a, b in zip(SQUARE, SQUARE[1:] + SQUARE[:1], strict=True)])
    ring = small_atlas.locate("body_front", corners.reshape(-1, 2)).points()
    return Complaint(
        id=uuid4(), session_id=uuid4(), kind=ComplaintKind.AREA, region_ids=("chest.left",), entered_at=AT,
        outline=(ring,), intensity=5,
    )  # fmt: skip


@pytest.fixture
def point(small_atlas: Any) -> Complaint:
    """A trigger point in the square."""
    found = small_atlas.locate("body_front", np.array([[40.0, 0.0]]))
    return Complaint(
        id=uuid4(), session_id=uuid4(), kind=ComplaintKind.TRIGGER_POINT, region_ids=("chest.left",), entered_at=AT,
        points=found.points(), intensity=9,
    )  # fmt: skip


def painted(atlas: Any, seen: Any, tokens: Tokens, *, faint: bool = False) -> QImage:
    context = fitted(atlas, "body_front", QRectF(0, 0, 400, 500), tokens)
    image = QImage(400, 500, QImage.Format.Format_RGB32)
    image.fill(QColor("#B0A8A0"))
    painter = QPainter(image)
    draw_pain_drawing(painter, context, seen, font("badge"), faint=faint)
    painter.end()
    return image


def ink_share(image: QImage) -> float:
    """Share of pixels that the drawing changed."""
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(500, 400, 4)[:, :, :3]
    return float((pixels != np.array([0xA0, 0xA8, 0xB0], np.uint8)).any(axis=2).mean())


def test_an_area_shows_where_it_lies_and_only_where_it_can_be_seen(small_atlas: Any, area: Complaint) -> None:
    projector = ComplaintProjector(small_atlas)
    (seen,) = projector.scene("body_front", (area,))
    box = seen.path.boundingRect()
    assert (box.left(), box.right()) == pytest.approx((20, 70), abs=1.5)
    assert seen.at is not None
    assert 20 < seen.at[0] < 70
    assert projector.scene("body_back", (area,)) == ()
    assert projector.scene("body_front", (area,))[0].path is seen.path


def test_the_pen_finds_the_point_first_then_the_area_then_what_lies_below(
    small_atlas: Any, area: Complaint, point: Complaint
) -> None:
    seen = ComplaintProjector(small_atlas).scene("body_front", (area, point))
    assert complaint_at(seen, (40.0, 0.0), 8.0) is point
    assert complaint_at(seen, (40.0, 0.0), 8.0, after=point.id) is area
    assert complaint_at(seen, (60.0, -20.0), 8.0) is area
    assert complaint_at(seen, (-60.0, -20.0), 8.0) is None


def test_the_hatching_grows_denser_with_the_intensity() -> None:
    steps = [hatch_step_px(intensity) for intensity in range(11)]
    assert steps[0] is None
    assert hatch_step_px(None) is None
    drawn = [step for step in steps if step is not None]
    assert len(drawn) == 10
    assert drawn == sorted(drawn, reverse=True)


@pytest.mark.parametrize("tokens", [LIGHT, DARK, PAPER], ids=["light", "dark", "paper"])
def test_it_is_drawn_in_ink_without_any_colour_of_a_mixture(
    qtbot: Any, small_atlas: Any, area: Complaint, point: Complaint, tokens: Tokens
) -> None:
    assert qtbot is not None
    seen = ComplaintProjector(small_atlas).scene("body_front", (area, point))
    image = painted(small_atlas, seen, tokens)
    assert ink_share(image) > 0.005
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(500, 400, 4)[:, :, :3].astype(int)
    assert (pixels.max(axis=2) - pixels.min(axis=2)).max() < 40


def test_faint_is_fainter_and_stronger_is_denser(qtbot: Any, small_atlas: Any, area: Complaint) -> None:
    assert qtbot is not None
    projector = ComplaintProjector(small_atlas)
    weak = painted(small_atlas, projector.scene("body_front", (replace(area, intensity=1),)), LIGHT)
    strong = painted(small_atlas, projector.scene("body_front", (replace(area, intensity=10),)), LIGHT)
    assert ink_share(strong) > 1.3 * ink_share(weak)
    full = painted(small_atlas, projector.scene("body_front", (area,)), LIGHT)
    faint = painted(small_atlas, projector.scene("body_front", (area,)), LIGHT, faint=True)

    def darkness(image: QImage) -> float:
        pixels = np.frombuffer(image.constBits(), np.uint8).reshape(500, 400, 4)[:, :, :3]
        return float(np.clip(0xA8 - pixels.astype(int).mean(axis=2), 0, None).sum())

    assert darkness(faint) < 0.6 * darkness(full)
