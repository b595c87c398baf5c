"""The printed chart of 2,000 single marks in four views, and a page of its preview."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from mesomap.atlas import open_atlas
from mesomap.printing import PrintOptions, chart_data
from mesomap.printing.application import painting
from mesomap.printing.chart import pdf_bytes
from mesomap.printing.options import A4, PanelWish
from mesomap.printing.pages import ChartPages
from tests.benchmarks.table import Row, best_ms
from tests.snapshots.print_cases import NOW, PATIENT, two_thousand

VIEWS = ("head_front", "trunk_front", "trunk_back", "head_profile_left")
#: At most so many MB.
MOST_MB = 1.5


def print_rows() -> list[Row]:
    """From gathered figures to a PDF, the preview of a page, and the gathering itself."""
    with painting():
        atlas = open_atlas()
        data = two_thousand(atlas)
        options = PrintOptions(A4, panels=tuple(PanelWish(key) for key in VIEWS))
        floor = best_ms(_empty_page, 3)
        written = pdf_bytes(ChartPages(atlas, data, options))
        pages = ChartPages(atlas, data, options)
        pages.picture(0, 72)
        size = f"{len(written) / 1e6:.2f} MB of {MOST_MB:g}"
        return [
            Row(
                f"PDF of {len(data.marks):,} marks, 4 views, {size}",
                best_ms(lambda: pdf_bytes(ChartPages(atlas, data, options)), 3), 500.0, "an empty PDF/A page", floor,
            ),
            Row("first page of its preview, 96 dpi", best_ms(lambda: pages.picture(0, 96), 3), 250.0,
                "an empty PDF/A page", floor),
            Row(
                "figures of its table gathered before",
                best_ms(lambda: chart_data(atlas, PATIENT, data.session, data.marks, printed_at=NOW), 2), None,
                "an empty PDF/A page", floor,
            ),
        ]  # fmt: skip


def _empty_page() -> None:
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(held)
    writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_A1b)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    painter.end()
