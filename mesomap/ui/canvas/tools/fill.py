"""Fill: tap a region or draw a loop, see the pattern with its count and volume, tap again or press Enter."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPainter

from mesomap.render.context import RenderContext
from mesomap.ui.canvas.tools.loop import DrawnLoop
from mesomap.ui.canvas.tools.paint_fill import PaintedFills
from mesomap.ui.canvas.tools.select import draw_loop
from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.fill_pattern import FillPattern
from mesomap.ui.filling import Filling
from mesomap.ui.session_model import SessionModel
from mesomap.ui.shown_fill import ShownFill


class FillTool(Tool):
    """Owns one previewed fill until it is confirmed or reverted; shown is sent when there is another or none."""

    shown = Signal()

    key = "fill"
    drags = True

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._filling = Filling(model, self)
        self._shown: list[ShownFill] = []
        self._painted = PaintedFills(model)
        self._loop = DrawnLoop()
        model.choice_changed.connect(self._choice_changed)
        self.pattern.changed.connect(self._choice_changed)

    @property
    def pattern(self) -> FillPattern:
        """Lattice and margin."""
        return self._filling.pattern

    def words(self) -> str:
        """What waits, in words; nothing when nothing does."""
        return f"{self._filling.place(self._shown)} · {self._filling.words(self._shown)}" if self._shown else ""

    def preview(self) -> ShownFill | None:
        """The fill that waits for confirmation; the first when a loop holds several regions."""
        return self._shown[0] if self._shown else None

    def busy(self) -> bool:
        """A loop is drawn, or a fill waits."""
        return self._loop.drawing or bool(self._shown)

    # -- gestures

    def tap(self, target: Target) -> None:
        """First tap previews the region; a second tap on what is shown records it."""
        if target.region_id is None:
            self.told.emit(self.tr("Off the body – nothing filled"))
            return
        if any(part.region_id == target.region_id for part in self._shown):
            self.confirm()
        elif not self._needs_spacing():
            self._loop.clear()
            self._show(self._filling.region(target.region_id))

    def drag_began(self, target: Target) -> None:
        """A loop begins; what was shown is dropped."""
        if not self._needs_spacing():
            self.revert()
            self._loop.begin(self._model.view_key, target.xy_mm)

    def dragged(self, target: Target) -> None:
        """The loop grows."""
        self._loop.grow(target.xy_mm)

    def dropped(self, target: Target) -> None:
        """The loop closes: see what filling it would record."""
        if not self._loop.close(target.xy_mm):
            return
        self._show(self._filling.loop(self._loop.places))
        if not self._shown:
            self.told.emit(self.tr("Off the body – nothing filled"))

    def confirm(self) -> None:
        """Record the previewed fill."""
        if not self._shown:
            return
        shown, self._shown = self._shown, []
        self._loop.clear()
        self.shown.emit()
        self._filling.record(shown)
        self.told.emit("")
        self.refreshed.emit()

    def revert(self) -> bool:
        """Drop the loop and the preview."""
        had = self.busy()
        self._shown = []
        self._loop.clear()
        if had:
            self.shown.emit()
            self.told.emit("")
            self.refreshed.emit()
        return had

    def _needs_spacing(self) -> bool:
        if self._model.choice.values.spacing_mm is not None:
            return False
        self._model.ask_for("spacing_mm")
        self.told.emit(self.tr("Enter the spacing first, then tap the region"))
        return True

    def _choice_changed(self) -> None:
        if not self._shown:
            return
        self._painted.spoil()
        elsewhere = bool(self._loop.places) and self._loop.view_key != self._model.view_key
        if self._model.choice.values.spacing_mm is None or elsewhere:
            self.revert()
        elif self._loop.places:
            self._show(self._filling.loop(self._loop.places))
        else:
            self._show(self._filling.region(self._shown[0].region_id))

    def _show(self, shown: list[ShownFill]) -> None:
        self._shown = shown
        self.shown.emit()
        if shown:
            self.told.emit(self.tr("Tap again or press Enter to record, Escape to drop"))
        self.refreshed.emit()

    # -- painting

    def paint(self, painter: QPainter, context: RenderContext, _target: Target | None, /) -> None:
        """Outline and lattice of the fill, and what it would record; or the loop under way."""
        if self._loop.drawing and len(self._loop.places) > 1:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_loop(painter, context, self._loop.places)
            painter.restore()
        self._painted.paint(painter, context, self._shown, self._filling.words(self._shown) if self._shown else "")
