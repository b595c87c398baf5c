"""The landmarks of a photograph as a list: name, and at the right what is known of each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

_ROW_PX = 40


class LandmarkList(QTableWidget):
    """row_chosen(row) when one is tapped, or reached by a key."""

    row_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(0, 2)
        self.setAccessibleName(self.tr("Landmarks"))
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        # A long name takes two lines.
        self.verticalHeader().setMinimumSectionSize(_ROW_PX)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.itemSelectionChanged.connect(self._on_chosen)

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Name and state of each; the chosen row stays."""
        self.blockSignals(True)
        self.setRowCount(len(rows))
        for row, words in enumerate(rows):
            for column, text in enumerate(words):
                item = self.item(row, column)
                if item is None:
                    item = QTableWidgetItem()
                    self.setItem(row, column, item)
                item.setText(text)
                item.setToolTip(text if column == 0 else "")
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.blockSignals(False)
        # What stands at the right takes its room first: only then it is known which names need two lines.
        self.resizeColumnToContents(1)
        self.resizeRowsToContents()

    def choose(self, row: int | None) -> None:
        """Mark a row, None = none, and bring it into sight; nothing is sent."""
        self.blockSignals(True)
        if row is None:
            self.clearSelection()
        else:
            self.setCurrentCell(row, 0)
            self.scrollTo(self.currentIndex())
        self.blockSignals(False)

    def _on_chosen(self) -> None:
        rows = self.selectionModel().selectedRows()
        if rows:
            self.row_chosen.emit(rows[0].row())
