"""Growth of the piece of skin that one chart flattens: a region and a margin round it, as a topological disc."""

from __future__ import annotations

import heapq

import numpy as np
from scipy.sparse.csgraph import dijkstra

from body_atlas.surface import Bools, Floats, Ints, Surface


def _priorities(surface: Surface, chosen: Bools, seed: int, margin_mm: float) -> Floats:
    """Order of acceptance: the region first, from the seed outward, then the margin by distance from the region."""
    region_verts = np.unique(surface.tri[chosen])
    from_region = dijkstra(
        surface.edge_graph, directed=False, indices=region_verts, limit=margin_mm + 40.0, min_only=True
    )
    from_seed = dijkstra(surface.edge_graph, directed=False, indices=surface.tri[seed], min_only=True)
    margin = from_region[surface.tri].max(axis=1)
    inside = from_seed[surface.tri].max(axis=1)
    return np.asarray(np.where(chosen, np.minimum(inside, 1e6) - 1e7, margin))


def seed_triangle(surface: Surface, chosen: Bools) -> int:
    """The chosen triangle nearest to the area centroid of the chosen ones (lowest index wins a tie)."""
    index = np.flatnonzero(chosen)
    centroid = np.average(surface.centroids[index], axis=0, weights=surface.areas[index])
    return int(index[np.linalg.norm(surface.centroids[index] - centroid, axis=1).argmin()])


class _Disc:
    """Simple-triangle rule: the set of accepted triangles stays one disc after every acceptance."""

    def __init__(self, surface: Surface) -> None:
        self.surface = surface
        self.inside = np.zeros(len(surface.tri), dtype=bool)
        self.vert_inside = np.zeros(len(surface.verts), dtype=bool)

    def fits(self, t: int) -> bool:
        """One shared edge: only when the third corner is new. Two shared edges: yes. None or three: no."""
        across = self.surface.neighbours[t]
        shared = (across >= 0) & self.inside[np.maximum(across, 0)]
        count = int(shared.sum())
        if count == 1:
            corner = self.surface.tri[t][int(np.flatnonzero(shared)[0])]
            return not bool(self.vert_inside[corner])
        return count == 2

    def take(self, t: int) -> None:
        """Accept a triangle."""
        self.inside[t] = True
        self.vert_inside[self.surface.tri[t]] = True

    def drop(self, t: int) -> None:
        """Undo the latest acceptance (a corner stays marked only when another accepted triangle uses it)."""
        self.inside[t] = False
        corners = self.surface.tri[t]
        across = self.surface.neighbours[t]
        shared = (across >= 0) & self.inside[np.maximum(across, 0)]
        if int(shared.sum()) == 1:
            self.vert_inside[corners[int(np.flatnonzero(shared)[0])]] = False


def grow_disc(
    surface: Surface,
    chosen: Bools,
    margin_mm: float,
    allowed: Bools | None = None,
    mirror: Ints | None = None,
) -> Bools:
    """Triangles of a disc that covers the chosen triangles first and then up to `margin_mm` round them.

    `allowed` limits the margin. `mirror` (triangle of the other side, T) makes the disc mirror symmetric: triangles
    are accepted in pairs. Returns (T,) bool. Parts of the region that a disc cannot hold are left out (caller checks).
    """
    seed = seed_triangle(surface, chosen)
    order = _priorities(surface, chosen, seed, margin_mm)
    can = chosen | ((order <= margin_mm) & (np.ones_like(chosen) if allowed is None else allowed))
    disc = _Disc(surface)
    heap: list[tuple[float, int]] = []

    def offer(t: int) -> None:
        for u in surface.neighbours[t]:
            if u >= 0 and can[u] and not disc.inside[u]:
                heapq.heappush(heap, (float(order[u]), int(u)))

    if mirror is not None:
        seed = _middle_seed(surface, chosen, mirror, order)
    disc.take(seed)
    offer(seed)
    if mirror is not None:
        disc.take(int(mirror[seed]))
        offer(int(mirror[seed]))
    while heap:
        _, t = heapq.heappop(heap)
        if disc.inside[t] or not disc.fits(t):
            continue
        disc.take(t)
        if mirror is not None and not disc.inside[mirror[t]]:
            other = int(mirror[t])
            if not can[other] or not disc.fits(other):
                disc.drop(t)
                continue
            disc.take(other)
            offer(other)
        offer(t)
    return disc.inside


def _middle_seed(surface: Surface, chosen: Bools, mirror: Ints, order: Floats) -> int:
    """A region triangle that shares its edge with its own mirror image, nearest to the middle of the region."""
    touching = (surface.neighbours == mirror[:, None]).any(axis=1) & chosen
    index = np.flatnonzero(touching)
    if not len(index):
        raise ValueError("A midline region does not touch the midline; it cannot have a symmetric chart.")
    return int(index[np.argmin(order[index])])


def forget_small_parts(surface: Surface, chosen: Bools) -> Bools:
    """Only the largest connected part of the chosen triangles."""
    parts: Bools = surface.components(chosen) == 0
    return parts


def submesh(tri: Ints, inside: Bools) -> tuple[Ints, Ints, Ints]:
    """(triangle ids, vertex ids ascending, local triangles) of the chosen part."""
    ids = np.flatnonzero(inside)
    verts, local = np.unique(tri[ids], return_inverse=True)
    return ids, verts, local.reshape(-1, 3)
