"""The mode in which the complaint is drawn: its tools, its card, and the switch of its overlay."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mesomap.ui.canvas.tools.pain_area import ComplaintTool, PainAreaTool
from mesomap.ui.canvas.tools.tool import Tool
from mesomap.ui.canvas.tools.trigger_point import TriggerPointTool
from mesomap.ui.pain_drawing import PainDrawing
from mesomap.ui.panels.pain_card import PainCard
from mesomap.ui.session_model import SessionModel

KEY = ComplaintTool.key


class ComplaintMode(QObject):
    """tool() is the one in use; chosen(key) asks for a tool: another way to draw, or back to the one before."""

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, model: SessionModel, page: QWidget) -> None:
        super().__init__(page)
        self.pain = PainDrawing(model, self)
        self.card = PainCard(self.pain, page)
        self._modes: dict[str, ComplaintTool] = {
            "lasso": PainAreaTool(self.pain, brush=False, parent=self),
            "brush": PainAreaTool(self.pain, brush=True, parent=self),
            "point": TriggerPointTool(self.pain, self),
        }
        self._mode = "lasso"
        self._before = "place"
        self.card.mode_chosen.connect(self._choose)
        self.card.done.connect(self.leave)
        self.card.entered.connect(self.entered)

    def tool(self) -> Tool:
        """The tool of the way to draw that is chosen."""
        return self._modes[self._mode]

    def is_on(self) -> bool:
        """Whether the complaint is being drawn."""
        return self.card.isVisible()

    def tool_used(self, key: str, put_away: Callable[[], object]) -> None:
        """Another tool became the active one. put_away: what hides other cards when this one comes."""
        if key == KEY:
            put_away()
            self.card.open(self._mode)
            return
        self._before = key
        self.pain.erasing = False
        if self.card.isVisible():
            self.card.hide()
            self.pain.select(None)

    def erase_while(self, held: bool) -> bool:
        """The barrel button while the complaint is drawn: it erases complaints, no marks. False in every other mode."""
        self.pain.erasing = held and self.is_on()
        return self.is_on()

    def leave(self) -> None:
        """Back to the tool before."""
        self.chosen.emit(self._before)

    def _choose(self, mode: str) -> None:
        # The tool that is put down reverts what it holds; the selection goes over to the next one.
        selected = self.pain.selected()
        self._mode = mode
        self.chosen.emit(KEY)
        self.pain.select(None if selected is None else selected.id)
