"""Mixtures to be taken in one tap, while nothing is recorded of the letter."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mesomap.ui.panels.dose_card import WordChip, tap_chip

#: More would take the room of the tally; the others are on the card.
_MOST = 2
#: Height of a chip, px, and on low screens.
_CHIP_PX, _LOW_CHIP_PX = 44, 40


class OfferRow(QWidget):
    """taken(key) with one tap; hidden where nothing is offered."""

    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers: tuple[tuple[str, str], ...] = ()
        self._chips: list[WordChip] = []
        self._low = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_offers(self, offers: Sequence[tuple[str, str]]) -> None:
        """Key and words of each; last time's alone when there is one, else the first favourites."""
        shown = tuple(offers[:1] if offers and offers[0][0] == "last" else offers[:_MOST])
        if shown == self._offers:
            return
        self._offers = shown
        for old in self._chips:
            old.hide()
            old.deleteLater()
        self._chips = []
        for key, words in shown:
            chip = tap_chip(words, partial(self.taken.emit, key))
            self._size(chip)
            self._column.addWidget(chip)
            self._chips.append(chip)
        self.setVisible(bool(shown))

    def tighten(self, low: bool) -> None:
        """On low screens the chips give way a little."""
        self._low = low
        for chip in self._chips:
            self._size(chip)

    def _size(self, chip: WordChip) -> None:
        high = _LOW_CHIP_PX if self._low else _CHIP_PX
        # The style sheet of all buttons asks for more than a low one has; it counts without the border.
        chip.setStyleSheet(f"{chip.styleSheet()} min-height: {high - 2}px; max-height: {high - 2}px;")

    def chips(self) -> list[WordChip]:
        """The chips that are shown."""
        return self._chips
