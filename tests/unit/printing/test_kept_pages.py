"""A kept PDF is drawn as the pages that were laid out for it; what is not known is refused, never guessed."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from mesomap.domain.errors import DamagedError
from mesomap.printing import ChartData, PrintOptions
from mesomap.printing.chart import pdf_bytes
from mesomap.printing.kept_pages import KeptPages
from mesomap.printing.kept_pdf import KeptPdf, Operator, Tokens
from mesomap.printing.options import LETTER
from mesomap.printing.pages import ChartPages

DPI = 60.0


def _grey(image: QImage) -> Any:
    """Grey values 0 to 255, each cell the mean of 3 × 3 px: edges may lie half a pixel apart."""
    plain = image.convertToFormat(QImage.Format.Format_Grayscale8)
    width, height = plain.width() // 3 * 3, plain.height() // 3 * 3
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    cells = rows[:height, :width].astype(float).reshape(height // 3, 3, width // 3, 3)
    return cells.mean(axis=(1, 3))


@pytest.fixture
def pages(small_atlas: Any, qapp: Any, make_data: Callable[..., ChartData]) -> Callable[..., ChartPages]:
    assert qapp is not None

    def lay_out(options: PrintOptions | None = None, **rest: Any) -> ChartPages:
        return ChartPages(small_atlas, make_data(**rest), options or PrintOptions())

    return lay_out


@pytest.mark.parametrize("options", [PrintOptions(), PrintOptions(paper=LETTER), PrintOptions(lines=True)], ids=str)
def test_it_shows_what_was_laid_out(pages: Callable[..., ChartPages], options: PrintOptions) -> None:
    laid_out = pages(options, patient={"family_name": "Ärztin-Müller 漢字"})
    kept = KeptPages(pdf_bytes(laid_out))
    assert len(kept) == len(laid_out)
    assert kept.size_points(0) == pytest.approx((options.paper.width, options.paper.height), abs=1.0)
    for index in range(len(kept)):
        ours, theirs = kept.picture(index, DPI), laid_out.picture(index, DPI)
        ours = ours.scaled(
            theirs.size(), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        apart = np.abs(_grey(ours) - _grey(theirs))
        assert apart.mean() < 2.5
        assert (apart > 60).mean() < 0.002
        assert _grey(theirs).min() < 100, "a blank page would prove nothing"


def test_a_page_without_its_text_is_noticed(pages: Callable[..., ChartPages]) -> None:
    """The control of the test above: it can fail."""
    laid_out = pages()
    kept = KeptPages(pdf_bytes(laid_out))
    page = kept.pdf.pages[0]
    without = type(page)(page.width, page.height, page.steps.replace(b"> Tj", b"> pop"), page.resources)
    kept.pdf.pages = (without,)
    with pytest.raises(DamagedError, match="Save it"):
        kept.picture(0, DPI)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"startxref 0 %%EOF", b"startxref\n99999999\n", b"\0" * 500])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedError, match="Save it"):
        KeptPdf(data)


def test_any_damage_is_refused_or_drawn_but_never_a_crash(pages: Callable[..., ChartPages], tmp_path: Path) -> None:
    data = pdf_bytes(pages())
    assert not list(tmp_path.iterdir()), "nothing is written to look at it"

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(place=st.integers(0, len(data) - 1), byte=st.integers(0, 255), cut=st.booleans())
    def damage(place: int, byte: int, cut: bool) -> None:
        broken = data[:place] if cut else data[:place] + bytes([byte]) + data[place + 1 :]
        with suppress(DamagedError):
            KeptPages(broken)

    damage()


def test_objects_are_read_as_the_standard_says() -> None:
    text = rb"<</A [1 -2.5 (a\)(b)) <4a4B5> /N#x true null 3 0 R]>> q % a comment" + b"\n1 0 0 rg"
    found = list(Tokens(text))
    assert found[0]["A"][:4] == [1, -2.5, b"a)(b)", b"JKP"]
    assert found[0]["A"][5:7] == [True, None]
    assert found[0]["A"][7].number == 3
    assert found[1:] == [Operator("q"), 1, 0, 0, Operator("rg")]
