"""The layer that is meant, beside the one that depth and place let expect."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mesomap.domain.intended_layer import INTENDED_LAYERS
from mesomap.domain.skin_layers import Thickness, taught_layer
from mesomap.ui.carried_words import layer_word
from mesomap.ui.controls.labels import plain_label
from mesomap.ui.dose_choice import DoseChoice
from mesomap.ui.panels.dose_card import DoseCard, WordChip, chips_in_columns
from mesomap.ui.words import layer_words, number


class LayerCard(DoseCard):
    """taken(layer) when one is tapped; a second tap on it takes it back."""

    taken = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.set_words(self.tr("Layer"), self.tr("Not recorded"))
        self._chips = {layer: WordChip(_at_beginning(layer_word(layer))) for layer in INTENDED_LAYERS}
        for layer, chip in self._chips.items():
            chip.clicked.connect(lambda _checked=False, x=layer: self._tapped(x))
        self._chosen = ""
        self._estimate = plain_label("strong")
        self._basis, self._taught = plain_label("small2"), plain_label("small2")
        for label in (self._estimate, self._basis, self._taught):
            label.setWordWrap(True)
        held = QWidget()
        held.setLayout(chips_in_columns(list(self._chips.values()), 2))
        self.column.addWidget(plain_label("small2", self.tr("Estimated from depth and place")))
        self.column.addWidget(self._estimate)
        self.column.addWidget(self._basis)
        self.column.addWidget(self._taught)
        self.column.addWidget(plain_label("small2", self.tr("Meant")))
        self.column.addWidget(held)
        self.column.addStretch(1)

    def show_choice(self, choice: DoseChoice, row: Thickness | None, place: str) -> None:
        """row: thickness at the place, None = no data; place: its name, "" = none yet."""
        self._chosen = choice.values.intended_layer
        for layer, chip in self._chips.items():
            chip.setChecked(layer == self._chosen)
        depth = choice.values.depth_mm
        self._taught.setVisible(depth is not None)
        if depth is not None:
            layer = layer_words(taught_layer(depth), True)
            self._taught.setText(self.tr("French teaching, the same everywhere: {0}").format(layer))
        if depth is None:
            self._estimate.setText(self.tr("no depth yet"))
        elif row is None:
            self._estimate.setText(self.tr("no data"))
        else:
            self._estimate.setText(f"{layer_words(row.layer(depth), True)}, {number(depth, 1)} mm")
        if row is None:
            self._basis.setText(self.tr("No skin thickness is known here. {0}").format(place).strip())
            return
        words = self.tr("{0}: epidermis to about {1} mm, dermis to {2}–{3} mm; {5}, confidence {4}. An estimate.")
        self._basis.setText(
            words.format(
                place,
                number(row.epidermis_mm, 2),
                number(row.epidermis_mm + row.dermis_min_mm, 1),
                number(row.epidermis_mm + row.dermis_max_mm, 1),
                row.confidence,
                self._whose(row),
            )
        )

    def basis(self) -> str:
        """What the estimate rests on."""
        return self._basis.text()

    def taught(self) -> str:
        """The layer after the French teaching, in words; nothing without a depth."""
        return self._taught.text() if self._taught.isVisible() else ""

    def _whose(self, row: Thickness) -> str:
        if not row.measured:
            return self.tr("a working default for both sexes")
        return self.tr("measured in women") if row.sex == "female" else self.tr("measured in men")

    def chip(self, layer: str) -> WordChip:
        """The button of a layer."""
        return self._chips[layer]

    def estimate(self) -> str:
        """The estimated layer in words."""
        return self._estimate.text()

    def _tapped(self, layer: str) -> None:
        self.taken.emit("" if layer == self._chosen else layer)


def _at_beginning(word: str) -> str:
    return word[:1].upper() + word[1:]
