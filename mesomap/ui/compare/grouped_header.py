"""Head of a table in two levels: what is counted over its columns, and which visit each column is of."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font

_UPPER_PX, _LOWER_PX, _PAD_PX = 22, 24, 8


class GroupedHeader(QHeaderView):
    """groups: title, first and last column. Columns of no group have their word in the lower level."""

    def __init__(self, groups: Sequence[tuple[str, int, int]], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._groups = tuple(groups)
        self.setSectionsClickable(False)
        theme.changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:
        """Both levels."""
        return QSize(super().sizeHint().width(), _UPPER_PX + _LOWER_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The columns, then the titles over them."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        tokens = theme.tokens()
        painter.setFont(font("small_strong"))
        for title, first, last in self._groups:
            shown = [column for column in range(first, last + 1) if not self.isSectionHidden(column)]
            if not shown:
                continue
            left = self.sectionViewportPosition(shown[0])
            right = self.sectionViewportPosition(shown[-1]) + self.sectionSize(shown[-1])
            box = QRect(left + _PAD_PX, 0, right - left - 2 * _PAD_PX, _UPPER_PX)
            painter.setPen(tokens.colour("text"))
            words = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
            painter.setPen(tokens.colour("line2"))
            painter.drawLine(box.left(), _UPPER_PX, box.right(), _UPPER_PX)
        painter.end()

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """The word of a column in the lower level."""
        model = self.model()
        tokens = theme.tokens()
        painter.save()
        painter.fillRect(rect, tokens.colour("panel"))
        role = Qt.ItemDataRole.TextAlignmentRole
        words = str(model.headerData(logical_index, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or "")
        flags = model.headerData(logical_index, Qt.Orientation.Horizontal, role)
        box = rect.adjusted(_PAD_PX, _UPPER_PX, -_PAD_PX, -1)
        painter.setFont(font("small"))
        painter.setPen(tokens.colour("text2"))
        painter.drawText(box, flags, painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width()))
        painter.setPen(tokens.colour("line2"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()
