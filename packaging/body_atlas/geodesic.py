"""The truth that charts are measured against: exact distances on the triangles of the skin.

Patches of the shipped mesh (level-1 triangles, pose 0) with the sources inserted as vertices; distances by libigl's
exact geodesics (Mitchell, Mount and Papadimitriou 1987). Build time only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Delaunay

from body_atlas.surface import Floats, Ints, triangle_areas


@dataclass(frozen=True)
class SkinPatch:
    """A piece of skin: verts (V, 3) mm, faces (F, 3), the body triangle of each face, the vertex of each source,
    and the barycentrics of every face corner in its body triangle (F, 3, 3)."""

    verts: Floats
    faces: Ints
    home: Ints
    sources: Ints
    bary: Floats


def patch_round(
    xyz: Floats, tri: Ints, skin: Ints, source_tri: Ints, source_bary: Floats, reach_mm: float
) -> SkinPatch:
    """Skin triangles within `reach_mm` (straight) of any source (triangle, barycentric (N, 3)), sources inserted."""
    place = np.einsum("nk,nkd->nd", source_bary, xyz[tri[source_tri]])
    corner = xyz[tri[skin]]
    centre = corner.mean(axis=1)
    size = np.linalg.norm(corner - centre[:, None], axis=2).max(axis=1)
    near = np.zeros(len(skin), dtype=bool)
    for p in place:
        near |= np.linalg.norm(centre - p, axis=1) < reach_mm + size
    near |= np.isin(skin, source_tri)
    ids = skin[near]
    verts, local = np.unique(tri[ids], return_inverse=True)
    points = [xyz[verts]]
    faces, home, bary = [], [], []
    sources = np.full(len(source_tri), -1, dtype=np.int64)
    count = len(verts)
    inside: dict[int, list[int]] = {}
    for n, t in enumerate(source_tri.tolist()):
        inside.setdefault(t, []).append(n)
    for t, corners in zip(ids.tolist(), local.reshape(-1, 3), strict=True):
        own = inside.get(t, [])
        weights = [*np.eye(3)]
        index = list(corners)
        for n in own:
            b = np.clip(source_bary[n], 0.02, None)
            b = b / b.sum()
            weights.append(b)
            sources[n] = count
            index.append(count)
            points.append((b @ xyz[tri[t]])[None])
            count += 1
        for face in _split(np.array(weights)):
            faces.append([index[k] for k in face])
            home.append(t)
            bary.append([weights[k] for k in face])
    return SkinPatch(np.concatenate(points), np.array(faces), np.array(home), sources, np.array(bary))


def _split(weights: Floats) -> list[list[int]]:
    """Triangles between the corners and the inserted points of one triangle, wound like it."""
    if len(weights) == 3:
        return [[0, 1, 2]]
    flat = weights[:, 1:] @ np.array([[1.0, 0.0], [0.5, np.sqrt(0.75)]])
    out = []
    for a, b, c in Delaunay(flat).simplices.tolist():
        turn = np.cross(np.append(flat[b] - flat[a], 0), np.append(flat[c] - flat[a], 0))[2]
        if abs(turn) > 1e-9:
            out.append([a, b, c] if turn > 0 else [a, c, b])
    return out


def refine(patch: SkinPatch, edge_mm: float) -> SkinPatch:
    """The same flat faces cut into four until no edge is longer than `edge_mm` (whole levels, so it stays closed)."""
    while True:
        corner = patch.verts[patch.faces]
        longest = np.linalg.norm(corner - np.roll(corner, 1, axis=1), axis=2).max()
        if longest <= edge_mm:
            return patch
        patch = _quarter(patch)


def _quarter(patch: SkinPatch) -> SkinPatch:
    f = patch.faces
    edges = np.sort(np.concatenate([f[:, [0, 1]], f[:, [1, 2]], f[:, [2, 0]]]), axis=1)
    unique, inverse = np.unique(edges, axis=0, return_inverse=True)
    mid = inverse.reshape(3, -1).T + len(patch.verts)
    verts = np.concatenate([patch.verts, patch.verts[unique].mean(axis=1)])
    b = patch.bary
    m = (b + np.roll(b, -1, axis=1)) / 2.0
    faces = np.concatenate([
        np.stack([f[:, 0], mid[:, 0], mid[:, 2]], 1), np.stack([f[:, 1], mid[:, 1], mid[:, 0]], 1),
        np.stack([f[:, 2], mid[:, 2], mid[:, 1]], 1), mid,
    ])
    bary = np.concatenate([
        np.stack([b[:, 0], m[:, 0], m[:, 2]], 1), np.stack([b[:, 1], m[:, 1], m[:, 0]], 1),
        np.stack([b[:, 2], m[:, 2], m[:, 1]], 1), m,
    ])
    return SkinPatch(verts, faces, np.tile(patch.home, 4), patch.sources, bary)


def distances(verts: Floats, faces: Ints, source: int, targets: Ints) -> Floats:
    """Exact distance (mm) from each target vertex to one source vertex; infinite when the faces do not connect them."""
    import igl

    faces = _connected(faces, source)
    used, local = np.unique(faces, return_inverse=True)
    held = np.isin(targets, used)
    out = np.full(len(targets), np.inf)
    empty = np.array([], dtype=np.int64)
    found = igl.exact_geodesic(
        np.ascontiguousarray(verts[used]),
        np.ascontiguousarray(local.reshape(-1, 3), dtype=np.int64),
        np.searchsorted(used, [source]).astype(np.int64),
        empty,
        np.searchsorted(used, targets[held]).astype(np.int64),
        empty,
    )
    out[held] = found
    return out


def _connected(faces: Ints, source: int) -> Ints:
    """The faces that hang together with a vertex by shared vertices (near skin of another toe or lip does not)."""
    used, local = np.unique(faces, return_inverse=True)
    local = local.reshape(-1, 3)
    links = np.concatenate([local[:, [0, 1]], local[:, [1, 2]]])
    graph = sparse.coo_array((np.ones(len(links)), (links[:, 0], links[:, 1])), shape=(len(used), len(used)))
    _, part = connected_components(graph, directed=False)
    return np.asarray(faces[part[local[:, 0]] == part[int(np.searchsorted(used, source))]])


def samples_within(patch: SkinPatch, radius_mm: float, grid: int = 6) -> tuple[Ints, Floats, Floats]:
    """Sample places of the skin within `radius_mm` of any source.

    Every face is sampled at grid² equal parts. For each source on its own d² is interpolated with the exact
    correction of the plane, d²(Σλᵢpᵢ) = Σλᵢdᵢ² − Σλᵢλⱼ|eᵢⱼ|². Returns body triangles, barycentrics (N, 3) and areas
    in mm² of the samples.
    """
    weights = _even_places(grid)
    f, v = patch.faces, patch.verts
    corner = v[f]
    centre = corner.mean(axis=1)
    size = np.linalg.norm(corner - centre[:, None], axis=2).max(axis=1)
    bulge = np.zeros((len(f), len(weights)))
    for i, j in ((0, 1), (1, 2), (2, 0)):
        edge = ((corner[:, i] - corner[:, j]) ** 2).sum(axis=1)
        bulge += edge[:, None] * (weights[:, i] * weights[:, j])[None, :]
    held = np.zeros(bulge.shape, dtype=bool)
    for source in patch.sources:
        near = np.flatnonzero(np.linalg.norm(centre - v[source], axis=1) < radius_mm + 1.0 + size)
        used = np.unique(f[near])
        d = np.full(len(v), np.inf)
        d[used] = distances(v, f[near], int(source), used)
        square = (d[f[near]] ** 2) @ weights.T - bulge[near]
        held[near] |= square <= radius_mm**2
    face, place = np.nonzero(held)
    area = triangle_areas(v, f) / len(weights)
    bary = np.einsum("nk,nkb->nb", weights[place], patch.bary[face])
    return patch.home[face], bary, area[face]


def _even_places(grid: int) -> Floats:
    """Centroids (grid², 3) of the equal small triangles of a triangle."""
    out = []
    for i in range(grid):
        for j in range(grid - i):
            k = grid - 1 - i - j
            out.append(((i + 1 / 3), (j + 1 / 3), (k + 1 / 3)))
            if k > 0:
                out.append(((i + 2 / 3), (j + 2 / 3), (k - 1 / 3)))
    return np.array(out) / grid
