"""What lies at a place of the shown view, or inside a loop drawn on it, as a selection of marks."""

from collections.abc import Sequence
from uuid import UUID

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QPointF

from mesomap.domain.marks import InjectionSet, Mark
from mesomap.services.selection import Selected
from mesomap.ui.session_model import SessionModel

Found = dict[UUID, frozenset[int] | None]


class Picking:
    """Looks marks up where they are drawn; what the view hides is never picked."""

    def __init__(self, model: SessionModel) -> None:
        self._model = model

    def at(self, xy_mm: tuple[float, float], reach_mm: float) -> Found:
        """The nearest point within reach, else the area record there; empty when there is none."""
        scene = self._model.scene(self._model.view_key)
        if len(scene.points):
            away = np.hypot(*(scene.points.xy - np.array(xy_mm)).T)
            nearest = int(np.argmin(away))
            if away[nearest] <= reach_mm:
                return self._rows(np.array([nearest]))
        found = next((a.mark_id for a in reversed(scene.areas) if a.path.contains(QPointF(*xy_mm))), None)
        return {} if found is None else {found: None}

    def inside(self, loop_mm: Sequence[tuple[float, float]]) -> Found:
        """Points inside a loop of at least three places, and areas whose middle it holds."""
        scene = self._model.scene(self._model.view_key)
        loop = shapely.make_valid(shapely.Polygon(loop_mm))
        found = self._rows(np.flatnonzero(shapely.contains_xy(loop, *scene.points.xy.T)))
        for area in scene.areas:
            middle = area.path.boundingRect().center()
            if not area.path.isEmpty() and shapely.contains_xy(loop, middle.x(), middle.y()):
                found[area.mark_id] = None
        return found

    def along(self, path_mm: Sequence[tuple[float, float]], reach_mm: float) -> Found:
        """Points within reach of a path of at least two places; areas are never swept away."""
        scene = self._model.scene(self._model.view_key)
        path = shapely.LineString(path_mm)
        return self._rows(np.flatnonzero(shapely.dwithin(path, shapely.points(scene.points.xy), reach_mm)))

    def _rows(self, rows: npt.NDArray[np.intp]) -> Found:
        """Points of the scene, by their row in it."""
        points, marks = self._model.scene(self._model.view_key).points, self._model.marks
        counts = [mark.count if isinstance(mark, InjectionSet) else 0 for mark in marks]
        first = np.concatenate([[0], np.cumsum(counts)]) + 1
        found: dict[UUID, set[int]] = {}
        for row in rows.tolist():
            owner = int(points.mark[row])
            found.setdefault(marks[owner].id, set()).add(int(points.number[row] - first[owner]))
        return {mark_id: frozenset(indices) for mark_id, indices in found.items()}


def part_of(mark: Mark, indices: frozenset[int] | None) -> Mark:
    """The mark with its selected points only."""
    if isinstance(mark, InjectionSet) and indices is not None and len(indices) < mark.count:
        return mark.without(frozenset(range(mark.count)) - indices)
    return mark


def holds(selected: Selected, hit: Selected) -> bool:
    """Whether everything hit is selected."""
    for mark_id, indices in hit.items():
        have = selected.get(mark_id, frozenset())
        if have is not None and (indices is None or not indices <= have):
            return False
    return True


def toggled(marks: Sequence[Mark], selected: Selected, hit: Selected) -> Found:
    """The selection with what was hit added, or left out when all of it was selected."""
    if not holds(selected, hit):
        added = dict(selected)
        for mark_id, indices in hit.items():
            have = added.get(mark_id, frozenset())
            added[mark_id] = None if indices is None or have is None else have | indices
        return added
    left = dict(selected)
    for mark in marks:
        if mark.id in hit:
            have, out = left.pop(mark.id), hit[mark.id]
            if isinstance(mark, InjectionSet) and out is not None:
                rest = (frozenset(range(mark.count)) if have is None else have) - out
                if rest:
                    left[mark.id] = rest
    return left
