"""Points by depth as bars: of one side, or of right and left back to back."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mesomap.coverage.details import DepthCount
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font
from mesomap.ui.words import number, tr

_ROW_PX, _HEAD_PX, _LABEL_PX, _COUNT_PX = 24, 24, 96, 46
#: More depths than this are gathered between these, mm.
MOST_ROWS = 8
EDGES_MM = (0.0, 0.5, 1.0, 2.0, 4.0, 6.0, 10.0)


@dataclass(frozen=True, slots=True)
class DepthRow:
    """One bar: its depth in words, and the points of each side."""

    words: str
    points: tuple[int, ...]


def depth_rows(sides: Sequence[Sequence[DepthCount]]) -> list[DepthRow]:
    """Rows from shallow to deep, what has no depth last; () for a side that is not known yet."""
    known = sorted({count.depth_mm for side in sides for count in side if count.depth_mm is not None})
    if len(known) <= MOST_ROWS:
        bins = [(depth, depth, f"{number(depth, 2).removesuffix('0')} mm") for depth in known]
    else:
        ends = (*EDGES_MM[1:], float("inf"))
        bins = [
            (
                low,
                high,
                tr("{0:g} to {1:g} mm").format(low, high) if high < 1e9 else tr("{0:g} mm and more").format(low),
            )
            for low, high in zip(EDGES_MM, ends, strict=True)
        ]
    rows = []
    for low, high, words in bins:
        points = tuple(
            sum(c.points for c in side if c.depth_mm is not None and (c.depth_mm == low or low <= c.depth_mm < high))
            for side in sides
        )
        rows.append(DepthRow(words, points))
    unknown = tuple(sum(c.points for c in side if c.depth_mm is None) for side in sides)
    rows.append(DepthRow(tr("not recorded"), unknown))
    return [row for row in rows if any(row.points)]


class DepthBars(QWidget):
    """The bars, longest across its half; figures at their ends. Sides: one, or right and left."""

    def __init__(self, rows: Sequence[DepthRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = list(rows)
        self.setFixedHeight(_HEAD_PX + _ROW_PX * len(self._rows) + 8)
        told = [f"{row.words}: {', '.join(map(str, row.points))}" for row in self._rows]
        self.setAccessibleName(f"{tr('Points by depth')}. {'. '.join(told)}")
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Head, then a row for every depth."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font("small"))
        painter.setPen(theme.tokens().colour("text2"))
        head = QRectF(0, 0, self.width(), _HEAD_PX)
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, tr("Points by depth"))
        most = max((points for row in self._rows for points in row.points), default=1)
        for line, row in enumerate(self._rows):
            self._paint_row(painter, QRectF(0, _HEAD_PX + line * _ROW_PX, self.width(), _ROW_PX), row, most)

    def _paint_row(self, painter: QPainter, box: QRectF, row: DepthRow, most: int) -> None:
        tokens = theme.tokens()
        painter.setFont(font("control"))
        painter.setPen(tokens.colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, row.words)
        room = box.adjusted(_LABEL_PX, 0, -12, 0)
        both = len(row.points) == 2
        longest = (room.width() / 2 if both else room.width()) - _COUNT_PX
        axis = room.center().x() if both else room.left()
        for side, points in enumerate(row.points):
            to_left = both and side == 0
            length = longest * points / max(most, 1)
            left = axis - length - 1 if to_left else axis + (1 if both else 0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.colour("text2"))
            painter.drawRect(QRectF(left, box.top() + 6, length, box.height() - 12))
            painter.setPen(tokens.colour("text"))
            beside = QRectF(left - _COUNT_PX, box.top(), _COUNT_PX - 6, box.height())
            align = Qt.AlignmentFlag.AlignRight
            if not to_left:
                beside, align = beside.translated(length + _COUNT_PX + 6, 0), Qt.AlignmentFlag.AlignLeft
            if points:
                painter.drawText(beside, align | Qt.AlignmentFlag.AlignVCenter, str(points))
        painter.setPen(tokens.colour("line2"))
        painter.drawLine(QRectF(axis, box.top(), 0, 0).topLeft(), QRectF(axis, box.bottom(), 0, 0).topLeft())
