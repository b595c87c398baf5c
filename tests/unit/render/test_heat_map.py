"""The steps of the heat map: closed outlines, shades that tell apart in grey."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from mesomap.coverage.heat import HeatRaster, Measure
from mesomap.render.context import RenderContext
from mesomap.render.heat_map import STEPS, draw_heat, draw_heat_scale, heat_picture, step_paths
from mesomap.render.tokens import DARK, LIGHT, PAPER, Tokens


def test_each_step_is_closed_and_lies_within_the_one_before() -> None:
    values = np.array([[0.0, 0, 0, 0, 0], [0, 2, 2, 2, 0], [0, 2, 6, 2, 0], [0, 2, 2, 2, 0], [0, 0, 0, 0, 0]])
    low, high, none = step_paths(values, (10.0, 20.0), 2.0, (1.0, 4.0, 7.0))
    assert none.isEmpty()
    for path, box in ((low, QRectF(11, 21, 6, 6)), (high, QRectF(13, 23, 2, 2))):
        (ring,) = path.toSubpathPolygons()
        assert ring.isClosed()
        assert path.boundingRect() == box
    assert low.contains(high)


def scale_of(tokens: Tokens) -> list[float]:
    """Lightness of the swatches of a theme, weakest step first."""
    image = QImage(240, 10, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw_heat_scale(painter, QRectF(0, 0, 240, 10), tokens)
    painter.end()
    return [image.pixelColor(20 + 40 * step, 5).lightnessF() for step in range(6)]


@pytest.mark.parametrize("tokens", [LIGHT, DARK, PAPER], ids=lambda tokens: tokens.name)
def test_the_steps_tell_apart_in_grey(tokens: Tokens) -> None:
    lightness = scale_of(tokens)
    ordered = lightness if tokens.graphite_skin else lightness[::-1]
    assert all(b - a > 0.05 for a, b in pairwise(ordered)), lightness


def hill() -> HeatRaster:
    """A hill in the middle of the view that passes all steps."""
    y, x = np.mgrid[-40:41, -40:41]
    return HeatRaster(12.0 * np.exp(-(x**2 + y**2) / 300.0), (-80.0, -80.0), 2.0, 20.0, 0)


def test_a_denser_place_is_darker_in_light_and_lighter_in_dark(context: RenderContext) -> None:
    picture = heat_picture("body_front", hill(), Measure.POINTS)
    assert len(picture.steps) == len(STEPS[Measure.POINTS])
    for tokens, sign in ((LIGHT, -1), (DARK, 1)):
        image = QImage(400, 500, QImage.Format.Format_RGB32)
        image.fill(QColor("#808080"))
        painter = QPainter(image)
        draw_heat(painter, context.with_tokens(tokens), picture)
        painter.end()
        shades = []
        for x_mm in (0.0, 24.0, 44.0, 66.0):
            at = context.point_px(x_mm, 0.0).toPoint()
            shades.append(sign * image.pixelColor(at).lightnessF())
        assert shades == sorted(shades, reverse=True)
        assert abs(shades[0] - shades[-1]) > 0.2


def test_a_map_of_another_view_is_not_drawn(context: RenderContext) -> None:
    picture = heat_picture("body_back", hill(), Measure.POINTS)
    image = QImage(400, 500, QImage.Format.Format_RGB32)
    image.fill(QColor("#808080"))
    blank = image.copy()
    painter = QPainter(image)
    draw_heat(painter, context, picture)
    painter.end()
    assert image == blank
