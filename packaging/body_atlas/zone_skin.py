"""Ways over the skin from landmark to landmark, and bands round them: what danger zones and acupoints are built with.

All on the left side, mm of the anatomical pose; the right side is the mirror image.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np
import shapely
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from body_atlas.arrays import F64
from body_atlas.landmark_build import Placed
from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.areas import polygonal
from mesomap.atlas.nearest import closest_in_triangles
from mesomap.domain.body_size import PatientScale
from mesomap.services.view_areas import parts_by_region

_STEP_MM = 1.0
_LINE_MM = 1.5
_ROUND_MM = 4.0


class PlaceMissingError(ValueError):
    """A place cannot be found: a landmark is missing, or a way leaves the skin. Carries a plain sentence."""


@dataclass(frozen=True)
class Part:
    """Part of an area in one region: area of its chart, mm."""

    region_id: str
    shape: BaseGeometry


@dataclass
class Skin:
    """A body with its landmarks.

    missing: landmarks to do without; forgiving: a place that needs one becomes NaN instead of an error.
    """

    atlas: Atlas
    placed: list[Placed]
    missing: set[str] = field(default_factory=set)
    forgiving: bool = False

    @cached_property
    def _places(self) -> dict[tuple[str, str], F64]:
        return {(p.row["key"], p.side): p.xyz(self.atlas) for p in self.placed if p.row["key"] not in self.missing}

    def at(self, key: str) -> F64:
        """A landmark of the left side or the midline."""
        for side in ("mid", "left"):
            if (key, side) in self._places:
                return self._places[key, side]
        return self._nowhere(f"It needs the landmark “{key}”, which this body does not have.")

    def _nowhere(self, sentence: str) -> F64:
        if self.forgiving:
            return np.full(3, np.nan)
        raise PlaceMissingError(sentence)

    # single places

    @cached_property
    def _tree(self) -> tuple[F64, cKDTree]:
        g = self.atlas.geometry
        skin = np.flatnonzero(g.tri_region >= 0)
        corners = g.positions[0][g.tri[skin]]
        return corners, cKDTree(corners.mean(1))

    def snap(self, place: F64) -> F64:
        """Nearest skin."""
        if not np.isfinite(place).all():
            return np.full(3, np.nan)
        corners, tree = self._tree
        near = tree.query(place, 24)[1]
        weights, distance = closest_in_triangles(corners[near], place)
        best = int(np.argmin(distance))
        return np.asarray(weights[best] @ corners[near[best]])

    def normal(self, place: F64) -> F64:
        """Outward unit normal of the nearest skin."""
        corners, tree = self._tree
        near = tree.query(place, 6)[1]
        a, b, c = np.moveaxis(corners[near], 1, 0)
        mean = np.cross(b - a, c - a).sum(0)
        return np.asarray(mean / np.linalg.norm(mean))

    def seen(self, view_key: str, place: F64) -> F64:
        """Skin that a view shows over a position in space (its depth does not matter)."""
        rotation = self.atlas.view(view_key).rotation
        found = self.atlas.locate(view_key, (rotation[:2] @ place)[None])
        if found.tri[0] < 0:
            return self._nowhere(f"The view {view_key} shows no skin where its words lead.")
        return np.asarray(self.atlas.position(found)[0])

    def face(self, x: float, y: float) -> F64:
        """Skin of the face x mm beside the midline at height y."""
        return self.seen("head_front", np.array([x, y, 0.0]))

    def cheek(self, y: float, z: float) -> F64:
        """Skin of the side of the head at height y and depth z."""
        return self.seen("head_profile_left", np.array([0.0, y, z]))

    def front(self, x: float, y: float) -> F64:
        """Skin of the front of the body."""
        return self.seen("body_front", np.array([x, y, 0.0]))

    def back(self, x: float, y: float) -> F64:
        """Skin of the back of the body."""
        return self.seen("body_back", np.array([x, y, 0.0]))

    # ways

    def walk(self, start: F64, direction: tuple[float, float, float] | F64, mm: float) -> F64:
        """The place `mm` along the skin from a place, always heading in a direction of the body."""
        way = np.asarray(direction, float)
        place, left = self.snap(start), mm
        if not np.isfinite([*place, mm]).all():
            return np.full(3, np.nan)
        while left > 1e-6:
            step = min(_STEP_MM, left)
            normal = self.normal(place)
            along = way - (way @ normal) * normal
            size = float(np.linalg.norm(along))
            if size < 1e-3:
                return self._nowhere("The way along the skin that its words describe comes to an end.")
            place, left = self.snap(place + step * along / size), left - step
        return place

    def toward(self, start: F64, goal: F64, mm: float) -> F64:
        """The place `mm` along the skin on the way from one place to another."""
        line = self.path([start, goal])
        along = arc(line)
        return np.asarray([np.interp(mm, along, line[:, k]) for k in range(3)])

    def between(self, start: F64, goal: F64, share: float = 0.5) -> F64:
        """The place at a share of the way along the skin from one place to another."""
        line = self.path([start, goal])
        along = arc(line)
        return self.snap(np.asarray([np.interp(share * along[-1], along, line[:, k]) for k in range(3)]))

    def length(self, start: F64, goal: F64) -> float:
        """Length of the way along the skin between two places, mm."""
        return float(arc(self.path([start, goal]))[-1])

    def path(self, places: list[F64]) -> F64:
        """(n, 3) the way along the skin over places: straight lines laid on the nearest skin, then evened out."""
        if not np.isfinite(places).all():
            return np.full((2, 3), np.nan)
        out = [self.snap(places[0])]
        for a, b in pairwise(places):
            count = max(2, round(float(np.linalg.norm(b - a)) / _LINE_MM))
            line = np.linspace(a, b, count + 1)
            line = np.array([self.snap(p) for p in line])
            for _ in range(3):
                line[1:-1] = 0.25 * line[:-2] + 0.5 * line[1:-1] + 0.25 * line[2:]
                line[1:-1] = [self.snap(p) for p in line[1:-1]]
            out += list(line[1:])
        return np.array(out)

    # areas

    def band(self, places: list[F64], half_mm: float | list[float]) -> list[Part]:
        """The skin within a distance of a way over places; the distance may differ from place to place."""
        line = self.path(places) if len(places) > 1 else np.array([self.snap(places[0])])
        halves = self._halves(places, half_mm, line)
        skin = self.atlas.nearest(line)
        parts = []
        regions = np.unique(self.atlas.charts_holding(skin)[1])
        for row in regions.tolist():
            region_id = self.atlas.regions[row].id
            chart = self.atlas.chart(region_id)
            xy = chart.to_chart(skin)
            shape = polygonal(shapely.intersection(_sausage(xy, halves), chart.polygon))
            if chart.metric.area_mm2(shape) >= 1.0:
                parts.append(Part(region_id, shape))
        return parts

    def _halves(self, places: list[F64], half_mm: float | list[float], line: F64) -> F64:
        if isinstance(half_mm, float | int):
            return np.full(len(line), float(half_mm))
        share = arc(line) / max(arc(line)[-1], 1e-9)
        at = np.array([share[int(np.argmin(np.linalg.norm(line - self.snap(p), axis=1)))] for p in places])
        return np.asarray(np.interp(share, at, half_mm))

    def area(self, view_key: str, ring: list[F64], *, rounded: bool = True) -> list[Part]:
        """The skin that a view shows inside a ring of positions; rounded corners unless told."""
        rotation = self.atlas.view(view_key).rotation
        polygon = polygonal(shapely.Polygon([tuple(rotation[:2] @ p) for p in ring]))
        if rounded:
            polygon = shapely.buffer(shapely.buffer(polygon, -_ROUND_MM), _ROUND_MM)
        found = parts_by_region(self.atlas, PatientScale(), view_key, polygon)
        return [Part(part.region_id, part.shape) for part in found]

    def ellipse(self, view_key: str, centre: F64, half_x_mm: float, half_y_mm: float) -> list[Part]:
        """The skin that a view shows inside an ellipse about a place, half axes along its width and height."""
        rotation = self.atlas.view(view_key).rotation
        turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
        ring = [centre + half_x_mm * np.cos(t) * rotation[0] + half_y_mm * np.sin(t) * rotation[1] for t in turn]
        return self.area(view_key, ring)

    def whole(self, *region_ids: str) -> list[Part]:
        """Whole regions."""
        return [Part(name, polygonal(self.atlas.chart(name).polygon)) for name in region_ids]


def arc(line: F64) -> F64:
    """Length along a polyline (n, 3) up to each corner."""
    return np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])


def _sausage(xy: F64, halves: F64) -> BaseGeometry:
    """Union of the hulls of neighbouring discs along a line (n, 2) of a chart; corners it does not hold are NaN."""
    known = np.asarray(np.isfinite(xy).all(axis=1), dtype=bool).reshape(-1)
    discs = shapely.buffer(shapely.points(np.where(known[:, None], xy, 0.0)), halves, quad_segs=12)
    hulls = [shapely.union(discs[i], discs[i + 1]).convex_hull for i in range(len(xy) - 1) if known[i] and known[i + 1]]
    if not hulls:
        hulls = [disc for disc, on in zip(discs, known, strict=True) if on]
    return polygonal(shapely.union_all(hulls)) if hulls else shapely.Polygon()


def skin_array(atlas: Atlas, places: list[F64]) -> SkinArray:
    """Places as skin."""
    return atlas.nearest(np.array(places))
