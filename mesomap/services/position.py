"""Where a place on the skin lies, as figures that the window puts into words.

Two forms. From the midline: the straight distance to the plane that halves the body ("malar cheek, left, 21 mm lateral
of the midline"), which is how anatomy states it; for head, neck and trunk. From a landmark: what separates the place
from the nearest landmark that its region may be described from ("12 mm below the lateral canthus, left"); on the arm
and the leg measured along the limb. Lengths are patient mm: reference mm times the factor of the place's region.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np

from mesomap.atlas import Atlas, Region, SkinArray
from mesomap.atlas.landmarks import Landmark, Landmarks, landmarks_of, triangle_normals
from mesomap.atlas.records import Bools, Floats
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import DamagedError
from mesomap.domain.place import SkinPoint

#: A landmark farther away describes nothing, reference mm: by group of regions.
REACH_MM = {"face": 45.0, "scalp": 110.0, "neck": 80.0, "trunk": 110.0, "arm": 190.0, "leg": 260.0}
#: Nearer to a landmark than this the place is "at" it.
AT_MM = 3.0
#: The second of two directions is named from this share of the first on.
SECOND_SHARE = 0.4
#: Skin turned away more than this from the landmark's skin (cosine) lies on another side of the body.
LEAST_FACING = -0.2
_LIMBS = {
    "arm": (("acromion", "elbow_crease"), ("elbow_crease", "wrist_crease"), ("wrist_crease", "fingertip_3")),
    "leg": (("trochanter", "patella_lower"), ("patella_lower", "ankle_front")),
}
_FOOT = ("heel", "foot", "toes", "ankle", "achilles")


class Way(StrEnum):
    """Direction from a landmark to the place."""

    ABOVE = "above"
    BELOW = "below"
    LATERAL = "lateral"
    MEDIAL = "medial"
    FRONT = "front"
    BEHIND = "behind"
    LEVEL = "level"
    AT = "at"


@dataclass(frozen=True, slots=True)
class FromLandmark:
    """The place seen from a landmark: up to two directions, the greater first; mm of the patient.

    Way.AT and Way.LEVEL carry no length (0).
    """

    landmark: Landmark
    ways: tuple[tuple[Way, float], ...]


@dataclass(frozen=True, slots=True)
class PositionFigures:
    """What is known of a place. lateral_mm: None on the limbs; 0 on the midline; side: of the place."""

    region_id: str
    side: str
    lateral_mm: float | None
    near: FromLandmark | None


class Positions:
    """Figures of places on one body. The first call reads the landmarks; later ones take well under 1 ms."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        #: The last question and its answer: the card beside the pen and a screen reader ask for the same place.
        self._last: tuple[SkinPoint, PatientScale | None, PositionFigures | None] | None = None

    def at(self, point: SkinPoint, scale: PatientScale | None = None) -> PositionFigures | None:
        """Figures of a place for a patient of this scale (1 when left out); None off the charted skin."""
        last = self._last
        if last is None or last[0] != point or last[1] != scale:
            last = self._last = point, scale, self._figures(point, scale)
        return last[2]

    def _figures(self, point: SkinPoint, scale: PatientScale | None) -> PositionFigures | None:
        region_id = self._atlas.region_id_at(point)
        if region_id is None:
            return None
        region = self._atlas.region(region_id)
        factor = 1.0 if scale is None else scale.factor(region.fixed_scale)
        skin = SkinArray.of([point])
        xyz, normal = self._atlas.position(skin)[0], triangle_normals(self._atlas, skin)[0]
        limb = region.group in _LIMBS
        side = _side(float(xyz[0]))
        lateral = None if limb else abs(float(xyz[0])) * factor
        return PositionFigures(region_id, side, lateral, self._near(region, side, xyz, normal, factor))

    def _near(self, region: Region, side: str, xyz: Floats, normal: Floats, factor: float) -> FromLandmark | None:
        marks = self._marks
        chosen = self._of_group.get(region.group)
        if chosen is None or not chosen.any():
            return None
        away = np.linalg.norm(marks.xyz_mm - xyz, axis=1)
        fits = chosen & (self._mid | (self._left if xyz[0] >= 0 else self._right))
        fits &= marks.normals @ normal > LEAST_FACING
        # a landmark of the midline gives a level only: it must be much nearer to be preferred
        weighed = np.where(fits, away + np.where(self._mid & (away > AT_MM), 0.5 * abs(float(xyz[0])), 0.0), np.inf)
        best = int(np.argmin(weighed))
        if away[best] > REACH_MM.get(region.group, 0.0) or not np.isfinite(weighed[best]):
            return None
        mark, from_it = marks.rows[best], xyz - marks.xyz_mm[best]
        if away[best] < AT_MM:
            return FromLandmark(mark, ((Way.AT, 0.0),))
        if region.group in _LIMBS and not region.id.startswith(_FOOT):
            return FromLandmark(mark, _along(self._axis(region.group, side, xyz), from_it, factor))
        return FromLandmark(mark, _ways(mark.side, from_it, normal, factor))

    def _axis(self, group: str, side: str, xyz: Floats) -> Floats:
        """Unit vector toward the trunk of the piece of the limb that a place lies beside."""
        best, gap = np.array([0.0, 1.0, 0.0]), np.inf
        for near, far in self._pieces.get((group, side), ()):
            along = far - near
            share = float(np.clip((xyz - near) @ along / (along @ along), 0.0, 1.0))
            off = float(np.linalg.norm(near + share * along - xyz))
            if off < gap:
                gap, best = off, -along / np.linalg.norm(along)
        return best

    @cached_property
    def _marks(self) -> Landmarks:
        """The landmarks; none when their page cannot be read, so that region and midline are told all the same."""
        try:
            return landmarks_of(self._atlas)
        except DamagedError:
            return Landmarks(self._atlas, ())

    @cached_property
    def _of_group(self) -> dict[str, Bools]:
        groups = {group for mark in self._marks.rows for group in mark.near}
        return {group: np.array([group in mark.near for mark in self._marks.rows]) for group in groups}

    @cached_property
    def _mid(self) -> Bools:
        return np.array([mark.side == "mid" for mark in self._marks.rows])

    @cached_property
    def _left(self) -> Bools:
        return np.array([mark.side == "left" for mark in self._marks.rows])

    @cached_property
    def _right(self) -> Bools:
        return np.array([mark.side == "right" for mark in self._marks.rows])

    @cached_property
    def _pieces(self) -> dict[tuple[str, str], list[tuple[Floats, Floats]]]:
        """Axes of the limbs by group and side, from landmark to landmark."""
        found: dict[tuple[str, str], list[tuple[Floats, Floats]]] = {}
        for group, pairs in _LIMBS.items():
            for side in ("left", "right"):
                rows = [(self._marks.row(a, side), self._marks.row(b, side)) for a, b in pairs]
                found[group, side] = [
                    (self._marks.xyz_mm[a], self._marks.xyz_mm[b]) for a, b in rows if a >= 0 and b >= 0
                ]
        return found


