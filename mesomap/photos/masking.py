"""Eyes or face covered in a picture: the pixels themselves are replaced, nothing lies under the cover. In the worker.

Where the cover comes from landmarks, proportions of the face are taken: width between the outer corners of the eyes
about 90 mm, a face in three equal thirds (neoclassical canons; Farkas, Anthropometry of the Head and Face, 1994),
with a margin, as a cover that is too small would show who it is.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mesomap.domain.photo_mask import MaskPlace, MaskShape

#: What stands in place of the pixels: one flat grey, the same in every channel.
COVER = 52
#: A pixel that is only touched by the edge is covered whole.
_EDGE_PX = 0.75
#: Band over both eyes: half its length and height by the distance of the outer corners of the eyes.
_BAND_LONG, _BAND_HIGH = 0.74, 0.24
_OVAL_HIGH, _OVAL_WIDE = 0.60, 0.62
#: Width of a face by its height, where nothing at its sides is known.
_WIDE_BY_HIGH = 0.80

Places = Mapping[str, tuple[float, float]]


def cover(pixels: NDArray[np.uint8], places: Sequence[MaskPlace]) -> NDArray[np.uint8]:
    """The picture (h, w, c) with every place covered; the same array when there is none. Alpha (c = 4) stays."""
    if not places:
        return pixels
    found = pixels.copy()
    for place in places:
        rows, columns, inside = covered(pixels.shape[1], pixels.shape[0], place)
        found[rows, columns, :3][inside] = COVER
    return found


def covered(width: int, height: int, place: MaskPlace) -> tuple[slice, slice, NDArray[np.bool_]]:
    """Rows and columns of a picture of that size around a cover, and which pixels in them are covered."""
    reach = math.hypot(place.half_width, place.half_height) + 2
    left, top = max(0, math.floor(place.x - reach)), max(0, math.floor(place.y - reach))
    right, bottom = min(width, math.ceil(place.x + reach)), min(height, math.ceil(place.y + reach))
    if place.shape is MaskShape.NOTHING or right <= left or bottom <= top:
        return slice(0, 0), slice(0, 0), np.zeros((0, 0), bool)
    x = np.arange(left, right)[None, :] + 0.5 - place.x
    y = np.arange(top, bottom)[:, None] + 0.5 - place.y
    turn = math.radians(place.turn_deg)
    u, v = x * math.cos(turn) + y * math.sin(turn), y * math.cos(turn) - x * math.sin(turn)
    half_u, half_v = place.half_width + _EDGE_PX, place.half_height + _EDGE_PX
    inside = (np.abs(u) <= half_u) & (np.abs(v) <= half_v)
    if place.shape is MaskShape.FACE:
        inside &= (u / half_u) ** 2 + (v / half_v) ** 2 <= 1.0
    return slice(top, bottom), slice(left, right), inside


def place_by_landmarks(shape: MaskShape, places: Places) -> MaskPlace | None:
    """Where the cover goes by landmarks of the atlas on the photo (key.side → x, y px), None = too few are known."""
    if shape is MaskShape.EYES:
        return _eyes(places)
    return _face(places) if shape is MaskShape.FACE else None


def _eyes(places: Places) -> MaskPlace | None:
    right, left = places.get("canthus_lateral.right"), places.get("canthus_lateral.left")
    wide = 1.0
    if right is None or left is None:
        # From the side one eye shows: from its outer corner to the root of the nose is half of the width at most.
        one, nasion = right or left, places.get("nasion.mid")
        if one is None or nasion is None:
            return None
        right, left, wide = one, nasion, 2.0
    middle, length, turn = _between(right, left)
    if length <= 0:
        return None
    unit = length * wide
    return MaskPlace(MaskShape.EYES, *middle, _BAND_LONG * unit, _BAND_HIGH * unit, turn)


def _face(places: Places) -> MaskPlace | None:
    chin, hairline = places.get("menton.mid"), places.get("trichion.mid")
    brow = places.get("glabella.mid") or places.get("nasion.mid")
    if chin is None or (hairline is None and brow is None):
        return None
    if hairline is None:
        assert brow is not None
        # Two of three thirds are known.
        hairline = (brow[0] + 0.5 * (brow[0] - chin[0]), brow[1] + 0.5 * (brow[1] - chin[1]))
    middle, high, turn = _between(hairline, chin)
    if high <= 0:
        return None
    sides = [
        math.dist(places[f"{key}.right"], places[f"{key}.left"])
        for key in ("zygion", "tragus", "gonion")
        if f"{key}.right" in places and f"{key}.left" in places
    ]
    wide = max([*sides, _WIDE_BY_HIGH * high])
    return MaskPlace(MaskShape.FACE, *middle, _OVAL_WIDE * wide, _OVAL_HIGH * high, turn - 90.0)


def _between(first: tuple[float, float], second: tuple[float, float]) -> tuple[tuple[float, float], float, float]:
    """Middle, distance, direction in degrees clockwise as seen."""
    dx, dy = second[0] - first[0], second[1] - first[1]
    middle = ((first[0] + second[0]) / 2, (first[1] + second[1]) / 2)
    return middle, math.hypot(dx, dy), math.degrees(math.atan2(dy, dx))
