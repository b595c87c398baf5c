"""What a reader relies on: contrast, and colours that stay apart."""

import itertools
import math

import pytest
from PySide6.QtGui import QColor

from mesomap.render.tokens import DARK, LIGHT, PAPER, Tokens, mixed, tint


def luminance(colour: QColor) -> float:
    """Relative luminance after WCAG 2.2."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    parts = [c / 12.92 if c <= 0.04045 else math.pow((c + 0.055) / 1.055, 2.4) for c in channels]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a: str, b: str) -> float:
    """Contrast ratio after WCAG 2.2."""
    one, two = sorted((luminance(QColor(a)), luminance(QColor(b))), reverse=True)
    return (one + 0.05) / (two + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK, PAPER], ids=lambda t: t.name)
@pytest.mark.parametrize("role", ["text", "text2", "text3", "amber", "red", "green"])
def test_every_text_colour_is_legible_on_every_ground(tokens: Tokens, role: str) -> None:
    grounds = {"amber": "amber_bg", "red": "red_bg", "green": "green_bg"}
    for ground in ("panel", "bg", "sunken", grounds.get(role, "panel")):
        assert contrast(getattr(tokens, role), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
def test_mixture_letters_read_on_their_tile_and_tiles_differ(tokens: Tokens) -> None:
    for colour in tokens.mixtures.values():
        assert contrast(tokens.mixture_letter, colour) >= 4.4
    for one, two in itertools.combinations(tokens.mixtures.values(), 2):
        a, b = QColor(one), QColor(two)
        assert abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue()) > 60


def test_paper_knows_no_transparency() -> None:
    ink = QColor("#3C19AA")
    assert tint(PAPER, ink, 0.2).alpha() == 255
    assert tint(LIGHT, ink, 0.2).alphaF() == pytest.approx(0.2, abs=0.01)
    assert tint(PAPER, ink, 0.2) == mixed(ink, QColor("#FFFFFF"), 0.2)
