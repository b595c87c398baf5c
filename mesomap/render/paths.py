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
    least = 4 * math.pi * mm * mm
    smooth = geometry
    for by in (mm, -2 * mm, mm):
        smooth = shapely.buffer(smooth, by, quad_segs=4)
    parts = [part for part in shapely.get_parts(smooth) if part.area > least]
    return shapely.MultiPolygon([_without_pinholes(part, least) for part in parts])


def _without_pinholes(part: shapely.Polygon, least_mm2: float) -> shapely.Polygon:
    holes = [ring for ring in part.interiors if shapely.Polygon(ring).area > least_mm2]
    return shapely.Polygon(part.exterior, holes)


def _parts(geometry: BaseGeometry) -> Iterable[BaseGeometry]:
    if geometry.is_empty:
        return
    for part in shapely.get_parts(geometry):
        if hasattr(part, "geoms"):
            yield from _parts(part)
        else:
            yield part
