"""The chart as a line drawing: one black ink in the panels, hatches instead of tints, no picture of the skin."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from mesomap.printing import ChartData, PrintOptions
from mesomap.printing.chart import write_pages
from mesomap.printing.pages import ChartPages
from mesomap.render.hatch import PATTERNS, draw_hatch
from mesomap.render.tokens import LINES

pytestmark = pytest.mark.usefixtures("qapp")


def test_the_pdf_holds_no_picture_and_no_ink_but_grey(
    small_atlas: Any, make_data: Callable[..., ChartData], tmp_path: Path
) -> None:
    for lines in (False, True):
        pages = ChartPages(small_atlas, make_data(), PrintOptions(lines=lines))
        write_pages(tmp_path / "chart.pdf", pages)
        with pikepdf.open(tmp_path / "chart.pdf") as pdf:
            pictures = [x for page in pdf.pages for x in page.Resources.get("/XObject", {}).values()]
        assert bool(pictures) is not lines


def test_the_preview_has_no_colour(small_atlas: Any, make_data: Callable[..., ChartData]) -> None:
    page = ChartPages(small_atlas, make_data(), PrintOptions(lines=True)).picture(0, 72)
    assert page.isGrayscale()


def _hatched(letter: str) -> np.ndarray[Any, np.dtype[np.uint8]]:
    image = QImage(120, 120, QImage.Format.Format_Grayscale8)
    image.fill(QColor("white"))
    outline = QPainterPath(QPointF(0, 0))
    outline.addRect(0, 0, 120, 120)
    painter = QPainter(image)
    draw_hatch(painter, outline, letter, LINES.mixture(letter), LINES, step=10.0, width=2.0)
    painter.end()
    bits = np.frombuffer(image.constBits(), np.uint8).reshape(120, image.bytesPerLine())
    return np.array(bits[:, :120])


def test_every_mixture_keeps_a_pattern_of_its_own_without_any_tint() -> None:
    seen = {letter: _hatched(letter) for letter in PATTERNS}
    for letter, picture in seen.items():
        paper = float((picture == 255).mean())
        assert paper > 0.4, f"{letter}: paper shows between the lines"
        others = [other for name, other in seen.items() if name != letter]
        assert all(float(np.abs(picture.astype(int) - other).mean()) > 8 for other in others), letter


def test_a_line_drawing_knows_one_ink() -> None:
    assert set(LINES.mixtures.values()) == {"#000000"}
    assert LINES.mixture("A") == LINES.colour("text") == QColor("black")
