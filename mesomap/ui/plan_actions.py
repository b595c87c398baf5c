"""What can be done with the plan in the window: each act is one step, told in words."""

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

import numpy as np
import shapely
from PySide6.QtCore import QObject, QPointF

from mesomap.domain.marks import InjectionSet
from mesomap.domain.place import SkinPoint
from mesomap.domain.plan import PlanOutcome
from mesomap.render.planned import OPEN, SKIPPED
from mesomap.services.moving import Push
from mesomap.services.planning import Places, Planning, lay
from mesomap.ui.session_model import SessionModel
from mesomap.ui.words import region_name


class PlanActions(QObject):
    """Finds places of the plan under the pen and settles them."""

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model

    @property
    def _planning(self) -> Planning:
        return self._model.plan.planning

    # -- what lies where

    def place_at(self, xy_mm: tuple[float, float], reach_mm: float) -> tuple[UUID, int] | None:
        """The planned place nearest to a place of the view, open ones first, else the area there."""
        plan = self._model.plan
        scene = plan.scene(self._model.view_key)
        away = np.hypot(*(scene.xy - np.array(xy_mm)).T) if len(scene.xy) else np.empty(0)
        near = away <= reach_mm
        for code in (OPEN, SKIPPED, None):
            rows = np.flatnonzero(near & (scene.outcome == code) if code is not None else near)
            if len(rows):
                row = int(rows[np.argmin(away[rows])])
                return plan.marks[int(scene.row[row])].id, int(scene.place[row])
        for code in (OPEN, SKIPPED):
            for area_row, area, outcome in reversed(scene.areas):
                if outcome == code and area.path.contains(QPointF(*xy_mm)):
                    return plan.marks[area_row].id, 0
        return None

    def inside(self, loop_mm: Sequence[tuple[float, float]]) -> dict[UUID, frozenset[int] | None]:
        """Open places inside a loop of the shown view, and areas whose middle it holds."""
        plan = self._model.plan
        scene = plan.scene(self._model.view_key)
        loop = shapely.make_valid(shapely.Polygon(loop_mm))
        found: dict[UUID, set[int]] = {}
        for row in np.flatnonzero(shapely.contains_xy(loop, *scene.xy.T) & (scene.outcome == OPEN)).tolist():
            found.setdefault(plan.marks[int(scene.row[row])].id, set()).add(int(scene.place[row]))
        for area_row, area, outcome in scene.areas:
            middle = area.path.boundingRect().center()
            if outcome == OPEN and shapely.contains_xy(loop, middle.x(), middle.y()):
                found[plan.marks[area_row].id] = {0}
        return {plan_id: frozenset(places) for plan_id, places in found.items()}

    def outcome(self, plan_id: UUID, place: int) -> PlanOutcome:
        """What became of a place."""
        return next(found.outcomes[place] for found in self._model.plan.marks if found.id == plan_id)

    def skin_of(self, plan_id: UUID, place: int) -> SkinPoint | None:
        """Where a place was planned; None for an area."""
        mark = next(found.mark for found in self._model.plan.marks if found.id == plan_id)
        return mark.points[place] if isinstance(mark, InjectionSet) else None

    # -- what is done

    def lay(self, region_ids: Collection[str]) -> bool:
        """Put these regions of the last session on the body as a plan."""
        model = self._model
        last = model.last_time.last
        if last is None:
            return False
        done = model.act(lambda: lay(model.service, last, region_ids), lambda: self._told(self.tr("Planned: {0}")))
        model.choice_changed.emit()
        return done

    def confirm_place(self, plan_id: UUID, place: int) -> bool:
        """One place, pointed at: done."""
        return self._settle(
            lambda: self._planning.confirm({plan_id: frozenset({place})}, by_tap=True), self.tr("Done as planned")
        )

    def skip_place(self, plan_id: UUID, place: int) -> bool:
        """One place, pointed at: skipped; a skipped one is open again."""
        places = {plan_id: frozenset({place})}
        if self.outcome(plan_id, place) is PlanOutcome.SKIPPED:
            return self._settle(lambda: self._planning.reopen(places), self.tr("Open again"))
        return self._settle(lambda: self._planning.skip(places), self.tr("Skipped"))

    def move_place(self, plan_id: UUID, place: int, push: Push) -> bool:
        """One place: done elsewhere."""
        return self._settle(lambda: self._planning.move(plan_id, place, push), self.tr("Done beside the plan"))

    def confirm(self, places: Places, words: str = "") -> bool:
        """Places of a region, a loop, or all: done, as a pattern."""
        return self._settle(lambda: self._planning.confirm(places), words or self.tr("Done as planned"))

    def confirm_regions(self, region_ids: Collection[str] | None) -> bool:
        """What is open in the regions, None = everywhere: done."""
        words = self.tr("Done as planned: {0}").format(self._where(region_ids))
        return self.confirm(self._planning.open_places(region_ids), words)

    def skip(self, places: Places, words: str = "") -> bool:
        """Places of a region: left out."""
        return self._settle(lambda: self._planning.skip(places), words or self.tr("Skipped"))

    def skip_regions(self, region_ids: Collection[str] | None) -> bool:
        """What is open in the regions, None = everywhere: skipped."""
        places = self._planning.open_places(region_ids)
        return self._settle(
            lambda: self._planning.skip(places), self.tr("Skipped: {0}").format(self._where(region_ids))
        )

    def reopen_regions(self, region_ids: Collection[str]) -> bool:
        """What was skipped in the regions: open again."""
        rows = {self._model.atlas.region_index(region_id) for region_id in region_ids}
        places = {
            p.id: frozenset(i for i, row in enumerate(self._planning.region_rows(p).tolist()) if row in rows)
            for p in self._model.plan.marks
        }
        words = self.tr("Open again: {0}").format(self._where(region_ids))
        return self._settle(lambda: self._planning.reopen({k: v for k, v in places.items() if v}), words)

    def _settle(self, act: Callable[[], object], words: str) -> bool:
        return self._model.act(act, words)

    def _where(self, region_ids: Collection[str] | None) -> str:
        if region_ids is None:
            return self.tr("all regions")
        names = [region_name(self._model.atlas, region_id) for region_id in region_ids]
        return names[0] if len(names) == 1 else self.tr("{0} regions").format(len(names))

    def _told(self, words: str) -> str:
        return words.format(self._model.plan.words())