def _side(x_mm: float) -> str:
    if abs(x_mm) < 0.5:
        return "mid"
    return "left" if x_mm > 0 else "right"


def _along(toward_trunk: Floats, from_it: Floats, factor: float) -> tuple[tuple[Way, float], ...]:
    """Above or below along a limb."""
    up = float(from_it @ toward_trunk)
    if abs(up) < AT_MM:
        return ((Way.LEVEL, 0.0),)
    return ((Way.ABOVE if up > 0 else Way.BELOW, abs(up) * factor),)


def _ways(side: str, from_it: Floats, normal: Floats, factor: float) -> tuple[tuple[Way, float], ...]:
    """Components along the two body axes that the skin lies most along, the greater first, in words of the side."""
    x, y, z = (float(v) for v in from_it)
    if side == "mid":
        if abs(y) < AT_MM:
            return ((Way.LEVEL, 0.0),)
        return ((Way.ABOVE if y > 0 else Way.BELOW, abs(y) * factor),)
    outward = x if side == "left" else -x
    axes = [
        (Way.LATERAL if outward > 0 else Way.MEDIAL, abs(outward)),
        (Way.ABOVE if y > 0 else Way.BELOW, abs(y)),
        (Way.FRONT if z > 0 else Way.BEHIND, abs(z)),
    ]
    del axes[int(np.argmax(np.abs(normal)))]
    first, second = sorted(axes, key=lambda part: -part[1])
    named = [first, second] if second[1] >= max(SECOND_SHARE * first[1], AT_MM) else [first]
    return tuple((way, length * factor) for way, length in named)


_KEPT: WeakKeyDictionary[Atlas, Positions] = WeakKeyDictionary()


def positions_of(atlas: Atlas) -> Positions:
    """The figures of an atlas, kept with it."""
    return _KEPT.setdefault(atlas, Positions(atlas))
