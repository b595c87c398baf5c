"""Card of the strokes: width of the strip and distance of the strokes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mesomap.services.stroking import WIDTHS_MM
from mesomap.ui.canvas.foot_card import FootCard, fit_stepper
from mesomap.ui.canvas.tools.stroke import StrokeTool
from mesomap.ui.controls.stepper import Stepper
from mesomap.ui.session_model import SessionModel

_STEPPER_PX = 142


class StrokeCard(FootCard):
    """Shows and sets width and spacing; entered is sent when a figure was typed."""

    entered = Signal()
    refused = Signal(str)

    def __init__(self, canvas: QWidget, model: SessionModel, tool: StrokeTool) -> None:
        super().__init__(canvas)
        self._model = model
        self._tool = tool
        self._active = False
        self.width = Stepper(self.tr("width"), "mm", step=2.0, decimals=1, maximum=WIDTHS_MM[1])
        self.spacing = Stepper(self.tr("spacing"), "mm", step=0.5, decimals=1, maximum=200.0)
        for stepper in (self.width, self.spacing):
            stepper.entered.connect(self.entered)
            stepper.refused.connect(self.refused)
        fit_stepper(self.width, self.tr("width"), _STEPPER_PX)
        fit_stepper(self.spacing, self.tr("spacing"), _STEPPER_PX)
        column = QVBoxLayout(self._card)
        column.setContentsMargins(9, 9, 9, 8)
        column.setSpacing(7)
        column.addWidget(self._words)
        column.addWidget(self._flow(self.width, self.spacing))
        self.width.changed.connect(tool.set_width)
        self.spacing.changed.connect(lambda value: model.choose_value("spacing_mm", value))
        tool.changed.connect(self._show)
        model.choice_changed.connect(self._show)

    def show_active(self, on: bool) -> None:
        """Show the card while its tool is the active one."""
        self._active = on
        self._show()

    def _show(self) -> None:
        self.width.set_value(self._tool.width_mm)
        self.spacing.set_value(self._model.choice.values.spacing_mm)
        self.spacing.set_wanted(True)
        self._say(self._tool.words() if self._active else "")
