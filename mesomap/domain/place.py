"""A place on the skin of the body model."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from mesomap.domain.errors import BadInputError


@dataclass(frozen=True, slots=True)
class AtlasRef:
    """Which body a session was charted on. A record is always read and drawn in its own atlas version."""

    id: str
    version: str
    body: str


class SkinPoint(NamedTuple):
    """A point of skin: triangle of the atlas body and two barycentric weights (the third is 1 - b0 - b1)."""

    triangle: int
    b0: float
    b1: float


#: Weights may leave the triangle by rounding only.
BARYCENTRIC_SLACK = 1e-6


def checked_point(triangle: int, b0: float, b1: float) -> SkinPoint:
    """Return the point, or raise BadInputError when it cannot be a place on any triangle (NaN, outside)."""
    if triangle < 0:
        raise BadInputError(f"A skin point names triangle {triangle}; triangles are numbered from 0.")
    if not (math.isfinite(b0) and math.isfinite(b1)):
        raise BadInputError("A skin point has a weight that is not a number.")
    if min(b0, b1, 1.0 - b0 - b1) < -BARYCENTRIC_SLACK:
        raise BadInputError(f"A skin point lies outside its triangle (weights {b0:g}, {b1:g}).")
    return SkinPoint(triangle, b0, b1)
