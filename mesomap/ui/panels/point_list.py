"""The point list: everything on the body as a table, so that the canvas is not needed to see, select and change it."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from mesomap.atlas import Atlas
from mesomap.domain.body_size import PatientScale
from mesomap.services.selection import Selected
from mesomap.ui.controls.buttons import IconButton
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.panels.point_table import PointRow, PointTable, is_selected, selection_of
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import text_scale

_ROW_PX = 38
_WIDTHS_PX = (56, 180, 112, 92, 104, 48, 62, 120, 118)
#: Columns left out where there is no room, in this order: done at, origin, layer, mixture.
_MAY_HIDE = (8, 7, 4, 5)


class PointView(QTableView):
    """Enter asks for details, Delete erases; Escape is left to the card."""

    details_asked = Signal()
    erase_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        # Qt's own button, in the corner of the heads: it chooses all rows
        for corner in self.findChildren(QAbstractButton):
            corner.setAccessibleName(self.tr("Select all points"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.details_asked.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.erase_asked.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class BarDelegate(QStyledItemDelegate):
    """A bar of ink before every selected row: the shade alone would not be seen by all."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The cell, then the bar."""
        super().paint(painter, option, index)
        if index.column() == 0 and option.state & QStyle.StateFlag.State_Selected:
            box = option.rect
            painter.fillRect(box.x(), box.y() + 3, 3, box.height() - 6, theme.tokens().colour("text"))


class PointList(QFrame):
    """A card over the canvas. selected(selection) follows the rows; it stays open while charting goes on."""

    selected = Signal(object)
    details_asked = Signal()
    erase_asked = Signal()
    closed = Signal()

    def __init__(self, atlas: Atlas, parent: QWidget, scale: PatientScale | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(self.tr("Point list"))
        self._table = PointTable(atlas, scale)
        self.view = PointView()
        self.view.setModel(self._table)
        self.view.setAccessibleName(self.tr("Points and areas of this session"))
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setItemDelegate(BarDelegate(self.view))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setShowGrid(False)
        # A name that is too long keeps its end: there stands the side.
        self.view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.view.setTabKeyNavigation(False)
        self.view.setWordWrap(False)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(round(_ROW_PX * (1 + text_scale()) / 2))
        head = self.view.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setMinimumSectionSize(40)
        head.setTextElideMode(Qt.TextElideMode.ElideRight)
        head.setHighlightSections(False)
        for column, width in enumerate(_WIDTHS_PX):
            self.view.setColumnWidth(column, round(width * text_scale()))
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.view.selectionModel().selectionChanged.connect(self._rows_selected)
        self.view.details_asked.connect(self.details_asked)
        self.view.doubleClicked.connect(lambda _index: self.details_asked.emit())
        self.view.erase_asked.connect(self.erase_asked)
        self._count = plain_label("title")
        close = IconButton("close", self.tr("Close"))
        close.clicked.connect(self.put_away)
        words = plain_label("small2", self.tr("Enter: details · Delete: erase · Escape: close"))
        top = QHBoxLayout()
        top.addWidget(self._count)
        top.addSpacing(12)
        top.addWidget(words, 1)
        top.addWidget(close)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(16, 8, 8, 12)
        column_.addLayout(top)
        column_.addWidget(self.view, 1)
        self.hide()

    def rescale(self, scale: PatientScale) -> None:
        """Another session has come: its patient has this scale."""
        self._table.rescale(scale)

    def width_needed(self) -> int:
        """Width at which no column is cut."""
        return round(sum(_WIDTHS_PX) * text_scale()) + 48

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room the last columns give way to the region; the sheet of the mark has them."""
        super().resizeEvent(event)
        missing = self.width_needed() - 20 - event.size().width()
        for column in _MAY_HIDE:
            self.view.setColumnHidden(column, missing > 0)
            missing -= round(_WIDTHS_PX[column] * text_scale())

    def show_rows(self, rows: list[PointRow], selected: Selected) -> None:
        """All rows anew, with the selection of the canvas."""
        self._table.show(rows)
        points = sum(row.number > 0 for row in rows)
        areas = len(rows) - points
        words = self.tr("{0} points").format(points)
        more = self.tr("1 area") if areas == 1 else self.tr("{0} areas").format(areas)
        self._count.setText(f"{words}, {more}" if areas else words)
        self.show_selected(selected)

    def show_selected(self, selected: Selected) -> None:
        """Select the rows of a selection without sending it back."""
        chosen = QItemSelection()
        first = None
        for place, row in enumerate(self._table.rows()):
            if is_selected(row, selected):
                index = self._table.index(place, 0)
                chosen.select(index, index)
                first = first or index
        model = self.view.selectionModel()
        model.blockSignals(True)
        model.select(
            chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        )
        if first is not None:
            model.setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.view.scrollTo(first)
        model.blockSignals(False)
        self.view.viewport().update()

    def take_over(self) -> None:
        """Come to the front and take the keys."""
        self.show()
        self.raise_()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.view.currentIndex().isValid() and self._table.rowCount():
            self.view.setCurrentIndex(self._table.index(0, 0))

    def put_away(self) -> None:
        """Hide."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        event.accept()

    def _rows_selected(self) -> None:
        rows = self._table.rows()
        picked = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        self.selected.emit(selection_of([rows[place] for place in picked]))
