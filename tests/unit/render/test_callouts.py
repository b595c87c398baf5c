"""Names beside the picture: none on another, none on what is kept free, in the order of their places."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from mesomap.app.application import make_application
from mesomap.atlas import open_atlas
from mesomap.render.callouts import Callout, draw_labels, in_columns
from mesomap.render.context import fitted
from mesomap.render.tokens import LIGHT

ROOM = QRectF(14, 126, 816, 550)
FREE = [QRectF(0, 300, 80, 76), QRectF(750, 480, 90, 200)]
places = st.lists(st.tuples(st.floats(20, 820), st.floats(130, 670)), min_size=1, max_size=60)


@pytest.fixture(autouse=True, scope="module")
def application() -> None:
    make_application()


@settings(max_examples=40, deadline=None)
@given(places)
def test_names_lie_on_nothing_and_keep_their_order(anchors: list[tuple[float, float]]) -> None:
    callouts = [Callout(f"Name {n} of a nerve", (QPointF(x, y),), QColor("red")) for n, (x, y) in enumerate(anchors)]
    placed = in_columns(callouts, ROOM, FREE, QFont(), 150.0)
    boxes = [item.box for item in placed]
    for n, box in enumerate(boxes):
        assert ROOM.contains(box)
        assert not any(box.intersects(other) for other in boxes[n + 1 :])
        assert not any(box.intersects(other) for other in FREE)
    for left in (True, False):
        column = sorted((item for item in placed if item.left is left), key=lambda item: item.box.top())
        heights = [item.anchor.y() for item in column]
        assert heights == sorted(heights)


def test_a_zone_of_both_sides_is_named_once_and_the_columns_are_balanced() -> None:
    both = [
        Callout(f"Zone {n}", (QPointF(300, 200 + 9 * n), QPointF(540, 200 + 9 * n)), QColor("red")) for n in range(20)
    ]
    placed = in_columns(both, ROOM, FREE, QFont(), 150.0)
    assert sorted(item.callout.text for item in placed) == sorted(callout.text for callout in both)
    assert sum(item.left for item in placed) == 10


@settings(max_examples=25, deadline=None)
@given(places)
def test_short_names_beside_points_never_overlap(anchors: list[tuple[float, float]]) -> None:
    context = fitted(open_atlas(), "head_front", QRectF(0, 0, 840, 680), LIGHT)
    image = QImage(840, 680, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    try:
        points = [(QPointF(x, y), f"GB{n}") for n, (x, y) in enumerate(anchors)]
        boxes = draw_labels(painter, context, points, QRectF(0, 0, 840, 680), FREE, QFont(), "text")
    finally:
        painter.end()
    assert boxes[: len(FREE)] == FREE
    names = boxes[len(FREE) :]
    for n, box in enumerate(names):
        assert not any(box.intersects(other) for other in [*names[n + 1 :], *FREE])
