"""Danger zones, acupoints, key sensory points, landmarks as they lie in a view, view mm; made once a view and kept."""

from dataclasses import dataclass, field

import numpy as np
import shapely
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.landmarks import Landmarks, landmarks_of
from mesomap.atlas.overlays import Overlays, ZoneArea, overlays_of
from mesomap.domain.acupoints import acupoints
from mesomap.domain.danger_zones import DangerZone, danger_zones
from mesomap.domain.place import SkinPoint
from mesomap.domain.sensory_points import sensory_points
from mesomap.render.paths import calm, path_of
from mesomap.render.picture import on_picture

#: Neighbouring regions meet along a hairline: it is closed by this much, view mm.
_SEAM_MM = 0.35
#: Less of a zone than this is not shown, view mm².
_LEAST_MM2 = 6.0
#: Points on skin that turns away more than this (cosine) are left to another view.
_LEAST_COS = 0.15


@dataclass(frozen=True, slots=True)
class ZoneShape:
    """What a view shows of a danger zone on one side. anchor: a place well inside its largest part."""

    zone: DangerZone
    side: str
    path: QPainterPath
    anchor: tuple[float, float]
    area_mm2: float


@dataclass(frozen=True, slots=True)
class PointMark:
    """An acupoint, key sensory point or landmark that a view shows. detail: its name and place in words; recalled rows
    are hidden.
    """

    label: str
    detail: str
    side: str
    xy: tuple[float, float]
    estimate: bool
    recalled: bool


@dataclass(slots=True)
class OverlayShapes:
    """Shapes of one body by view. Zones take some milliseconds each: they are made one at a time by make_next()."""

    atlas: Atlas
    _zones: dict[tuple[str, int], ZoneShape | None] = field(default_factory=dict)
    _points: dict[tuple[str, str], tuple[PointMark, ...]] = field(default_factory=dict)

    @property
    def places(self) -> Overlays:
        """Where everything lies. Raises DamagedError when the page of the atlas cannot be read."""
        return overlays_of(self.atlas)

    def zones(self, view_key: str, *, recalled: bool) -> list[ZoneShape]:
        """The zones of a view that are ready; recalled rows only when asked for."""
        ready = (self._zones.get((view_key, row)) for row in range(len(self.places.zones)))
        return [shape for shape in ready if shape is not None and (recalled or not shape.zone.recalled)]

    def make_next(self, view_key: str) -> bool:
        """Make one zone that is not ready; False when all are."""
        for row, area in enumerate(self.places.zones):
            if (view_key, row) not in self._zones:
                self._zones[view_key, row] = self._shape(view_key, area)
                return True
        return False

    def complete(self, view_key: str) -> bool:
        """Whether every zone of a view is made."""
        return all((view_key, row) in self._zones for row in range(len(self.places.zones)))

    def _shape(self, view_key: str, area: ZoneArea) -> ZoneShape | None:
        zone = danger_zones().get(area.key)
        if zone is None or not self._near(view_key, area):
            return None
        parts = [self.atlas.outline_in_view(view_key, outline, region) for region, outline in area.parts]
        joined = shapely.buffer(shapely.union_all([shapely.buffer(part, _SEAM_MM) for part in parts]), -_SEAM_MM)
        shape = on_picture(self.atlas, view_key, calm(joined, 0.3))
        if shape.area < _LEAST_MM2:
            return None
        largest = max(shapely.get_parts(shape), key=lambda part: float(part.area))
        inside = shapely.centroid(largest)
        if not largest.contains(inside):
            inside = shapely.point_on_surface(largest)
        return ZoneShape(zone, area.side, path_of(shape), (float(inside.x), float(inside.y)), float(shape.area))

    def _near(self, view_key: str, area: ZoneArea) -> bool:
        """Whether any of an area can show in a view: some of its outline is seen, and reaches into the picture."""
        corners = [corner for _, outline in area.parts for ring in outline for corner in ring]
        there = self.atlas.project(view_key, SkinArray.of(corners))
        if not there.visible.any():
            return False
        seen = there.xy[there.visible]
        x0, y0, x1, y1 = self.atlas.view(view_key).box_mm
        low, high = seen.min(axis=0), seen.max(axis=0)
        return bool(low[0] < x1 and high[0] > x0 and low[1] < y1 and high[1] > y0)

    def acupoints(self, view_key: str, *, recalled: bool) -> list[PointMark]:
        """The acupoints that a view shows."""
        key = (view_key, "acupoints")
        if key not in self._points:
            rows = [place for place in self.places.points if place.code in acupoints()]
            found = []
            for place, (xy, seen) in zip(rows, self._seen(view_key, [r.skin for r in rows]), strict=True):
                point = acupoints()[place.code]
                label = f"{place.code} {place.part}".strip() if place.code == "EX-B2" else place.code
                detail = f"{point.code} {point.name}: {point.where}"
                if seen:
                    found.append(PointMark(label, detail, place.side, xy, bool(place.estimate), point.recalled))
            self._points[key] = tuple(found)
        return [mark for mark in self._points[key] if recalled or not mark.recalled]

    def sensory(self, view_key: str) -> list[PointMark]:
        """The key sensory points that a view shows."""
        key = (view_key, "sensory")
        if key not in self._points:
            rows = [place for place in self.places.sensory if place.level in sensory_points()]
            seen = self._seen(view_key, [place.skin for place in rows])
            self._points[key] = tuple(
                PointMark(place.level, sensory_points()[place.level].where, place.side, xy, bool(place.estimate), False)
                for place, (xy, shown) in zip(rows, seen, strict=True)
                if shown
            )
        return list(self._points[key])

    def landmarks(self, view_key: str) -> list[PointMark]:
        """The landmarks that a view shows."""
        key = (view_key, "landmarks")
        if key not in self._points:
            marks: Landmarks = landmarks_of(self.atlas)
            seen = self._seen(view_key, [mark.skin for mark in marks.rows])
            self._points[key] = tuple(
                PointMark(mark.name, mark.definition, mark.side, xy, mark.estimated, recalled=False)
                for mark, (xy, shown) in zip(marks.rows, seen, strict=True)
                if shown
            )
        return list(self._points[key])

    def _seen(self, view_key: str, places: list[SkinPoint]) -> list[tuple[tuple[float, float], bool]]:
        if not places:
            return []
        there = self.atlas.project(view_key, SkinArray.of(places))
        shown = there.visible & (there.cos_angle > _LEAST_COS)
        return [((float(x), float(y)), bool(on)) for (x, y), on in zip(there.xy, shown, strict=True)]

    def zone_at(self, view_key: str, xy_mm: tuple[float, float], *, recalled: bool) -> list[DangerZone]:
        """Zones whose shown part holds a place of the view."""
        place = QPointF(*xy_mm)
        return [shape.zone for shape in self.zones(view_key, recalled=recalled) if shape.path.contains(place)]


def nearest_mark(marks: list[PointMark], xy_mm: tuple[float, float], reach_mm: float) -> PointMark | None:
    """The mark nearest to a place of the view, within reach."""
    if not marks:
        return None
    away = np.linalg.norm(np.array([mark.xy for mark in marks]) - np.array(xy_mm), axis=1)
    best = int(np.argmin(away))
    return marks[best] if away[best] <= reach_mm else None
