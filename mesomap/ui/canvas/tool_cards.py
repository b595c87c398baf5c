"""The further tools and the cards at the foot of the canvas that belong to them."""

from PySide6.QtCore import QObject, Signal

from mesomap.ui.canvas.area_card import AreaCard
from mesomap.ui.canvas.canvas import Canvas
from mesomap.ui.canvas.tools.tool import Tool
from mesomap.ui.canvas.tools.whole_area import WholeAreaTool
from mesomap.ui.session_model import SessionModel
from mesomap.ui.strokes import Strokes


class ToolCards(QObject):
    """Makes tools with their cards; show_for(tool) shows the card of the active one.

    entered: a figure was typed; refused(sentence): it could not be read.
    """

    entered = Signal()
    refused = Signal(str)

    def __init__(self, model: SessionModel, strokes: Strokes, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._strokes = strokes
        self.area = WholeAreaTool(model, self)
        self.area_card = AreaCard(canvas, self.area.areas)
        self.area_card.confirmed.connect(self.area.confirm)
        self.area_card.entered.connect(self.entered)
        self.area_card.refused.connect(self.refused)
        model.view_changed.connect(lambda _key: self.area_card.show_view())
        self.tools: dict[str, Tool] = {tool.key: tool for tool in (self.area,)}

    def show_for(self, tool: Tool | None) -> None:
        """The card of this tool, and no other."""
        self.area_card.show_active(tool is self.area)
