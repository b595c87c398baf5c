"""Send a chart to a printer."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter

from mesomap.domain.errors import NotWritableError
from mesomap.printing.chart import page_size
from mesomap.printing.options import PrintOptions
from mesomap.printing.pages import ChartPages
from mesomap.printing.sheet import UNITS


def printer_for(options: PrintOptions) -> QPrinter:
    """A printer set to the paper and the colours chosen, to be named by the person."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(page_size(options.paper))
    printer.setFullPage(True)
    printer.setColorMode(QPrinter.ColorMode.GrayScale if options.without_colour else QPrinter.ColorMode.Color)
    printer.setCreator("MesoMap")
    return printer


def print_pages(printer: QPrinter, pages: ChartPages) -> int:
    """Print the pages chosen in the printer's dialog and return how many. May run in another thread.

    When the printer holds other paper than the chart was laid out for, pages are made smaller to fit.
    Raises NotWritableError when the printer does not take them.
    """
    chosen = _chosen(printer, len(pages))
    printer.setDocName(f"MesoMap {pages.data.session.number}")
    painter = QPainter()
    if not painter.begin(printer):
        raise NotWritableError(_refused(printer))
    try:
        for turn, index in enumerate(chosen):
            if turn and not printer.newPage():
                raise NotWritableError(_refused(printer))
            _draw(painter, printer, pages, index)
    finally:
        ended = painter.end()
    if not ended or printer.printerState() in (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted):
        raise NotWritableError(_refused(printer))
    return len(chosen)


def _chosen(printer: QPrinter, count: int) -> list[int]:
    first, last = 0, count - 1
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage() > 0:
        first, last = printer.fromPage() - 1, min(printer.toPage(), count) - 1
    chosen = list(range(first, last + 1))
    return chosen[::-1] if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst else chosen


def _draw(painter: QPainter, printer: QPrinter, pages: ChartPages, index: int) -> None:
    paper = pages.options.paper
    sheet = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
    scale = min(sheet.width() / paper.width, sheet.height() / paper.height)
    painter.save()
    painter.translate((sheet.width() - paper.width * scale) / 2, (sheet.height() - paper.height * scale) / 2)
    painter.scale(scale / UNITS, scale / UNITS)
    pages.draw(painter, index)
    painter.restore()


def _refused(printer: QPrinter) -> str:
    name = printer.printerName() or "The printer"
    return f"{name} does not take the chart. Look whether it is switched on, or save the chart as PDF."
