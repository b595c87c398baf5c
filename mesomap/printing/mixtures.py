"""The mixtures of a chart by letter: name as recorded, drawn up, used and left."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesomap.printing.chart_data import ChartData
from mesomap.printing.legend import draw_letter_chip
from mesomap.printing.mixture_details import LINE_PT, SIZE, DetailLine, detail_lines
from mesomap.printing.sheet import CONTENT_WIDTH, INK, MARGIN, RIGHT, Align, Sheet, Weight, fitted
from mesomap.printing.wording import DASH, ml, tr
from mesomap.services.mixture_amounts import MixtureAmount, mixture_amounts

HEAD_PT = 29.0
_LINE_PT, _FURTHER_PT = 15.0, 10.0
_NAME_X = 26.0
_FIGURE_PT = 62.0
_NAME_PT = CONTENT_WIDTH - _NAME_X - 3 * _FIGURE_PT - 8


@dataclass(frozen=True, slots=True)
class MixtureLine:
    """One letter with its name broken into lines of a size, and its figures in words."""

    letter: str
    name: tuple[str, ...]
    size: float
    figures: tuple[str, str, str]
    details: tuple[DetailLine, ...] = ()

    @property
    def height(self) -> float:
        """Height in points."""
        below = len(self.details) * LINE_PT + (4.0 if self.details else 0.0)
        return _LINE_PT + (len(self.name) - 1) * _FURTHER_PT + below


def mixture_lines(data: ChartData) -> Sequence[MixtureLine]:
    """Lines of all mixtures that the session names or a mark carries."""
    return [_line(amount, data) for amount in mixture_amounts(data.session, data.marks).values()]


def _line(amount: MixtureAmount, data: ChartData) -> MixtureLine:
    name, size = fitted(amount.name or DASH, _NAME_PT, 8.0, 7.0, weight=Weight.STRONG, most=8)
    whole = amount.complete
    given = amount.given_ml if whole or amount.given_ml else None
    used = DASH if given is None else f"{'' if whole else '≥ '}{ml(given)}"
    left = amount.left_ml
    rest = DASH if left is None else f"{'' if whole else '≤ '}{ml(left)}"
    known = data.session.mixture(amount.letter)
    on = data.session.started_at.date()
    width = CONTENT_WIDTH - _NAME_X - 4
    details = detail_lines(known.details if known else None, width, on, data.recalled_lots)
    return MixtureLine(amount.letter, tuple(name), size, (ml(amount.drawn_ml), used, rest), details)


def draw_mixtures_head(sheet: Sheet, y: float, *, continued: bool) -> None:
    """Title and heads of the columns."""
    title = f"{tr('Mixtures')}, {tr('continued')}" if continued else tr("Mixtures")
    sheet.text(MARGIN, y + 6, title, width=200, size=10, weight=Weight.STRONG)
    sheet.text(MARGIN + _NAME_X, y + 21, tr("Name as recorded"), width=_NAME_PT, size=7, colour=INK.quiet)
    for column, word in enumerate((tr("Drawn up, mL"), tr("Used, mL"), tr("Left, mL"))):
        _figure(sheet, column, y + 21, word, size=7, colour=INK.quiet)


def draw_mixture(sheet: Sheet, line: MixtureLine, y: float) -> None:
    """Letter, name and figures of one mixture, from y downward."""
    middle = y + _LINE_PT / 2
    sheet.rule(y)
    draw_letter_chip(sheet, MARGIN, middle, line.letter)
    for column, figure in enumerate(line.figures):
        _figure(sheet, column, middle, figure)
    for part in line.name:
        sheet.text(MARGIN + _NAME_X, middle, part, width=_NAME_PT, size=line.size, weight=Weight.STRONG)
        middle += _FURTHER_PT
    middle += LINE_PT - _FURTHER_PT + 1.5
    for detail in line.details:
        weight = Weight.STRONG if detail.strong else Weight.NORMAL
        colour = INK.text if detail.strong else INK.quiet
        width = CONTENT_WIDTH - _NAME_X
        sheet.text(MARGIN + _NAME_X, middle, detail.text, width=width, size=SIZE, weight=weight, colour=colour)
        middle += LINE_PT


def _figure(sheet: Sheet, column: int, y: float, text: str, *, size: float = 8.0, colour: str = INK.text) -> None:
    x = RIGHT - (3 - column) * _FIGURE_PT
    sheet.text(x, y, text, width=_FIGURE_PT, size=size, align=Align.RIGHT, colour=colour)
