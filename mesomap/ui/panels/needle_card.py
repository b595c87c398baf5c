"""The needle of the next marks: one used before by a single tap, or a new one entered once."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mesomap.domain.errors import BadInputError
from mesomap.domain.needle import Needle, check_needle
from mesomap.ui.carried_words import needle_words
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.dose_choice import DoseChoice
from mesomap.ui.panels.dose_card import DoseCard, WordChip
from mesomap.ui.panels.needle_form import NeedleForm
from mesomap.ui.panels.used_chips import UsedChips


class NeedleCard(DoseCard):
    """changed(needle or None) with every entry; taken(needle) when one used before was tapped."""

    changed = Signal(object)
    taken = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.set_words(self.tr("Needle"), self.tr("Not recorded"))
        self.form = NeedleForm()
        self.form.changed.connect(self.changed)
        self._used = UsedChips[Needle](needle_words, self.taken.emit, marks=True)
        self._error = plain_label("error")
        self._error.setWordWrap(True)
        self._error.hide()
        self.column.addWidget(self._used)
        self.column.addWidget(self.form)
        self.column.addWidget(self._error)
        self.column.addStretch(1)

    def show_used(self, needles: Sequence[Needle], chosen: Needle | None) -> None:
        """Needles used before, the last one first."""
        self._used.show_things(needles)
        self._used.show_chosen(chosen)

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
        self._used.show_chosen(choice.values.needle)

    def error(self) -> str:
        """The sentence on an impossible needle, or nothing."""
        return self._error.text()

    def used_chip(self, place: int) -> WordChip:
        """The chip of a needle used before."""
        return self._used.chips[place]
