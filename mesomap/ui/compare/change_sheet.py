"""The table of changes on screen: columns as wide as their figures, none that nothing is known in, as high as its rows.
"""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from mesomap.atlas import Atlas
from mesomap.services.change_cells import DASH
from mesomap.services.comparing import Comparison
from mesomap.services.recorded import RecordedComparison
from mesomap.ui.compare.change_table import FIRST_FATE, ChangeTable, column_groups
from mesomap.ui.compare.grouped_header import GroupedHeader
from mesomap.ui.typefaces import font

_ROW_PX, _PAD_PX, _REGION_PAD_PX, _LEAST_PX = 29, 18, 14, 24
#: Fewer rows than this are never seen.
_LEAST_ROWS = 3


class ChangeSheet(QTableView):
    """table: its rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = ChangeTable()
        self.setObjectName("figures")
        self.setHorizontalHeader(GroupedHeader(column_groups()))
        self.setModel(self.table)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(_LEAST_PX)
        self.setAccessibleName(self.tr("What changed by region"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._most_px = 10_000
        #: Whether the columns are wider than the table.
        self._overflows = False

    def show_compared(self, found: Comparison) -> None:
        """Figures of two visits laid on each other."""
        self.clearSpans()
        self.table.show(found)
        for row in self.table.group_rows():
            self.setSpan(row, 0, 1, self.table.columnCount())
        self._fit()

    def show_recorded(self, atlas: Atlas, recorded: RecordedComparison) -> None:
        """What was recorded of two that cannot be laid on each other."""
        self.clearSpans()
        self.table.show_recorded(atlas, recorded)
        self._fit()

    def sizeHint(self) -> QSize:
        """All rows, up to a limit; never a part of one."""
        row_px, rows = self.verticalHeader().defaultSectionSize(), self.table.rowCount()
        fitting = (self._most_px - self._high(0)) // row_px
        return QSize(super().sizeHint().width(), self._high(min(rows, max(fitting, _LEAST_ROWS))))

    def minimumSizeHint(self) -> QSize:
        """A few rows."""
        return QSize(0, self._high(min(max(self.table.rowCount(), 1), _LEAST_ROWS)))

    def set_most_px(self, px: int) -> None:
        """No higher than that; other rows are scrolled to."""
        self._most_px = px
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share what is left over."""
        super().resizeEvent(event)
        self._share()

    def _high(self, rows: int) -> int:
        row_px = self.verticalHeader().defaultSectionSize()
        below = self.horizontalScrollBar().sizeHint().height() if self._overflows else 0
        return rows * row_px + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth() + below

    def _fit(self) -> None:
        self._share()
        self.updateGeometry()

    def _share(self) -> None:
        """Columns in which nothing is known are not shown; nor, where there is too little room, fates that no injection
        has, which the legend tells too. Each is as wide as its longest text; the rest goes to the figures, evenly.
        Where there is still too little room the figures stay whole and the table is moved aside.
        """
        texts = [set(_texts(self.table, column)) for column in range(self.table.columnCount())]
        known = [column for column, words in enumerate(texts) if column == 0 or not words <= {DASH, ""}]
        needs = self._needs(known)
        room = self.viewport().width()
        if sum(needs.values()) > room:
            needs = self._needs([column for column in known if column < FIRST_FATE or not texts[column] <= {"0", ""}])
        for column in range(self.table.columnCount()):
            self.setColumnHidden(column, column not in needs)
        overflows = sum(needs.values()) > room
        if overflows is not self._overflows:
            self._overflows = overflows
            self.updateGeometry()
        left = max(room - sum(needs.values()), 0)
        more = left // max(len(needs) - 1, 1)
        for column, need in needs.items():
            self.setColumnWidth(column, need + (more if column else left - more * (len(needs) - 1)))

    def _needs(self, columns: Sequence[int]) -> dict[int, int]:
        """Widths in which no text is cut, nor what stands over several columns."""
        needs = {column: self.needed_px(column) for column in columns}
        strong = QFontMetrics(font("small_strong"))
        for title, first, last in column_groups():
            under = [column for column in columns if first <= column <= last]
            missing = strong.horizontalAdvance(title) + 2 * _PAD_PX - sum(needs[column] for column in under)
            for column in under:
                needs[column] += max(0, -(-missing // len(under)))
        return needs

    def needed_px(self, column: int) -> int:
        """Width in which no text of a column is cut."""
        head = str(self.table.headerData(column, Qt.Orientation.Horizontal) or "")
        words = QFontMetrics(font("small")).horizontalAdvance(head) + _PAD_PX
        return max(self.sizeHintForColumn(column), words) + (0 if column else _REGION_PAD_PX)


def _texts(model: QAbstractItemModel, column: int) -> list[str]:
    """What stands in a column; heads of groups of rows reach over all columns and count for none."""
    rows = range(model.rowCount(QModelIndex()))
    return [str(model.index(row, column).data() or "") for row in rows]
