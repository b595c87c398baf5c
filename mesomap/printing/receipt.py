"""A receipt on paper, A4 or A5: letterhead, number, what was paid for, the sum. No tax, no accounting."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from mesomap.domain.money import amount_words
from mesomap.domain.receipt import Receipt, ReceiptLine
from mesomap.printing.options import Paper
from mesomap.printing.plain_text import printable
from mesomap.printing.sheet import (
    INK,
    LEADING,
    UNITS,
    Align,
    Sheet,
    Weight,
    load_print_fonts,
    paper_font,
    wrapped,
)
from mesomap.printing.wording import day, tr

#: Content of a receipt begins at its own margin on every paper.
RECEIPT_A4 = Paper("a4", "A4", 595.0, 842.0)
RECEIPT_A5 = Paper("a5", "A5", 420.0, 595.0)
_SIZES = {"a4": QPageSize.PageSizeId.A4, "a5": QPageSize.PageSizeId.A5}
_SIDE = 42.0
_SIZE = 9.0
_DAY_PT, _SUM_PT = 72.0, 88.0
_FOOT_PT = 52.0


def receipt_pdf(receipt: Receipt, paper: Paper = RECEIPT_A4, replaced_by: int = 0) -> bytes:
    """The receipt as PDF/A-1b; replaced_by: number of the one that corrects it, 0 = it stands.

    Needs a QGuiApplication; may run in another thread.
    """
    load_print_fonts()
    notices = _notices(receipt, replaced_by)
    pages = _pages(receipt, paper, len(notices))
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(held)
    writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_A1b)
    writer.setResolution(round(72 * UNITS))
    writer.setPageSize(QPageSize(_SIZES[paper.key]))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(f"{tr('Receipt')} {receipt.number}")
    writer.setCreator("MesoMap")
    painter = QPainter(writer)
    try:
        for index, lines in enumerate(pages):
            if index:
                writer.newPage()
            _draw(Sheet(painter), receipt, paper, lines, index, len(pages), notices)
    finally:
        painter.end()
    return bytes(held.data().data())


def _notices(receipt: Receipt, replaced_by: int) -> list[str]:
    """What stands under the title: what it replaces, and what replaces it."""
    notices = []
    if receipt.corrects is not None:
        old = f"{tr('Receipt')} {receipt.corrects_number} · {day(receipt.corrects_issued_on)}"
        notices.append(tr("Replaces: {0}").format(old) if receipt.lines else tr("Takes back: {0}").format(old))
    if replaced_by:
        notices.append(tr("No longer valid. Replaced by receipt {0}.").format(replaced_by))
    return notices


def _wrapped(text: str, width: float, size: float = _SIZE, weight: Weight = Weight.NORMAL) -> list[str]:
    return wrapped(printable(text), paper_font(size, weight), (width - 4) * UNITS, 1000)[0] or [""]


def _words_pt(paper: Paper) -> float:
    return paper.width - 2 * _SIDE - _DAY_PT - _SUM_PT


def _line_pt(line: ReceiptLine, paper: Paper) -> float:
    return len(_wrapped(line.words, _words_pt(paper))) * _SIZE * LEADING + 8


def _head_pt(receipt: Receipt, paper: Paper, notices: int) -> float:
    """Height of everything above the lines of the first page."""
    width = paper.width - 2 * _SIDE
    letterhead = sum(len(_wrapped(text, width)) for text in receipt.letterhead)
    people = len(receipt.patient_words) + bool(receipt.practitioner)
    return 40 + letterhead * _SIZE * LEADING + 24 + (people + notices) * 13 + 62


def _pages(receipt: Receipt, paper: Paper, notices: int) -> list[list[ReceiptLine]]:
    """Lines of every page; the sum stands under the last one."""
    pages: list[list[ReceiptLine]] = [[]]
    left = paper.height - _FOOT_PT - 70 - _head_pt(receipt, paper, notices)
    for line in receipt.lines:
        height = _line_pt(line, paper)
        if height > left and pages[-1]:
            pages.append([])
            left = paper.height - _FOOT_PT - 70 - 60
        pages[-1].append(line)
        left -= height
    return pages


def _draw(
    sheet: Sheet,
    receipt: Receipt,
    paper: Paper,
    lines: Sequence[ReceiptLine],
    index: int,
    count: int,
    notices: Sequence[str],
) -> None:
    left, right = _SIDE, paper.width - _SIDE
    y = _draw_head(sheet, receipt, paper, notices) if index == 0 else 60.0
    for line in lines:
        sheet.rule(y, x=left, to=right)
        height = _line_pt(line, paper)
        top = y + 4 + _SIZE * LEADING / 2
        sheet.text(left, top, day(line.day), width=_DAY_PT - 6, size=_SIZE)
        for turn, words in enumerate(_wrapped(line.words, _words_pt(paper))):
            sheet.text(left + _DAY_PT, top + turn * _SIZE * LEADING, words, width=_words_pt(paper), size=_SIZE)
        amount = amount_words(line.amount, receipt.currency)
        sheet.text(right - _SUM_PT, top, amount, width=_SUM_PT, size=_SIZE, align=Align.RIGHT)
        y += height
    if index == count - 1:
        _draw_sum(sheet, receipt, left, right, y)
    foot = paper.height - _FOOT_PT
    sheet.rule(foot, x=left, to=right)
    words = f"{tr('Receipt')} {receipt.number} · {day(receipt.issued_on)}"
    sheet.text(left, foot + 12, words, width=right - left - 70, size=7, colour=INK.quiet)
    paging = f"{tr('Page')} {index + 1} {tr('of')} {count}"
    sheet.text(right - 60, foot + 12, paging, width=60, size=7, colour=INK.quiet, align=Align.RIGHT)


def _draw_head(sheet: Sheet, receipt: Receipt, paper: Paper, notices: Sequence[str]) -> float:
    """Letterhead, number, day, notices, patient; returns the y below."""
    left, right = _SIDE, paper.width - _SIDE
    width = right - left
    y = 46.0
    for row, text in enumerate(receipt.letterhead):
        weight = Weight.NORMAL if row else Weight.STRONG
        for words in _wrapped(text, width, weight=weight):
            sheet.text(left, y, words, width=width, size=_SIZE, weight=weight, colour=INK.quiet if row else INK.text)
            y += _SIZE * LEADING
    y += 18
    title = f"{tr('Receipt')} {receipt.number}"
    sheet.text(left, y, title, width=width - 120, size=16, weight=Weight.STRONG, display=True)
    sheet.text(right - 120, y, day(receipt.issued_on), width=120, size=_SIZE, align=Align.RIGHT)
    y += 24
    for text in notices:
        sheet.text(left, y, text, width=width, size=_SIZE, weight=Weight.STRONG)
        y += 13
    for row, text in enumerate(receipt.patient_words):
        name = f"{tr('ID')} {text}" if row else text
        sheet.text(left, y, name, width=width, size=_SIZE, weight=Weight.NORMAL if row else Weight.STRONG)
        y += 13
    if receipt.practitioner:
        sheet.text(left, y, receipt.practitioner, width=width, size=_SIZE)
        y += 13
    return y + 10


def _draw_sum(sheet: Sheet, receipt: Receipt, left: float, right: float, y: float) -> None:
    sheet.rule(y, x=left, to=right, width=1.0, colour=INK.text)
    total = amount_words(receipt.total, receipt.currency)
    sheet.text(left, y + 14, tr("Paid"), width=120, size=10.5, weight=Weight.STRONG)
    sheet.text(right - 160, y + 14, total, width=160, size=10.5, weight=Weight.STRONG, align=Align.RIGHT)
    if receipt.paid_words:
        sheet.text(left, y + 32, receipt.paid_words, width=right - left, size=_SIZE, colour=INK.quiet)
