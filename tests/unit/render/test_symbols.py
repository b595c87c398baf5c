"""Symbols must be told apart without colour."""

import itertools

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from mesomap.domain.skin_layers import SkinLayer
from mesomap.domain.technique import SymbolFamily
from mesomap.render.hatch import PATTERNS, draw_hatch, hatch_lines
from mesomap.render.symbols import Style, draw_symbol, shape, zoom_growth
from mesomap.render.tokens import LIGHT, PAPER


def grey_picture(style: Style) -> QImage:
    """The symbol in black on white, 40 px."""
    image = QImage(40, 40, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw_symbol(painter, style, PAPER, QPointF(20, 20), 2.0, halo=False, colour=QColor("black"))
    painter.end()
    return image


def difference(a: QImage, b: QImage) -> int:
    """Pixels that clearly differ."""
    return sum(abs(a.pixelColor(x, y).red() - b.pixelColor(x, y).red()) > 80 for x in range(40) for y in range(40))


def test_every_family_and_layer_looks_different_in_grey(qapp: QApplication) -> None:
    assert qapp
    pictures = {
        (family, layer): grey_picture(Style(family, layer, "A")) for family in SymbolFamily for layer in SkinLayer
    }
    for (one, a), (two, b) in itertools.combinations(pictures.items(), 2):
        assert difference(a, b) >= 12, (one, two)


def test_deeper_is_fuller(qapp: QApplication) -> None:
    assert qapp
    for family in SymbolFamily:
        ink = []
        for layer in (SkinLayer.EPIDERMIS, SkinLayer.DERMIS, SkinLayer.HYPODERMIS):
            image = grey_picture(Style(family, layer, None))
            ink.append(sum(255 - image.pixelColor(x, y).red() for x in range(40) for y in range(40)))
        assert ink == sorted(ink)


def test_the_halo_keeps_a_symbol_visible_on_its_own_colour(qapp: QApplication) -> None:
    assert qapp
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(LIGHT.mixture("A"))
    painter = QPainter(image)
    draw_symbol(painter, Style(SymbolFamily.NAPPAGE, SkinLayer.HYPODERMIS, "A"), LIGHT, QPointF(20, 20), 1.0)
    painter.end()
    assert any(image.pixelColor(x, 20).lightness() > 190 for x in range(40))


def test_shapes_are_about_one_unit(qapp: QApplication) -> None:
    assert qapp
    for family in SymbolFamily:
        box = shape(family).boundingRect()
        assert 0.9 <= max(box.width(), box.height()) / 2 <= 1.8
        assert abs(box.center().x()) < 0.01


@pytest.mark.parametrize(("zoom", "growth"), [(0.5, 1.0), (3.0, 1.0), (4.0, 1.155), (100.0, 1.6)])
def test_symbols_grow_late_and_not_for_ever(zoom: float, growth: float) -> None:
    assert zoom_growth(zoom) == pytest.approx(growth, abs=0.01)


def test_every_mixture_has_a_hatch_of_its_own_in_grey(qapp: QApplication) -> None:
    assert qapp
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPainterPath

    square = QPainterPath()
    square.addRect(QRectF(2, 2, 36, 36))
    pictures = {}
    for letter in PATTERNS:
        image = QImage(40, 40, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        draw_hatch(painter, square, letter, QColor("black"), PAPER, strength=1.0)
        painter.end()
        pictures[letter] = bytes(image.constBits())
    assert len(set(pictures.values())) == len(PATTERNS)


def test_hatch_lines_fill_the_box_and_stay_few() -> None:
    from PySide6.QtCore import QRectF

    path = hatch_lines(QRectF(0, 0, 60, 60), 0.0, 6.0)
    assert 10 <= path.elementCount() / 2 <= 12
    assert hatch_lines(QRectF(0, 0, 1e6, 1e6), 45.0, 0.001).elementCount() < 20_000
