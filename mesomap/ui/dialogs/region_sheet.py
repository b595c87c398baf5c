"""The sheet of a region: its figures in full, left against right when both sides hold marks."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from mesomap.ui.controls.depth_bars import DepthBars, DepthRow
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.rule import rule
from mesomap.ui.dialogs.page_sheet import PageSheet
from mesomap.ui.panels.region_rows import SheetRow
from mesomap.ui.typefaces import grown

_ROW_PX = 34
_WIDTH_PX = {False: 500, True: 640}
_HEIGHT_PX = 780
_NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RegionSheet(PageSheet):
    """Lies over the whole page. A large button, a tap beside the sheet, Escape and Enter close it.

    heads: of the columns, () for a single side.
    """

    def __init__(self, name: str, heads: Sequence[str], page: QWidget) -> None:
        super().__init__(page)
        self.setAccessibleName(name)
        self._heads = tuple(heads)
        self._rows: list[SheetRow] = []
        self._basis = plain_label("small2")
        self._basis.setWordWrap(True)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._button = QPushButton(self.tr("Close"))
        self._button.setProperty("kind", "primary")
        self._button.setMinimumSize(132, 48)
        self._button.clicked.connect(self.closed)
        foot = QHBoxLayout()
        foot.addWidget(self._basis, 1)
        foot.addSpacing(16)
        foot.addWidget(self._button, 0, Qt.AlignmentFlag.AlignBottom)
        title = plain_label("display", name)
        title.setWordWrap(True)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)
        self.lay_out()

    def show_rows(self, rows: Sequence[SheetRow], basis: str, depths: Sequence[DepthRow] = ()) -> None:
        """Replace the lines, the bars under them and the sentence on what they rest on."""
        self._rows = list(rows)
        self._basis.setText(basis)
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        for column, head in enumerate(self._heads, start=1):
            label = plain_label("strong", head)
            label.setAlignment(_NUMBERS)
            grid.addWidget(label, 0, column)
        columns = len(self._heads) or 1
        for line, row in enumerate(rows, start=1):
            grid.addWidget(rule(), 2 * line - 1, 0, 1, columns + 1)
            for column, label in enumerate(self._cells(row)):
                grid.addWidget(label, 2 * line, column)
            grid.setRowMinimumHeight(2 * line, _ROW_PX)
        below = 2 * len(rows) + 1
        if depths:
            grid.addWidget(DepthBars(depths), below, 0, 1, columns + 1)
        grid.setRowStretch(below + 1, 1)
        self._scroll.setWidget(table)
        self._scroll.setAccessibleName(". ".join(self.sentences()))

    def rows(self) -> list[SheetRow]:
        """The lines shown."""
        return list(self._rows)

    def sentences(self) -> list[str]:
        """The lines as read by a screen reader."""
        return [f"{row.label}: {', '.join(self._told(row))}" for row in self._rows]

    def largest(self) -> QSize:
        """Wider where the sides stand beside each other."""
        return QSize(grown(_WIDTH_PX[bool(self._heads)]), grown(_HEIGHT_PX))

    def first_stop(self) -> QWidget:
        """The button that closes."""
        return self._button

    def other_key(self, event: QKeyEvent) -> None:
        """Enter closes too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.closed.emit()

    def _cells(self, row: SheetRow) -> list[QLabel]:
        values = [plain_label("title", value) for value in row.values]
        if len(self._heads) > len(row.values):
            values.append(plain_label("small2", row.difference))
        for value in values:
            value.setAlignment(_NUMBERS)
        return [plain_label("small2", row.label), *values]

    def _told(self, row: SheetRow) -> list[str]:
        if not self._heads:
            return list(row.values)
        return [f"{head} {value}" for head, value in zip(self._heads, row.values, strict=False)]
