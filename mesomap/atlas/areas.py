"""Areas of the plane: the polygons of a geometry, areas of rings and of triangles. Results are valid."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mesomap.atlas.records import Bools, Floats, Ints

EMPTY = shapely.Polygon()


def polygonal(shape: BaseGeometry) -> BaseGeometry:
    """The areas of a geometry, valid; lines and points that a cut left behind are dropped."""
    if not shape.is_valid:
        shape = shapely.make_valid(shape)
    if isinstance(shape, shapely.Polygon | shapely.MultiPolygon):
        return shape
    parts = [p for p in shapely.get_parts(shape) if isinstance(p, shapely.Polygon | shapely.MultiPolygon)]
    return shapely.union_all(parts) if parts else EMPTY


def rings_of(area: BaseGeometry, step_mm: float) -> list[Floats]:
    """Every ring (n, 2) of an area, outer and holes, first corner not repeated, corners ≤ step_mm apart."""
    # get_rings knows single polygons only: of a MultiPolygon it returns nothing
    rings = shapely.get_rings(shapely.get_parts(shapely.segmentize(area, step_mm)))
    return [shapely.get_coordinates(ring)[:-1] for ring in rings]


def even_odd(rings: list[Floats]) -> BaseGeometry:
    """Area inside an odd number of closed rings (n, 2); rings of fewer than 3 corners are left out."""
    area: BaseGeometry = EMPTY
    for ring in rings:
        if len(ring) >= 3:
            area = shapely.symmetric_difference(area, polygonal(shapely.Polygon(ring)))
    return polygonal(area)


def turned_rings(rings: list[Floats]) -> BaseGeometry:
    """Area of closed rings (n, 2): counter-clockwise ones are outer, clockwise ones holes."""
    outer: list[BaseGeometry] = []
    holes: list[BaseGeometry] = []
    for ring in rings:
        if len(ring) >= 3:
            turns_left = bool(shapely.is_ccw(shapely.LinearRing(ring)))
            (outer if turns_left else holes).append(polygonal(shapely.Polygon(ring)))
    if len(outer) == 1 and not holes:
        return outer[0]
    whole = shapely.union_all(outer)
    return polygonal(shapely.difference(whole, shapely.union_all(holes)) if holes else whole)


def triangles_area(corners: Floats, vertex_ids: Ints, member: Bools) -> BaseGeometry:
    """Union of the member triangles (n,) of a mesh: corners (n, 3, 2), vertex_ids (n, 3).

    The edges that only one member has are its rim; this is many times faster than a general union.
    """
    ids, xy = vertex_ids[member], corners[member]
    if len(ids) == 0:
        return EMPTY
    start, end = ids.ravel(), ids[:, [1, 2, 0]].ravel()
    key = np.minimum(start, end) * (int(ids.max()) + 1) + np.maximum(start, end)
    _, place, count = np.unique(key, return_index=True, return_counts=True)
    rim = place[count == 1]
    lines = np.stack([xy.reshape(-1, 2)[rim], xy[:, [1, 2, 0]].reshape(-1, 2)[rim]], axis=1)
    # members lie to the left of their rim, so a face is made of members when it runs along a rim edge
    directed = {(*p, *q) for p, q in lines.tolist()}
    faces: list[BaseGeometry] = []
    for face in shapely.get_parts(shapely.polygonize(np.asarray(shapely.linestrings(lines)))):
        corners = shapely.get_coordinates(shapely.orient_polygons(face))[:2]
        if (*corners[0].tolist(), *corners[1].tolist()) in directed:
            faces.append(face)
    return polygonal(shapely.union_all(faces)) if len(faces) != 1 else polygonal(faces[0])
