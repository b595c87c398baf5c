"""Tags never hide each other: neighbours of one look share one, others make room."""

from itertools import combinations
from uuid import uuid4

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from mesomap.domain.skin_layers import SkinLayer
from mesomap.domain.technique import SymbolFamily
from mesomap.render.context import RenderContext
from mesomap.render.crowding import Crowd
from mesomap.render.marks_in_view import EMPTY_POINTS, EMPTY_SCENE, ViewArea, ViewScene
from mesomap.render.symbols import Style
from mesomap.render.tags import tags_of
from mesomap.ui.typefaces import font

A, B = (Style(SymbolFamily.NAPPAGE, SkinLayer.DERMIS, letter) for letter in "AB")


def square(x: float, y: float, style: Style, about_n: int | None) -> ViewArea:
    """A small area of the view, mm."""
    path = QPainterPath()
    path.addRect(QRectF(x, y, 20, 20))
    return ViewArea(uuid4(), style, path, np.empty((0, 2)), about_n)


def labels(context: RenderContext, *areas: ViewArea) -> list[str]:
    """What the tags of these areas say; none overlaps another."""
    tags = tags_of(context, ViewScene(EMPTY_POINTS, areas, (A, B)), (), font("badge"))
    boxes = [tag.box(context, font("badge")) for tag in tags]
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    return [tag.label for tag in tags]


def test_areas_far_apart_keep_their_tags(context: RenderContext) -> None:
    assert labels(context, square(-80, 0, A, 40), square(60, 0, A, 30)) == ["≈ 40", "≈ 30"]


def test_neighbours_of_one_look_share_a_tag_with_their_sum(context: RenderContext) -> None:
    row = [square(x, 0, A, 10) for x in (-30, -10, 10, 30)]
    (label,) = labels(context, *row)
    assert label == "≈ 40"


def test_neighbours_of_another_mixture_make_room(context: RenderContext) -> None:
    assert labels(context, square(0, 0, A, 40), square(2, 1, B, 30), square(1, 0, A, 2)) == ["≈ 42", "≈ 30"]


def test_an_area_of_unknown_number_has_a_tag_without_a_figure(context: RenderContext) -> None:
    assert labels(context, square(0, 0, A, None)) == [""]
    assert labels(context, square(0, 0, A, None), square(4, 0, A, 12)) == ["≈ 12"]


def crowd(x: float, y: float, style: Style, count: int) -> Crowd:
    """Crowded points in a small square, px."""
    path = QPainterPath()
    path.addRect(QRectF(x, y, 12, 12))
    return Crowd(path, style, count)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    crowds=st.lists(
        st.tuples(st.integers(0, 300), st.integers(0, 300), st.sampled_from((A, B)), st.integers(4, 400)), max_size=14
    )
)
def test_no_tag_hides_another_and_none_is_lost(
    context: RenderContext, crowds: list[tuple[int, int, Style, int]]
) -> None:
    tags = tags_of(context, EMPTY_SCENE, [crowd(*row) for row in crowds], font("badge"))
    boxes = [tag.box(context, font("badge")) for tag in tags]
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    for style in (A, B):
        told = sum(tag.count for tag in tags if tag.style == style)
        assert told == sum(count for _, _, of, count in crowds if of == style)
