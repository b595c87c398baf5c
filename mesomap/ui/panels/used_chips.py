"""What was used before, one chip each, to be taken again by one tap."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mesomap.ui.controls.labels import plain_label
from mesomap.ui.panels.dose_card import WordChip, chips_in_columns

T = TypeVar("T")


class UsedChips(QWidget, Generic[T]):
    """words: of one thing. taken: called with the one that was tapped. marks: the chosen one stands out.

    Not shown while there is nothing.
    """

    def __init__(self, words: Callable[[T], str], taken: Callable[[T], object], *, marks: bool) -> None:
        super().__init__()
        self._words, self._taken, self._marks = words, taken, marks
        self._things: tuple[T, ...] = ()
        self.chips: list[WordChip] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_things(self, things: Sequence[T]) -> None:
        """The one used last comes first."""
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._things = tuple(things)
        self.chips = [WordChip(self._words(thing)) for thing in things]
        for chip, thing in zip(self.chips, things, strict=True):
            chip.setCheckable(self._marks)
            chip.clicked.connect(lambda _checked=False, one=thing: self._taken(one))
        self.setVisible(bool(self.chips))
        if self.chips:
            held = QWidget()
            held.setLayout(chips_in_columns(list(self.chips), 2))
            self._column.addWidget(plain_label("small2", QCoreApplication.translate("UsedChips", "Used before")))
            self._column.addWidget(held)

    def show_chosen(self, chosen: T | None) -> None:
        """Which of them the next marks get, None = none of them."""
        for chip, thing in zip(self.chips, self._things, strict=True):
            chip.setChecked(thing == chosen)
