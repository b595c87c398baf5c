"""Erase: tap a point (or an area record) to take it away; undo brings it back."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter, QPen

from mesomap.render.context import RenderContext
from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.session_model import SessionModel

#: How near a tap must be to a point, px: a finger is thicker than a mouse pointer.
REACH_PX = 16.0


class EraseTool(Tool):
    """Takes the nearest point within reach away."""

    key = "erase"

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._scale = 1.0

    def tap(self, target: Target) -> None:
        """Erase what is under the pen."""
        if not self._model.erase_at(target.xy_mm, REACH_PX / self._scale):
            self.told.emit(self.tr("No point here"))

    def paint(self, painter: QPainter, context: RenderContext, target: Target | None, /) -> None:
        """Ring of the reach."""
        self._scale = context.scale
        if target is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(context.tokens.colour("red"), 1.6))
        painter.drawEllipse(target.at, REACH_PX, REACH_PX)
        painter.restore()
