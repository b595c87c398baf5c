"""Card of the fill that waits: how many points and how much, lattice, spacing, margin, and the button that records."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from mesomap.domain.marks import Lattice
from mesomap.ui.canvas.foot_card import FootCard, fit_stepper
from mesomap.ui.canvas.tools.fill import FillTool
from mesomap.ui.controls.buttons import SegmentButton
from mesomap.ui.controls.stepper import Stepper
from mesomap.ui.controls.tool_buttons import ToolButton
from mesomap.ui.controls.track import Track
from mesomap.ui.session_model import SessionModel

_STEPPER_PX = 142


class FillCard(FootCard):
    """Shows what the tool shows; entered is sent when a figure was typed."""

    entered = Signal()
    refused = Signal(str)

    def __init__(self, canvas: QWidget, model: SessionModel, tool: FillTool) -> None:
        super().__init__(canvas)
        self._model = model
        self._tool = tool
        self._active = False
        self._lattices = Track()
        for lattice, name in (
            (Lattice.HEX, self.tr("Hexagonal")),
            (Lattice.SQUARE, self.tr("Square")),
            (Lattice.JITTERED, self.tr("Scattered")),
        ):
            button = ToolButton(lattice.value, name, name, ink=False)
            button.show_word(False)
            self._lattices.add_button(lattice.value, button)
        self._spacing = Stepper(self.tr("spacing"), "mm", step=0.5, decimals=1, maximum=200.0)
        self._margin = Stepper(self.tr("margin"), "mm", step=1.0, decimals=1, maximum=50.0)
        self._margin.setToolTip(self.tr("Kept free along the border of each region"))
        self._record = QPushButton(self.tr("Record"))
        self._record.setProperty("kind", "primary")
        self._record.setToolTip(self.tr("Record this fill as one step (Enter)"))
        self._assemble()
        self._lattices.chosen.connect(tool.pattern.set_lattice)
        self._spacing.changed.connect(lambda value: model.choose_value("spacing_mm", value))
        self._margin.changed.connect(tool.pattern.set_margin)
        for stepper in (self._spacing, self._margin):
            stepper.entered.connect(self.entered)
            stepper.refused.connect(self.refused)
        self._record.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._record.clicked.connect(self.entered)
        self._record.clicked.connect(tool.confirm)
        tool.shown.connect(self._show)

    def _assemble(self) -> None:
        fit_stepper(self._spacing, self.tr("spacing"), _STEPPER_PX)
        fit_stepper(self._margin, self.tr("margin"), _STEPPER_PX)
        self._record.setStyleSheet("min-height: 52px;")
        column = QVBoxLayout(self._card)
        column.setContentsMargins(9, 9, 9, 8)
        column.setSpacing(7)
        column.addWidget(self._words)
        column.addWidget(self._flow(self._lattices, self._spacing, self._margin, self._record))

    # -- what others ask

    def show_active(self, on: bool) -> None:
        """Show the card while its tool is the active one."""
        self._active = on
        self._show()

    def lattice_button(self, lattice: Lattice) -> SegmentButton | None:
        """The button of an arrangement."""
        return self._lattices.button(lattice.value)

    def spacing(self) -> Stepper:
        """The spacing, the same as that of the panel."""
        return self._spacing

    def margin(self) -> Stepper:
        """The margin."""
        return self._margin

    def record_button(self) -> QPushButton:
        """The button that records."""
        return self._record

    def _show(self) -> None:
        pattern = self._tool.pattern
        self._lattices.show_chosen(pattern.lattice.value)
        self._margin.set_value(pattern.margin_mm)
        self._spacing.set_value(self._model.choice.values.spacing_mm)
        self._say(self._tool.words() if self._active else "")
