"""The plan on the body: what is open as dashed shapes, what was skipped struck, what was moved with its way.

A ghost of the last session is a plain ring without colour; a planned place has the shape of its technique and the
colour of its mixture, so that the two are never taken for each other.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol
from uuid import UUID

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from mesomap.atlas import Atlas, SkinArray
from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.domain.plan import PlannedMark, PlanOutcome
from mesomap.render.context import RenderContext
from mesomap.render.marks_in_view import MarkProjector, ViewArea
from mesomap.render.symbols import RADIUS_PX, Style, shape, zoom_growth
from mesomap.render.tokens import tint

_CELL_PX = 18
_CODES = {outcome: code for code, outcome in enumerate(PlanOutcome)}
OPEN, DONE, SKIPPED, MOVED = (_CODES[outcome] for outcome in PlanOutcome)


class _Draw(Protocol):
    """A function that draws one place about the origin."""

    def __call__(self, painter: QPainter, context: RenderContext, style: Style, /) -> None: ...


@dataclass(frozen=True, slots=True)
class PlanScene:
    """The plan in one view. xy: (N, 2) view mm of the places seen; style: (N,) into styles; outcome: (N,) code of
    PlanOutcome; row: (N,) planned mark; place: (N,) position in it. areas: row, area, code. ways: from where a place
    was planned to where it was done.
    """

    xy: npt.NDArray[np.float64]
    style: npt.NDArray[np.int32]
    outcome: npt.NDArray[np.int32]
    row: npt.NDArray[np.int32]
    place: npt.NDArray[np.int32]
    styles: tuple[Style, ...]
    areas: tuple[tuple[int, ViewArea, int], ...]
    ways: tuple[tuple[tuple[float, float], tuple[float, float]], ...]


@dataclass(slots=True)
class PlanProjector:
    """Projects the plan into views; places are projected once, outcomes are looked up anew."""

    atlas: Atlas
    scale: PatientScale
    _projector: MarkProjector | None = None
    _drawn: dict[UUID, tuple[Mark, Mark]] = field(default_factory=dict)

    def scene(self, view_key: str, planned: Sequence[PlannedMark], marks: Sequence[Mark]) -> PlanScene:
        """The plan as it shows in the view. marks: those of the session; ways lead to them."""
        if self._projector is None:
            self._projector = MarkProjector(self.atlas, self.scale)
        drawn = [self._without_lattice(p) for p in planned]
        seen = self._projector.scene(view_key, drawn)
        counts = [mark.count if isinstance(mark, InjectionSet) else 0 for mark in drawn]
        first = np.concatenate([[0], np.cumsum(counts)])
        place = seen.points.number - 1 - first[seen.points.mark].astype(np.int32)
        codes = [_CODES[o] for p in planned if isinstance(p.mark, InjectionSet) for o in p.outcomes]
        outcome = np.array(codes, np.int32)[seen.points.number - 1] if codes else np.empty(0, np.int32)
        areas = [row for row, p in enumerate(planned) if isinstance(p.mark, AreaRecord)]
        return PlanScene(
            seen.points.xy,
            seen.points.style,
            outcome,
            seen.points.mark,
            place.astype(np.int32),
            seen.styles,
            tuple((r, a, _CODES[planned[r].outcomes[0]]) for r, a in zip(areas, seen.areas, strict=True)),
            tuple(way for p in planned for way in self._ways(view_key, p, marks)),
        )

    def _without_lattice(self, planned: PlannedMark) -> Mark:
        """The planned mark; an area without spacing, as the lattice of a plan is not drawn and takes long to lay."""
        known = self._drawn.get(planned.id)
        if known is None or known[0] is not planned.mark:
            mark = planned.mark
            shown = replace(mark, spacing_mm=None) if isinstance(mark, AreaRecord) else mark
            known = self._drawn[planned.id] = (mark, shown)
        return known[1]

    def _ways(
        self, view_key: str, planned: PlannedMark, marks: Sequence[Mark]
    ) -> list[tuple[tuple[float, float], tuple[float, float]]]:
        if PlanOutcome.MOVED not in planned.outcomes or not isinstance(planned.mark, InjectionSet):
            return []
        at_plan = set(planned.mark.points)
        carried = [m for m in marks if isinstance(m, InjectionSet) and m.plan_id == planned.id]
        ends = [point for mark in carried for point in mark.points if point not in at_plan]
        starts = [p for p, o in zip(planned.mark.points, planned.outcomes, strict=True) if o is PlanOutcome.MOVED]
        if not ends:
            return []
        start, end = (self.atlas.project(view_key, SkinArray.of(points)) for points in (starts, ends))
        away = np.linalg.norm(start.xy[:, None] - end.xy[None], axis=2)
        ways = []
        for _ in range(min(len(starts), len(ends))):
            i, j = np.unravel_index(int(np.argmin(away)), away.shape)
            away[i, :] = away[:, j] = np.inf
            if start.visible[i] and end.visible[j]:
                (x0, y0), (x1, y1) = start.xy[i].tolist(), end.xy[j].tolist()
                ways.append(((x0, y0), (x1, y1)))
        return ways


def draw_plan(painter: QPainter, context: RenderContext, scene: PlanScene) -> None:
    """Open places dashed in their shape and colour; skipped ones struck, moved ones small, both in grey ink."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for _, area, code in scene.areas:
        _draw_area(painter, context, area, code)
    grey = _grey(context)
    painter.setPen(QPen(grey, 1.2 * context.unit))
    for (x0, y0), (x1, y1) in scene.ways:
        painter.drawLine(context.point_px(x0, y0), context.point_px(x1, y1))
    size = context.unit * round(zoom_growth(context.zoom), 1)
    half = _CELL_PX * size / 2
    xy = context.to_px(scene.xy)
    for code, draw in ((OPEN, _open), (SKIPPED, _struck), (MOVED, _ring)):
        chosen = np.flatnonzero(scene.outcome == code)
        for index in np.unique(scene.style[chosen]).tolist():
            picture = _picture(context, size, scene.styles[index], draw)
            for x, y in xy[chosen[scene.style[chosen] == index]].tolist():
                painter.drawImage(QPointF(x - half, y - half), picture)
    painter.restore()


