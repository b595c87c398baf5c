"""Tags of areas never hide each other: neighbours of one look share one, others make room."""

from itertools import combinations
from uuid import uuid4

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from mesomap.domain.skin_layers import SkinLayer
from mesomap.domain.technique import SymbolFamily
from mesomap.render.area_tags import area_tags
from mesomap.render.context import RenderContext
from mesomap.render.marks_in_view import EMPTY_POINTS, ViewArea, ViewScene
from mesomap.render.symbols import Style
from mesomap.ui.typefaces import font

A, B = (Style(SymbolFamily.NAPPAGE, SkinLayer.DERMIS, letter) for letter in "AB")


def square(x: float, y: float, style: Style, about_n: int | None) -> ViewArea:
    """A small area of the view, mm."""
    path = QPainterPath()
    path.addRect(QRectF(x, y, 20, 20))
    return ViewArea(uuid4(), style, path, np.empty((0, 2)), about_n)


def labels(context: RenderContext, *areas: ViewArea) -> list[str]:
    """What the tags of these areas say; none overlaps another."""
    tags = area_tags(context, ViewScene(EMPTY_POINTS, areas, (A, B)), font("badge"))
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
