"""What stands below the panels, as blocks of lines that flow over pages: head, lines, and what a page can hold."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mesomap.printing import carried, mark_list, mixtures, planned, table
from mesomap.printing.chart_data import ChartData, ChartRow
from mesomap.printing.foot import REMARK_WIDTH
from mesomap.printing.mark_list import ListedMark
from mesomap.printing.sheet import CONTENT_WIDTH, LEADING, MARGIN, UNITS, Sheet, Weight, paper_font, wrapped
from mesomap.printing.wording import tr

_REMARK_SIZE = 8.0


class Block:
    """Lines under one head, each with its height in points; gap_pt is left below the last line."""

    head_pt = 0.0
    gap_pt = 10.0
    #: True when it begins on a page of its own, unless the one before is nearly empty.
    own_page = False

    def heights(self) -> Sequence[float]:
        """Height of every line."""
        raise NotImplementedError

    def draw_head(self, sheet: Sheet, y: float, *, continued: bool) -> None:
        """Draw the head from y downward; continued: it began on a page before."""

    def draw_line(self, sheet: Sheet, index: int, y: float) -> None:
        """Draw one line from y downward."""
        raise NotImplementedError

    def __len__(self) -> int:
        """Number of lines."""
        return len(self.heights())

    def height(self) -> float:
        """Height of head, all lines and the gap."""
        return Part(self, 0, len(self)).height

    def fitting(self, room: float, start: int) -> int:
        """How many lines from `start` fit into so many points, together with a head."""
        room -= self.head_pt
        count = 0
        for height in self.heights()[start:]:
            room -= height
            if room < -1e-6:
                break
            count += 1
        return count


@dataclass(frozen=True, slots=True)
class Part:
    """Lines start … stop of a block, as they stand on one page."""

    block: Block
    start: int
    stop: int

    @property
    def height(self) -> float:
        """Height in points."""
        return self.block.head_pt + sum(self.block.heights()[self.start : self.stop]) + self.block.gap_pt

    def draw(self, sheet: Sheet, y: float) -> float:
        """Draw head and lines; returns the y below."""
        block = self.block
        block.draw_head(sheet, y, continued=self.start > 0)
        y += block.head_pt
        for index, height in enumerate(block.heights()[self.start : self.stop], start=self.start):
            block.draw_line(sheet, index, y)
            y += height
        return y + block.gap_pt


@dataclass
class TableBlock(Block):
    """Rows of the table of injections. gap_pt is 0 where the sum stands right under them."""

    rows: Sequence[ChartRow]
    gap_pt: float = 10.0
    head_pt = table.HEAD_PT

    def heights(self) -> Sequence[float]:
        """One height for all rows."""
        return [table.ROW_PT] * len(self.rows)

    def draw_head(self, sheet: Sheet, y: float, *, continued: bool) -> None:
        """Title and heads of the columns."""
        table.draw_table_head(sheet, y, continued=continued)

    def draw_line(self, sheet: Sheet, index: int, y: float) -> None:
        """One row."""
        table.draw_row(sheet, self.rows[index], y)


@dataclass
class TotalBlock(Block):
    """The sum row; above it how many rows stand elsewhere, when there are any."""

    data: ChartData
    more: int = 0
    gap_pt = 0.0

    def heights(self) -> Sequence[float]:
        """One line, or two with the note."""
        return [table.ROW_PT] * (2 if self.more else 1)

    def draw_line(self, sheet: Sheet, index: int, y: float) -> None:
        """The note, then the sum."""
        if self.more and index == 0:
            sheet.rule(y)
            text = f"{tr('and')} {self.more} {tr('more rows, on the next pages')}"
            sheet.text(MARGIN + 20, y + table.ROW_PT / 2, text, width=300, weight=Weight.STRONG)
        else:
            table.draw_total(sheet, self.data, y)


@dataclass
class BasisBlock(Block):
    """What the areas rest on, in small type."""

    data: ChartData
    lines: Sequence[str] = field(init=False)
    gap_pt = 6.0

    def __post_init__(self) -> None:
        font = paper_font(table.BASIS_SIZE)
        self.lines, _ = wrapped(table.basis_text(self.data), font, CONTENT_WIDTH * UNITS, table.MOST_BASIS)

    def heights(self) -> Sequence[float]:
        """One height for all lines."""
        return [table.BASIS_SIZE * LEADING] * len(self.lines)

    def draw_line(self, sheet: Sheet, index: int, y: float) -> None:
        """One line of the sentences."""
        table.draw_basis_line(sheet, self.lines[index], y + 2)


@dataclass
class MixturesBlock(Block):
    """The mixtures by letter, with what was drawn up, used and left."""

    data: ChartData
    lines: Sequence[mixtures.MixtureLine] = field(init=False)
    head_pt = mixtures.HEAD_PT
    gap_pt = 5.0

    def __post_init__(self) -> None:
        self.lines = mixtures.mixture_lines(self.data)

    def heights(self) -> Sequence[float]:
        """Long names take more lines."""
        return [line.height for line in self.lines]

    def draw_head(self, sheet: Sheet, y: float, *, continued: bool) -> None:
        """Title and heads of the columns."""
        mixtures.draw_mixtures_head(sheet, y, continued=continued)

    def draw_line(self, sheet: Sheet, index: int, y: float) -> None:
        """One mixture."""
        mixtures.draw_mixture(sheet, self.lines[index], y)


@dataclass
class CarriedBlock(Block):
    """Needle and device by technique, where they are recorded."""

    lines: Sequence[carried.CarriedLine]
    head_pt = carried.HEAD_PT
    gap_pt = 5.0

    def heights(self) -> Sequence[float]:
        """Long words take more lines."""
        return [line.height for line in self.lines]

    def draw_head(self, sheet: Sheet, y: float, *, continued: bool) -> None:
        """Title and heads of the columns."""
        carried.draw_carried_head(sheet, y, continued=continued)

    def draw_line(self, sheet: Sheet, index: int, y: float) -> None:
        """One technique."""
        carried.draw_carried(sheet, self.lines[index], y)


@dataclass
class PlannedBlock(Block):
    """What was planned from an earlier session and is not done as planned."""

    lines: Sequence[planned.PlannedLine]
    head_pt = planned.HEAD_PT

    def heights(self) -> Sequence[float]:
        """One height for all lines."""
        return [planned.LINE_PT] * len(self.lines)

    def draw_head(self, sheet: Sheet, y: float, *, continued: bool) -> None:
        """Title and heads of the columns."""
        planned.draw_planned_head(sheet, y, continued=continued)

    def draw_line(self, sheet: Sheet, index: int, y: float) -> None:
        """One region and technique."""
        planned.draw_planned(sheet, self.lines[index], y)


@dataclass
class RemarksBlock(Block):
    """Lines of the remarks that the first page has no room for."""

    data: ChartData
    lines: Sequence[str] = field(init=False)
    head_pt = 15.0

    def __post_init__(self) -> None:
        font = paper_font(_REMARK_SIZE)
        _, rest = wrapped(self.data.session.remark, font, REMARK_WIDTH * UNITS, 5)
        self.lines = wrapped(rest, font, CONTENT_WIDTH * UNITS, 10_000)[0] if rest else []

    def heights(self) -> Sequence[float]:
        """One height for all lines."""
        return [_REMARK_SIZE * LEADING] * len(self.lines)

    def draw_head(self, sheet: Sheet, y: float, *, continued: bool) -> None:
        """Title; the remarks begin on the first page, so this is a continuation whatever `continued` says."""
        del continued
        title = f"{tr('Remarks')}, {tr('continued')}"
        sheet.text(MARGIN, y + 6, title, width=300, size=10, weight=Weight.STRONG)

    def draw_line(self, sheet: Sheet, index: int, y: float) -> None:
        """One line."""
        middle = y + _REMARK_SIZE * LEADING / 2
        sheet.text(MARGIN, middle, self.lines[index], width=CONTENT_WIDTH, size=_REMARK_SIZE)


@dataclass
class MarksBlock(Block):
    """The marks one by one."""

    listed: Sequence[ListedMark]
    head_pt = mark_list.HEAD_PT
    gap_pt = 18.0
    own_page = True

    def heights(self) -> Sequence[float]:
        """One height for all lines, more for those with words of their own."""
        return [mark_list.line_height(line) for line in self.listed]

    def draw_head(self, sheet: Sheet, y: float, *, continued: bool) -> None:
        """Title and heads of the columns."""
        mark_list.draw_list_head(sheet, y, continued=continued)

    def draw_line(self, sheet: Sheet, index: int, y: float) -> None:
        """One line, and the note on origins under the last one."""
        below = mark_list.draw_line(sheet, self.listed[index], y)
        if index == len(self.listed) - 1:
            mark_list.draw_list_note(sheet, below)
