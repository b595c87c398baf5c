"""Complaint, trigger points: tap where the finger found one; a tap on one selects it."""

from PySide6.QtGui import QPainter, QPen

from mesomap.render.context import RenderContext
from mesomap.ui.canvas.tools.pain_area import ComplaintTool
from mesomap.ui.canvas.tools.tool import Target


class TriggerPointTool(ComplaintTool):
    """Places one trigger point a tap."""

    def tap(self, target: Target) -> None:
        """Select the one within reach, else place one."""
        if self._pain.erase_at(target.xy_mm, self.reach_mm()):
            return
        near = self._pain.near(target.xy_mm, self.reach_mm())
        if near is not None:
            self._pain.select(near.id)
        elif target.skin is None:
            self.told.emit(self.tr("Off the body – nothing drawn"))
        else:
            self._pain.trigger_point(target.skin)

    def revert(self) -> bool:
        """Forget the selection."""
        had = self._pain.selected() is not None
        self._pain.select(None)
        return had

    def paint(self, painter: QPainter, context: RenderContext, target: Target | None, /) -> None:
        """The drawing, and a ring under the pen."""
        super().paint(painter, context, target)
        if target is None or target.skin is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for name, line in (("halo", 4.0), ("text", 1.6)):
            painter.setPen(QPen(context.tokens.colour(name), line))
            painter.drawEllipse(target.at, 12.0, 12.0)
        painter.restore()
