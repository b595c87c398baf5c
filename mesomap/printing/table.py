"""The table of injections by region: one row a technique and region, with units in the column heads."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF

from mesomap.printing.chart_data import ChartData, ChartRow
from mesomap.printing.legend import draw_letter_chip
from mesomap.printing.sheet import (
    CONTENT_WIDTH,
    INK,
    LEADING,
    MARGIN,
    UNITS,
    Align,
    Sheet,
    Weight,
    fitted,
    text_width,
)
from mesomap.printing.tags import draw_number
from mesomap.printing.wording import DASH, cm2, density, ml, mm, tr
from mesomap.render.symbols import draw_symbol
from mesomap.render.tokens import PAPER

ROW_PT = 15.0
_NUMBER_PT = 5.4
_TWO_LINES_PT = 6.0
HEAD_PT = 27.0
_SYMBOL = 0.62 * UNITS
BASIS_SIZE = 6.8
#: Enough lines for the radii of all 28 techniques.
MOST_BASIS = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column: left edge and width in points, alignment."""

    x: float
    width: float
    align: Align = Align.RIGHT


_LEFT = Align.LEFT
COLUMNS = {
    "number": Column(0, 18, _LEFT),
    "region": Column(20, 110, _LEFT),
    "technique": Column(132, 107, _LEFT),
    "mixture": Column(242, 18, _LEFT),
    "points": Column(256, 42),
    "each": Column(298, 34),
    "volume": Column(332, 34),
    "depth": Column(366, 40),
    "treated": Column(406, 44),
    "covered": Column(450, 45),
    "density": Column(495, 32),
}


def draw_table_head(sheet: Sheet, y: float, *, continued: bool = False) -> float:
    """Title and column heads. Returns the y of the first row."""
    title = tr("Injections by region")
    if continued:
        title = f"{title}, {tr('continued')}"
    sheet.text(MARGIN, y + 6, title, width=300, size=10, weight=Weight.STRONG)
    heads = {
        "number": tr("No."), "region": tr("Region"), "technique": tr("Technique"), "mixture": tr("Mix"),
        "points": tr("Points"), "each": tr("mL each"), "volume": tr("Sum, mL"), "depth": tr("Depth, mm"),
        "treated": tr("Treated, cm²"), "covered": tr("Covered, cm²"), "density": tr("per cm²"),
    }  # fmt: skip
    for key, word in heads.items():
        column = COLUMNS[key]
        sheet.text(
            MARGIN + column.x, y + 21, word, width=column.width - 2, size=6.8, align=column.align,
            colour=INK.quiet, smallest=5.0,
        )  # fmt: skip
    return y + HEAD_PT


def draw_row(sheet: Sheet, row: ChartRow, y: float) -> float:
    """One row; returns the y below."""
    sheet.rule(y)
    middle = y + ROW_PT / 2
    figures = row.figures
    radius = max(_NUMBER_PT, text_width(str(row.number), 5.8, Weight.STRONG) / 2 + 1.6)
    box = sheet.box(MARGIN + _NUMBER_PT + 0.6 - radius, middle - _NUMBER_PT, 2 * radius, 2 * _NUMBER_PT)
    draw_number(sheet.painter, str(row.number), box, _NUMBER_PT)
    _words(sheet, "region", middle, row.region, weight=Weight.STRONG)
    at = QPointF((MARGIN + COLUMNS["technique"].x + 5) * UNITS, middle * UNITS)
    draw_symbol(sheet.painter, row.style, PAPER, at, _SYMBOL, halo=False, colour=PAPER.colour("text"))
    name = f"{row.technique}, {tr('pattern')}" if row.pattern else row.technique
    _words(sheet, "technique", middle, name, indent=13)
    if row.dose.mixture:
        draw_letter_chip(sheet, MARGIN + COLUMNS["mixture"].x, middle, row.dose.mixture)
    _cell(sheet, "points", middle, points_text(row))
    _cell(sheet, "each", middle, ml(row.volume_each_ml))
    _cell(sheet, "volume", middle, ml(figures.volume_ml))
    _cell(sheet, "depth", middle, mm(row.dose.depth_mm))
    _cell(sheet, "treated", middle, cm2(figures.treated_cm2))
    _cell(sheet, "covered", middle, cm2(figures.covered_cm2))
    _cell(sheet, "density", middle, density(figures.density_per_cm2))
    return y + ROW_PT


