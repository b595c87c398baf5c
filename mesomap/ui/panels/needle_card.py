"""The needle of the next marks: one used before by a single tap, or a new one entered once."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mesomap.domain.errors import BadInputError
from mesomap.domain.needle import Needle, check_needle
from mesomap.ui.carried_words import needle_words
from mesomap.ui.dose_choice import DoseChoice
from mesomap.ui.panels.dose_card import DoseCard, WordChip, chips_in_columns
from mesomap.ui.panels.needle_form import NeedleForm
from mesomap.ui.panels.top_bar import plain_label


class NeedleCard(DoseCard):
    """changed(needle or None) with every entry; taken(needle) when one used before was tapped."""

    changed = Signal(object)
    taken = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.set_words(self.tr("Needle"), self.tr("Not recorded"))
        self.form = NeedleForm()
        self.form.changed.connect(self.changed)
        self._known: Sequence[Needle] = ()
        self._chips: list[WordChip] = []
        self._used = QWidget()
        self._used_column = QVBoxLayout(self._used)
        self._used_column.setContentsMargins(0, 0, 0, 0)
        self._used_column.setSpacing(6)
        self._error = plain_label("error")
        self._error.setWordWrap(True)
        self._error.hide()
        self.column.addWidget(self._used)
        self.column.addWidget(self.form)
        self.column.addWidget(self._error)
        self.column.addStretch(1)

    def show_used(self, needles: Sequence[Needle], chosen: Needle | None) -> None:
        """Needles used before, the last one first."""
        self._known = tuple(needles)
        while (item := self._used_column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._chips = [WordChip(needle_words(needle), chosen=needle == chosen) for needle in needles]
        for chip, needle in zip(self._chips, needles, strict=True):
            chip.clicked.connect(lambda _checked=False, n=needle: self.taken.emit(n))
        self._used.setVisible(bool(self._chips))
        if self._chips:
            held = QWidget()
            held.setLayout(chips_in_columns(list(self._chips), 2))
            self._used_column.addWidget(plain_label("small2", self.tr("Used before")))
            self._used_column.addWidget(held)

    def show_choice(self, choice: DoseChoice) -> None:
        """The needle of the choice, and what it cannot do."""
        self.form.show_needle(choice.values.needle)
        sentence = ""
        try:
            check_needle(choice.values.needle, choice.values.insertion, choice.values.depth_mm)
        except BadInputError as error:
            sentence = error.sentence
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        for chip, needle in zip(self._chips, self._known, strict=True):
            chip.setChecked(needle == choice.values.needle)

    def error(self) -> str:
        """The sentence on an impossible needle, or nothing."""
        return self._error.text()

    def used_chip(self, place: int) -> WordChip:
        """The chip of a needle used before."""
        return self._chips[place]
