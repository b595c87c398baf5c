"""Volume of the next mark: of each point, of a whole gesture only, or dry."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from mesomap.ui.controls.buttons import SegmentButton
from mesomap.ui.controls.stepper import Stepper
from mesomap.ui.controls.track import Track
from mesomap.ui.dose_choice import DoseChoice, VolumeBy

#: Height of the ways to record the volume, px, and on low screens.
_WAYS_PX, _LOW_WAYS_PX = 54, 50


class VolumeRow(QWidget):
    """Sends value_changed(volume_ml or total_ml, value) and way_chosen(each, total or dry)."""

    value_changed = Signal(str, object)
    way_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steppers = {
            "volume_ml": Stepper(self.tr("per point"), "mL", step=0.01, decimals=2, maximum=100.0, clearable=True),
            "total_ml": Stepper(self.tr("in all"), "mL", step=0.1, decimals=2, maximum=1000.0, clearable=True),
        }
        for name, stepper in self.steppers.items():
            stepper.changed.connect(lambda value, n=name: self.value_changed.emit(n, value))
        self._ways = Track()
        self.tighten(False)
        for way, word, tip in (
            (VolumeBy.EACH, self.tr("Each"), self.tr("Volume of each point")),
            (VolumeBy.TOTAL, self.tr("Total"), self.tr("Only the total of a gesture; single taps stay without volume")),
            (VolumeBy.DRY, self.tr("Dry"), self.tr("Dry: no volume")),
        ):
            self._ways.add(way.value, word, tip=tip)
        self._ways.chosen.connect(self.way_chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for stepper in self.steppers.values():
            row.addWidget(stepper, 1)
        row.addWidget(self._ways, 1)

    def tighten(self, low: bool) -> None:
        """As high as the figure beside it."""
        self._ways.setFixedHeight(_LOW_WAYS_PX if low else _WAYS_PX)

    def show_choice(self, choice: DoseChoice) -> None:
        """The volume, and how it is recorded."""
        way = choice.volume_by
        self.steppers["volume_ml"].set_value(choice.values.volume_ml)
        self.steppers["total_ml"].set_value(choice.values.total_ml)
        for name, stepper in self.steppers.items():
            stepper.set_wanted(True)
            stepper.setVisible((name == "total_ml") is (way is VolumeBy.TOTAL))
        self._ways.show_chosen(way.value)

    def field(self, name: str) -> QLineEdit:
        """The field of volume_ml or total_ml."""
        return self.steppers[name].field()

    def way_button(self, way: VolumeBy) -> SegmentButton | None:
        """The button of a way to record the volume."""
        return self._ways.button(way.value)
