"""Write a chart as PDF/A-1b, whole or not at all."""

import errno
import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from mesomap.atlas import Atlas
from mesomap.domain.errors import NotWritableError
from mesomap.printing.chart_data import ChartData
from mesomap.printing.options import A4, Paper, PrintOptions
from mesomap.printing.pages import ChartPages
from mesomap.printing.sheet import UNITS
from mesomap.printing.wording import tr


def print_chart(path: Path, atlas: Atlas, data: ChartData, options: PrintOptions | None = None) -> int:
    """Write the chart to this path as PDF/A-1b and return its number of pages. Needs a QGuiApplication.

    Raises NotWritableError; then the file at that path is as it was.
    """
    return write_pages(path, ChartPages(atlas, data, options or PrintOptions()))


def write_pages(path: Path, pages: ChartPages) -> int:
    """Write a chart that is laid out already; like print_chart."""
    written = pdf_bytes(pages)
    temporary = _temporary(path)
    try:
        with temporary.open("wb") as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise NotWritableError(_sentence(path, error)) from None
    finally:
        temporary.unlink(missing_ok=True)
    return len(pages)


def _temporary(path: Path) -> Path:
    try:
        handle, name = tempfile.mkstemp(prefix=".mesomap-", suffix=".pdf", dir=path.parent)
    except OSError as error:
        raise NotWritableError(_sentence(path, error)) from None
    os.close(handle)
    return Path(name)


def _sentence(path: Path, error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return f"{path.name} cannot be written: the disk is full. Free some space or choose another folder."
    reason = error.strerror or "unknown reason"
    return f"{path.name} cannot be written to {path.parent}: {reason}. Choose another folder."


def pdf_bytes(pages: ChartPages) -> bytes:
    """The chart as PDF/A-1b. Made in memory: Qt does not tell when a disk is full."""
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(held)
    writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_A1b)
    writer.setResolution(round(72 * UNITS))
    writer.setPageSize(page_size(pages.options.paper))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    if pages.options.without_colour:
        writer.setColorModel(QPdfWriter.ColorModel.Grayscale)
    writer.setTitle(f"{tr('Mesotherapy session chart')} {pages.data.session.number}")
    writer.setCreator("MesoMap")
    writer.setAuthor("MesoMap")
    painter = QPainter(writer)
    try:
        for index in range(len(pages)):
            if index:
                writer.newPage()
            pages.draw(painter, index)
    finally:
        painter.end()
    return bytes(held.data().data())


def page_size(paper: Paper) -> QPageSize:
    """The paper as Qt knows it."""
    return QPageSize(QPageSize.PageSizeId.A4 if paper is A4 else QPageSize.PageSizeId.Letter)
