"""Running numbers: those of lines too, and none that hides another."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from mesomap.atlas import Atlas
from mesomap.domain.marks import Dose, InjectionSet, Origin
from mesomap.render.context import RenderContext
from mesomap.render.marks_in_view import MarkProjector
from mesomap.render.needle_lines import without_needle_lines
from mesomap.render.numbers import draw_numbers, line_labels, point_labels, readable
from mesomap.render.tokens import LIGHT, PAPER
from mesomap.ui.typefaces import font

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def mark(atlas: Atlas, technique: str, origin: Origin, places: list[tuple[float, float]]) -> InjectionSet:
    """A set at places of the front view."""
    found = [atlas.locate_one("body_front", x, y) for x, y in places]
    return InjectionSet(
        id=uuid4(), session_id=uuid4(), points=tuple(point for point in found if point is not None),
        dose=Dose(technique=technique), volume_ml=None, origin=origin, done_at=NOW, entered_at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(("step_mm", "told"), [(40.0, ["3", "4", "5"]), (4.0, ["3–5"])])
def test_points_of_a_line_go_on_counting(context: RenderContext, atlas: Atlas, step_mm: float, told: list[str]) -> None:
    marks = [
        mark(atlas, "papule", Origin.TAP, [(-60.0, 0.0), (-40.0, 0.0)]),
        mark(atlas, "linear_retrograde", Origin.LINE, [(20.0 + step_mm * n, 0.0) for n in range(3)]),
    ]
    scene = MarkProjector(atlas).scene("body_front", marks)
    assert [text for _, text in line_labels(context, scene, marks, font("badge", 10))] == told
    assert [text for _, text in point_labels(context, without_needle_lines(scene, marks))] == ["1", "2"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(places=st.lists(st.tuples(st.integers(-50, 400), st.integers(-50, 400)), max_size=60))
def test_no_number_hides_another_and_the_first_is_always_told(
    context: RenderContext, places: list[tuple[int, int]]
) -> None:
    of = font("badge", 10)
    labels = [(QPointF(x, y), str(n)) for n, (x, y) in enumerate(places, start=1)]
    kept = readable(context, labels, of)
    high = QFontMetricsF(of).ascent() * 0.8
    boxes = [QRectF(at.x(), at.y(), QFontMetricsF(of).horizontalAdvance(text), high) for at, text in kept]
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    assert kept[:1] == labels[:1]
    assert [text for _, text in kept] == sorted((text for _, text in kept), key=int)


def test_numbers_that_have_room_are_all_told(context: RenderContext) -> None:
    labels = [(QPointF(60.0 * n, 0.0), str(n)) for n in range(20)]
    assert readable(context, labels, font("badge", 10)) == labels


def ink(context: RenderContext, marks: list[InjectionSet]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what is as dark as text, painter units."""
    dpr = context.dpr
    image = QImage(round(400 * dpr), round(500 * dpr), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(dpr)
    image.fill(QColor("white"))
    scene = MarkProjector(context.atlas).scene("body_front", marks)
    painter = QPainter(image)
    draw_numbers(painter, context, scene, scene, marks, font("badge", 10))
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    lines = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())[:, : grey.width()]
    rows, columns = np.nonzero(lines < 120)
    return columns.min() / dpr, rows.min() / dpr, columns.max() / dpr, rows.max() / dpr


@pytest.mark.parametrize("dpr", [1.0, 1.5, 2.0])
def test_numbers_stand_in_the_same_place_on_screen_and_on_paper(
    context: RenderContext, atlas: Atlas, dpr: float
) -> None:
    marks = [mark(atlas, "papule", Origin.TAP, [(-60.3 + 30 * n, 10.7 * n)]) for n in range(4)]
    screen, paper = (ink(replace(context.with_tokens(tokens), dpr=dpr), marks) for tokens in (LIGHT, PAPER))
    assert screen == pytest.approx(paper, abs=1.01)
