"""Plain documents on paper: a title, paragraphs and lines of a table, flowing over as many pages as they need."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter

from mesomap.domain.errors import NotWritableError
from mesomap.printing.options import A4, Paper
from mesomap.printing.plain_text import printable
from mesomap.printing.sheet import (
    CONTENT_WIDTH,
    INK,
    LEADING,
    MARGIN,
    RIGHT,
    UNITS,
    Align,
    Sheet,
    Weight,
    load_print_fonts,
    paper_font,
    wrapped,
)
from mesomap.printing.wording import tr

_TOP = 40.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text that wraps. gap: points above it."""

    text: str
    size: float = 9.0
    strong: bool = False
    quiet: bool = False
    gap: float = 6.0


@dataclass(frozen=True, slots=True)
class TableLine:
    """Cells beside each other, each wrapping in its share of the width; a rule above."""

    cells: tuple[str, ...]
    shares: tuple[float, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (PNG) that is fitted into width x height points, a signature for example."""

    data: bytes
    width: float
    height: float


Block = Paragraph | TableLine | Picture


@dataclass
class TextDocument:
    """head: the letterhead, one line each; foot: what every page says at its foot."""

    title: str
    head: Sequence[str] = ()
    foot: str = ""
    blocks: list[Block] = field(default_factory=list)

    def paragraph(self, text: str, *, size: float = 9.0, strong: bool = False, gap: float = 6.0) -> None:
        """Add a paragraph."""
        self.blocks.append(Paragraph(text, size, strong, False, gap))

    def picture(self, data: bytes, width: float, height: float) -> None:
        """Add a picture (PNG), fitted into width x height points."""
        self.blocks.append(Picture(data, width, height))

    def line(self, cells: Sequence[str], shares: Sequence[float], *, strong: bool = False) -> None:
        """Add a line of a table."""
        self.blocks.append(TableLine(tuple(cells), tuple(shares), strong))

    def pdf(self, paper: Paper = A4) -> bytes:
        """The document as PDF/A-1b. Needs a QGuiApplication; may run in another thread."""
        load_print_fonts()
        pages = self._pages(paper)
        held = QBuffer()
        held.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(held)
        writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_A1b)
        writer.setResolution(round(72 * UNITS))
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4 if paper is A4 else QPageSize.PageSizeId.Letter))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        writer.setTitle(self.title)
        writer.setCreator("MesoMap")
        painter = QPainter(writer)
        try:
            for index, blocks in enumerate(pages):
                if index:
                    writer.newPage()
                self._page(painter, blocks, index, len(pages), paper)
        finally:
            painter.end()
        return bytes(held.data().data())

    def print_on(self, printer: QPrinter) -> None:
        """Send the document to a printer that was chosen. Raises NotWritableError when it does not take it."""
        load_print_fonts()
        paper = A4
        pages = self._pages(paper)
        printer.setFullPage(True)
        printer.setDocName(self.title)
        painter = QPainter()
        taken = painter.begin(printer)
        scale = printer.resolution() / 72 / UNITS
        painter.scale(scale, scale)
        for index, blocks in enumerate(pages if taken else []):
            taken = taken and (not index or printer.newPage())
            self._page(painter, blocks, index, len(pages), paper)
        if not (taken and painter.end()):
            name = printer.printerName() or tr("The printer")
            raise NotWritableError(f"{name} does not take it. Look whether it is switched on, or save it as PDF.")

    def _page(self, painter: QPainter, blocks: list[Block], index: int, count: int, paper: Paper) -> None:
        painter.save()
        painter.translate(paper.shift * UNITS, 0)
        self._draw(Sheet(painter), blocks, index, count, paper)
        painter.restore()

    def _pages(self, paper: Paper) -> list[list[Block]]:
        """Blocks of each page; one that is too long for the rest of a page is split by its lines."""
        pages: list[list[Block]] = [[]]
        room = paper.foot_y - 8 - self._first_y()
        left = room
        for block in self.blocks:
            for part in _parts(block, paper.foot_y - _TOP - 30):
                height = _height(part)
                if height > left and pages[-1]:
                    pages.append([])
                    left = paper.foot_y - 8 - _TOP - 20
                pages[-1].append(part)
                left -= height
        return pages

    def _first_y(self) -> float:
        return _TOP + 11 * len(self.head) + 34

    def _draw(self, sheet: Sheet, blocks: list[Block], index: int, count: int, paper: Paper) -> None:
        y = _TOP
        if index == 0:
            for line in self.head:
                sheet.text(MARGIN, y, line, width=CONTENT_WIDTH, size=8, colour=INK.quiet)
                y += 11
            sheet.text(MARGIN, y + 12, self.title, width=CONTENT_WIDTH, size=16, weight=Weight.STRONG, display=True)
            y += 34
        else:
            sheet.text(MARGIN, y, self.title, width=CONTENT_WIDTH, size=10, weight=Weight.STRONG)
            y += 20
        for block in blocks:
            y = _draw_block(sheet, block, y)
        sheet.rule(paper.foot_y)
        sheet.text(MARGIN, paper.foot_y + 8, self.foot, width=CONTENT_WIDTH - 70, size=7, colour=INK.quiet)
        paging = f"{tr('Page')} {index + 1} {tr('of')} {count}"
        sheet.text(RIGHT - 60, paper.foot_y + 8, paging, width=60, size=7, colour=INK.quiet, align=Align.RIGHT)


def _lines(text: str, size: float, width: float, *, strong: bool) -> list[str]:
    weight = Weight.STRONG if strong else Weight.NORMAL
    return wrapped(printable(text), paper_font(size, weight), (width - 4) * UNITS, 100_000)[0] or [""]


def _parts(block: Block, room: float) -> list[Block]:
    """The block, or pieces of it that each fit on a page."""
    if not isinstance(block, Paragraph) or _height(block) <= room:
        return [block]
    lines = _lines(block.text, block.size, CONTENT_WIDTH, strong=block.strong)
    most = max(1, int((room - block.gap) / (block.size * LEADING)))
    return [
        Paragraph("\n".join(lines[start : start + most]), block.size, block.strong, block.quiet, block.gap)
        for start in range(0, len(lines), most)
    ]


def _widths(line: TableLine) -> list[float]:
    whole = sum(line.shares)
    return [CONTENT_WIDTH * share / whole for share in line.shares]


def _height(block: Block) -> float:
    if isinstance(block, Paragraph):
        lines = _lines(block.text, block.size, CONTENT_WIDTH, strong=block.strong)
        return block.gap + len(lines) * block.size * LEADING
    if isinstance(block, Picture):
        return block.height + 6
    tallest = max(len(_cell(text, width, block)) for text, width in zip(block.cells, _widths(block), strict=True))
    return tallest * 7.5 * LEADING + 5


def _cell(text: str, width: float, block: TableLine) -> list[str]:
    return _lines(text, 7.5, width - 4, strong=block.strong)[:40]


def _draw_block(sheet: Sheet, block: Block, y: float) -> float:
    if isinstance(block, Paragraph):
        y += block.gap
        weight = Weight.STRONG if block.strong else Weight.NORMAL
        for line in _lines(block.text, block.size, CONTENT_WIDTH, strong=block.strong):
            colour = INK.quiet if block.quiet else INK.text
            sheet.text(
                MARGIN, y + block.size * LEADING / 2, line, width=CONTENT_WIDTH, size=block.size, weight=weight,
                colour=colour,
            )  # fmt: skip
            y += block.size * LEADING
        return y
    if isinstance(block, Picture):
        image = QImage.fromData(block.data)
        fitted = QSizeF(image.size()).scaled(QSizeF(block.width, block.height), Qt.AspectRatioMode.KeepAspectRatio)
        sheet.painter.drawImage(
            QRectF(MARGIN * UNITS, (y + 6) * UNITS, fitted.width() * UNITS, fitted.height() * UNITS), image
        )
        return y + block.height + 6
    height = _height(block)
    sheet.rule(y, colour=INK.text if block.strong else INK.rule)
    x = MARGIN
    for text, width in zip(block.cells, _widths(block), strict=True):
        for turn, line in enumerate(_cell(text, width, block)):
            weight = Weight.STRONG if block.strong else Weight.NORMAL
            line_y = y + 3 + (turn + 0.5) * 7.5 * LEADING
            sheet.text(x, line_y, line, width=width - 4, size=7.5, weight=weight)
        x += width
    return y + height
