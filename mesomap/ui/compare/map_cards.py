"""The two maps in their cards: both where there is width, else one at a time with a button that turns to the other."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mesomap.ui.compare.map_view import MapView
from mesomap.ui.compare.shown import Mode
from mesomap.ui.controls.labels import ElidedLabel

_GAP_PX = 12


class MapCards(QWidget):
    """front: which map is seen where there is room for one, 0 = the earlier. turned() after it was changed."""

    turned = Signal()

    def __init__(self, maps: tuple[MapView, MapView], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.front = 1
        self._mode, self._narrow = Mode.SIDE_BY_SIDE, False
        self.heads = (ElidedLabel("strong", stretchy=True), ElidedLabel("strong", stretchy=True))
        self.buttons = (QPushButton(), QPushButton())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP_PX)
        self.cards = tuple(_card(*parts) for parts in zip(self.heads, self.buttons, maps, strict=True))
        for card in self.cards:
            row.addWidget(card, 1)
        for button in self.buttons:
            button.clicked.connect(self._turn)
        self._renew()

    def show_visits(self, heads: tuple[str, str], numbers: tuple[int, int]) -> None:
        """Words over each map, and the numbers of the visits."""
        for label, words in zip(self.heads, heads, strict=True):
            label.show_text(words)
        for button, other in zip(self.buttons, reversed(numbers), strict=True):
            button.setText(self.tr("Show visit {0}").format(other))

    def show_mode(self, mode: Mode) -> None:
        """Side by side shows two maps, every other mode one."""
        self._mode = mode
        self._renew()

    def set_narrow(self, narrow: bool) -> None:
        """Whether there is room for one map only."""
        if narrow is not self._narrow:
            self._narrow = narrow
            self._renew()

    def _turn(self) -> None:
        self.front = 1 - self.front
        self._renew()
        # The hand stays where it was: the button of the other card stands at the same place.
        self.buttons[self.front].setFocus()
        self.turned.emit()

    def _renew(self) -> None:
        pair = self._mode is Mode.SIDE_BY_SIDE
        for which, card in enumerate(self.cards):
            one = self.front if pair else 1
            card.setVisible(which == one or (pair and not self._narrow))
            self.buttons[which].setVisible(pair and self._narrow)


def _card(head: QWidget, button: QPushButton, view: MapView) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(2, 8, 2, 2)
    column.setSpacing(6)
    row = QHBoxLayout()
    row.setContentsMargins(14, 0, 8, 0)
    row.addWidget(head, 1)
    column.addLayout(row)
    column.addWidget(view, 1)
    # Over the map, which needs the height more than a corner.
    over = QVBoxLayout(view)
    over.setContentsMargins(8, 8, 8, 8)
    over.addWidget(button, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    return card
