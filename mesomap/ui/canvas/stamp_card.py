"""Card of the stamp: the plate's rows and columns, the distance of its needles, and usual plates as one tap."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mesomap.domain.errors import BadInputError
from mesomap.services.stamping import MOST_ROWS, Plate
from mesomap.ui.canvas.foot_card import FootCard, fit_stepper
from mesomap.ui.canvas.tools.stamp import StampTool
from mesomap.ui.controls.buttons import SegmentButton
from mesomap.ui.controls.stepper import Stepper
from mesomap.ui.controls.track import Track

#: Rows and columns offered as one tap.
PLATES = ((1, 5), (3, 3), (5, 5))


class StampCard(FootCard):
    """Shows and sets the tool's plate; entered is sent when a figure was typed."""

    entered = Signal()
    refused = Signal(str)

    def __init__(self, canvas: QWidget, tool: StampTool) -> None:
        super().__init__(canvas)
        self._tool = tool
        self._active = False
        self._plates = Track()
        for rows, columns in PLATES:
            name = self.tr("{0} in line").format(columns) if rows == 1 else f"{rows} × {columns}"
            self._plates.add(f"{rows}x{columns}", f"{rows} × {columns}", tip=name).setAccessibleName(name)
        self._rows = Stepper(self.tr("down"), "", step=1, decimals=0, maximum=MOST_ROWS)
        self._columns = Stepper(self.tr("across"), "", step=1, decimals=0, maximum=MOST_ROWS)
        self._pitch = Stepper(self.tr("apart"), "mm", step=0.5, decimals=1, maximum=50.0)
        self._pitch.setToolTip(self.tr("Distance from needle to needle"))
        self._assemble()
        self._plates.chosen.connect(self._choose)
        self._rows.changed.connect(lambda value: self._set(replace(tool.plate, rows=max(1, round(value)))))
        self._columns.changed.connect(lambda value: self._set(replace(tool.plate, columns=max(1, round(value)))))
        self._pitch.changed.connect(lambda value: self._set(replace(tool.plate, pitch_mm=value or None)))
        for stepper in (self._rows, self._columns, self._pitch):
            stepper.entered.connect(self.entered)
            stepper.refused.connect(self.refused)
        tool.changed.connect(self._show)

    def _assemble(self) -> None:
        self._plates.setFixedHeight(54)
        fit_stepper(self._columns, self.tr("across"), 118)
        fit_stepper(self._rows, self.tr("down"), 118)
        fit_stepper(self._pitch, self.tr("apart"), 142)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(9, 9, 9, 8)
        column.setSpacing(7)
        column.addWidget(self._words)
        column.addWidget(self._flow(self._plates, self._columns, self._rows, self._pitch))

    # -- what others ask

    def show_active(self, on: bool) -> None:
        """Show the card while its tool is the active one."""
        self._active = on
        self._show()

    def plate_button(self, rows: int, columns: int) -> SegmentButton | None:
        """The button of a usual plate."""
        return self._plates.button(f"{rows}x{columns}")

    def pitch(self) -> Stepper:
        """Distance from needle to needle."""
        return self._pitch

    # -- inside

    def _choose(self, key: str) -> None:
        rows, columns = (int(part) for part in key.split("x"))
        self._set(replace(self._tool.plate, rows=rows, columns=columns))

    def _set(self, plate: Plate) -> None:
        try:
            # a distance that is not entered yet is asked for, not refused
            replace(plate, pitch_mm=plate.pitch_mm or 1.0).checked()
        except BadInputError as error:
            self.refused.emit(error.sentence)
            self._show()
            return
        self._tool.set_plate(plate)

    def _show(self) -> None:
        plate = self._tool.plate
        self._plates.show_chosen(f"{plate.rows}x{plate.columns}")
        self._rows.set_value(plate.rows)
        self._columns.set_value(plate.columns)
        self._pitch.set_value(plate.pitch_mm)
        self._pitch.set_wanted(True)
        self._say(self._tool.words() if self._active else "")
