"""The marks of the canvas: coverage, areas, points or, when they crowd, hulls with a number."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from operator import is_

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen

from mesomap.domain.body_size import PatientScale
from mesomap.domain.marks import InjectionSet, Mark
from mesomap.render.context import RenderContext
from mesomap.render.crowding import CrowdFinder
from mesomap.render.footprints import FootprintPaths
from mesomap.render.heat_map import HeatPicture, draw_heat, draw_heat_marks
from mesomap.render.marks import draw_areas, draw_points
from mesomap.render.marks_in_view import ViewPoints, ViewScene
from mesomap.render.needle_lines import draw_needle_lines, without_needle_lines
from mesomap.render.numbers import draw_numbers
from mesomap.render.planned import PlanScene, draw_plan
from mesomap.render.sprites import CELL_PX, SpriteSheet
from mesomap.render.symbols import zoom_growth
from mesomap.render.tags import draw_tags
from mesomap.render.tokens import tint
from mesomap.ui.canvas.layers import PaintFunction
from mesomap.ui.heat import HeatOverlay
from mesomap.ui.session_model import SessionModel
from mesomap.ui.typefaces import font

#: By theme, size, dpr, and whether points have halos.
_Sheets = dict[tuple[str, float, float, bool], SpriteSheet]
#: So many points at once take long to paint, however quick the picture before them was.
_MANY = 250
#: Outlines of covered skin are as true as this, device px.
_DETAIL_PX = 0.25
#: Corners of a room that none of the new marks need: they show in other views.
_NOWHERE = ([0.0, 0.0], [0.0, 0.0])


@dataclass(frozen=True, slots=True)
class _Shown:
    """All that a picture of the marks shows, gathered at one moment: what paints it needs nothing else."""

    marks: tuple[Mark, ...]
    scene: ViewScene
    scale: PatientScale
    radii_mm: Mapping[str, float | None] | None
    heat: HeatPicture | None
    plan: PlanScene | None
    numbers: bool
    badge: QFont
    small_badge: QFont


@dataclass(frozen=True, slots=True)
class NewMarks:
    """Marks that came, as a function that paints them on top of the rest, and the room they take, painter units."""

    paint: PaintFunction
    room: QRectF


class MarksLayer:
    """Paints the session's marks in a view. What it gathers may be painted in another thread, one at a time."""

    def __init__(self, model: SessionModel, heat: HeatOverlay) -> None:
        self._model, self._heat = model, heat
        self._crowds = CrowdFinder()
        self._footprints = FootprintPaths(model.atlas)
        self._sheets: _Sheets = {}
        self._fresh_sheets: _Sheets = {}
        self._last: tuple[Mark, ...] = ()
        self._last_seen = 0

    def gather(self, context: RenderContext) -> PaintFunction:
        """What is shown now, as a function that paints it."""
        model = self._model
        shown = _Shown(
            marks=model.marks,
            scene=model.scene(context.view_key),
            scale=model.service.scale,
            radii_mm=model.service.practice.effect_radii_mm() if model.overlays["coverage"] else None,
            heat=self._heat.picture(context.view_key) if self._heat.on else None,
            plan=model.plan.scene(context.view_key) if model.plan.exists else None,
            numbers=model.overlays["numbers"],
            badge=font("badge"),
            small_badge=font("badge", 10),
        )
        self._last, self._last_seen = shown.marks, len(shown.scene.points)
        return lambda painter, of: self._paint(painter, of, shown)

    def is_slow(self, context: RenderContext) -> bool:
        """Whether an area shows whose lattice is still to be laid out, or many points came since the last picture."""
        scene = self._model.scene(context.view_key)
        return len(scene.points) > self._last_seen + _MANY or any(area.is_to_be_laid for area in scene.areas)

    def gather_new(self, context: RenderContext) -> NewMarks | None:
        """The points that came since the last picture was gathered, when nothing else changed; None otherwise.

        Painted on top at once, they show before hulls, crowds and numbers are worked out anew.
        """
        marks, known = self._model.marks, len(self._last)
        same = len(marks) > known and all(map(is_, marks, self._last))
        if not same or not all(isinstance(mark, InjectionSet) for mark in marks[known:]):
            return None
        self._last = marks
        points, size = self._model.scene(context.view_key).points, round(zoom_growth(context.zoom), 1)
        xy, reach = context.to_px(points.xy[points.mark >= known]), CELL_PX / 2 * size + 1
        (left, top), (right, bottom) = (xy.min(axis=0).tolist(), xy.max(axis=0).tolist()) if len(xy) else _NOWHERE
        room = QRectF(left, top, right - left, bottom - top).adjusted(-reach, -reach, reach, reach)
        return NewMarks(self._points_from(context, known), room)

    def gather_quick(self, context: RenderContext) -> PaintFunction:
        """All points and nothing else: what is painted in no time when a view opens."""
        return self._points_from(context, 0)

    def _points_from(self, context: RenderContext, first: int) -> PaintFunction:
        """The points of the marks from this one on."""
        scene = self._model.scene(context.view_key)
        rows = np.flatnonzero(scene.points.mark >= first)
        every = scene.points
        points = ViewPoints(every.xy[rows], every.style[rows], every.mark[rows], every.number[rows])
        sheet = self._sheet(self._fresh_sheets, context, round(zoom_growth(context.zoom), 1))
        new = ViewScene(points, (), scene.styles)
        return lambda painter, of: draw_points(painter, of, new, sheet)

    def _sheet(self, sheets: _Sheets, context: RenderContext, size: float) -> SpriteSheet:
        halo = self._model.service.session.status.is_open
        key = (context.tokens.name, size, context.dpr, halo)
        if key not in sheets:
            if len(sheets) > 24:
                sheets.clear()
            sheets[key] = SpriteSheet(context.tokens, size, context.dpr, halo)
        return sheets[key]

    def _paint(self, painter: QPainter, context: RenderContext, shown: _Shown) -> None:
        """Heat, coverage hulls, then the marks; while the heat map is read they step back to dots and outlines. What is
        planned stays as it is: it is not in the map.
        """
        scene, heat = shown.scene, shown.heat
        if heat is not None:
            draw_heat(painter, context, heat)
        if shown.radii_mm is not None:
            detail = _detail_mm(context)
            hulls = self._footprints.paths(context.view_key, shown.marks, shown.radii_mm, shown.scale, detail)
            for path_mm, letter in hulls:
                self._paint_hull(painter, context, context.transform().map(path_mm), letter, filled=heat is None)
        if heat is None:
            self._paint_marks(painter, context, shown)
            return
        if shown.plan is not None:
            draw_plan(painter, context, shown.plan)
        draw_heat_marks(painter, context, scene)
        if shown.numbers:
            single = without_needle_lines(scene, shown.marks)
            draw_numbers(painter, context, single, scene, shown.marks, shown.small_badge)

    def _paint_marks(self, painter: QPainter, context: RenderContext, shown: _Shown) -> None:
        """Areas, plan, points, crowds, numbers, tags."""
        scene = shown.scene
        size = round(zoom_growth(context.zoom), 1)
        draw_areas(painter, context, scene, self._sheet(self._sheets, context, 0.8 * size))
        if shown.plan is not None:
            draw_plan(painter, context, shown.plan)
        free, crowds = self._crowds.find(context, without_needle_lines(scene, shown.marks))
        draw_needle_lines(painter, context, shown.marks)
        draw_points(painter, context, free, self._sheet(self._sheets, context, size))
        for crowd in crowds:
            self._paint_hull(painter, context, crowd.path, crowd.style.mixture, strong=True)
        if shown.numbers:
            draw_numbers(painter, context, free, scene, shown.marks, shown.small_badge)
        draw_tags(painter, context, scene, crowds, shown.badge)

    def _paint_hull(
        self,
        painter: QPainter,
        context: RenderContext,
        path: QPainterPath,
        letter: str | None,
        *,
        strong: bool = False,
        filled: bool = True,
    ) -> None:
        colour = context.tokens.mixture(letter)
        share = context.tokens.hull_tint * (2.2 if strong else 1.0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if filled:
            painter.fillPath(path, tint(context.tokens, colour, share))
        # A line of one device pixel is drawn thirty times as fast as one of 1.25, and looks the same a little darker.
        wide = 1.25 if context.dpr * context.unit > 1 else 1.0
        painter.strokePath(path, QPen(tint(context.tokens, colour, 0.625 / wide), wide * context.unit))
        painter.restore()


def _detail_mm(context: RenderContext) -> float:
    """Outlines need not be truer than this: a quarter of a device pixel at most; the same through a step of zoom."""
    return float(2.0 ** math.floor(math.log2(_DETAIL_PX / (context.scale * context.dpr))))
