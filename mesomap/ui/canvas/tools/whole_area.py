"""Whole area: choose an area by its name, leave regions out by a tap, enter a total, record."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter

from mesomap.render.context import RenderContext
from mesomap.ui.canvas.tools.paint_fill import PaintedFills
from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.fill_pattern import FillPattern
from mesomap.ui.session_model import SessionModel
from mesomap.ui.whole_areas import WholeAreas


class WholeAreaTool(Tool):
    """Owns the regions chosen until they are recorded or reverted."""

    key = "area"

    def __init__(self, model: SessionModel, pattern: FillPattern, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.areas = WholeAreas(model, pattern, self)
        self._fills = PaintedFills(model)
        self.areas.changed.connect(self.refreshed)
        model.choice_changed.connect(self._choice_changed)
        pattern.changed.connect(self._choice_changed)

    def busy(self) -> bool:
        """The card beside the pen would cover what is chosen."""
        return bool(self.areas.regions())

    def tap(self, target: Target) -> None:
        """Take the region under the pen in or out."""
        if target.region_id is None:
            self.told.emit(self.tr("Off the body – nothing chosen"))
        else:
            self.areas.toggle_region(target.region_id)

    def confirm(self) -> None:
        """Record what is chosen as one step."""
        if not self.areas.regions():
            self.told.emit(self.tr("Choose an area first"))
        elif self.areas.needs_spacing():
            self._model.ask_for("spacing_mm")
            self.told.emit(self.tr("Enter the spacing first, then record"))
        else:
            self.areas.record()

    def revert(self) -> bool:
        """Choose nothing."""
        return self.areas.clear()

    def _choice_changed(self) -> None:
        if self.areas.regions():
            self._fills.spoil()
            self.areas.refresh()

    def paint(self, painter: QPainter, context: RenderContext, _target: Target | None, /) -> None:
        """The regions chosen, as they would be recorded."""
        self._fills.paint(painter, context, self.areas.shown())