def _words(
    sheet: Sheet, key: str, middle: float, text: str, *, weight: Weight = Weight.NORMAL, indent: float = 0.0
) -> None:
    """Words of a cell in one line, or in two small ones when they are long."""
    column = COLUMNS[key]
    width = column.width - 2 - indent
    lines, size = fitted(text, width, 7.6, 6.6, weight=weight, most=1)
    if len(text) and text_width(text, size, weight) > width:
        lines, size = fitted(text, width, _TWO_LINES_PT, _TWO_LINES_PT, weight=weight, most=2)
    y = middle - (len(lines) - 1) * _TWO_LINES_PT * 0.55
    for line in lines:
        sheet.text(MARGIN + column.x + indent, y, line, width=width, size=size, weight=weight)
        y += _TWO_LINES_PT * 1.1


def points_text(row: ChartRow) -> str:
    """Number of points; "about n" for an area record, because its lattice is only drawn."""
    if row.area:
        return f"{tr('about')} {row.figures.about_points}" if row.figures.about_points else DASH
    return str(row.figures.about_points)


def draw_total(sheet: Sheet, data: ChartData, y: float) -> float:
    """The sum row over all regions."""
    total = data.whole.total
    sheet.rule(y, width=1.0, colour=INK.text)
    middle = y + ROW_PT / 2
    strong = Weight.STRONG
    _cell(sheet, "region", middle, tr("Total"), weight=strong)
    about = any(row.area for row in data.rows)
    words = f"{tr('about')} {total.about_points}" if about else str(total.about_points)
    _cell(sheet, "points", middle, words, weight=strong)
    _cell(sheet, "volume", middle, ml(total.volume_ml), weight=strong)
    _cell(sheet, "treated", middle, cm2(total.treated_cm2), weight=strong)
    _cell(sheet, "covered", middle, cm2(total.covered_cm2), weight=strong)
    _cell(sheet, "density", middle, density(total.density_per_cm2), weight=strong)
    return y + ROW_PT


def draw_basis_line(sheet: Sheet, line: str, y: float) -> None:
    """One line of what the areas rest on, from y downward."""
    middle = y + BASIS_SIZE * LEADING / 2
    sheet.text(MARGIN, middle, line, width=CONTENT_WIDTH, size=BASIS_SIZE, colour=INK.quiet)


def basis_text(data: ChartData) -> str:
    """The sentences under the table."""
    radii = dict.fromkeys((row.technique, row.radius_mm) for row in data.rows)
    named = [f"{name} {radius:.1f} mm" for name, radius in radii if radius is not None]
    parts = [f"{tr('Covered: radius of effect assumed')} {', '.join(named)}."] if named else []
    if named and len({row.region_id for row in data.rows}) < len(data.rows):
        parts.append(tr("Where a region has several rows, each says what its own injections cover."))
    if data.whole.total.covered_cm2 is not None and data.whole.spilled_cm2 >= 0.05:
        spilled = tr("The covered total includes {0} cm² in neighbouring regions.")
        parts.append(spilled.format(f"{data.whole.spilled_cm2:.1f}"))
    parts.append(f"{tr('Areas are estimates on the skin of the body model')}: {scale_words(data)}.")
    return " ".join(parts)


def scale_words(data: ChartData) -> str:
    """Basis of the patient's scale in words."""
    return data.session.scale_basis or tr("reference body")


def _cell(sheet: Sheet, key: str, y: float, text: str, weight: Weight = Weight.NORMAL) -> None:
    column = COLUMNS[key]
    sheet.text(MARGIN + column.x, y, text, width=column.width - 2, weight=weight, align=column.align, size=7.8)
