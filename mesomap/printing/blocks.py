"""What stands below the panels, as blocks of lines that flow over pages: head, lines, and what a page can hold."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mesomap.domain.session import Mixture
from mesomap.printing import mark_list, sections, table
from mesomap.printing.chart_data import ChartData, ChartRow
from mesomap.printing.mark_list import ListedMark
from mesomap.printing.sheet import CONTENT_WIDTH, LEADING, MARGIN, UNITS, Sheet, Weight, paper_font, wrapped
from mesomap.printing.wording import tr

_REMARK_SIZE = 8.0


class Block:
    """Lines under one head. Heights in points; gap_pt is left below the last line."""

    head_pt = 0.0
    line_pt = 0.0
    gap_pt = 0.0
    #: True when it begins on a page of its own.
    own_page = False

    def __len__(self) -> int:
        """Number of lines."""
        raise NotImplementedError

    def draw_head(self, sheet: Sheet, y: float, *, continued: bool) -> None:
        """Draw the head from y downward; continued: it began on a page before."""

    def draw_line(self, sheet: Sheet, index: int, y: float) -> None:
        """Draw one line from y downward."""
        raise NotImplementedError

    def height(self, count: int | None = None) -> float:
        """Height of the head, so many lines (None = all) and the gap."""
        return self.head_pt + self.line_pt * (len(self) if count is None else count) + self.gap_pt

    def fitting(self, room: float, start: int) -> int:
        """How many lines from `start` fit into so many points, together with a head."""
        return max(0, min(len(self) - start, int((room - self.head_pt) / self.line_pt + 1e-6)))


@dataclass
class TableBlock(Block):
    """Rows of the table of injections. gap_pt is 0 where the sum stands right under them."""

    rows: Sequence[ChartRow]
    gap_pt: float = 10.0
    head_pt = table.HEAD_PT
    line_pt = table.ROW_PT

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.rows)

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
    line_pt = table.ROW_PT

    def __len__(self) -> int:
        """One line, or two with the note."""
        return 2 if self.more else 1

    def draw_line(self, sheet: Sheet, index: int, y: float) -> None:
        """The note, then the sum."""
        if self.more and index == 0:
            sheet.rule(y)
            text = f"{tr('and')} {self.more} {tr('more rows, see page 2')}"
            sheet.text(MARGIN + 20, y + self.line_pt / 2, text, width=300, weight=Weight.STRONG)
        else:
            table.draw_total(sheet, self.data, y)


@dataclass
class BasisBlock(Block):
    """What the areas rest on, in small type."""

    data: ChartData
    lines: Sequence[str] = field(init=False)
    line_pt = table.BASIS_SIZE * LEADING
    gap_pt = 6.0

    def __post_init__(self) -> None:
        font = paper_font(table.BASIS_SIZE)
        self.lines, _ = wrapped(table.basis_text(self.data), font, CONTENT_WIDTH * UNITS, table.MOST_BASIS)

    def __len__(self) -> int:
        """Number of lines."""
        return len(self.lines)

    def draw_line(self, sheet: Sheet, index: int, y: float) -> None:
        """One line of the sentences."""
        table.draw_basis_line(sheet, self.lines[index], y + 2)


@dataclass
class MixturesBlock(Block):
    """The mixtures by letter."""

    data: ChartData
    mixtures: Sequence[Mixture]
    head_pt = sections.MIXTURE_HEAD_PT
    line_pt = sections.MIXTURE_PT
    gap_pt = 3.0

    def __len__(self) -> int:
        """Number of mixtures."""
        return len(self.mixtures)

    def draw_head(self, sheet: Sheet, y: float, *, continued: bool) -> None:
        """Title and heads of the columns."""
        sections.draw_mixtures_head(sheet, y, continued=continued)

    def draw_line(self, sheet: Sheet, index: int, y: float) -> None:
        """One mixture."""
        sections.draw_mixture(sheet, self.data, self.mixtures[index], y)


@dataclass
class RemarksBlock(Block):
    """Lines of the remarks that the first page has no room for."""

    lines: Sequence[str]
    head_pt = 15.0
    line_pt = _REMARK_SIZE * LEADING
    gap_pt = 10.0

    def __len__(self) -> int:
        """Number of lines."""
        return len(self.lines)

    def draw_head(self, sheet: Sheet, y: float, *, continued: bool) -> None:
        """Title; the remarks begin on the first page, so this is a continuation whatever `continued` says."""
        del continued
        title = f"{tr('Remarks')}, {tr('continued')}"
        sheet.text(MARGIN, y + 6, title, width=300, size=10, weight=Weight.STRONG)

    def draw_line(self, sheet: Sheet, index: int, y: float) -> None:
        """One line."""
        sheet.text(MARGIN, y + self.line_pt / 2, self.lines[index], width=CONTENT_WIDTH, size=_REMARK_SIZE)


@dataclass
class MarksBlock(Block):
    """The marks one by one."""

    listed: Sequence[ListedMark]
    head_pt = mark_list.HEAD_PT
    line_pt = mark_list.LINE_PT
    gap_pt = 18.0
    own_page = True

    def __len__(self) -> int:
        """Number of lines."""
        return len(self.listed)

    def draw_head(self, sheet: Sheet, y: float, *, continued: bool) -> None:
        """Title and heads of the columns."""
        mark_list.draw_list_head(sheet, y, continued=continued)

    def draw_line(self, sheet: Sheet, index: int, y: float) -> None:
        """One line, and the note on origins under the last one."""
        below = mark_list.draw_line(sheet, self.listed[index], y)
        if index == len(self.listed) - 1:
            mark_list.draw_list_note(sheet, below)


@dataclass(frozen=True, slots=True)
class Part:
    """Lines start … stop of a block, as they stand on one page."""

    block: Block
    start: int
    stop: int

    @property
    def height(self) -> float:
        """Height in points."""
        return self.block.height(self.stop - self.start)

    def draw(self, sheet: Sheet, y: float) -> float:
        """Draw head and lines; returns the y below."""
        block = self.block
        block.draw_head(sheet, y, continued=self.start > 0)
        y += block.head_pt
        for index in range(self.start, self.stop):
            block.draw_line(sheet, index, y)
            y += block.line_pt
        return y + block.gap_pt


def remark_lines(data: ChartData) -> list[str]:
    """Lines of the remarks that the first page has no room for."""
    _, rest = wrapped(data.session.remark, paper_font(_REMARK_SIZE), sections.REMARK_WIDTH * UNITS, 5)
    return wrapped(rest, paper_font(_REMARK_SIZE), CONTENT_WIDTH * UNITS, 10_000)[0] if rest else []
