"""Tool bar under the canvas: last action, the tools used most, a second row for the others, pen only.

What has no room goes step by step: first the switch is drawn narrow, then the last action is left out, then mirror,
last time and the switch move into the second row, at last the words. A target never gets smaller.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mesomap.ui.controls.buttons import SegmentButton
from mesomap.ui.controls.labels import ElidedLabel, plain_label
from mesomap.ui.controls.tool_buttons import SwitchButton, ToolButton
from mesomap.ui.controls.track import Track
from mesomap.ui.panels.more_tools import MoreTools

_LAST_PX, _GAP_PX, _EDGE_PX = 180, 8, 12
#: The last action makes room for the tools down to this, px.
_LEAST_LAST_PX = 120
#: Steps of narrowing, the roomiest first: wide switch, last action, actions in the bar, words.
_STEPS = (
    (True, True, True, True),
    (False, True, True, True),
    (False, False, True, True),
    (False, False, False, True),
    (False, False, False, False),
)


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
        self._tool = ""
        self._step = _STEPS[0]
        self._words: dict[str, str] = {}
        self._first: list[ToolButton] = []
        self._track = Track(ink=True)
        self._second = MoreTools(self)
        self._add_tools()
        self._track.chosen.connect(self._track_chosen)
        self._second.chosen.connect(self.tool_chosen)
        self._second.closed.connect(self._show_tool)
        self._mirror = ToolButton(
            "mirror", self.tr("Mirror"), self.tr("Set the selection, or the last mark, out on the other side (X)")
        )
        self._last_time = ToolButton(
            "again", self.tr("As last time"), self.tr("Plan the last session again, less these; then by region (A)")
        )
        for button, signal in ((self._mirror, self.mirror), (self._last_time, self.last_time)):
            button.setCheckable(False)
            button.clicked.connect(self._second.close)
            button.clicked.connect(signal)
        self._pen = SwitchButton("pen", self.tr("Pen only"))
        self._pen.setToolTip(self.tr("Ignore fingers and palm on the body"))
        self._pen.toggled.connect(self.pen_only)
        self._assemble()

    def _add_tools(self) -> None:
        """The six used most, then the button of the second row, then those in it."""
        for key, text, tip in (
            ("place", self.tr("Place"), self.tr("One tap, one injection (P)")),
            ("fill", self.tr("Fill"), self.tr("Tap a region or draw a loop, see the pattern, tap again (F)")),
            ("area", self.tr("Area"), self.tr("Whole area by its name: face, neck, thigh … (W)")),
            ("brush", self.tr("Brush"), self.tr("Draw a stroke: points at the set spacing, or a swath (B)")),
            ("select", self.tr("Select"), self.tr("Tap or lasso marks; drag them; set or erase them (V)")),
            ("erase", self.tr("Erase"), self.tr("Tap a point to take it away (E)")),
        ):
            self._first.append(ToolButton(key, text, tip))
            self._track.add_button(key, self._first[-1])
        self._more = ToolButton("more", self.tr("More"), self.tr("Further tools"))
        self._more.caret = True
        self._first.append(self._more)
        self._track.add_button("more", self._more)
        for key, text, tip in (
            ("plan", self.tr("Plan"), self.tr("Tap what was planned: done; hold: skip; drag: moved (Y)")),
            ("line", self.tr("Line"), self.tr("Drag from the entry to the end, or tap both (L)")),
            ("fan", self.tr("Fan"), self.tr("Several lines from one entry: drag the middle one (O)")),
            ("stroke", self.tr("Strokes"), self.tr("Parallel strokes of the needle over a strip: IED (I)")),
            ("stamp", self.tr("Stamp"), self.tr("All needles of a plate by one tap; drag to turn it (S)")),
            ("measure", self.tr("Measure"), self.tr("Tap two places for their distance, or draw a loop (M)")),
            ("complaint", self.tr("Complaint"), self.tr("Pain drawing: where it hurts, how strongly (C)")),
        ):
            self._words[key] = text
            self._second.add(key, ToolButton(key, text, tip))
        # Whichever tool lends its word, the others stay where the hand knows them.
        self._more.keep_room_for(self._words.values())

    def _assemble(self) -> None:
        self._caption = plain_label("small", self.tr("Last action"))
        self._last = ElidedLabel("strong", stretchy=True)
        self._last_box = QWidget()
        lines = QVBoxLayout(self._last_box)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(1)
        lines.addStretch(1)
        lines.addWidget(self._caption)
        lines.addWidget(self._last)
        lines.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_EDGE_PX, 6, _EDGE_PX, 6)
        self._row.setSpacing(_GAP_PX)
        self._row.addWidget(self._last_box)
        self._row.addWidget(self._track)
        self._row.addStretch(1)
        for widget in self._actions():
            self._row.addWidget(widget)

    def _actions(self) -> tuple[ToolButton, ToolButton, SwitchButton]:
        return (self._mirror, self._last_time, self._pen)

    # -- what others ask

    def button(self, key: str) -> SegmentButton | None:
        """The button of a tool, or "more", which opens the second row."""
        return self._track.button(key) or self._second.button(key)

    def is_second(self, key: str) -> bool:
        """Whether a tool stands in the second row."""
        return key in self._words

    def hint_of(self, key: str) -> str:
        """How a tool of the second row works; those in front are used all day and need no words."""
        button = self._second.button(key)
        return "" if button is None else button.toolTip()

    def second_open(self) -> bool:
        """Whether the second row shows."""
        return self._second.is_open()

    def mirror_button(self) -> SegmentButton:
        """The button that mirrors."""
        return self._mirror

    def last_time_button(self) -> SegmentButton:
        """The button that opens the last session."""
        return self._last_time

    def show_tool(self, key: str) -> None:
        """Mark the active tool."""
        self._tool = key
        self._second.close()
        self._show_tool()

    def show_last(self, text: str) -> None:
        """Last action in words."""
        self._caption.setVisible(bool(text))
        self._last.show_text(text)
        self._last.setToolTip(text)

    def show_pen_only(self, on: bool) -> None:
        """Set the switch."""
        self._pen.setChecked(on)

    # -- inside

    def _track_chosen(self, key: str) -> None:
        if key != "more":
            self._second.close()
            self.tool_chosen.emit(key)
            return
        if self._second.is_open():
            self._second.close()
        else:
            by_key = self._more.hasFocus()
            self._second.open(self._more)
            if by_key:
                self._second.focus_first()
        self._show_tool()

    def _show_tool(self) -> None:
        """The chosen tool in its row; one of the second row lends the button its icon and word."""
        second = self.is_second(self._tool)
        if second:
            self._more.relabel(self._tool, self._words[self._tool])
        else:
            self._more.relabel("more", self.tr("More"))
        self._track.show_chosen("more" if second or self._second.is_open() else self._tool)
        self._second.show_chosen(self._tool)
        self._arrange()

    def _arrange(self) -> None:
        """The first step that fits the width."""
        step = next((step for step in _STEPS if self._needed(step) <= self.width()), _STEPS[-1])
        if step != self._step:
            self._step = step
            wide, last, actions, words = step
            for button in self._first:
                button.show_word(words)
            self._last_box.setVisible(last)
            self._pen.show_narrow(not wide)
            for widget in self._actions():
                if actions:
                    self._row.addWidget(widget)
                    widget.show()
                else:
                    self._second.lodge(widget)
        self._last_box.setFixedWidth(min(_LAST_PX, _LEAST_LAST_PX + max(0, self.width() - self._needed(step))))

    def _needed(self, step: tuple[bool, bool, bool, bool]) -> int:
        """Width in px that a step needs."""
        wide, last, actions, words = step
        widths = [sum(button.width_of(words) for button in self._first) + 2 * (len(self._first) - 1) + 6]
        if last:
            widths.append(_LEAST_LAST_PX)
        if actions:
            widths += [self._mirror.width_of(True), self._last_time.width_of(True), self._pen.width_of(not wide)]
        return sum(widths) + _GAP_PX * len(widths) + 2 * _EDGE_PX

    def sizeHint(self) -> QSize:
        """As high as its buttons."""
        return QSize(400, self._more.sizeHint().height() + 18)

    def minimumSizeHint(self) -> QSize:
        """The steps of narrowing see to the width."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another step of narrowing, perhaps."""
        super().resizeEvent(event)
        self._second.close()
        self._arrange()
