"""Scores and measures over time on the printed comparison: beside the maps as many as fit, the others below."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRectF

from mesomap.domain.outcome import OutcomeLine, OutcomeOverTime
from mesomap.printing.comparison_data import ComparisonData
from mesomap.printing.comparison_maps import BESIDE_PT
from mesomap.printing.flow import Piece
from mesomap.printing.panel_drawing import SYMBOL_UNIT
from mesomap.printing.sheet import CONTENT_WIDTH, MARGIN, UNITS, Sheet, Weight, fitted, paper_font, text_width
from mesomap.printing.wording import day, tr
from mesomap.render.outcome_lines import OutcomeLook, draw_outcome, outcome_height
from mesomap.render.tokens import PAPER

_UNIT, _BESIDE_UNIT = SYMBOL_UNIT * 1.25, SYMBOL_UNIT
_TITLE_PT, _SMALLEST_PT = 18.0, 5.25
#: So many lines to a picture; the next page goes on.
_MOST_LINES = 6

Beside = Callable[[Sheet, float, float], None]


def outcome_pieces(data: ComparisonData, beside_pt: float) -> tuple[Beside | None, list[Piece]]:
    """What is drawn beside maps of that height (0 = there are none), and the pieces of the other lines."""
    outcome = data.outcome
    if not outcome.lines:
        return None, []
    count = 0
    while count < len(outcome.lines) and _height(outcome, count + 1, _BESIDE_UNIT) <= beside_pt - _TITLE_PT:
        count += 1
    beside = partial(_draw_beside, _part(outcome, 0, count)) if count else None
    pieces = []
    for start in range(count, len(outcome.lines), _MOST_LINES):
        part = _part(outcome, start, start + _MOST_LINES)
        height = outcome_height(part, _UNIT) / UNITS + _TITLE_PT + 6
        pieces.append(Piece(height, partial(_draw_below, part)))
    return beside, pieces


def _part(outcome: OutcomeOverTime, start: int, stop: int) -> OutcomeOverTime:
    """Some of the lines, on the axis of time of all."""
    return replace(outcome, lines=outcome.lines[start:stop], over=outcome.span)


def _height(outcome: OutcomeOverTime, count: int, unit: float) -> float:
    return outcome_height(_part(outcome, 0, count), unit, narrow=True) / UNITS


def _draw_beside(outcome: OutcomeOverTime, sheet: Sheet, x: float, y: float) -> None:
    sheet.text(x, y + 6, tr("Scores and measures"), width=BESIDE_PT, size=9, weight=Weight.STRONG)
    height = outcome_height(outcome, _BESIDE_UNIT, narrow=True) / UNITS
    _draw(outcome, sheet, sheet.box(x, y + _TITLE_PT, BESIDE_PT, height), _BESIDE_UNIT, 6.5)


def _draw_below(outcome: OutcomeOverTime, sheet: Sheet, y: float) -> None:
    sheet.text(MARGIN, y + 6, tr("Scores and measures over time"), width=400, size=10, weight=Weight.STRONG)
    height = outcome_height(outcome, _UNIT) / UNITS
    _draw(outcome, sheet, sheet.box(MARGIN, y + _TITLE_PT, CONTENT_WIDTH, height), _UNIT, 8)


def _draw(outcome: OutcomeOverTime, sheet: Sheet, box: QRectF, unit: float, title_pt: float) -> None:
    wide = box.width() / UNITS - 4
    while title_pt > _SMALLEST_PT and any(
        text_width(_line_words(line), title_pt, Weight.STRONG) > wide for line in outcome.lines
    ):
        title_pt -= 0.25

    def name(line: OutcomeLine) -> str:
        (words,), _ = fitted(_line_words(line), wide, title_pt, title_pt, weight=Weight.STRONG, most=1)
        return words

    look = OutcomeLook(
        tokens=PAPER, unit=unit, title=paper_font(title_pt, Weight.STRONG), small=paper_font(6.0), name=name,
        day=lambda at: day(at.date()), treatment=tr("session"), follow_up=tr("follow-up"),
        event=tr("adverse event"), no_value=tr("no value on that day"), narrow=wide < CONTENT_WIDTH / 2,
    )  # fmt: skip
    draw_outcome(sheet.painter, box, outcome, look)


def _line_words(line: OutcomeLine) -> str:
    judges = {"practitioner": tr("by the practitioner"), "patient": tr("by the patient")}
    parts = [line.name, line.unit, line.site, "" if line.judge is None else judges[line.judge.value]]
    if line.higher_is:
        parts.append(tr("higher = worse"))
    return ", ".join(part for part in parts if part)
