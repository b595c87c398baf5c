"""A mark's place in a file, in three ways: on the skin, in a view, from a landmark.

- {"skin": [triangle, b0, b1]}: the exact skin point of the atlas version the file names.
- {"view": key, "x_mm": x, "y_mm": y}: position in that view's plane, reference mm, y up, origin at the
  origin of the body axes. The skin seen there.
- {"landmark": id, "offset_mm": [x, y, z]}: a landmark of the atlas ("canthus_lateral.left") or the middle of a
  region ("chest.left"; a region goes before a landmark of the same id), moved along the body axes (x toward the
  patient's left, y up, z forward), dropped to the nearest skin.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from mesomap.atlas import Atlas, SkinArray
from mesomap.atlas.landmarks import landmarks_of
from mesomap.domain.errors import BadInputError
from mesomap.domain.place import SkinPoint, checked_point
from mesomap.exchange.fields import Field

FloatArray = npt.NDArray[np.float64]

#: Largest coordinate of a place in mm; the body is 1,630 mm tall and lies about its middle.
REACH_MM = 1500.0
#: A landmark with its offset may lie this far from the skin before it is refused, in mm.
DROP_MM = 25.0


@dataclass(slots=True)
class PlaceReader:
    """Collects the places of a file, then finds all of them on the body at once.

    add() checks form and returns the slot; resolve() returns the skin points in slot order. Both raise
    BadInputError naming the place's path in the file.
    """

    atlas: Atlas
    same_version: bool
    _paths: list[str] = field(default_factory=list)
    _skin: list[tuple[int, SkinPoint]] = field(default_factory=list)
    _in_view: dict[str, list[tuple[int, float, float]]] = field(default_factory=dict)
    _landmarks: list[tuple[int, str, tuple[float, float, float]]] = field(default_factory=list)

    def add(self, place: Field) -> int:
        """Check one place and keep it; returns its slot."""
        slot = len(self._paths)
        self._paths.append(place.path)
        if place.has("skin"):
            place.keys(required=("skin",))
            self._skin.append((slot, self._skin_point(place.get("skin"))))
        elif place.has("view"):
            place.keys(required=("view", "x_mm", "y_mm"))
            key = place.get("view").one_of([view.key for view in self.atlas.views], "a view")
            x = place.get("x_mm").number(-REACH_MM, REACH_MM, "mm")
            y = place.get("y_mm").number(-REACH_MM, REACH_MM, "mm")
            self._in_view.setdefault(key, []).append((slot, x, y))
        elif place.has("landmark"):
            place.keys(required=("landmark",), allowed=("offset_mm",))
            known = [region.id for region in self.atlas.regions]
            known += [mark.id for mark in landmarks_of(self.atlas).rows if mark.id not in known]
            name = place.get("landmark").one_of(known, "a landmark")
            offset = (0.0, 0.0, 0.0)
            if place.has("offset_mm"):
                parts = list(place.get("offset_mm").items(least=3, most=3))
                x, y, z = (part.number(-REACH_MM, REACH_MM, "mm") for part in parts)
                offset = (x, y, z)
            self._landmarks.append((slot, name, offset))
        else:
            place.fail("a place needs “skin”, or “view” with x_mm and y_mm, or “landmark”.")
        return slot

    def resolve(self) -> list[SkinPoint]:
        """Skin points of all places, in the order they were added. None of them is guessed."""
        found: list[SkinPoint | None] = [None] * len(self._paths)
        self._resolve_skin(found)
        for key, rows in self._in_view.items():
            self._resolve_view(key, rows, found)
        self._resolve_landmarks(found)
        return [point for point in found if point is not None]

    def _skin_point(self, place: Field) -> SkinPoint:
        if not self.same_version:
            place.fail("a skin point is only true in the atlas version it was written with.")
        triangle, b0, b1 = place.items(least=3, most=3)
        index = triangle.whole(0, len(self.atlas.geometry.tri) - 1)
        weights = b0.number(-1.0, 2.0), b1.number(-1.0, 2.0)
        return place.checked(lambda: checked_point(index, *weights))

    def _resolve_skin(self, found: list[SkinPoint | None]) -> None:
        if not self._skin:
            return
        regions = self.atlas.region_at(SkinArray.of([point for _, point in self._skin]))
        for (slot, point), region in zip(self._skin, regions, strict=True):
            if region < 0:
                raise BadInputError(f"{self._paths[slot]}: this place is not outer skin.")
            found[slot] = point

    def _resolve_view(
        self, key: str, rows: list[tuple[int, float, float]], found: list[SkinPoint | None]
    ) -> None:
        xy = np.array([(x, y) for _, x, y in rows], dtype=np.float64)
        located = self.atlas.locate(key, xy)
        for (slot, x, y), triangle, bary in zip(rows, located.tri, located.bary, strict=True):
            if triangle < 0:
                raise BadInputError(f"{self._paths[slot]}: ({x:g}, {y:g}) mm in {key} is off the body.")
            found[slot] = SkinPoint(int(triangle), float(bary[0]), float(bary[1]))

    def _resolve_landmarks(self, found: list[SkinPoint | None]) -> None:
        for slot, name, offset in self._landmarks:
            wanted = landmark_position(self.atlas, name) + np.array([offset])
            point = self.atlas.nearest(wanted)
            gap = float(np.linalg.norm(self.atlas.position(point) - wanted))
            if point.tri[0] < 0 or gap > DROP_MM or self.atlas.region_at(point)[0] < 0:
                raise BadInputError(
                    f"{self._paths[slot]}: {name} with this offset lies {gap:.0f} mm from the skin; "
                    f"up to {DROP_MM:g} mm is possible."
                )
            found[slot] = point.points()[0]


def landmark_position(atlas: Atlas, name: str) -> FloatArray:
    """Place of a landmark, or the middle of a region, on the body, (1, 3) mm."""
    if any(region.id == name for region in atlas.regions):
        return middle_of(atlas, name)
    key, _, side = name.rpartition(".")
    marks = landmarks_of(atlas)
    return np.array([marks.xyz_mm[marks.row(key, side)]])


def middle_of(atlas: Atlas, region_id: str) -> FloatArray:
    """Middle of a region on the body, (1, 3) mm: centroid of its chart, or a point inside if that is not."""
    outline = atlas.chart(region_id).polygon
    centre = outline.centroid if outline.contains(outline.centroid) else outline.representative_point()
    return atlas.position(atlas.from_chart(region_id, np.array([[centre.x, centre.y]])))


def place_on_skin(point: SkinPoint) -> dict[str, object]:
    """The place of a skin point as it is written; full precision, so reading gives the same bits."""
    return {"skin": [point.triangle, point.b0, point.b1]}


def place_in_view(atlas: Atlas, point: SkinPoint) -> dict[str, object]:
    """The place of a skin point in the view that shows it best, to 0.01 mm; on the skin when none does."""
    for key, _angle in atlas.views_of(point):
        there = atlas.project(key, SkinArray.of([point]))
        x, y = (round(float(value), 2) for value in there.xy[0])
        back = atlas.locate_one(key, x, y)
        if back is None:
            continue
        gap = atlas.position(SkinArray.of([back])) - atlas.position(SkinArray.of([point]))
        if float(np.linalg.norm(gap)) < 0.25:
            return {"view": key, "x_mm": x, "y_mm": y}
    return place_on_skin(point)
