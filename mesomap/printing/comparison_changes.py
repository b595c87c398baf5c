"""What changed by region on the printed comparison: figures before and after, injections by difference, overlaps."""

from functools import partial
from itertools import groupby

from mesomap.coverage.visits import AreaOverlap, RegionChange
from mesomap.printing.comparison_data import ComparisonData
from mesomap.printing.flow import Piece
from mesomap.printing.region_label import region_label
from mesomap.printing.sheet import CONTENT_WIDTH, INK, LEADING, MARGIN, UNITS, Align, Sheet, Weight, paper_font, wrapped
from mesomap.printing.wording import DASH, cm2, density, ml, tr
from mesomap.services.change_cells import change_cells
from mesomap.services.comparing import Comparison

_ROW_PT, _HEAD_PT, _GROUP_PT, _NOTE_PT = 12.5, 26.0, 13.5, 7.5
#: Left edge and width of the columns of figures, points; the columns of a group of figures stand together.
_COLUMNS = (
    (124.0, 32.0), (156.0, 37.0), (193.0, 39.0),
    (236.0, 32.0), (268.0, 32.0), (300.0, 32.0),
    (338.0, 26.0), (364.0, 26.0),
    (394.0, 36.0), (430.0, 30.0), (460.0, 28.0), (488.0, 36.0),
)  # fmt: skip
#: First and last column of each group.
_GROUPS = ((0, 2), (3, 5), (6, 7), (8, 11))


def change_pieces(data: ComparisonData, comparison: Comparison) -> list[Piece]:
    """The table: its head, regions by part of the body, the sum."""
    head = Piece(_HEAD_PT, partial(_draw_head, data), with_next=True)
    atlas = comparison.after.atlas
    rows: list[Piece] = [head]
    grouped = groupby(comparison.regions, key=lambda change: atlas.region(change.region_id).group)
    groups = [(group, list(changes)) for group, changes in grouped]
    for group, changes in groups:
        if len(groups) > 1:
            rows.append(Piece(_GROUP_PT, partial(_draw_group, group), with_next=True, head=head))
        for change in changes:
            name = region_label(atlas, change.region_id, data.language)
            rows.append(Piece(_ROW_PT, partial(_draw_row, name, change, Weight.NORMAL), head=head))
    match = comparison.match
    total = RegionChange(
        "", comparison.before.tally.total, comparison.after.tally.total, int(match.repeated.sum()),
        int(match.moved.sum()), int(match.new.sum()), int(match.dropped.sum()),
    )  # fmt: skip
    rows.append(Piece(_ROW_PT + 6, partial(_draw_total, total), head=head))
    return rows


def group_word(group: str) -> str:
    """A part of the body in words."""
    known = {
        "face": tr("Face"), "scalp": tr("Scalp"), "neck": tr("Neck"), "trunk": tr("Trunk"), "arm": tr("Arm and hand"),
        "leg": tr("Leg and foot"),
    }  # fmt: skip
    return known.get(group, group)


def overlap_pieces(comparison: Comparison) -> list[Piece]:
    """What was treated again, and what the figures rest on."""
    said = [] if comparison.shares_a_region else [tr("No region was treated at both visits.")]
    said.append(_overlap(tr("Treated again"), comparison.treated))
    said.append(_overlap(tr("Covered again"), comparison.covered))
    said.append(
        tr("Distances along the skin and overlaps in mm and cm² of the reference body, an estimate. A difference "
           "of records shows no effect.")
    )  # fmt: skip
    return [note_piece(" ".join(said))]


def note_piece(text: str) -> Piece:
    """A small paragraph over the whole width."""
    lines, _ = wrapped(text, paper_font(_NOTE_PT), CONTENT_WIDTH * UNITS, 8)
    return Piece(len(lines) * _NOTE_PT * LEADING + 10, partial(_draw_note, text))


def _draw_note(text: str, sheet: Sheet, y: float) -> None:
    sheet.lines(MARGIN, y, text, width=CONTENT_WIDTH, most=8, size=_NOTE_PT, colour=INK.quiet)


def _draw_head(data: ComparisonData, sheet: Sheet, y: float) -> None:
    """Two levels: what is counted, and at which visit."""
    first, second = (f"{tr('no.')} {visit.session.number}" for visit in data.visits)
    titles = (tr("Points"), tr("Volume, mL"), tr("Per cm²"), tr("Injections by difference"))
    for (start, stop), words in zip(_GROUPS, titles, strict=True):
        left, right = MARGIN + _COLUMNS[start][0] + 4, MARGIN + sum(_COLUMNS[stop])
        sheet.text(left, y + 6, words, width=right - left, size=7, weight=Weight.STRONG, align=Align.CENTRE)
        sheet.rule(y + 12, x=left, to=right)
    heads = (
        first, second, "±", first, second, "±", first, second,
        tr("repeated"), tr("moved"), tr("new"), tr("dropped"),
    )  # fmt: skip
    sheet.text(MARGIN, y + 18, tr("Region"), width=122, size=7, colour=INK.quiet)
    for (x, width), words in zip(_COLUMNS, heads, strict=True):
        sheet.text(MARGIN + x, y + 18, words, width=width, size=7, colour=INK.quiet, align=Align.RIGHT, smallest=5.0)
    sheet.rule(y + _HEAD_PT - 1)


def _draw_group(group: str, sheet: Sheet, y: float) -> None:
    sheet.text(MARGIN, y + _GROUP_PT / 2 + 1, group_word(group), width=200, size=7, weight=Weight.STRONG)
    sheet.rule(y + _GROUP_PT)


def _draw_total(change: RegionChange, sheet: Sheet, y: float) -> None:
    sheet.rule(y, colour=INK.text)
    _draw_row(tr("Total"), change, Weight.STRONG, sheet, y)


def _draw_row(name: str, change: RegionChange, weight: Weight, sheet: Sheet, y: float) -> None:
    middle = y + _ROW_PT / 2
    sheet.text(MARGIN, middle, name, width=122, size=8, weight=weight)
    for (x, width), words in zip(_COLUMNS, _cells(change), strict=True):
        sheet.text(MARGIN + x, middle, words, width=width, size=8, weight=weight, align=Align.RIGHT)
    sheet.rule(y + _ROW_PT)


def _cells(change: RegionChange) -> tuple[str, ...]:
    cells = change_cells(change, volume=ml, density=density, area=cm2)
    counts = (change.repeated, change.moved, change.new, change.dropped)
    return (*cells.points, *cells.volume, *cells.density, *map(str, counts))


def _overlap(words: str, rows: tuple[AreaOverlap, ...]) -> str:
    before, both = sum(row.before_cm2 for row in rows), sum(row.both_cm2 for row in rows)
    share = f"{100 * both / before:.0f} %" if before > 0 else DASH
    return f"{words}: {cm2(both)} {tr('of')} {cm2(before)} cm² ({share})."
