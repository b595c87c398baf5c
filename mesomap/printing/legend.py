"""The legend below the panels: shapes of the techniques, hatches of the mixtures, fills of the layers."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen

from mesomap.domain.skin_layers import SkinLayer
from mesomap.domain.technique import SymbolFamily
from mesomap.printing.chart_data import ChartData
from mesomap.printing.sheet import CONTENT_WIDTH, INK, MARGIN, RIGHT, UNITS, Align, Sheet, Weight, text_width
from mesomap.printing.wording import tr
from mesomap.render.hatch import draw_hatch
from mesomap.render.symbols import Style, draw_symbol

SYMBOL = 0.62 * UNITS
_LINE_PT, _SIZE, _GAP_PT = 13.0, 7.5, 12.0
#: Draws the sample of an entry: sheet, x, y.
_Draw = Callable[[Sheet, float, float], None]


def draw_legend(sheet: Sheet, data: ChartData, y: float) -> float:
    """Draw it from y (the middle of its first line) downward; returns the y below."""
    shapes = dict.fromkeys((row.technique, row.style.family) for row in data.rows)
    letters = sorted({row.dose.mixture for row in data.rows if row.dose.mixture})
    entries: list[tuple[_Draw, float, str]] = [
        (partial(_shape, family=family, layer=SkinLayer.DERMIS), 15.0, name) for name, family in shapes
    ]
    entries += [(partial(_hatch_sample, letter=letter), 24.0, f"{tr('Mixture')} {letter}") for letter in letters]
    x = MARGIN
    for draw, sample_pt, words in entries:
        wide = sample_pt + text_width(words, _SIZE)
        if x > MARGIN and x + wide > RIGHT:
            x, y = MARGIN, y + _LINE_PT
        draw(sheet, x, y)
        sheet.text(x + sample_pt, y, words, width=RIGHT - x - sample_pt, size=_SIZE)
        x += wide + _GAP_PT
    y = _draw_layers(sheet, x, y)
    if any(row.pattern for row in data.rows):
        y += _LINE_PT - 1
        note = tr("Dashed outline and “pattern”: laid out evenly or taken in from a file, not confirmed one by one.")
        sheet.text(MARGIN, y, note, width=CONTENT_WIDTH, size=7, colour=INK.quiet)
    return y + 9


def _draw_layers(sheet: Sheet, x: float, y: float) -> float:
    """The fills at the right, on the line of the other entries when there is room. Returns the y of that line."""
    words = (
        (SkinLayer.EPIDERMIS, tr("epidermis")), (SkinLayer.DERMIS, tr("dermis")),
        (SkinLayer.HYPODERMIS, tr("hypodermis")), (SkinLayer.UNKNOWN, tr("uncertain or no data")),
    )  # fmt: skip
    title = tr("Layer, estimated:")
    widths = [text_width(title, _SIZE), *(9.0 + text_width(word, _SIZE) for _, word in words)]
    whole = sum(widths) + 10.0 * len(words)
    if x > MARGIN and x + whole > RIGHT:
        y += _LINE_PT
    x = max(MARGIN, RIGHT - whole)
    sheet.text(x, y, title, width=widths[0] + 2, size=_SIZE, colour=INK.quiet)
    x += widths[0] + 10.0
    for (layer, word), wide in zip(words, widths[1:], strict=True):
        _shape(sheet, x - 2, y, family=SymbolFamily.PAPULE, layer=layer)
        sheet.text(x + 9, y, word, width=wide, size=_SIZE)
        x += wide + 10.0
    return y


def _shape(sheet: Sheet, x: float, y: float, *, family: SymbolFamily, layer: SkinLayer) -> None:
    at = QPointF((x + 5) * UNITS, y * UNITS)
    draw_symbol(
        sheet.painter, Style(family, layer, None), sheet.tokens, at, SYMBOL, halo=False, colour=QColor(INK.text)
    )


def _hatch_sample(sheet: Sheet, x: float, y: float, *, letter: str) -> None:
    path = QPainterPath()
    path.addRoundedRect(sheet.box(x, y - 4.5, 20, 9), 2 * UNITS, 2 * UNITS)
    colour = sheet.tokens.mixture(letter)
    draw_hatch(sheet.painter, path, letter, colour, sheet.tokens, step=3.8 * UNITS, width=0.5 * UNITS, strength=0.6)
    sheet.painter.setPen(QPen(colour, 0.7 * UNITS))
    sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
    sheet.painter.drawPath(path)


def draw_letter_chip(sheet: Sheet, x: float, y: float, letter: str) -> None:
    """Chip of a mixture: white letter on its colour."""
    box = sheet.box(x, y - 5.5, 11.5, 11)
    painter = sheet.painter
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(sheet.tokens.mixture(letter))
    painter.drawRoundedRect(box, 2.5 * UNITS, 2.5 * UNITS)
    sheet.text(x - 4, y, letter, width=19.5, size=7.5, weight=Weight.STRONG, align=Align.CENTRE, colour="#FFFFFF")
