"""The device of the next marks: one used before by a single tap, or a new one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mesomap.domain.needle import Device
from mesomap.ui.carried_words import device_words
from mesomap.ui.dose_choice import DoseChoice
from mesomap.ui.panels.device_form import DeviceForm
from mesomap.ui.panels.dose_card import DoseCard, WordChip, chips_in_columns
from mesomap.ui.panels.top_bar import plain_label


class DeviceCard(DoseCard):
    """changed(device or None) with every entry; taken(device) when one used before was tapped."""

    changed = Signal(object)
    taken = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.set_words(self.tr("Device"), self.tr("No device"))
        self.form = DeviceForm()
        self.form.changed.connect(self.changed)
        self._chips: list[WordChip] = []
        self._used = QWidget()
        self._used_column = QVBoxLayout(self._used)
        self._used_column.setContentsMargins(0, 0, 0, 0)
        self._used_column.setSpacing(6)
        self.column.addWidget(self._used)
        self.column.addWidget(self.form)
        self.column.addStretch(1)

    def show_used(self, devices: Sequence[Device]) -> None:
        """Devices used before, the last one first."""
        while (item := self._used_column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._chips = [WordChip(device_words(device)) for device in devices]
        for chip, device in zip(self._chips, devices, strict=True):
            chip.setCheckable(False)
            chip.clicked.connect(lambda _checked=False, d=device: self.taken.emit(d))
        self._used.setVisible(bool(self._chips))
        if self._chips:
            held = QWidget()
            held.setLayout(chips_in_columns(list(self._chips), 2))
            self._used_column.addWidget(plain_label("small2", self.tr("Used before")))
            self._used_column.addWidget(held)

    def show_choice(self, choice: DoseChoice) -> None:
        """The device of the choice."""
        self.form.show_device(choice.values.device)

    def used_chip(self, place: int) -> WordChip:
        """The chip of a device used before."""
        return self._chips[place]
