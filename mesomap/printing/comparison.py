"""Two visits compared on paper, A4: maps and scores side by side, photos, what changed by region, outcome over time."""

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from mesomap import __version__
from mesomap.printing.comparison_changes import change_pieces, overlap_pieces
from mesomap.printing.comparison_data import ComparisonData, PrintedPhotos
from mesomap.printing.comparison_maps import MapDrawer
from mesomap.printing.comparison_outcome import outcome_pieces
from mesomap.printing.comparison_photos import photo_pieces
from mesomap.printing.comparison_recorded import LoneMaps, recorded_pieces, why_pieces
from mesomap.printing.flow import Page, Piece, flow
from mesomap.printing.sheet import (
    CONTENT_WIDTH,
    INK,
    MARGIN,
    RIGHT,
    UNITS,
    Align,
    Sheet,
    Weight,
    fitted,
    load_print_fonts,
    text_width,
)
from mesomap.printing.wording import DASH, cm2, day, ml, moment, tr
from mesomap.services.change_cells import points_words, volume_words
from mesomap.services.recorded import RecordedComparison

__all__ = ["ComparisonData", "PrintedPhotos", "comparison_pdf"]

_GAP, _FIRST_Y, _TOP_Y, _FOOT_Y = 12.0, 114.0, 64.0, 800.0


def comparison_pdf(data: ComparisonData) -> bytes:
    """The pages as PDF/A-1b. Needs a QGuiApplication; may run in another thread."""
    load_print_fonts()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(held)
    writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_A1b)
    writer.setResolution(round(72 * UNITS))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(tr("Two visits compared"))
    writer.setCreator("MesoMap")
    painter = QPainter(writer)
    try:
        sheet = Sheet(painter)
        pages = flow(_pieces(data), first_y=_FIRST_Y, top_y=_TOP_Y, foot_y=_FOOT_Y - 8)
        for number, page in enumerate(pages, start=1):
            if number > 1:
                writer.newPage()
            _draw_page(sheet, data, page, number, len(pages))
    finally:
        painter.end()
    return bytes(held.data().data())


def _pieces(data: ComparisonData) -> list[Piece]:
    """From the top down."""
    found = data.comparison
    if isinstance(found, RecordedComparison):
        alone = LoneMaps(data)
        beside, below = outcome_pieces(data, alone.height)
        return [*why_pieces(found), *alone.pieces(beside), *recorded_pieces(data, found), *photo_pieces(data), *below]
    maps = MapDrawer(found)
    beside, below = outcome_pieces(data, maps.height if maps.view_keys else 0.0)
    return [
        *maps.pieces(beside), *change_pieces(data, found), *overlap_pieces(found), *photo_pieces(data), *below,
    ]  # fmt: skip


def _draw_page(sheet: Sheet, data: ComparisonData, page: Page, number: int, count: int) -> None:
    if number == 1:
        _draw_head(sheet, data)
    else:
        _draw_running_head(sheet, data)
    for y, piece in page:
        piece.draw(sheet, y)
    _draw_foot(sheet, data, number, count)


def _draw_head(sheet: Sheet, data: ComparisonData) -> None:
    """Title, patient, both visits."""
    sheet.text(MARGIN, 46, tr("Two visits compared"), width=300, size=16, weight=Weight.STRONG, display=True)
    born = day(data.patient.birth_date) if data.patient.birth_date else DASH
    _draw_who(sheet, data, (MARGIN, 66), CONTENT_WIDTH, 10, Weight.STRONG, f" · {tr('born')} {born}")
    half = (CONTENT_WIDTH - _GAP) / 2
    for visit, x in zip(data.visits, (MARGIN, MARGIN + half + _GAP), strict=True):
        total = visit.total
        words = f"{tr('Session')} {visit.session.number} · {moment(visit.session.started_at)}"
        sheet.text(x, 84, words, width=half, size=8.5, weight=Weight.STRONG)
        figures = (
            f"{points_words(total)} {tr('points')} · {volume_words(total, ml)} mL · {_covered(total.covered_cm2)} "
            f"{tr('covered')} · {visit.session.status.value} · {visit.session.indication or DASH}"
        )
        lines, size = fitted(figures, half, 7.5, 6.5, most=2)
        for turn, line in enumerate(lines):
            sheet.text(x, 95 + turn * size * 1.3, line, width=half, size=size, colour=INK.quiet)


def _covered(area_cm2: float | None) -> str:
    return DASH if area_cm2 is None else f"{cm2(area_cm2)} cm²"


def _draw_running_head(sheet: Sheet, data: ComparisonData) -> None:
    first, second = (f"{visit.session.number}" for visit in data.visits)
    title = f"{tr('Two visits compared')}, {first} {tr('and')} {second}"
    used = sheet.text(MARGIN, 42, title, width=200, size=10, weight=Weight.STRONG)
    _draw_who(sheet, data, (MARGIN + used + 12, 42), CONTENT_WIDTH - used - 12, 10, Weight.NORMAL)
    sheet.rule(54, width=1.0, colour=INK.text)


def _draw_who(
    sheet: Sheet, data: ComparisonData, at: tuple[float, float], width: float, size: float, weight: Weight,
    more: str = "", colour: str = INK.text,
) -> None:  # fmt: skip
    """The name gives way, never the number and the day of birth that tell two people apart."""
    (x, y), rest = at, f" · {data.patient.number}{more}"
    rest_width = min(text_width(rest, size, weight) + 1, width * 0.7)
    used = sheet.text(
        x, y, data.patient.display_name, width=width - rest_width, size=size, weight=weight, smallest=0.7 * size,
        colour=colour,
    )  # fmt: skip
    sheet.text(x + used, y, rest, width=rest_width, size=size, weight=weight, colour=colour)


def _draw_foot(sheet: Sheet, data: ComparisonData, number: int, count: int) -> None:
    sheet.rule(_FOOT_Y)
    _draw_who(sheet, data, (MARGIN, _FOOT_Y + 9), 240, 7, Weight.NORMAL, colour=INK.quiet)
    bodies = {visit.laid.atlas.ref: None for visit in reversed(data.visits) if visit.laid is not None}
    named = [f"{ref.id} {ref.version}, {ref.body}" for ref in bodies]
    middle = " · ".join([f"MesoMap {__version__}", *named, f"{tr('audit')} {data.audit_code}"])
    sheet.text(MARGIN, _FOOT_Y + 19, middle, width=400, size=7, colour=INK.quiet)
    right = f"{tr('printed')} {moment(data.printed_at)} · {tr('Page')} {number} {tr('of')} {count}"
    sheet.text(RIGHT - 260, _FOOT_Y + 9, right, width=260, size=7, colour=INK.quiet, align=Align.RIGHT)
