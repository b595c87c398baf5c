"""Points too close to tell apart on screen: gathered into hulls with a count."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtGui import QPainterPath
from shapely.geometry.base import BaseGeometry

from mesomap.render.context import RenderContext
from mesomap.render.marks import CROWDED_PX
from mesomap.render.marks_in_view import ViewPoints, ViewScene
from mesomap.render.paths import path_of
from mesomap.render.symbols import Style

#: Fewer neighbours than this stay single symbols even when they touch.
_LEAST = 6
#: Fewer points than this that touch stay single symbols, too.
_GROUP = 4
#: Answers kept; each is small.
_KEPT = 200


@dataclass(frozen=True, slots=True)
class Crowd:
    """Points of one style that touch on screen: hull in painter units, number of points."""

    path: QPainterPath
    style: Style
    count: int


@dataclass(frozen=True, slots=True)
class _Answer:
    """Which points of a style crowd, and their hulls in view mm with the counts."""

    crowded: npt.NDArray[np.bool_]
    hulls: tuple[tuple[QPainterPath, int], ...]


@dataclass(slots=True)
class CrowdFinder:
    """Keeps its answers by view, scale and points: panning costs nothing, a tap one style only."""

    _answers: dict[tuple[str, float, int, int], _Answer] = field(default_factory=dict)

    def find(self, context: RenderContext, scene: ViewScene) -> tuple[ViewScene, list[Crowd]]:
        """The scene without its crowded points, and the crowds. Crowded: median gap below 9 px."""
        free = np.ones(len(scene.points), bool)
        found: list[Crowd] = []
        # Counted, not np.unique: that loads numpy.ma, and this is on the way to the first picture of a session.
        for index in np.flatnonzero(np.bincount(scene.points.style)):
            rows = np.flatnonzero(scene.points.style == index)
            answer = self._answer(context, scene.points.xy[rows])
            free[rows[answer.crowded]] = False
            style, transform = scene.styles[index], context.transform()
            found += [Crowd(transform.map(path), style, count) for path, count in answer.hulls]
        return _part(scene, free), found

    def _answer(self, context: RenderContext, xy: npt.NDArray[np.float64]) -> _Answer:
        gap_mm = CROWDED_PX * context.unit / context.scale
        key = (context.view_key, round(gap_mm, 9), len(xy), hash(xy.tobytes()))
        if key not in self._answers:
            if len(self._answers) > _KEPT:
                self._answers.clear()
            crowded = _crowded(xy, gap_mm)
            hulls, held = _hulls(xy[crowded], gap_mm * 0.75)
            crowded[crowded] = held
            self._answers[key] = _Answer(crowded, hulls)
        return self._answers[key]


def _crowded(xy: npt.NDArray[np.float64], gap_mm: float) -> npt.NDArray[np.bool_]:
    """(N,) True for a point with a neighbour within the gap and at least _LEAST within two gaps."""
    if len(xy) < _LEAST:
        return np.zeros(len(xy), bool)
    places = np.asarray(shapely.points(xy))
    tree = shapely.STRtree(places.tolist())
    near = tree.query(places, predicate="dwithin", distance=gap_mm)[0]
    wide = tree.query(places, predicate="dwithin", distance=2 * gap_mm)[0]
    touching = np.bincount(near, minlength=len(xy)) - 1
    around = np.bincount(wide, minlength=len(xy)) - 1
    return (touching >= 1) & (around >= _LEAST)


def _hulls(
    xy: npt.NDArray[np.float64], reach_mm: float
) -> tuple[tuple[tuple[QPainterPath, int], ...], npt.NDArray[np.bool_]]:
    """Hull (view mm) and number of points of every group that touches, and which points (N,) one of them holds.

    Groups of fewer than _GROUP points get none: a tag would take more room than the points.
    """
    held = np.zeros(len(xy), bool)
    if len(xy) == 0:
        return (), held
    hulls = []
    for part in shapely.get_parts(_touching(xy, reach_mm)):
        shapely.prepare(part)
        inside = shapely.contains_xy(part, xy[:, 0], xy[:, 1])
        if inside.sum() < _GROUP:
            continue
        held |= inside
        smooth = part.buffer(reach_mm * 0.8, quad_segs=4).buffer(-reach_mm * 0.8, quad_segs=4)
        hulls.append((path_of(smooth), int(inside.sum())))
    return tuple(hulls), held


def _touching(xy: npt.NDArray[np.float64], reach_mm: float) -> BaseGeometry:
    """Area within reach of points that touch: small Delaunay triangles, widened by the reach.

    Many times faster than a union of discs; points of no small triangle keep a disc of their own.
    """
    net = shapely.get_parts(shapely.delaunay_triangles(shapely.MultiPoint(xy)))
    corners = shapely.get_coordinates(net).reshape(-1, 4, 2)
    sides = np.linalg.norm(np.diff(corners, axis=1), axis=2)
    small = (sides <= 2 * reach_mm).all(axis=1)
    inside = {(x, y) for x, y in corners[small].reshape(-1, 2).tolist()}
    alone = [shapely.Point(x, y) for x, y in xy.tolist() if (x, y) not in inside]
    core = shapely.coverage_union_all(net[small])
    return shapely.union_all([core.buffer(reach_mm, quad_segs=3), *shapely.buffer(alone, reach_mm, quad_segs=3)])


def _part(scene: ViewScene, chosen: npt.NDArray[np.bool_]) -> ViewScene:
    points = scene.points
    part = ViewPoints(points.xy[chosen], points.style[chosen], points.mark[chosen], points.number[chosen])
    return ViewScene(part, scene.areas, scene.styles)
