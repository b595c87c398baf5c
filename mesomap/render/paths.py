"""numpy and Shapely shapes to Qt paths."""

import math
import struct
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QByteArray, QDataStream, QPointF
from PySide6.QtGui import QPainterPath, QPolygonF
from shapely.geometry.base import BaseGeometry


def polygon_from(points: npt.NDArray[np.float64] | Sequence[Sequence[float]]) -> QPolygonF:
    """(N, 2) corners to a QPolygonF."""
    return QPolygonF([QPointF(x, y) for x, y in np.asarray(points, dtype=np.float64).tolist()])


_POLYGON = int(shapely.GeometryType.POLYGON)
_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])


def path_through(points: npt.NDArray[np.float64], begins: npt.NDArray[np.bool_]) -> QPainterPath:
    """(N, 2) corners to one path (odd-even); a new line begins at each corner where begins (N,) says so.

    Read from the bytes that Qt writes for a path: point by point it takes thirty times as long.
    """
    path = QPainterPath()
    if not len(points):
        return path
    elements = np.empty(len(points), _ELEMENT)
    elements["kind"], elements["x"], elements["y"] = ~begins, points[:, 0], points[:, 1]
    last_begin = int(np.flatnonzero(begins)[-1])
    data = struct.pack(">i", len(points)) + elements.tobytes() + struct.pack(">ii", last_begin, 0)
    stream = QDataStream(QByteArray(data))
    stream >> path
    return path


def path_of(geometry: BaseGeometry) -> QPainterPath:
    """Polygons and lines of any Shapely geometry as one path (odd-even, so holes stay holes); points are
    left out.
    """
    parts = shapely.get_parts(geometry)
    if (shapely.get_type_id(parts) == _POLYGON).all():
        xy, ring = shapely.get_coordinates(shapely.get_rings(parts), return_index=True)
        return path_through(xy, np.diff(ring, prepend=-1) != 0)
    lines: list[npt.NDArray[np.float64]] = []
    for part in _parts(geometry):
        if isinstance(part, shapely.Polygon):
            lines += [shapely.get_coordinates(ring) for ring in (part.exterior, *part.interiors)]
        elif isinstance(part, shapely.LineString):
            lines.append(shapely.get_coordinates(part))
    lines = [line for line in lines if len(line)]
    if not lines:
        return QPainterPath()
    begins = np.zeros(sum(map(len, lines)), bool)
    begins[np.cumsum([0, *map(len, lines[:-1])])] = True
    return path_through(np.concatenate(lines), begins)


def calm(geometry: BaseGeometry, mm: float = 0.8) -> BaseGeometry:
    """An area mapped into a view without the notches and slivers that steep skin at the silhouette leaves.

    Closing, then opening, by `mm`; specks and holes smaller than a disc of twice that radius go.
    """
    return without_specks(calmed(geometry, mm), mm)


def calmed(geometry: BaseGeometry, mm: float) -> BaseGeometry:
    """An area closed, then opened, by `mm`: what is felt of a change no further than 4 mm away."""
    for by in (mm, -2 * mm, mm):
        geometry = shapely.buffer(geometry, by, quad_segs=4)
    return geometry


def without_specks(geometry: BaseGeometry, mm: float) -> shapely.MultiPolygon:
    """An area without parts and holes smaller than a disc of twice the radius `mm`."""
    least = 4 * math.pi * mm * mm
    parts = shapely.get_parts(geometry)
    parts = parts[shapely.area(parts) > least]
    rings, owner = shapely.get_rings(parts, return_index=True)
    tiny = shapely.area(shapely.polygons(rings)) <= least
    for row in np.unique(owner[tiny]).tolist():
        own = owner == row
        # The first ring is the outline: it is as large as the part at least.
        shell, *holes = rings[own & ~tiny]
        parts[row] = shapely.Polygon(shell, holes)
    return shapely.MultiPolygon(list(parts))


def _parts(geometry: BaseGeometry) -> Iterable[BaseGeometry]:
    if geometry.is_empty:
        return
    for part in shapely.get_parts(geometry):
        if hasattr(part, "geoms"):
            yield from _parts(part)
        else:
            yield part
