"""The further tools and the cards at the foot of the canvas that belong to them."""

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from mesomap.ui.canvas.canvas import Canvas
from mesomap.ui.canvas.tools.fan import FanTool
from mesomap.ui.canvas.tools.fill import FillTool
from mesomap.ui.canvas.tools.line import LineTool
from mesomap.ui.canvas.tools.place import PlaceTool
from mesomap.ui.canvas.tools.stamp import StampTool
from mesomap.ui.canvas.tools.stroke import StrokeTool
from mesomap.ui.canvas.tools.tool import Tool
from mesomap.ui.canvas.tools.whole_area import WholeAreaTool
from mesomap.ui.session_model import SessionModel
from mesomap.ui.strokes import Strokes

if TYPE_CHECKING:
    from mesomap.ui.canvas.area_card import AreaCard
    from mesomap.ui.canvas.fan_card import FanCard
    from mesomap.ui.canvas.fill_card import FillCard
    from mesomap.ui.canvas.stamp_card import StampCard
    from mesomap.ui.canvas.stroke_card import StrokeCard

_Card = TypeVar("_Card", "FillCard", "AreaCard", "StampCard", "FanCard", "StrokeCard")


class ToolCards(QObject):
    """Makes tools with their cards, a card when its tool is first taken up; show_for(tool) shows that of this tool.

    entered: a figure was typed; refused(sentence): it could not be read.
    """

    entered = Signal()
    refused = Signal(str)

    def __init__(self, model: SessionModel, strokes: Strokes, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model, self._canvas = model, canvas
        self.fill = FillTool(model, self)
        self.area = WholeAreaTool(model, self.fill.pattern, self)
        self.stamp = StampTool(model, self)
        self.fan = FanTool(model, strokes, self)
        self.stroke = StrokeTool(model, strokes, self)
        model.choice_changed.connect(self.stamp.changed)
        made = (self.fill, self.area, self.stamp, self.fan, self.stroke)
        self.tools: dict[str, Tool] = {tool.key: tool for tool in made}

    # -- the cards

    @cached_property
    def fill_card(self) -> "FillCard":
        """Arrangement, spacing and margin of a fill."""
        from mesomap.ui.canvas.fill_card import FillCard

        return self._joined(FillCard(self._canvas, self._model, self.fill))

    @cached_property
    def area_card(self) -> "AreaCard":
        """The named areas."""
        from mesomap.ui.canvas.area_card import AreaCard

        card = self._joined(AreaCard(self._canvas, self.area.areas))
        card.confirmed.connect(self.area.confirm)
        self._model.view_changed.connect(lambda _key: card.show_view())
        return card

    @cached_property
    def stamp_card(self) -> "StampCard":
        """The plate."""
        from mesomap.ui.canvas.stamp_card import StampCard

        return self._joined(StampCard(self._canvas, self.stamp))

    @cached_property
    def fan_card(self) -> "FanCard":
        """Lines and angle of a fan."""
        from mesomap.ui.canvas.fan_card import FanCard

        return self._joined(FanCard(self._canvas, self.fan))

    @cached_property
    def stroke_card(self) -> "StrokeCard":
        """Width and spacing of a stroke."""
        from mesomap.ui.canvas.stroke_card import StrokeCard

        return self._joined(StrokeCard(self._canvas, self._model, self.stroke))

    def _joined(self, card: _Card) -> _Card:
        card.entered.connect(self.entered)
        card.refused.connect(self.refused)
        return card

    # -- what others ask

    def stays(self, tool: Tool | None) -> bool:
        """Whether a tool is kept when another technique is chosen: where it can chart with it."""
        if tool is self.stroke:
            return self.stroke.suits()
        return tool is self.area or (_sets_points(tool) and not self._model.charts_areas())

    def show_for(self, tool: Tool | None) -> None:
        """The card of this tool, and no other."""
        if tool is self.stroke:
            self.stroke.taken_up()
        elif isinstance(tool, PlaceTool) or _sets_points(tool):
            self.stroke.given_back()
        for name, owner in (
            ("fill_card", self.fill),
            ("area_card", self.area),
            ("stamp_card", self.stamp),
            ("fan_card", self.fan),
            ("stroke_card", self.stroke),
        ):
            if tool is owner or name in vars(self):
                getattr(self, name).show_active(tool is owner)


def _sets_points(tool: Tool | None) -> bool:
    """Whether a tool of the second row sets single points."""
    return isinstance(tool, StampTool | FanTool | LineTool)
