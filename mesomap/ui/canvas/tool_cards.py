"""The further tools and the cards at the foot of the canvas that belong to them."""

from PySide6.QtCore import QObject, Signal

from mesomap.ui.canvas.area_card import AreaCard
from mesomap.ui.canvas.canvas import Canvas
from mesomap.ui.canvas.fan_card import FanCard
from mesomap.ui.canvas.fill_card import FillCard
from mesomap.ui.canvas.stamp_card import StampCard
from mesomap.ui.canvas.stroke_card import StrokeCard
from mesomap.ui.canvas.tools.fan import FanTool
from mesomap.ui.canvas.tools.fill import FillTool
from mesomap.ui.canvas.tools.stamp import StampTool
from mesomap.ui.canvas.tools.stroke import StrokeTool
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
        self.fill = FillTool(model, self)
        self.fill_card = FillCard(canvas, model, self.fill)
        self.area = WholeAreaTool(model, self.fill.pattern, self)
        self.area_card = AreaCard(canvas, self.area.areas)
        self.area_card.confirmed.connect(self.area.confirm)
        self.stamp = StampTool(model, self)
        self.stamp_card = StampCard(canvas, self.stamp)
        self.fan = FanTool(model, strokes, self)
        self.fan_card = FanCard(canvas, self.fan)
        self.stroke = StrokeTool(model, strokes, self)
        self.stroke_card = StrokeCard(canvas, model, self.stroke)
        for card in (self.fill_card, self.area_card, self.stamp_card, self.fan_card, self.stroke_card):
            card.entered.connect(self.entered)
            card.refused.connect(self.refused)
        model.choice_changed.connect(self.stamp.changed)
        model.view_changed.connect(lambda _key: self.area_card.show_view())
        made = (self.fill, self.area, self.stamp, self.fan, self.stroke)
        self.tools: dict[str, Tool] = {tool.key: tool for tool in made}

    def stays(self, tool: Tool | None) -> bool:
        """Whether a tool is kept when another technique is chosen."""
        return tool is self.area or (tool is self.stroke and self.stroke.suits())

    def show_for(self, tool: Tool | None) -> None:
        """The card of this tool, and no other."""
        if tool is self.stroke:
            self.stroke.taken_up()
        self.fill_card.show_active(tool is self.fill)
        self.area_card.show_active(tool is self.area)
        self.stamp_card.show_active(tool is self.stamp)
        self.fan_card.show_active(tool is self.fan)
        self.stroke_card.show_active(tool is self.stroke)
