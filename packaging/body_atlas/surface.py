"""A triangle mesh with what growing and flattening need: areas, neighbours, an edge graph.

Lengths are in the unit of the vertices (reference millimetres for the body); nothing here knows about bodies.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def triangle_areas(verts: Floats, tri: Ints) -> Floats:
    """Area of every triangle, (T,), in the square of the vertex unit."""
    a, b, c = verts[tri[:, 0]], verts[tri[:, 1]], verts[tri[:, 2]]
    areas: Floats = np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2.0
    return areas


def triangle_neighbours(tri: Ints) -> Ints:
    """Triangle across the edge opposite to each corner, (T, 3); −1 where the mesh ends.

    The mesh must be a manifold: no edge may belong to more than two triangles (ValueError otherwise).
    """
    count = len(tri)
    edges = np.sort(np.concatenate([tri[:, [1, 2]], tri[:, [2, 0]], tri[:, [0, 1]]]), axis=1)
    key = edges[:, 0] * (int(tri.max(initial=0)) + 1) + edges[:, 1]
    order = np.argsort(key, kind="stable")
    same = np.flatnonzero(key[order][1:] == key[order][:-1])
    if len(same) and np.any(np.diff(same) == 1):
        raise ValueError("The mesh has an edge with more than two triangles; it cannot be charted.")
    across = np.full(3 * count, -1, dtype=np.int64)
    first, second = order[same], order[same + 1]
    across[first] = second % count
    across[second] = first % count
    return across.reshape(3, count).T.copy()


def mesh_edges(tri: Ints) -> Ints:
    """Every edge once, (E, 2), lower vertex first, in ascending order."""
    edges = np.sort(np.concatenate([tri[:, [0, 1]], tri[:, [1, 2]], tri[:, [2, 0]]]), axis=1)
    return np.unique(edges, axis=0)


def boundary_loops(tri: Ints) -> list[Ints]:
    """The closed boundary loops of a manifold mesh, longest first, each an array of vertices in triangle order."""
    across = triangle_neighbours(tri)
    rows, corners = np.nonzero(across < 0)
    start = tri[rows, (corners + 1) % 3]
    end = tri[rows, (corners + 2) % 3]
    follow = dict(zip(start.tolist(), end.tolist(), strict=True))
    if len(follow) != len(start):
        raise ValueError("The mesh boundary touches itself at a vertex; it is not a surface with simple edges.")
    loops: list[Ints] = []
    while follow:
        first, nxt = follow.popitem()
        loop = [first]
        while nxt != first:
            loop.append(nxt)
            nxt = follow.pop(nxt)
        low = int(np.argmin(loop))
        loops.append(np.array(loop[low:] + loop[:low], dtype=np.int64))
    loops.sort(key=lambda loop: (-len(loop), int(loop[0])))
    return loops


def euler_number(tri: Ints) -> int:
    """Vertices − edges + triangles; 1 for one topological disc."""
    return len(np.unique(tri)) - len(mesh_edges(tri)) + len(tri)


@dataclass(frozen=True)
class Surface:
    """Vertices (V, 3) and triangles (T, 3); derived tables are computed on first use."""

    verts: Floats
    tri: Ints

    @cached_property
    def areas(self) -> Floats:
        """Triangle areas, (T,)."""
        return triangle_areas(self.verts, self.tri)

    @cached_property
    def neighbours(self) -> Ints:
        """See `triangle_neighbours`."""
        return triangle_neighbours(self.tri)

    @cached_property
    def centroids(self) -> Floats:
        """Triangle centroids, (T, 3)."""
        return np.asarray(self.verts[self.tri].mean(axis=1))

    @cached_property
    def normals(self) -> Floats:
        """Unit triangle normals, (T, 3)."""
        a, b, c = (self.verts[self.tri[:, k]] for k in range(3))
        cross = np.cross(b - a, c - a)
        return np.asarray(cross / np.maximum(np.linalg.norm(cross, axis=1, keepdims=True), 1e-12))

    @cached_property
    def edge_graph(self) -> sparse.csr_array:
        """Vertex graph weighted by edge length (upper triangle only), for Dijkstra."""
        edges = mesh_edges(self.tri)
        length = np.linalg.norm(self.verts[edges[:, 0]] - self.verts[edges[:, 1]], axis=1)
        n = len(self.verts)
        return sparse.csr_array((length, (edges[:, 0], edges[:, 1])), shape=(n, n))

    def components(self, chosen: Bools) -> Ints:
        """Component number of each chosen triangle, (T,), −1 elsewhere; 0 is the largest by area.

        Triangles belong together when they share an edge.
        """
        rows = np.repeat(np.flatnonzero(chosen), 3)
        cols = self.neighbours[chosen].ravel()
        ok = (cols >= 0) & chosen[np.maximum(cols, 0)]
        n = len(self.tri)
        graph = sparse.csr_array((np.ones(int(ok.sum())), (rows[ok], cols[ok])), shape=(n, n))
        _, raw = connected_components(graph, directed=False)
        out = np.full(n, -1, dtype=np.int64)
        if not chosen.any():
            return out
        found, inverse = np.unique(raw[chosen], return_inverse=True)
        size = np.bincount(inverse, self.areas[chosen], minlength=len(found))
        rank = np.empty(len(found), dtype=np.int64)
        rank[np.argsort(-size, kind="stable")] = np.arange(len(found))
        out[chosen] = rank[inverse]
        return out
