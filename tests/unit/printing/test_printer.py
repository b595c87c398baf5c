"""Printing to a printer: the pages chosen, on the paper that is in it, and a sentence when it does not take them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from mesomap.domain.errors import NotWritableError
from mesomap.printing import ChartData, PrintOptions
from mesomap.printing.options import LETTER
from mesomap.printing.pages import ChartPages
from mesomap.printing.printer import print_pages, printer_for
from tests.unit.printing.pdf_text import pages_text, text_places

Printer = Callable[..., QPrinter]


@pytest.fixture
def pages(small_atlas: Any, make_data: Callable[..., ChartData], qapp: Any) -> ChartPages:
    """A chart of two pages on Letter."""
    assert qapp is not None
    return ChartPages(small_atlas, make_data(list_marks=True), PrintOptions(LETTER))


@pytest.fixture
def printer(pages: ChartPages, tmp_path: Path) -> Printer:
    """Makes a printer for the chart that prints into a file."""

    def make(file: str = "paper.pdf") -> QPrinter:
        made = printer_for(pages.options)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(tmp_path / file))
        return made

    return make


def test_all_pages_come_out_on_the_paper_chosen(pages: ChartPages, printer: Printer, tmp_path: Path) -> None:
    assert print_pages(printer(), pages) == 2
    with pikepdf.open(tmp_path / "paper.pdf") as pdf:
        assert [round(float(x)) for x in pdf.pages[1].MediaBox] == [0, 0, 612, 792]
    first, second = pages_text(tmp_path / "paper.pdf")
    assert "Page 1 of 2" in first
    assert "Done at" in second


def test_other_paper_in_the_printer_holds_the_whole_page(pages: ChartPages, printer: Printer, tmp_path: Path) -> None:
    small = printer()
    small.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    print_pages(small, pages)
    with pikepdf.open(tmp_path / "paper.pdf") as pdf:
        _, _, width, height = (float(x) for x in pdf.pages[0].MediaBox)
    assert width < 430
    places = text_places(tmp_path / "paper.pdf")[0]
    assert any(text.startswith("Session 1111") for text, _, _ in places)
    assert all(0 < x < width and 0 < y < height for _, x, y in places)


def test_a_range_of_pages_and_last_page_first(pages: ChartPages, printer: Printer, tmp_path: Path) -> None:
    second = printer()
    second.setPrintRange(QPrinter.PrintRange.PageRange)
    second.setFromTo(2, 7)
    assert print_pages(second, pages) == 1
    (text,) = pages_text(tmp_path / "paper.pdf")
    assert "Page 2 of 2" in text
    backwards = printer("backwards.pdf")
    backwards.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert print_pages(backwards, pages) == 2
    assert "Page 2 of 2" in pages_text(tmp_path / "backwards.pdf")[0]


def test_a_printer_that_takes_nothing_is_said(
    pages: ChartPages, printer: Printer, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = printer()
    monkeypatch.setattr(QPrinter, "newPage", lambda _self: False)
    with pytest.raises(NotWritableError, match="does not take the chart"):
        print_pages(broken, pages)
