"""The mode in which own zones are drawn: its tool and its card, joined to the canvas."""

from PySide6.QtCore import QObject, Signal

from mesomap.ui.canvas.canvas import Canvas
from mesomap.ui.canvas.own_zone_card import OwnZoneCard
from mesomap.ui.canvas.tools.own_zone import OwnZoneTool
from mesomap.ui.own_zone_desk import OwnZoneDesk
from mesomap.ui.session_model import SessionModel


class OwnZoneMode(QObject):
    """tool_wanted(key) asks for a tool: to draw zones, or back to the one before."""

    tool_wanted = Signal(str)

    def __init__(self, model: SessionModel, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = OwnZoneDesk(model, self)
        self.tool = OwnZoneTool(self.desk, self)
        self.card = OwnZoneCard(canvas, self.desk)
        self._before = "place"
        canvas.atlas_layer.own = self.desk
        self.desk.changed.connect(canvas.atlas_layer.ready.emit)
        self.desk.told.connect(canvas.told)
        self.desk.tool_wanted.connect(self._switched)
        self.card.entered.connect(canvas.setFocus)

    def tool_used(self, key: str) -> None:
        """Another tool became the active one."""
        if key != self.tool.key:
            self._before = key
        self.desk.tool_used(key)
        self.card.show_active(key == self.tool.key)

    def _switched(self, key: str) -> None:
        self.tool_wanted.emit(key if key == self.tool.key else self._before)
