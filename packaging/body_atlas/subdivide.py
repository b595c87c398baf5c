"""Catmull–Clark subdivision of closed or bordered quad meshes, and small mesh tools."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from body_atlas.arrays import F64, I64, Bool


def _edges(quad: I64, count: int) -> tuple[I64, I64, I64]:
    """Unique edges (E,2), edge of each quad side (Q,4) and the number of quads at each edge (E)."""
    pair = np.sort(np.stack([quad, np.roll(quad, -1, 1)], -1).reshape(-1, 2), 1)
    key = pair[:, 0] * count + pair[:, 1]
    unique, inverse, uses = np.unique(key, return_inverse=True, return_counts=True)
    return np.stack([unique // count, unique % count], 1), inverse.reshape(-1, 4), uses


def _sum_at(index: I64, values: F64, count: int) -> F64:
    out = np.zeros((count, values.shape[1]))
    np.add.at(out, index, values)
    return out


def catmull_clark(columns: F64, quad: I64, uv: F64) -> tuple[F64, I64, F64]:
    """One Catmull–Clark step.

    `columns` (N, any) holds positions and any attribute to be smoothed alike; `quad` (Q,4); `uv` (Q,4,2)
    per corner (linear). Returns the same for the finer mesh: vertex order kept | edge points | face points;
    the four children of quad i are 4i…4i+3 and child k starts at its old corner k, so the diagonal 0–2 of a
    child runs from the old corner to the face point: mirrored quads get mirrored diagonals. Catmull &
    Clark 1978; borders as cubic B-splines.
    """
    n, m = len(columns), len(quad)
    face = columns[quad].mean(1)
    edge, side, uses = _edges(quad, n)
    count = len(edge)
    middle = columns[edge].mean(1)
    around = _sum_at(side.ravel(), np.repeat(face, 4, 0), count)
    border = uses != 2
    edge_point = np.where(border[:, None], middle, (columns[edge].sum(1) + around) / 4)
    valence = np.bincount(quad.ravel(), minlength=n)
    ends = np.bincount(edge.ravel(), minlength=n)
    k = np.maximum(valence, 1)[:, None]
    q = _sum_at(quad.ravel(), np.repeat(face, 4, 0), n) / k
    r = _sum_at(edge.ravel(), np.repeat(middle, 2, 0), n) / np.maximum(ends, 1)[:, None]
    kept = (q + 2 * r + (k - 3) * columns) / k
    if border.any():
        rim = edge[border]
        hits = np.bincount(rim.ravel(), minlength=n)
        on = hits > 0
        total = _sum_at(rim.ravel(), np.repeat(middle[border], 2, 0), n)
        kept[on] = (columns[on] + total[on] / hits[on][:, None]) / 2
    kept[valence == 0] = columns[valence == 0]
    e = side + n
    c = np.arange(m) + n + count
    fine = np.stack([np.stack([quad[:, i], e[:, i], c, e[:, i - 1]], 1) for i in range(4)], 1).reshape(-1, 4)
    half = (uv + np.roll(uv, -1, 1)) / 2
    centre = uv.mean(1)
    fine_uv = np.stack([np.stack([uv[:, i], half[:, i], centre, half[:, i - 1]], 1) for i in range(4)], 1)
    return np.concatenate([kept, edge_point, face]), fine, fine_uv.reshape(-1, 4, 2)


def mirror_of_finer(quad: I64, mirror: I64) -> I64:
    """Mirror map of the vertices after one step, from the coarse quads and their vertex mirror (N).

    Raises ValueError when the coarse mesh is not mirror symmetric in its connectivity.
    """
    n = len(mirror)
    edge, _, _ = _edges(quad, n)
    edge_twin = _lookup_rows(np.sort(edge, 1), np.sort(mirror[edge], 1), n)
    face_twin = _lookup_rows(np.sort(quad, 1), np.sort(mirror[quad], 1), n)
    return np.concatenate([mirror, edge_twin + n, face_twin + n + len(edge)])


def _lookup_rows(table: I64, rows: I64, count: int) -> I64:
    """Index in `table` of every row of `rows` (both sorted within the row)."""
    place = {tuple(r): i for i, r in enumerate(table.tolist())}
    try:
        return np.array([place[tuple(r)] for r in rows.tolist()], np.int64)
    except KeyError as missing:
        raise ValueError(f"The mesh is not mirror symmetric near vertices {missing} of {count}.") from missing


def triangles(quad: I64) -> I64:
    """(2Q,3): triangles 2i and 2i+1 of quad i, split along its diagonal 0–2."""
    return np.stack([quad[:, [0, 1, 2]], quad[:, [0, 2, 3]]], 1).reshape(-1, 3)


def triangle_areas(xyz: F64, tri: I64) -> F64:
    """(T) areas in the square of the unit of `xyz`."""
    a, b, c = xyz[tri[:, 0]], xyz[tri[:, 1]], xyz[tri[:, 2]]
    return np.asarray(np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2)


def volume(xyz: F64, tri: I64) -> float:
    """Volume enclosed by outward counter-clockwise triangles (divergence theorem)."""
    a, b, c = xyz[tri[:, 0]], xyz[tri[:, 1]], xyz[tri[:, 2]]
    return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6)


def vertex_normals(xyz: F64, tri: I64) -> F64:
    """(N,3) unit normals, area weighted."""
    face = np.cross(xyz[tri[:, 1]] - xyz[tri[:, 0]], xyz[tri[:, 2]] - xyz[tri[:, 0]])
    total = np.zeros_like(xyz)
    for i in range(3):
        np.add.at(total, tri[:, i], face)
    return np.asarray(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12))


def mirror_triangles(tri: I64, mirror: I64) -> tuple[I64, NDArray[np.uint8]]:
    """(T) triangle of the other side, and (T) packed corner map k0 + 3·k1 (see ATLAS_FORMAT
    `mirror_perm`).
    """
    twin = _lookup_rows(np.sort(tri, 1), np.sort(mirror[tri], 1), len(mirror))
    match = mirror[tri][:, :, None] == tri[twin][:, None, :]
    corner = match.argmax(2)
    return twin, (corner[:, 0] + 3 * corner[:, 1]).astype(np.uint8)


def grow(quad: I64, chosen: Bool, rings: int) -> Bool:
    """The chosen vertices and `rings` rings of neighbours."""
    out = chosen.copy()
    for _ in range(rings):
        out[quad[out[quad].any(1)].ravel()] = True
    return out
