"""Card of the fan: number of lines and the angle they spread over."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mesomap.services.fanning import LINES, SPREAD_DEG, FanShape
from mesomap.ui.canvas.foot_card import FootCard, fit_stepper
from mesomap.ui.canvas.tools.fan import FanTool
from mesomap.ui.controls.stepper import Stepper

_STEPPER_PX = 142


class FanCard(FootCard):
    """Shows and sets the tool's shape; entered is sent when a figure was typed."""

    entered = Signal()
    refused = Signal(str)

    def __init__(self, canvas: QWidget, tool: FanTool) -> None:
        super().__init__(canvas)
        self._tool = tool
        self._active = False
        self.lines = Stepper(self.tr("lines"), "", step=1, decimals=0, maximum=LINES[1])
        self.spread = Stepper(self.tr("angle"), "°", step=5, decimals=0, maximum=SPREAD_DEG[1])
        for stepper in (self.lines, self.spread):
            stepper.entered.connect(self.entered)
            stepper.refused.connect(self.refused)
        fit_stepper(self.lines, self.tr("lines"), _STEPPER_PX)
        fit_stepper(self.spread, self.tr("angle"), _STEPPER_PX)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(9, 9, 9, 8)
        column.setSpacing(7)
        column.addWidget(self._words)
        column.addWidget(self._flow(self.lines, self.spread))
        self.lines.changed.connect(lambda value: tool.set_shape(FanShape(round(value), tool.shape.spread_deg)))
        self.spread.changed.connect(lambda value: tool.set_shape(FanShape(tool.shape.lines, value)))
        tool.changed.connect(self._show)

    def show_active(self, on: bool) -> None:
        """Show the card while its tool is the active one."""
        self._active = on
        self._show()

    def _show(self) -> None:
        self.lines.set_value(self._tool.shape.lines)
        self.spread.set_value(self._tool.shape.spread_deg)
        self._say(self._tool.words() if self._active else "")
