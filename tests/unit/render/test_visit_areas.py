"""Areas of two visits: told apart by edge and hatch alone, without any colour, and crossed where both lie."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from mesomap.render.tokens import DARK, LIGHT, LINES, PAPER, Tokens
from mesomap.render.visit_areas import AreaOf, draw_area_of

_SIDE = 160
_EDGE = 30


def _drawn(tokens: Tokens, *which: AreaOf) -> NDArray[np.bool_]:
    """Where a square of 100 px is inked, in grey."""
    image = QImage(_SIDE, _SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor(tokens.canvas))
    painter = QPainter(image)
    path = QPainterPath()
    path.addRect(QRectF(_EDGE, _EDGE, _SIDE - 2 * _EDGE, _SIDE - 2 * _EDGE))
    for one in which:
        draw_area_of(painter, tokens, path, one, "B")
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    raw = np.frombuffer(bytes(grey.constBits()), np.uint8).reshape(_SIDE, grey.bytesPerLine())[:, :_SIDE].astype(int)
    return np.asarray(np.abs(raw - raw[0, 0]) > 40)


def _inner(seen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return seen[_EDGE + 4 : -_EDGE - 4, _EDGE + 4 : -_EDGE - 4]


def _along(seen: NDArray[np.bool_], *, rising: bool) -> float:
    """How well ink follows lines of 45 degrees: spread of the mean along them."""
    part = seen[:, ::-1] if rising else seen
    count = part.shape[0]
    return float(np.std([np.diagonal(part, offset).mean() for offset in range(-count // 2, count // 2)]))


@pytest.mark.parametrize("tokens", [LIGHT, DARK, PAPER, LINES], ids=lambda tokens: tokens.name)
def test_edge_and_lines_tell_the_visits_apart_in_every_theme(tokens: Tokens) -> None:
    earlier, later = (_drawn(tokens, which) for which in AreaOf)
    top = slice(_EDGE - 1, _EDGE + 1)
    along = slice(_EDGE + 4, -_EDGE - 4)
    # The edge of the earlier visit is broken, that of the later one is not.
    assert 0.3 < earlier[top, along].any(axis=0).mean() < 0.95
    assert later[top, along].any(axis=0).mean() == 1.0
    assert _along(_inner(earlier), rising=False) > 2 * _along(_inner(earlier), rising=True)
    assert _along(_inner(later), rising=True) > 2 * _along(_inner(later), rising=False)


def test_where_both_lie_the_lines_cross() -> None:
    both = _inner(_drawn(PAPER, AreaOf.EARLIER, AreaOf.LATER))
    alone = [_inner(_drawn(PAPER, which)) for which in AreaOf]
    assert both.mean() > max(part.mean() for part in alone)
    assert (both | alone[0] | alone[1]).mean() < 1.3 * both.mean()


def test_nothing_is_drawn_outside_the_area() -> None:
    for which in AreaOf:
        seen = _drawn(LIGHT, which)
        seen[_EDGE - 2 : -_EDGE + 2, _EDGE - 2 : -_EDGE + 2] = False
        assert not seen.any()