def _grey(context: RenderContext) -> QColor:
    return tint(context.tokens, context.tokens.colour("text"), 0.55)


def _draw_area(painter: QPainter, context: RenderContext, area: ViewArea, code: int) -> None:
    path = context.transform().map(area.path)
    if path.isEmpty() or code == DONE:
        return
    colour = context.tokens.mixture(area.style.mixture) if code == OPEN else _grey(context)
    halo = QPen(tint(context.tokens, context.tokens.colour("halo"), 0.8), 4 * context.unit)
    painter.strokePath(path, halo)
    pen = QPen(colour, 1.8 * context.unit, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([5, 3])
    painter.strokePath(path, pen)
    if code == SKIPPED:
        box = path.boundingRect()
        struck = QPainterPath(box.bottomLeft())
        struck.lineTo(box.topRight())
        painter.save()
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        painter.strokePath(struck, QPen(colour, 2 * context.unit))
        painter.restore()


def _picture(context: RenderContext, size: float, style: Style, draw: _Draw) -> QImage:
    """One place as an image: thousands of dashed shapes would hold up the canvas. Any thread may draw it."""
    side = math.ceil(_CELL_PX * size * context.dpr)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    image.setDevicePixelRatio(side / (_CELL_PX * size))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(_CELL_PX * size / 2, _CELL_PX * size / 2)
    painter.scale(size, size)
    draw(painter, context, style)
    painter.end()
    return image


def _open(painter: QPainter, context: RenderContext, style: Style) -> None:
    radius = RADIUS_PX[style.layer]
    painter.scale(radius, radius)
    path = shape(style.family)
    painter.strokePath(path, QPen(tint(context.tokens, context.tokens.colour("halo"), 0.85), 3.4 / radius))
    pen = QPen(context.tokens.mixture(style.mixture), 1.5 / radius, Qt.PenStyle.CustomDashLine)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([1.9, 1.3])
    painter.strokePath(path, pen)


def _struck(painter: QPainter, context: RenderContext, _style: Style) -> None:
    for colour, width in ((tint(context.tokens, context.tokens.colour("halo"), 0.8), 3.2), (_grey(context), 1.4)):
        painter.setPen(QPen(colour, width))
        painter.drawLine(QPointF(-4, -4), QPointF(4, 4))
        painter.drawLine(QPointF(-4, 4), QPointF(4, -4))


def _ring(painter: QPainter, context: RenderContext, _style: Style) -> None:
    painter.setPen(QPen(_grey(context), 1.2))
    painter.drawEllipse(QPointF(0, 0), 2.6, 2.6)
