"""Cutting border triangles: the piece of a triangle that a region owns, in barycentric coordinates."""

from __future__ import annotations

import numpy as np

from body_atlas.border_fields import Borders
from body_atlas.surface import Floats, Ints

_CORNERS = np.eye(3)


def _clip(poly: Floats, value: Floats) -> Floats:
    """The part of a convex polygon (N, 3 barycentric) where the linear `value` of the corners (3,) is ≥ 0."""
    at = poly @ value
    if (at >= 0).all():
        return poly
    if (at < 0).all():
        return poly[:0]
    out = []
    for k in range(len(poly)):
        j = (k + 1) % len(poly)
        if at[k] >= 0:
            out.append(poly[k])
        if (at[k] >= 0) != (at[j] >= 0):
            t = at[k] / (at[k] - at[j])
            out.append(poly[k] + t * (poly[j] - poly[k]))
    return np.array(out)


def owned_piece(values: Floats, column: int, used: int) -> Floats:
    """Barycentric polygon where column `column` is the largest of the first `used` columns of `values` (3, C)."""
    poly = _CORNERS
    for other in range(used):
        if other != column and len(poly):
            poly = _clip(poly, values[:, column] - values[:, other])
    return poly if len(poly) >= 3 else poly[:0]


def piece_share(poly: Floats) -> float:
    """Area of a barycentric polygon as a share of its triangle."""
    if len(poly) < 3:
        return 0.0
    x, y = poly[:, 0], poly[:, 1]
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))))


Pieces = dict[int, dict[int, Floats]]


def all_pieces(borders: Borders) -> Pieces:
    """region → {triangle → barycentric polygon} for the triangles that a border cuts (pieces without area left out)."""
    out: Pieces = {}
    for t, regions, field in zip(
        borders.border_tri.tolist(), borders.border_regions, borders.border_field.astype(float), strict=True
    ):
        used = int((regions >= 0).sum())
        for column in range(used):
            poly = owned_piece(field, column, used)
            if piece_share(poly) > 1e-9:
                out.setdefault(int(regions[column]), {})[t] = poly
    return out


def region_share(borders: Borders, pieces: Pieces, region: int) -> Floats:
    """Share (0…1) of every triangle that belongs to the region, (T,)."""
    share: Floats = (borders.tri_region == region).astype(float)
    share[borders.border_tri[share[borders.border_tri] > 0]] = 0.0
    for t, poly in pieces.get(region, {}).items():
        share[t] = piece_share(poly)
    return share


def overlap_and_gap(borders: Borders, pieces: Pieces, areas: Floats, skin: Ints, count: int) -> tuple[float, float]:
    """(area covered twice, area left out), in the unit of `areas`, over the outer-skin triangles."""
    total = np.zeros(len(areas))
    for region in range(count):
        total += region_share(borders, pieces, region)
    over = (np.maximum(total[skin] - 1.0, 0.0) * areas[skin]).sum()
    gap = (np.maximum(1.0 - total[skin], 0.0) * areas[skin]).sum()
    return float(over), float(gap)
