"""Tracks: a row of segments in a sunken rounded field, one of which is chosen."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from mesomap.ui.controls.buttons import PictureOf, SegmentButton
from mesomap.ui.theme import theme

#: Beside a word of a segment, and the least width of one, px.
_BESIDE_PX, _LEAST_PX = 12, 44


class Track(QWidget):
    """Exclusive choice among keyed segments. chosen(key) is sent when the person picks one, not when code
    does.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, ink: bool = False) -> None:
        super().__init__(parent)
        self._ink = ink
        self._buttons: dict[str, SegmentButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(3, 3, 3, 3)
        self._row.setSpacing(2)
        theme.changed.connect(self.update)

    def add(self, key: str, text: str, picture: PictureOf | None = None, tip: str = "") -> SegmentButton:
        """Add a segment at the end."""
        button = SegmentButton(text, picture, ink=self._ink)
        button.setToolTip(tip)
        return self.add_button(key, button)

    def add_button(self, key: str, button: SegmentButton) -> SegmentButton:
        """Add a segment that was made elsewhere."""
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(button)
        before = next(reversed(self._buttons.values()), None)
        self._buttons[key] = button
        self._row.addWidget(button, 1)
        # A segment that comes later than the controls around the track stands among them for Tab, not behind them all.
        if (stop := before or self._stop_before()) is not None:
            QWidget.setTabOrder(stop, button)
        self._share()
        return button

    def _stop_before(self) -> QWidget | None:
        """The control before this track that Tab stops at; None while the track stands alone."""
        found: QWidget | None = self.previousInFocusChain()
        while found is not None and found is not self and not found.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found = found.previousInFocusChain()
        return found if found is not self and found is not None and not self.isAncestorOf(found) else None

    def clear(self) -> None:
        """Take all segments away."""
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons.clear()

    def button(self, key: str) -> SegmentButton | None:
        """The segment of a key."""
        return self._buttons.get(key)

    def keys(self) -> list[str]:
        """Keys in order."""
        return list(self._buttons)

    def show_chosen(self, key: str | None) -> None:
        """Mark a segment as chosen without sending chosen; None or an unknown key clears the choice."""
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.setChecked(name == key)
        self._group.setExclusive(True)

    def chosen_key(self) -> str:
        """Key of the segment that is chosen, "" when none is."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def wanted_px(self) -> int:
        """Width in which no word is set smaller."""
        return sum(max(button.word_px() + _BESIDE_PX, _LEAST_PX) + 2 for button in self._buttons.values()) + 6

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Segments are equally wide as long as every word has room; else short words keep theirs, and long ones share
        the rest.
        """
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        needs = [button.word_px() + _BESIDE_PX for button in self._buttons.values()]
        even = (self.width() - 6) / max(len(needs), 1) - 2
        enough = max(needs, default=0) <= even
        widths = [1] * len(needs) if enough else _shared([max(need, _LEAST_PX) for need in needs], even)
        for place, width in enumerate(widths):
            self._row.setStretch(place, width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sunken field."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tokens().colour("sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), 13, 13)


def _shared(needs: list[int], even: float) -> list[int]:
    """Widths that use all the room (`even` for each): every need is met, from the least on, as long as there is room;
    what is left over is shared by all.
    """
    left, widths = even * len(needs), [0.0] * len(needs)
    for done, place in enumerate(sorted(range(len(needs)), key=needs.__getitem__)):
        widths[place] = min(needs[place], left / (len(needs) - done))
        left -= widths[place]
    return [max(1, round(width + left / len(needs))) for width in widths]
