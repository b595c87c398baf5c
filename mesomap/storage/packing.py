"""Places on the skin as packed little-endian bytes.

20 bytes a point (int32 triangle, two float64 weights).
"""

import struct
from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np

from mesomap.domain.errors import DamagedError
from mesomap.domain.marks import Outline
from mesomap.domain.place import SkinPoint

_POINT = np.dtype([("triangle", "<i4"), ("b0", "<f8"), ("b1", "<f8")])
_COUNT = struct.Struct("<I")
_as_point = partial(tuple.__new__, SkinPoint)
_NOT_PLACES = "The places of a mark are damaged in the database. Restore the last verified backup."


def pack_points(points: Sequence[SkinPoint]) -> bytes:
    """Bytes of the points, in order."""
    return np.array([tuple(point) for point in points], dtype=_POINT).tobytes()


def unpack_points(data: bytes) -> tuple[SkinPoint, ...]:
    """The points of pack_points. Raises DamagedError when the length is impossible."""
    if len(data) % _POINT.itemsize:
        raise DamagedError(_NOT_PLACES)
    # Not SkinPoint(…) of each: a session may hold thousands, and its first picture waits for them.
    return tuple(map(_as_point, np.frombuffer(data, dtype=_POINT).tolist()))


def pack_outline(outline: Outline) -> bytes:
    """Rings as: number of rings, length of each (uint32), then all points."""
    heads = [_COUNT.pack(len(outline)), *(_COUNT.pack(len(ring)) for ring in outline)]
    return b"".join(heads) + pack_points([point for ring in outline for point in ring])


def unpack_outline(data: bytes) -> Outline:
    """The rings of pack_outline. Raises DamagedError when the lengths do not fit."""
    try:
        (rings,) = _COUNT.unpack_from(data)
        lengths = [_COUNT.unpack_from(data, _COUNT.size * (1 + i))[0] for i in range(rings)]
    except struct.error as error:
        raise DamagedError(_NOT_PLACES) from error
    points = unpack_points(data[_COUNT.size * (1 + rings) :])
    if sum(lengths) != len(points):
        raise DamagedError(_NOT_PLACES)
    starts = [0]
    for length in lengths:
        starts.append(starts[-1] + length)
    return tuple(points[a:b] for a, b in pairwise(starts))
