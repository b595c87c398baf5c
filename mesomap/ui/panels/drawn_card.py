"""How much of a mixture was drawn up: one tap for each syringe, or the sum typed. Bookkeeping, it stops nothing."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from mesomap.services.mixture_amounts import MixtureAmount
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.controls.stepper import Stepper
from mesomap.ui.panels.dose_card import DoseCard, WordChip, chips_in_columns, tap_chip
from mesomap.ui.words import number, volume

#: Volumes that syringes hold, mL.
SYRINGES_ML = (1.0, 2.0, 2.5, 3.0, 5.0, 10.0)


class DrawnCard(DoseCard):
    """changed(mL or None): drawn up in all."""

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._drawn_ml: float | None = None
        self.set_words(self.tr("Drawn up"), self.tr("Not recorded"))
        self._stepper = Stepper(self.tr("drawn up in all"), "mL", step=0.5, decimals=2, maximum=1000.0, clearable=True)
        self._stepper.changed.connect(self.changed)
        self._stepper.refused.connect(self.refused)
        self._chips = {size: tap_chip(f"+ {size:g} mL", partial(self._add, size)) for size in SYRINGES_ML}
        self._words = plain_label("small2")
        self._words.setWordWrap(True)
        held = QWidget()
        held.setLayout(chips_in_columns(list[QPushButton](self._chips.values()), 3))
        self.column.addWidget(self._words)
        self.column.addWidget(self._stepper)
        self.column.addWidget(plain_label("small2", self.tr("Add a syringe")))
        self.column.addWidget(held)
        self.column.addStretch(1)

    def show_amount(self, letter: str, amount: MixtureAmount | None) -> None:
        """Figures of a mixture."""
        self._drawn_ml = amount.drawn_ml if amount is not None else None
        self.set_words(self.tr("Drawn up, mixture {0}").format(letter), self.tr("Not recorded"))
        self._stepper.set_value(self._drawn_ml)
        given = self.tr("Given so far: {0} mL").format(volume(amount.given_ml if amount else 0.0))
        if amount is not None and not amount.complete:
            given = self.tr("{0}, and points without a volume").format(given)
        left = amount.left_ml if amount is not None else None
        if left is not None:
            given = self.tr("{0}. Left: {1} mL").format(given, number(left, 2))
        self._words.setText(given)

    def _add(self, size_ml: float) -> None:
        self.changed.emit((self._drawn_ml or 0.0) + size_ml)

    def size_chip(self, size_ml: float) -> WordChip:
        """The button that adds a syringe."""
        return self._chips[size_ml]

    def stepper(self) -> Stepper:
        """The sum."""
        return self._stepper
