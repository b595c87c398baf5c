"""Erase: tap a point (or an area record), or sweep over points, to take them away; undo brings them back."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from mesomap.atlas import SkinArray
from mesomap.domain.marks import InjectionSet
from mesomap.render.context import RenderContext
from mesomap.render.tokens import tint
from mesomap.ui.canvas.picking import Picking
from mesomap.ui.canvas.tools.tool import Target, Tool
from mesomap.ui.session_model import SessionModel

#: How near a tap must be to a point, px: a finger is thicker than a mouse pointer.
REACH_PX = 16.0


class EraseTool(Tool):
    """A tap takes the nearest point within reach away, a sweep all points within reach of its path, in one step."""

    key = "erase"
    drags = True

    def __init__(self, model: SessionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._picking = Picking(model)
        self._scale = 1.0
        self._path: list[tuple[float, float]] = []

    def tap(self, target: Target) -> None:
        """Erase what is under the pen."""
        if not self._erase_at(target.xy_mm, REACH_PX / self._scale):
            self.told.emit(self.tr("No point here"))

    def _erase_at(self, xy_mm: tuple[float, float], reach_mm: float) -> bool:
        """Erase the point nearest to a place, or the area record there; False when nothing is in reach."""
        model = self._model
        scene = model.scene(model.view_key)
        away = scene.points.xy - np.array(xy_mm)
        gaps = np.sqrt((away**2).sum(axis=1))
        if len(gaps) and gaps.min() <= reach_mm:
            nearest = int(np.argmin(gaps))
            mark = model.marks[int(scene.points.mark[nearest])]
            if isinstance(mark, InjectionSet) and mark.count > 1:
                index = self._index_in(mark, scene.points.xy[nearest])
                model.act(lambda: model.service.erase({mark.id: frozenset({index})}), self.tr("Erased a point"))
            else:
                model.act(lambda: model.service.erase([mark.id]), self.tr("Erased a point"))
            return True
        found = next((a.mark_id for a in reversed(scene.areas) if a.path.contains(QPointF(*xy_mm))), None)
        if found is None:
            return False
        model.act(lambda: model.service.erase([found]), self.tr("Erased an area"))
        return True

    def _index_in(self, mark: InjectionSet, xy: npt.NDArray[np.float64]) -> int:
        projection = self._model.atlas.project(self._model.view_key, SkinArray.of(mark.points))
        return int(np.argmin(((projection.xy - xy) ** 2).sum(axis=1) + np.where(projection.visible, 0.0, 1e12)))

    def drag_began(self, target: Target) -> None:
        """A sweep begins."""
        self._path = [target.xy_mm]

    def dragged(self, target: Target) -> None:
        """The sweep goes on."""
        self._path.append(target.xy_mm)
        self.refreshed.emit()

    def dropped(self, target: Target) -> None:
        """Erase all points that were swept over; areas need a tap."""
        path, self._path = [*self._path, target.xy_mm], []
        found = self._picking.along(path, REACH_PX / self._scale)
        count = sum(len(indices or ()) for indices in found.values())
        if not found:
            self.told.emit(self.tr("No point here"))
            return
        words = self.tr("Erased a point") if count == 1 else self.tr("Erased {0} points").format(count)
        self._model.act(lambda: self._model.service.erase(found), words)

    def busy(self) -> bool:
        """While sweeping."""
        return bool(self._path)

    def revert(self) -> bool:
        """Forget the sweep."""
        swept, self._path = bool(self._path), []
        return swept

    def paint(self, painter: QPainter, context: RenderContext, target: Target | None, /) -> None:
        """Ring of the reach, and the path of the sweep."""
        self._scale = context.scale
        if target is None:
            return
        if len(self._path) > 1:
            self._paint_sweep(painter, context)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(context.tokens.colour("red"), 1.6))
        painter.drawEllipse(target.at, REACH_PX, REACH_PX)
        painter.restore()

    def _paint_sweep(self, painter: QPainter, context: RenderContext) -> None:
        path = QPainterPath(context.point_px(*self._path[0]))
        for x, y in self._path[1:]:
            path.lineTo(context.point_px(x, y))
        pen = QPen(tint(context.tokens, context.tokens.colour("red"), 0.18), 2 * REACH_PX)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.strokePath(path, pen)
        painter.restore()
