"""Shares panels and blocks out over pages; nothing is cut off, what is too long goes on."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import QImage, QPainter

from mesomap.atlas import Atlas
from mesomap.printing import table
from mesomap.printing.blocks import (
    BasisBlock,
    Block,
    CarriedBlock,
    MarksBlock,
    MixturesBlock,
    Part,
    PlannedBlock,
    RemarksBlock,
    TableBlock,
    TotalBlock,
)
from mesomap.printing.chart_data import ChartData
from mesomap.printing.head import head_height
from mesomap.printing.legend import draw_legend
from mesomap.printing.options import PanelKind, PanelWish, Paper
from mesomap.printing.panel_drawing import HEAD_PT
from mesomap.printing.panels import Panel, complaint_places, frame_panel, places_of
from mesomap.printing.sheet import CONTENT_WIDTH, MARGIN, Sheet

GAP_PT = 8.0
#: Where the content of the second and further pages begins, points from the top.
FURTHER_Y = 64.0
_TALLEST, _TALLEST_OF_THREE, _LOWEST, _LOWEST_TO_FIT = 292.0, 240.0, 200.0, 165.0
#: Where all of the chart fits on one page with panels as low as this, there is no second page for a line or two.
_LOWEST_FOR_ONE_PAGE = 150.0
#: Panels lower than this go to the next page instead.
_LOWEST_AT_ALL = 130.0
_LEGEND_GAP = 12.0
#: At least so many rows of the table stand on the first page before the mixtures may.
_LEAST_ROWS = 3
#: The marks one by one begin on a page of their own unless the page before is filled less than this.
_OWN_PAGE_FROM = 0.4


@dataclass(frozen=True, slots=True)
class PlacedPanel:
    """A panel and its frame on the page: x, y, width and height in points."""

    panel: Panel
    x: float
    y: float
    width: float
    height: float

    @property
    def key(self) -> tuple[Panel, float, float, float, float]:
        """Panel, x, y, width and height, as the panel is drawn."""
        return self.panel, self.x, self.y, self.width, self.height


@dataclass(slots=True)
class PagePlan:
    """What stands on one page: panels, then parts of blocks from flow_y downward."""

    panels: list[PlacedPanel] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    flow_y: float = FURTHER_Y
    legend_y: float = 0.0


def plan_pages(atlas: Atlas, data: ChartData, paper: Paper, wishes: Sequence[PanelWish]) -> list[PagePlan]:
    """The pages of a chart; the first one also carries the head, the legend, remarks and signature.

    The panels of the first page give way to the rows of the table, down to a height that is still legible.
    """
    columns = min(3, max(2, len(wishes)))
    top = head_height(data)
    room = paper.signature_y - 6.0 - top - legend_height(data)
    alone = len(wishes) <= columns and not data.listed
    lowest = _LOWEST_FOR_ONE_PAGE if alone else _LOWEST_TO_FIT
    share = _share(data, room, _TALLEST if columns == 2 else _TALLEST_OF_THREE, lowest)
    here = columns if share.panel_pt else 0
    below = top + share.panel_pt + _LEGEND_GAP
    first = PagePlan(legend_y=below, flow_y=below - _LEGEND_GAP + legend_height(data))
    frames = _Frames(atlas, data, wishes)
    first.panels = frames.placed(wishes[:here], columns, top, share.panel_pt)
    first.parts = [Part(TableBlock(data.rows, gap_pt=0.0), 0, share.rows)] if share.kept else []
    first.parts += [Part(block, 0, len(block)) for block in share.kept]
    rest: list[tuple[Block, int]] = [(TableBlock(data.rows), share.rows)]
    rest += [(block, 0) for block in [*share.later, RemarksBlock(data), MarksBlock(data.listed)]]
    left = [(block, start) for block, start in rest if start < len(block)]
    return [first, *_further(frames, paper, wishes[here:], left)]


@dataclass(frozen=True, slots=True)
class _Share:
    """How the first page is shared out: height of the panels (0 = none here), rows of the table, blocks below them
    (none = the table begins on the next page), and blocks that go on.
    """

    panel_pt: float
    rows: int
    kept: list[Block]
    later: list[Block]


def _share(data: ChartData, room: float, tallest: float, lowest: float) -> _Share:
    """Share `room` points of the first page among panels, table and blocks below it. lowest: panels may be as low as
    this if all of it fits then.
    """
    rows, total = TableBlock(data.rows), TotalBlock(data)
    below = [BasisBlock(data), MixturesBlock(data), CarriedBlock(data.carried), PlannedBlock(data.planned)]
    wanted = [block for block in below if len(block)]
    table_pt = rows.head_pt + table.ROW_PT * len(rows)
    for count in range(len(wanted), 0, -1):
        spare = room - table_pt - sum(block.height() for block in (total, *wanted[:count]))
        # A little lower than else when that keeps everything, or at least the whole table, on one page. Where there is
        # a second page anyway, pictures are not made small for one more block.
        every, one = count == len(wanted), count == 1
        if spare >= (lowest if every else _LOWEST_TO_FIT if one else _LOWEST):
            return _Share(min(tallest, spare), len(rows), [total, *wanted[:count]], wanted[count:])
    # The sum row and the row that says how many are on the next pages.
    bare = rows.head_pt + 2 * table.ROW_PT
    panel_pt = _LOWEST if room - bare >= _LOWEST else room - bare
    if panel_pt < _LOWEST_AT_ALL:
        panel_pt = 0.0
    if room < bare:
        return _Share(0.0, 0, [], [total, *wanted])
    kept: list[Block] = [total]
    least = panel_pt + bare + table.ROW_PT * min(len(rows), _LEAST_ROWS)
    while wanted and least + wanted[0].height() <= room:
        least += wanted[0].height()
        kept.append(wanted.pop(0))
    reserved = sum(block.height() for block in kept)
    if panel_pt:
        panel_pt = min(tallest, max(panel_pt, room - table_pt - reserved))
    fit = rows.fitting(room - reserved - panel_pt, 0)
    if fit < len(rows):
        fit = max(0, fit - 1)
        total.more = len(rows) - fit
    return _Share(panel_pt, fit, kept, wanted)


def _further(
    frames: "_Frames", paper: Paper, wishes: Sequence[PanelWish], blocks: list[tuple[Block, int]]
) -> list[PagePlan]:
    """Pages two and on: remaining panels two beside each other, then the blocks one after the other."""
    pages: list[PagePlan] = []
    left = list(wishes)
    while left:
        page = PagePlan()
        while left and page.flow_y + _TALLEST <= paper.foot_y:
            row, left = left[:2], left[2:]
            page.panels += frames.placed(row, 2, page.flow_y, _TALLEST)
            page.flow_y += _TALLEST + 14.0
        pages.append(page)
    y = pages[-1].flow_y if pages else paper.foot_y
    for block, start in blocks:
        if block.own_page and y > paper.foot_y * _OWN_PAGE_FROM:
            y = paper.foot_y
        while start < len(block):
            count = block.fitting(paper.foot_y - y - block.gap_pt, start)
            if count < min(2, len(block) - start) and y > FURTHER_Y:
                pages.append(PagePlan())
                y = FURTHER_Y
                continue
            part = Part(block, start, start + max(1, count))
            pages[-1].parts.append(part)
            y += part.height
            start = part.stop
    return pages


@dataclass(frozen=True, slots=True)
class _Frames:
    """Cuts panels to what they show. wishes: all of the chart."""

    atlas: Atlas
    data: ChartData
    wishes: Sequence[PanelWish]

    def placed(self, wishes: Sequence[PanelWish], columns: int, y: float, height: float) -> list[PlacedPanel]:
        """Panels beside each other in frames of this height (points). Beside its detail a view is shown whole."""
        width = (CONTENT_WIDTH - (columns - 1) * GAP_PT) / columns
        found = []
        for turn, wish in enumerate(wishes):
            hurts = wish.kind is PanelKind.COMPLAINT
            places = complaint_places(self.data.complaints) if hurts else places_of(self.data.marks)
            whole = wish.kind is PanelKind.MARKS and PanelWish(wish.view_key, PanelKind.DETAIL) in self.wishes
            panel = frame_panel(self.atlas, places, wish, width / (height - HEAD_PT), whole=whole)
            found.append(PlacedPanel(panel, MARGIN + turn * (width + GAP_PT), y, width, height))
        return found


def legend_height(data: ChartData) -> float:
    """Height of the legend and of the gap above it, found by drawing it where nobody sees it."""
    nowhere = QImage(1, 1, QImage.Format.Format_RGB32)
    painter = QPainter(nowhere)
    try:
        return _LEGEND_GAP + draw_legend(Sheet(painter), data, 0.0)
    finally:
        painter.end()
