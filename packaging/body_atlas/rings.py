"""Outlines of the regions as skin points, traced through the flat chart and carried back to the skin."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from body_atlas.border_cut import Pieces
from body_atlas.chart_build import Chart, ChartError
from body_atlas.surface import Floats, Ints

_GRID_MM = 1e-4
_SIMPLIFY_MM = 0.05
_SPECK_MM2 = 0.5


Ring = tuple[Ints, Floats]
"""triangle ids (N) and barycentrics (N, 3)"""


def mirrored_ring(ring: Ring, mirror_tri: Ints, mirror_perm: NDArray[np.uint8]) -> Ring:
    """The ring on the other side of the body, turned round so that outer rings stay counter-clockwise."""
    tri, bary = ring
    packed = mirror_perm[tri].astype(np.int64)
    goes_to = np.stack([packed % 3, packed // 3, 3 - packed % 3 - packed // 3], axis=1)
    other = np.empty_like(bary)
    np.put_along_axis(other, goes_to, bary, axis=1)
    return mirror_tri[tri][::-1], other[::-1]


def region_polygon(chart: Chart, tri: Ints, whole: Ints, pieces: dict[int, Floats]) -> shapely.MultiPolygon:
    """The region in its chart (mm): whole triangles and the pieces of cut ones, united."""
    corner = chart.xy[np.minimum(np.searchsorted(chart.verts, tri), len(chart.verts) - 1)]
    held = np.isin(whole, chart.tris)
    polygons = [shapely.Polygon(c) for c in corner[whole[held]]]
    inside = set(chart.tris.tolist())
    for t, poly in pieces.items():
        if t in inside:
            polygons.append(shapely.Polygon(poly @ corner[t]))
    united = shapely.union_all(np.array(polygons), grid_size=_GRID_MM)
    united = united.buffer(2e-3, join_style="mitre").buffer(-2e-3, join_style="mitre")
    parts = [p for p in getattr(united, "geoms", [united]) if p.area > _SPECK_MM2]
    if not parts:
        raise ChartError("the region has no area in its chart.")
    filled = [
        shapely.Polygon(p.exterior, [h for h in p.interiors if shapely.Polygon(h).area > _SPECK_MM2]) for p in parts
    ]
    simple = shapely.MultiPolygon(filled).simplify(_SIMPLIFY_MM)
    return shapely.MultiPolygon(list(getattr(simple, "geoms", [simple])))


def ring_points(polygon: shapely.MultiPolygon) -> list[Floats]:
    """Rings (N, 2) without the repeated end: outer ones counter-clockwise, holes clockwise, largest part first."""
    rings = []
    for part in sorted(polygon.geoms, key=lambda p: -p.area):
        oriented = shapely.geometry.polygon.orient(part)
        rings += [np.asarray(r.coords)[:-1] for r in (oriented.exterior, *oriented.interiors)]
    return rings


def locate(chart: Chart, tri: Ints, points: Floats) -> Ring:
    """Chart points (N, 2) mm → (triangle ids, barycentrics (N, 3)); points just outside go to the nearest triangle."""
    local = np.searchsorted(chart.verts, tri[chart.tris])
    corner = chart.xy[local]
    tree = shapely.STRtree([shapely.Polygon(c) for c in corner])
    nearest = tree.nearest(shapely.points(points))
    a, b, c = corner[nearest, 0], corner[nearest, 1], corner[nearest, 2]
    ab, ac, ap = b - a, c - a, points - a
    det = ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]
    w1 = (ap[:, 0] * ac[:, 1] - ap[:, 1] * ac[:, 0]) / det
    w2 = (ab[:, 0] * ap[:, 1] - ab[:, 1] * ap[:, 0]) / det
    bary = np.clip(np.stack([1 - w1 - w2, w1, w2], axis=1), 0.0, 1.0)
    return chart.tris[nearest], np.asarray(bary / bary.sum(axis=1, keepdims=True))


def trace_region(
    chart: Chart, tri: Ints, region: int, tri_region: Ints, cut: Ints, pieces: Pieces
) -> list[Ring]:
    """Every ring of a region as (triangle ids, barycentrics), in the order of `ring_points`."""
    whole = np.setdiff1d(np.flatnonzero(tri_region == region), cut)
    polygon = region_polygon(chart, tri, whole, pieces.get(region, {}))
    return [locate(chart, tri, ring) for ring in ring_points(polygon)]
