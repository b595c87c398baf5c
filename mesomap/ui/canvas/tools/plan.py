"""Plan: tap a planned place – done; hold it – skipped; drag it – done elsewhere; a loop confirms what it holds."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QPainter, QPen

from mesomap.domain.place import SkinPoint
from mesomap.domain.plan import PlanOutcome
from mesomap.render.context import RenderContext
from mesomap.services.moving import Push
from mesomap.ui.canvas.tools.place import draw_crosshair
from mesomap.ui.canvas.tools.select import draw_loop
from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.plan_actions import PlanActions
from mesomap.ui.session_model import SessionModel

#: How near a tap must be to a planned place, px: a gloved finger.
REACH_PX = 20.0


class PlanTool(Tool):
    """Owns one place or loop at a time. region_touched(id) says where the last place lay."""

    key = "plan"
    drags = True
    region_touched = Signal(str)

    def __init__(self, model: SessionModel, actions: PlanActions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._actions = actions
        #: What a tap means: done, or skipped (then holding means done).
        self.tap_skips = False
        #: Whether the press that ends now was held and has been settled already.
        self.swallowed: Callable[[], bool] = lambda: False
        self._scale = 1.0
        self._grabbed: tuple[UUID, int] | None = None
        self._start: SkinPoint | None = None
        self._loop: list[tuple[float, float]] = []
        self._end: QPointF | None = None

    def busy(self) -> bool:
        """A place is being moved or a loop drawn."""
        return self._grabbed is not None or bool(self._loop)

    # -- gestures

    def tap(self, target: Target) -> None:
        """Done, or skipped while the bar says so."""
        if not self.swallowed():
            self._settle(target, skip=self.tap_skips)

    def held(self, target: Target) -> None:
        """The other one."""
        self._settle(target, skip=not self.tap_skips)

    def _settle(self, target: Target, *, skip: bool) -> None:
        found = self._actions.place_at(target.xy_mm, REACH_PX / self._scale)
        if found is None:
            self.told.emit(self.tr("Nothing planned here"))
            return
        if target.region_id is not None:
            self.region_touched.emit(target.region_id)
        outcome = self._actions.outcome(*found)
        if outcome in (PlanOutcome.DONE, PlanOutcome.MOVED):
            self.told.emit(self.tr("Done already; undo or erase takes it back"))
        elif skip or outcome is PlanOutcome.SKIPPED:
            self._actions.skip_place(*found)
        else:
            self._actions.confirm_place(*found)

    def drag_began(self, target: Target) -> None:
        """On an open place: move it. Elsewhere: a loop."""
        found = self._actions.place_at(target.xy_mm, REACH_PX / self._scale)
        if found is not None and self._actions.outcome(*found) is PlanOutcome.PLANNED and target.skin is not None:
            self._grabbed = found
            self._start = self._actions.skin_of(*found) or target.skin
        else:
            self._loop = [target.xy_mm]

    def dragged(self, target: Target) -> None:
        """The place follows the pen, or the loop grows."""
        if self._grabbed is not None:
            self._end = target.at
        elif self._loop:
            self._loop.append(target.xy_mm)

    def dropped(self, target: Target) -> None:
        """Record the place as done here, or all in the loop as done."""
        self.dragged(target)
        grabbed, start, loop = self._grabbed, self._start, self._loop
        self._forget()
        if grabbed is not None and start is not None:
            if target.skin is None:
                self.told.emit(self.tr("Off the body – nothing moved"))
            else:
                self._actions.move_place(*grabbed, Push(self._model.view_key, start, target.skin))
        elif len(loop) >= 3:
            places = self._actions.inside(loop)
            if places:
                self._actions.confirm(places)
            else:
                self.told.emit(self.tr("Nothing open inside the loop"))
        self.refreshed.emit()

    def revert(self) -> bool:
        """Forget the drag."""
        had = self.busy()
        self._forget()
        if had:
            self.refreshed.emit()
        return had

    def _forget(self) -> None:
        self._grabbed, self._start, self._end, self._loop = None, None, None, []

    # -- painting

    def paint(self, painter: QPainter, context: RenderContext, target: Target | None, /) -> None:
        """Ring of the reach, the loop, or where a place would go."""
        self._scale = context.scale
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._grabbed is not None and self._end is not None:
            draw_crosshair(painter, context, self._end)
        elif len(self._loop) > 1:
            draw_loop(painter, context, self._loop)
        elif target is not None:
            for colour, width in (("halo", 4.0), ("text", 1.6)):
                painter.setPen(QPen(context.tokens.colour(colour), width))
                painter.drawEllipse(target.at, REACH_PX * 0.7, REACH_PX * 0.7)
        painter.restore()
