"""Tool bar under the canvas: last action, tools, pen only."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mesomap.ui.controls.buttons import PaintedButton, SegmentButton, icon_picture
from mesomap.ui.controls.track import Track
from mesomap.ui.icons import draw_icon
from mesomap.ui.panels.top_bar import ElidedLabel, plain_label
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font


class SwitchButton(PaintedButton):
    """Icon, word and a switch."""

    def __init__(self, icon_name: str, text: str) -> None:
        super().__init__()
        self._icon = icon_name
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFixedHeight(50)

    def sizeHint(self) -> QSize:
        """Icon, word, switch."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 106, 50)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, icon, word, switch."""
        tokens = theme.tokens()
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        self.paint_ground(painter, box, None)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tokens.colour("line2"), 1))
        painter.drawRoundedRect(box, 13, 13)
        middle = self.height() / 2
        draw_icon(painter, self._icon, QRectF(12, middle - 10, 20, 20), tokens.colour("text"))
        painter.setFont(font("strong"))
        painter.setPen(tokens.colour("text"))
        words = QRectF(40, 0, self.width() - 88, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        track = QRectF(self.width() - 46, middle - 10, 34, 20)
        painter.setPen(QPen(tokens.colour("text3"), 1))
        painter.setBrush(tokens.colour("text" if self.isChecked() else "line2"))
        painter.drawRoundedRect(track, 10, 10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("onink" if self.isChecked() else "text3"))
        knob = track.right() - 17 if self.isChecked() else track.left() + 3
        painter.drawEllipse(QRectF(knob, track.top() + 3, 14, 14))


class ToolBar(QWidget):
    """Sends tool_chosen(key), mirror and pen_only(on); shows the last action in words."""

    tool_chosen = Signal(str)
    mirror = Signal()
    last_time = Signal()
    pen_only = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(66)
        self._track = Track(ink=True)
        self._track.setFixedHeight(54)
        for key, text, tip in (
            ("place", self.tr("Place"), self.tr("One tap, one injection (P)")),
            ("fill", self.tr("Fill"), self.tr("Tap a region or draw a loop, see the pattern, tap again (F)")),
            ("brush", self.tr("Brush"), self.tr("Draw a stroke: points at the set spacing, or a swath (B)")),
            ("line", self.tr("Line"), self.tr("Drag from the entry to the end, or tap both (L)")),
            ("select", self.tr("Select"), self.tr("Tap or lasso marks; drag them; set or erase them (V)")),
            ("erase", self.tr("Erase"), self.tr("Tap a point to take it away (E)")),
            ("measure", self.tr("Measure"), self.tr("Tap two places for their distance, or draw a loop (M)")),
        ):
            self._track.add(key, text, icon_picture(key), tip).setMinimumWidth(60)
        self._track.chosen.connect(self.tool_chosen)
        self._mirror = SegmentButton(self.tr("Mirror"), icon_picture("mirror"))
        self._mirror.setCheckable(False)
        self._mirror.setFixedHeight(54)
        self._mirror.setToolTip(self.tr("Set the selection, or the last mark, out on the other side (X)"))
        self._mirror.clicked.connect(self.mirror)
        self._last_time = SegmentButton(self.tr("As last time"), icon_picture("again"))
        self._last_time.setCheckable(False)
        self._last_time.setFixedHeight(54)
        self._last_time.setToolTip(self.tr("Repeat the last session, less the regions you leave out (A)"))
        self._last_time.clicked.connect(self.last_time)
        self._pen = SwitchButton("pen", self.tr("Pen only"))
        self._pen.setToolTip(self.tr("Ignore fingers and palm on the body"))
        self._pen.toggled.connect(self.pen_only)
        self._caption = plain_label("small", self.tr("Last action"))
        self._last = ElidedLabel("strong")
        self._last_box = QWidget()
        lines = QVBoxLayout(self._last_box)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(1)
        lines.addStretch(1)
        lines.addWidget(self._caption)
        lines.addWidget(self._last)
        lines.addStretch(1)
        self._last_box.setFixedWidth(196)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(10)
        row.addWidget(self._last_box)
        row.addWidget(self._track)
        row.addWidget(self._mirror)
        row.addWidget(self._last_time)
        row.addStretch(1)
        row.addWidget(self._pen)

    def button(self, key: str) -> SegmentButton | None:
        """The button of a tool."""
        return self._track.button(key)

    def mirror_button(self) -> SegmentButton:
        """The button that mirrors."""
        return self._mirror

    def last_time_button(self) -> SegmentButton:
        """The button that opens the last session."""
        return self._last_time

    def show_tool(self, key: str) -> None:
        """Mark the active tool."""
        self._track.show_chosen(key)

    def show_last(self, text: str) -> None:
        """Last action in words."""
        self._caption.setVisible(bool(text))
        self._last.show_text(text, 194)

    def show_pen_only(self, on: bool) -> None:
        """Set the switch."""
        self._pen.setChecked(on)

    def compact(self, narrow: bool) -> None:
        """Hide the last action where there is no room for it."""
        self._last_box.setVisible(not narrow)
