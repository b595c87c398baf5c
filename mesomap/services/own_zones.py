"""The practice's own zones: drawn in a view, kept with their whole outline on the skin as a setting of the practice.

An outline names places of the skin, so a zone is the same in every view, and on every body of the same mesh.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import numpy as np
import shapely

from mesomap.atlas import Atlas
from mesomap.domain.errors import BadInputError, MesoMapError, NotFoundError
from mesomap.domain.marks import Outline
from mesomap.domain.own_zone import COLOURS, OwnZone, checked_colour, checked_name
from mesomap.domain.place import SkinPoint, checked_point

if TYPE_CHECKING:
    from mesomap.services.practice import Practice

SETTING = "own_zones"
#: A hand wavers: crossings of less than this are not meant, view mm.
WAVER_MM = 1.5
#: Corners looked at along a drawn outline lie no farther apart, view mm.
_STEP_MM = 2.0
#: Smaller zones cannot be told from a slip of the pen, mm² of skin.
LEAST_MM2 = 20.0

Loop = Sequence[tuple[float, float]]


class OwnZones:
    """The zones of a practice on one atlas; every change is kept at once."""

    def __init__(self, practice: "Practice", atlas: Atlas) -> None:
        self._practice = practice
        self._atlas = atlas
        self._zones: tuple[OwnZone, ...] = ()
        self._foreign: list[Any] = []
        self.left_out: tuple[str, ...] = ()
        self._read()

    def all(self) -> tuple[OwnZone, ...]:
        """The zones that lie on this body, oldest first."""
        return self._zones

    def find(self, zone_id: str) -> OwnZone:
        """The zone of this id. Raises NotFoundError."""
        for zone in self._zones:
            if zone.id == zone_id:
                return zone
        raise NotFoundError("This zone is not there any more.")

    def draft(self, view_key: str, loop: Loop) -> tuple[tuple[str, Outline], ...]:
        """The skin inside a loop drawn in a view, by region.

        Raises BadInputError: no loop, across itself, off the body, too small.
        """
        return zone_parts(self._atlas, view_key, loop)

    def add(self, parts: tuple[tuple[str, Outline], ...], name: str, colour: str) -> OwnZone:
        """Keep a drawn zone. Raises BadInputError (name, colour, nothing drawn) or NotWritableError."""
        if not parts:
            raise BadInputError("Nothing is drawn. Draw an outline on the skin first.")
        taken = tuple(zone.name for zone in self._zones)
        zone = OwnZone(str(uuid4()), checked_name(name, taken), checked_colour(colour), self._atlas.ref.id, parts)
        self._keep((*self._zones, zone))
        return zone

    def change(self, zone_id: str, name: str, colour: str) -> OwnZone:
        """Another name or colour. Raises BadInputError, NotFoundError or NotWritableError."""
        zone = self.find(zone_id)
        taken = tuple(other.name for other in self._zones if other.id != zone_id)
        changed = replace(zone, name=checked_name(name, taken), colour=checked_colour(colour))
        self._keep(tuple(changed if other.id == zone_id else other for other in self._zones))
        return changed

    def remove(self, zone_id: str) -> OwnZone:
        """Take a zone away; returned, so that it can be put back. Raises NotFoundError or NotWritableError."""
        zone = self.find(zone_id)
        self._keep(tuple(other for other in self._zones if other.id != zone_id))
        return zone

    def put_back(self, zone: OwnZone) -> None:
        """Keep a zone that was taken away, with its name. Raises BadInputError or NotWritableError."""
        checked_name(zone.name, tuple(other.name for other in self._zones))
        self._keep((*self._zones, zone))

    def next_colour(self) -> str:
        """The colour used least so far."""
        used = [zone.colour for zone in self._zones]
        return min(COLOURS, key=used.count)

    def _keep(self, zones: tuple[OwnZone, ...]) -> None:
        self._practice.set_setting(SETTING, [*map(_row, zones), *self._foreign])
        self._zones = zones

    def _read(self) -> None:
        """Rows that do not lie on this body are kept as they are, and told in left_out."""
        rows = self._practice.setting(SETTING)
        zones, told = [], []
        for row in rows if isinstance(rows, list) else []:
            try:
                zones.append(_zone(row, self._atlas))
            except (MesoMapError, KeyError, TypeError, ValueError, AttributeError):
                self._foreign.append(row)
                name = str(row.get("name", "?"))[:60] if isinstance(row, dict) else "?"
                told.append(f"The zone “{name}” does not lie on this body; it is kept but not shown.")
        self._zones, self.left_out = tuple(zones), tuple(told)


def zone_parts(atlas: Atlas, view_key: str, loop: Loop) -> tuple[tuple[str, Outline], ...]:
    """The skin inside a loop drawn in a view, by region; see OwnZones.draft."""
    from mesomap.domain.body_size import PatientScale
    from mesomap.services.view_areas import parts_by_region

    ring = _round(loop)
    places = shapely.get_coordinates(shapely.segmentize(ring, _STEP_MM))
    if (atlas.region_at(atlas.locate(view_key, np.asarray(places, dtype=np.float64))) < 0).any():
        raise BadInputError("The outline leaves the skin. Draw the zone on the body only.")
    found = parts_by_region(atlas, PatientScale(), view_key, shapely.Polygon(ring))
    if sum(part.area_cm2 for part in found) * 100.0 < LEAST_MM2:
        raise BadInputError("The zone is too small to be told from a slip of the pen. Draw it larger.")
    return tuple((part.region_id, part.outline) for part in found if part.outline)


def _round(loop: Loop) -> shapely.LinearRing:
    """The loop, closed and without the wavering of the hand. Raises BadInputError: no loop, or across itself."""
    corners = list(dict.fromkeys((float(x), float(y)) for x, y in loop))
    if len(corners) < 3:
        raise BadInputError("This is no outline yet. Draw once around the zone.")
    line = shapely.simplify(shapely.LineString([*corners, corners[0]]), WAVER_MM, preserve_topology=False)
    if len(line.coords) < 4:
        raise BadInputError("This is no outline yet. Draw once around the zone.")
    ring = shapely.LinearRing(line.coords)
    if not ring.is_simple:
        raise BadInputError("The outline runs across itself. Draw once around the zone without crossing.")
    return ring


def _row(zone: OwnZone) -> dict[str, Any]:
    parts = [{"region": region, "outline": [[list(p) for p in ring] for ring in rings]} for region, rings in zone.parts]
    return {"id": zone.id, "name": zone.name, "colour": zone.colour, "atlas": zone.atlas, "parts": parts}


def _zone(row: dict[str, Any], atlas: Atlas) -> OwnZone:
    if row["atlas"] != atlas.ref.id:
        raise ValueError("atlas")
    parts = []
    for part in row["parts"]:
        atlas.region(part["region"])
        rings = tuple(tuple(_skin(corner, atlas) for corner in ring) for ring in part["outline"])
        parts.append((str(part["region"]), rings))
    return OwnZone(str(row["id"]), checked_name(row["name"]), checked_colour(row["colour"]), row["atlas"], tuple(parts))


def _skin(corner: list[Any], atlas: Atlas) -> SkinPoint:
    triangle, b0, b1 = corner
    point = checked_point(int(triangle), float(b0), float(b1))
    if not atlas.holds(point):
        raise ValueError("skin")
    return point
