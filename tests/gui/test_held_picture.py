"""A map under a moving hand: the picture at hand moves and stretches with it, and is painted anew at rest."""

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from mesomap.atlas import Atlas
from mesomap.render.context import RenderContext, fitted
from mesomap.render.tokens import DARK, LIGHT
from mesomap.ui.controls.held_picture import HeldLook, HeldPicture

pytestmark = pytest.mark.usefixtures("qapp")

SIZE = QSizeF(300, 200)
MARGIN_PX = 40
#: Places of the view in mm that the picture shows as squares of 8 px.
PLACES = ((0.0, 0.0), (60.0, 20.0), (-50.0, -30.0))


class Squares:
    """What is painted, and how often it was."""

    def __init__(self) -> None:
        self.times = 0
        self.picture = HeldPicture(MARGIN_PX)

    def paint(self, of: RenderContext, painter: QPainter, by: QPointF) -> None:
        """A square at each place."""
        self.times += 1
        context = replace(of, origin_mm=of.to_mm(-by))
        painter.fillRect(painter.window(), QColor("white"))
        for x, y in PLACES:
            painter.fillRect(QRectF(context.point_px(x, y) - QPointF(4, 4), QSizeF(8, 8)), QColor("black"))

    def shown(self, context: RenderContext, *, moving: bool, size: QSizeF = SIZE) -> QImage:
        """The widget's picture."""
        image = QImage((size * context.dpr).toSize(), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(context.dpr)
        image.fill(QColor("red"))
        painter = QPainter(image)
        key = replace(context, scale=1.0, origin_mm=(0.0, 0.0), zoom=1.0)
        look = HeldLook(key, context.box_px(), size, context.dpr)
        self.picture.draw(painter, look, partial(self.paint, context), moving=moving)
        painter.end()
        return image


@pytest.fixture
def context(atlas: Atlas) -> RenderContext:
    """A place of a view where a px is a mm."""
    return replace(fitted(atlas, "body_front", QRectF(0, 0, 300, 200), LIGHT), scale=1.0, origin_mm=(-150.0, 100.0))


def moved(context: RenderContext, x_px: float, y_px: float) -> RenderContext:
    """The body moved by so many px."""
    return replace(context, origin_mm=context.to_mm(QPointF(-x_px, -y_px)))


def zoomed(context: RenderContext, factor: float) -> RenderContext:
    """Zoomed about the middle of the widget."""
    x, y = context.to_mm(QPointF(150, 100))
    scale = context.scale * factor
    return replace(context, scale=scale, zoom=context.zoom * factor, origin_mm=(x - 150 / scale, y + 100 / scale))


def dark_at(image: QImage, context: RenderContext) -> list[bool]:
    """Whether each place that lies in the widget is painted where the context says it is."""
    spots = [context.point_px(*place).toPoint() for place in PLACES]
    dpr = image.devicePixelRatio()
    return [image.pixelColor(spot * dpr).lightness() < 128 for spot in spots if image.rect().contains(spot * dpr)]


@pytest.mark.parametrize("dpr", [1.0, 2.0])
def test_a_picture_that_is_moved_is_the_one_that_would_be_painted(context: RenderContext, dpr: float) -> None:
    context = replace(context, dpr=dpr)
    squares, fresh = Squares(), Squares()
    squares.shown(context, moving=False)
    for x, y in ((7, -5), (MARGIN_PX, 0), (-MARGIN_PX, MARGIN_PX)):
        there = moved(context, x, y)
        assert squares.shown(there, moving=True) == fresh.shown(there, moving=False)
    assert squares.times == 1


def test_farther_than_its_margin_no_bare_edge_shows(context: RenderContext) -> None:
    squares = Squares()
    squares.shown(context, moving=False)
    there = moved(context, MARGIN_PX + 1, 0)
    image = squares.shown(there, moving=True)
    assert squares.times == 2
    assert image.pixelColor(0, 100) == QColor("white")
    squares.shown(there, moving=False)
    assert squares.times == 3, "what is painted in haste is painted again at rest"


def test_a_zoomed_picture_is_stretched_to_its_place_and_painted_sharp_at_rest(context: RenderContext) -> None:
    squares = Squares()
    squares.shown(context, moving=False)
    for factor in (1.4, 0.8):
        there = zoomed(context, factor)
        assert all(dark_at(squares.shown(there, moving=True), there))
        assert squares.times == 1
    squares.shown(there, moving=False)
    assert squares.times == 2


def test_the_same_painted_better_waits_for_rest_but_something_else_does_not(context: RenderContext) -> None:
    squares = Squares()
    squares.shown(context, moving=False)
    squares.picture.spoil()
    squares.shown(moved(context, 3, 0), moving=True)
    assert squares.times == 1
    squares.shown(moved(context, 3, 0), moving=False)
    assert squares.times == 2
    squares.picture.forget()
    squares.shown(moved(context, 5, 0), moving=True)
    assert squares.times == 3


def test_another_view_theme_or_size_is_painted_at_once(context: RenderContext) -> None:
    squares = Squares()
    squares.shown(context, moving=True)
    others = (replace(context, view_key="body_back"), context.with_tokens(DARK), replace(context, length_factor=1.1))
    for times, other in enumerate(others, start=2):
        squares.shown(other, moving=True)
        assert squares.times == times
    image = squares.shown(other, moving=True, size=QSizeF(420, 200))
    assert image.pixelColor(419, 100) == QColor("white")
    assert image.pixelColor(0, 0) != QColor(Qt.GlobalColor.red)
