"""Points too close to tell apart on screen: gathered into hulls with a count."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtGui import QPainterPath

from mesomap.render.context import RenderContext
from mesomap.render.marks import CROWDED_PX
from mesomap.render.marks_in_view import ViewPoints, ViewScene
from mesomap.render.paths import path_of
from mesomap.render.symbols import Style

#: Fewer neighbours than this stay single symbols even when they touch.
_LEAST = 6


@dataclass(frozen=True, slots=True)
class Crowd:
    """Points of one style that touch on screen: hull in painter units, number of points."""

    path: QPainterPath
    style: Style
    count: int


def split_crowded(context: RenderContext, scene: ViewScene) -> tuple[ViewScene, ViewScene]:
    """Scene of the points that have room, scene of those whose style crowds (median gap below 9 px)."""
    xy = context.to_px(scene.points.xy) / context.unit
    crowded = np.zeros(len(xy), bool)
    for index in np.unique(scene.points.style):
        chosen = scene.points.style == index
        crowded[chosen] = _crowded(xy[chosen])
    return _part(scene, ~crowded), _part(scene, crowded)


def _crowded(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """(N,) True where a point has at least _LEAST neighbours within three crowding distances and one within
    one.
    """
    if len(xy) < _LEAST:
        return np.zeros(len(xy), bool)
    places = [shapely.Point(x, y) for x, y in xy]
    tree = shapely.STRtree(places)
    near = tree.query(places, predicate="dwithin", distance=CROWDED_PX)[0]
    wide = tree.query(places, predicate="dwithin", distance=2 * CROWDED_PX)[0]
    touching = np.bincount(near, minlength=len(xy)) - 1
    around = np.bincount(wide, minlength=len(xy)) - 1
    return (touching >= 1) & (around >= _LEAST)


def _part(scene: ViewScene, chosen: npt.NDArray[np.bool_]) -> ViewScene:
    points = scene.points
    part = ViewPoints(points.xy[chosen], points.style[chosen], points.mark[chosen], points.number[chosen])
    return ViewScene(part, scene.areas, scene.styles)


def crowds(context: RenderContext, crowded: ViewScene) -> list[Crowd]:
    """Hulls of the crowded points, one per group that touches, by style."""
    found: list[Crowd] = []
    xy = context.to_px(crowded.points.xy)
    reach = CROWDED_PX * 0.75 * context.unit
    for index in np.unique(crowded.points.style):
        places = xy[crowded.points.style == index]
        groups = shapely.union_all(shapely.buffer([shapely.Point(x, y) for x, y in places], reach, quad_segs=4))
        for part in shapely.get_parts(groups):
            count = int(shapely.contains_xy(part, places[:, 0], places[:, 1]).sum())
            smooth = part.buffer(reach * 0.8).buffer(-reach * 0.8)
            found.append(Crowd(path_of(smooth), crowded.styles[index], count))
    return found
