"""The device of the next marks: one used before by a single tap, or a new one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mesomap.domain.needle import Device
from mesomap.ui.carried_words import device_words
from mesomap.ui.dose_choice import DoseChoice
from mesomap.ui.panels.device_form import DeviceForm
from mesomap.ui.panels.dose_card import DoseCard, WordChip
from mesomap.ui.panels.used_chips import UsedChips


class DeviceCard(DoseCard):
    """changed(device or None) with every entry; taken(device) when one used before was tapped."""

    changed = Signal(object)
    taken = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.set_words(self.tr("Device"), self.tr("No device"))
        self.form = DeviceForm()
        self.form.changed.connect(self.changed)
        self._used = UsedChips[Device](device_words, self.taken.emit, marks=False)
        self.column.addWidget(self._used)
        self.column.addWidget(self.form)
        self.column.addStretch(1)

    def show_used(self, devices: Sequence[Device]) -> None:
        """Devices used before, the last one first."""
        self._used.show_things(devices)

    def show_choice(self, choice: DoseChoice) -> None:
        """The device of the choice."""
        self.form.show_device(choice.values.device)

    def used_chip(self, place: int) -> WordChip:
        """The chip of a device used before."""
        return self._used.chips[place]
