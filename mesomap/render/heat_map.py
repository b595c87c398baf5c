"""The heat map: density on the skin in steps of ink, the same steps in every view, session and theme.

Ink only: colour belongs to the mixtures. Each step is darker (in dark: lighter) than the one before and has a line
of its own, so that the map reads in grey and on paper.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from mesomap.coverage.heat import HeatRaster, Measure
from mesomap.render.context import RenderContext
from mesomap.render.contours import contour_lines
from mesomap.render.marks_in_view import ViewScene
from mesomap.render.paths import path_through
from mesomap.render.picture import line_art
from mesomap.render.tokens import Tokens, mixed, tint

FloatArray = npt.NDArray[np.float64]

#: Lower ends of the steps, per cm² of the patient's skin. They never adapt: a shade always means the same.
STEPS: dict[Measure, tuple[float, ...]] = {
    Measure.POINTS: (0.2, 0.5, 1.0, 2.0, 5.0, 10.0),
    Measure.VOLUME: (0.005, 0.01, 0.02, 0.05, 0.1, 0.2),
}
#: Share of ink of every step.
_INK = (0.12, 0.22, 0.33, 0.45, 0.58, 0.72)
_LINE_INK = 0.28
#: Skin between light and shadow, on which the legend shows the steps.
_SKIN = {True: "#5A5653", False: "#E4DCD6"}


@dataclass(frozen=True, slots=True)
class HeatPicture:
    """A heat map ready to be drawn: the area at or above each step, in view mm, and what it rests on."""

    view_key: str
    measure: Measure
    steps: tuple[QPainterPath, ...]
    peak: float
    radius_mm: float
    left_out: int


def heat_picture(view_key: str, raster: HeatRaster, measure: Measure) -> HeatPicture:
    """Outlines of the steps of a raster."""
    paths = step_paths(raster.values, raster.origin_mm, raster.step_mm, STEPS[measure])
    return HeatPicture(view_key, measure, paths, raster.peak, raster.radius_mm, raster.left_out)


def step_paths(
    values: FloatArray, origin_mm: tuple[float, float], step_mm: float, levels: tuple[float, ...]
) -> tuple[QPainterPath, ...]:
    """Outline in view mm of all that is at or above each level of a raster (rows go up); 0 lies beneath all of them."""
    return tuple(_path(values, origin_mm, step_mm, level) for level in levels)


def draw_heat(painter: QPainter, context: RenderContext, picture: HeatPicture) -> None:
    """The steps over the skin, inside the silhouette, each with its line."""
    if picture.view_key == context.view_key:
        draw_steps(painter, context, picture.steps)


def draw_steps(painter: QPainter, context: RenderContext, steps: tuple[QPainterPath, ...]) -> None:
    """At most six steps in view mm, each within the one before, in deeper ink with a line of its own."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    transform = context.transform()
    clip = line_art(context.atlas, context.view_key).clip
    if not clip.isEmpty():
        painter.setClipPath(transform.map(clip), Qt.ClipOperation.IntersectClip)
    ink = context.tokens.colour("text")
    for path_mm, share, over in zip(steps, _INK, _added(), strict=False):
        if path_mm.isEmpty():
            break
        path = transform.map(path_mm)
        # paper knows no transparency: there each step hides the one beneath it
        painter.fillPath(path, tint(context.tokens, ink, share if context.tokens.opaque_only else over))
        painter.strokePath(path, QPen(tint(context.tokens, ink, _LINE_INK), 0.8 * context.unit))
    painter.restore()


def draw_heat_marks(painter: QPainter, context: RenderContext, scene: ViewScene) -> None:
    """The marks over a heat map: points as dots, areas as outlines, so that neither hides the map."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for area in scene.areas:
        pen = QPen(tint(context.tokens, context.tokens.mixture(area.style.mixture), 0.7), 1.25 * context.unit)
        painter.strokePath(context.transform().map(area.path), pen)
    xy = context.to_px(scene.points.xy)
    for colour, radius in ((context.tokens.colour("halo"), 2.6), (None, 1.7)):
        for index in np.unique(scene.points.style).tolist():
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)
            for x, y in xy[scene.points.style == index].tolist():
                path.addEllipse(QPointF(x, y), radius * context.unit, radius * context.unit)
            painter.fillPath(path, colour or context.tokens.mixture(scene.styles[index].mixture))
    painter.restore()


def draw_heat_scale(painter: QPainter, box: QRectF, tokens: Tokens, count: int = len(_INK)) -> list[float]:
    """Swatches of the first `count` steps beside each other; gives the left edge of each, where its lower end is
    written.
    """
    skin = QColor("#FFFFFF" if tokens.opaque_only else _SKIN[tokens.graphite_skin])
    width = box.width() / count
    edges = [box.left() + width * number for number in range(count)]
    for left, share in zip(edges, _INK, strict=False):
        painter.fillRect(QRectF(left, box.top(), width, box.height()), mixed(tokens.colour("text"), skin, share))
    painter.setPen(QPen(tint(tokens, tokens.colour("text"), _LINE_INK), 1))
    for left in edges:
        painter.drawLine(QRectF(left, box.top(), 0, box.height()).topLeft(), QRectF(left, box.bottom(), 0, 0).topLeft())
    return edges


def _added() -> list[float]:
    """Share of ink that each step lays over the steps beneath it, so that all together give its own."""
    return [1 - (1 - upper) / (1 - lower) for lower, upper in pairwise((0.0, *_INK))]


def _path(values: FloatArray, origin_mm: tuple[float, float], step_mm: float, level: float) -> QPainterPath:
    points, begins = contour_lines(values, level)
    if not len(points):
        return QPainterPath()
    # every ring ends where it began
    firsts = np.flatnonzero(begins)
    ends = np.append(firsts[1:], len(points))
    closed = np.insert(points, ends, points[firsts], axis=0)
    return path_through(closed * step_mm + np.array(origin_mm), np.insert(begins, ends, values=False))
