"""What a mark carries besides its dose: needle, device and layer, each a button that opens its card."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mesomap.domain.skin_layers import SkinLayer
from mesomap.ui.carried_words import device_name, device_words, layer_word, needle_size, needle_words
from mesomap.ui.controls.value_chip import ValueChip
from mesomap.ui.dose_choice import DoseChoice
from mesomap.ui.words import layer_words


class CarryRow(QWidget):
    """asked("needle", "device" or "layer") opens a card."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips = {
            "needle": ValueChip(self.tr("Needle")),
            "device": ValueChip(self.tr("Device")),
            "layer": ValueChip(self.tr("Layer, est.")),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for key, chip in self._chips.items():
            row.addWidget(chip, 3 if key == "layer" else 2)
            chip.clicked.connect(lambda _checked=False, k=key: self.asked.emit(k))

    def show_choice(self, choice: DoseChoice, layer: SkinLayer | None) -> None:
        """layer: estimated from depth and region, None = no depth or no data."""
        values = choice.values
        self._chips["needle"].show_value(needle_words(values.needle), short=needle_size(values.needle))
        self._chips["device"].show_value(device_words(values.device), short=device_name(values.device))
        meant = self.tr("Meant: {0}").format(layer_word(values.intended_layer))
        caption = meant if values.intended_layer else self.tr("Layer, est.")
        estimated = layer_words(layer, True) if layer is not None else ""
        if values.intended_layer and estimated:
            estimated = self.tr("est. {0}").format(estimated)
        self._chips["layer"].show_value(estimated, caption)

    def chip(self, key: str) -> ValueChip:
        """The button of "needle", "device" or "layer"."""
        return self._chips[key]
