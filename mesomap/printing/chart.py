"""Lay the chart out on pages and write it as PDF/A-1b, whole or not at all."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter

from mesomap.atlas import Atlas
from mesomap.domain.errors import NotWritableError
from mesomap.printing import mark_list, sections, table
from mesomap.printing.chart_data import ChartData, ChartRow
from mesomap.printing.mark_list import ListedMark
from mesomap.printing.panel_drawing import PanelPainter
from mesomap.printing.panels import Panel, choose_views, frame_panels
from mesomap.printing.sheet import CONTENT_WIDTH, INK, MARGIN, UNITS, Sheet, Weight, load_print_fonts, wrapped
from mesomap.printing.sheet import paper_font as _font
from mesomap.printing.wording import tr

_GAP = 8.0
_TALLEST_PANEL, _LOWEST_PANEL = 292.0, 200.0
_SIGNATURE_Y = 722.0
#: Where the content of the second and further pages begins.
_FURTHER_Y = 64.0


@dataclass(frozen=True, slots=True)
class PagePlan:
    """What stands on one page: panels, rows of the table, remarks carried over; or marks one by one."""

    panels: tuple[Panel, ...] = ()
    rows: tuple[ChartRow, ...] = ()
    remarks: tuple[str, ...] = ()
    listed: tuple[ListedMark, ...] = ()


@dataclass(slots=True)
class ChartPlan:
    """The pages of a chart. left_over: rows that the first page names as standing on the next.

    columns: panels beside each other; panel_height in points on the first page.
    """

    pages: list[PagePlan] = field(default_factory=list)
    left_over: int = 0
    columns: int = 2
    panel_height: float = _TALLEST_PANEL

    @property
    def panel_width(self) -> float:
        """Width of a panel in points."""
        return (CONTENT_WIDTH - (self.columns - 1) * _GAP) / self.columns


def print_chart(path: Path, atlas: Atlas, data: ChartData) -> int:
    """Write the chart to this path as PDF/A-1b and return its number of pages. Needs a QGuiApplication.

    Raises NotWritableError; then the file at that path is as it was.
    """
    temporary = _temporary(path)
    try:
        pages = _write(temporary, atlas, data)
        _sync(temporary)
        temporary.replace(path)
    except OSError as error:
        raise NotWritableError(f"{path.name} cannot be written: {error.strerror or 'unknown reason'}.") from None
    finally:
        temporary.unlink(missing_ok=True)
    return pages


def _temporary(path: Path) -> Path:
    try:
        handle, name = tempfile.mkstemp(prefix=".mesomap-", suffix=".pdf", dir=path.parent)
    except OSError as error:
        raise NotWritableError(
            f"{path.name} cannot be written to {path.parent}: {error.strerror or 'unknown reason'}."
        ) from None
    os.close(handle)
    return Path(name)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _write(path: Path, atlas: Atlas, data: ChartData) -> int:
    load_print_fonts()
    writer = QPdfWriter(str(path))
    writer.setPdfVersion(QPdfWriter.PdfVersion.PdfVersion_A1b)
    writer.setResolution(round(72 * UNITS))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(f"{tr('Mesotherapy session chart')} {data.session.number}")
    writer.setCreator("MesoMap")
    writer.setAuthor("MesoMap")
    painter = QPainter()
    if not painter.begin(writer):
        raise NotWritableError(f"The chart cannot be written to {path.parent}. Choose another folder.")
    try:
        return draw_chart(painter, atlas, data, new_page=writer.newPage)
    finally:
        painter.end()


def draw_chart(
    painter: QPainter, atlas: Atlas, data: ChartData, *, new_page: Callable[[], object] | None = None
) -> int:
    """Draw all pages (painter units: 720 per inch); new_page is called between them. Returns their number.

    Without new_page only the first page is drawn (for a preview).
    """
    sheet = Sheet(painter)
    drawer = PanelPainter(atlas, data.session, data.language)
    plan = plan_pages(atlas, data)
    for number, page in enumerate(plan.pages, start=1):
        if number > 1:
            if new_page is None:
                break
            new_page()
        if number == 1:
            _first_page(sheet, drawer, data, page, plan)
        else:
            _further_page(sheet, drawer, data, page, plan)
        sections.draw_footer(sheet, data, number, len(plan.pages))
    return len(plan.pages)


def plan_pages(atlas: Atlas, data: ChartData) -> ChartPlan:
    """Share panels, rows and remarks out over pages; nothing is cut off, what is too long goes on.

    The panels of the first page give way to the rows of the table, down to a height that is still legible.
    """
    views = choose_views(atlas, data.marks)
    plan = ChartPlan(columns=3 if len(views) > 2 else 2)
    top = 142.0 + (29.0 if data.patient.allergies else 0.0) + _legend_height(data) + table.HEAD_PT
    room = _SIGNATURE_Y - 6.0 - sections.mixtures_height(data) - table.basis_height(data) - table.ROW_PT - top
    tallest = _TALLEST_PANEL if plan.columns == 2 else 240.0
    plan.panel_height = min(tallest, max(_LOWEST_PANEL, room - len(data.rows) * table.ROW_PT))
    fit = max(0, int((room - plan.panel_height) // table.ROW_PT))
    rows = data.rows if len(data.rows) <= fit else data.rows[: max(0, fit - 1)]
    panels = frame_panels(atlas, data.marks, views, plan.panel_width / (plan.panel_height - 19))
    plan.left_over = len(data.rows) - len(rows)
    plan.pages.append(PagePlan(tuple(panels[: plan.columns]), rows))
    _plan_further(plan, data, panels[plan.columns :], len(rows))
    fit = int((sections.FOOT_Y - _FURTHER_Y - mark_list.HEAD_PT - 18.0) // mark_list.LINE_PT)
    plan.pages += [PagePlan(listed=data.listed[i : i + fit]) for i in range(0, len(data.listed), fit)]
    return plan


def _legend_height(data: ChartData) -> float:
    """Height of the legend and of the gap above it, found by drawing it where nobody sees it."""
    nowhere = QImage(1, 1, QImage.Format.Format_RGB32)
    painter = QPainter(nowhere)
    try:
        return 12.0 + sections.draw_legend(Sheet(painter), data, 0.0)
    finally:
        painter.end()


def _plan_further(plan: ChartPlan, data: ChartData, panels: list[Panel], done: int) -> None:
    """Pages two and on: remaining panels, then rows, then remarks."""
    left, remarks = data.rows[done:], _remarks_left(data)
    while left or panels or remarks:
        here, panels = tuple(panels[: plan.columns]), panels[plan.columns :]
        space = sections.FOOT_Y - 90.0 - ((plan.panel_height + 24) if here else 0)
        count = min(len(left), int((space - table.HEAD_PT) // table.ROW_PT)) if left else 0
        if count:
            space -= table.HEAD_PT + count * table.ROW_PT + 10
        lines = max(0, int((space - 24) // 11.6)) if remarks and count == len(left) else 0
        plan.pages.append(PagePlan(here, left[:count], tuple(remarks[:lines])))
        left, remarks = left[count:], remarks[lines:]


def _remarks_left(data: ChartData) -> list[str]:
    """Lines of the remarks that the first page has no room for."""
    _, rest = wrapped(data.session.remark, _font(8), 228 * UNITS, 5)
    return wrapped(rest, _font(8), CONTENT_WIDTH * UNITS, 10_000)[0] if rest else []


def _first_page(sheet: Sheet, drawer: PanelPainter, data: ChartData, page: PagePlan, plan: ChartPlan) -> None:
    y = sections.draw_letterhead(sheet, data)
    y = sections.draw_patient_grid(sheet, data, y)
    y = sections.draw_allergies(sheet, data, y)
    _draw_panels(sheet, drawer, data, page, plan, y)
    y = sections.draw_legend(sheet, data, y + plan.panel_height + 12)
    y = table.draw_table_head(sheet, y)
    for row in page.rows:
        y = table.draw_row(sheet, row, y)
    if plan.left_over:
        text = f"{tr('and')} {plan.left_over} {tr('more rows, see page 2')}"
        sheet.rule(y)
        sheet.text(MARGIN + 20, y + table.ROW_PT / 2, text, width=300, weight=Weight.STRONG)
        y += table.ROW_PT
    y = table.draw_total(sheet, data, y)
    y = table.draw_basis(sheet, data, y)
    sections.draw_mixtures(sheet, data, y)
    sections.draw_remarks_and_signature(sheet, data, _SIGNATURE_Y)


def _draw_panels(
    sheet: Sheet, drawer: PanelPainter, data: ChartData, page: PagePlan, plan: ChartPlan, y: float
) -> None:
    for i, panel in enumerate(page.panels):
        x = MARGIN + i * (plan.panel_width + _GAP)
        drawer.draw(sheet, panel, data.rows, x, y, plan.panel_width, plan.panel_height)


def _further_page(sheet: Sheet, drawer: PanelPainter, data: ChartData, page: PagePlan, plan: ChartPlan) -> None:
    who = f"{data.patient.display_name} · {tr('Chart')} {data.session.number}"
    sheet.text(MARGIN, 42, who, width=CONTENT_WIDTH, size=10, weight=Weight.STRONG)
    sheet.rule(54, width=1.0, colour=INK.text)
    y = _FURTHER_Y
    if page.listed:
        y = mark_list.draw_list_head(sheet, y, continued=page.listed[0] is not data.listed[0])
        for listed in page.listed:
            y = mark_list.draw_line(sheet, listed, y)
        if page.listed[-1] is data.listed[-1]:
            mark_list.draw_list_note(sheet, y)
    _draw_panels(sheet, drawer, data, page, plan, y)
    if page.panels:
        y += plan.panel_height + 14
    if page.rows:
        y = table.draw_table_head(sheet, y, continued=True)
        for row in page.rows:
            y = table.draw_row(sheet, row, y)
        y += 10
    if page.remarks:
        title = f"{tr('Remarks')}, {tr('continued')}"
        sheet.text(MARGIN, y + 6, title, width=300, size=10, weight=Weight.STRONG)
        y += 15
        for line in page.remarks:
            sheet.text(MARGIN, y + 5.8, line, width=CONTENT_WIDTH)
            y += 11.6
