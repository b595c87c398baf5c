"""Flattening of a disc of skin: least-squares conformal start, then as-rigid-as-possible, then SLIM.

Sources: Lévy et al. 2002 (LSCM), Liu et al. 2008 (local/global ARAP parameterisation), Tutte 1963 (fallback start).
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu, spsolve

from body_atlas.chart_metrics import flipped, jacobians, local_frames
from body_atlas.chart_slim import slim
from body_atlas.surface import Floats, Ints, boundary_loops, mesh_edges


def _cotangents(flat: Floats, areas: Floats) -> Floats:
    """Cotangent at each corner, (T, 3)."""
    out = np.zeros((len(flat), 3))
    for k in range(3):
        a = flat[:, (k + 1) % 3] - flat[:, k]
        b = flat[:, (k + 2) % 3] - flat[:, k]
        out[:, k] = np.einsum("ij,ij->i", a, b) / (2.0 * areas)
    return out


def _far_pins(verts: Floats, loop: Ints) -> tuple[int, int]:
    """Two boundary vertices far apart."""
    edge = verts[loop]
    i = int(np.linalg.norm(edge - edge.mean(axis=0), axis=1).argmax())
    j = int(np.linalg.norm(edge - edge[i], axis=1).argmax())
    return int(loop[i]), int(loop[j])


def _to_skin_size(verts: Floats, tri: Ints, xy: Floats) -> Floats:
    """Turned the right way round and scaled to the total skin area."""
    flat, areas = local_frames(verts, tri)
    signed = (np.linalg.det(jacobians(flat, tri, xy)) * areas).sum()
    if signed < 0:
        xy = xy * np.array([1.0, -1.0])
    return np.asarray(xy * np.sqrt(areas.sum() / max(abs(signed), 1e-12)))


def conformal(verts: Floats, tri: Ints) -> Floats:
    """Least-squares conformal map of a disc, (V, 2), with two far boundary vertices pinned."""
    n, m = len(verts), len(tri)
    flat, areas = local_frames(verts, tri)
    root = np.sqrt(2.0 * np.maximum(areas, 1e-9))
    rows = np.repeat(np.arange(m), 3)
    real = np.zeros((m, 3))
    imag = np.zeros((m, 3))
    for k in range(3):
        edge = flat[:, (k + 2) % 3] - flat[:, (k + 1) % 3]
        real[:, k], imag[:, k] = edge[:, 0] / root, edge[:, 1] / root
    re = sparse.csr_array((real.ravel(), (rows, tri.ravel())), shape=(m, n))
    im = sparse.csr_array((imag.ravel(), (rows, tri.ravel())), shape=(m, n))
    system = sparse.vstack([sparse.hstack([re, -im]), sparse.hstack([im, re])]).tocsc()
    i, j = _far_pins(verts, boundary_loops(tri)[0])
    fixed = np.array([i, j, n + i, n + j])
    values = np.array([0.0, float(np.linalg.norm(verts[i] - verts[j])), 0.0, 0.0])
    free = np.setdiff1d(np.arange(2 * n), fixed)
    a, b = system[:, free], system[:, fixed] @ values
    solved = spsolve((a.T @ a).tocsc(), -(a.T @ b))
    full = np.zeros(2 * n)
    full[fixed], full[free] = values, solved
    return _to_skin_size(verts, tri, np.stack([full[:n], full[n:]], axis=1))


def tutte(verts: Floats, tri: Ints) -> Floats:
    """Boundary on a circle by arc length, the inside averaged: never flips (Tutte). Start of last resort."""
    n = len(verts)
    loop = boundary_loops(tri)[0]
    step = np.linalg.norm(verts[np.roll(loop, -1)] - verts[loop], axis=1)
    angle = 2.0 * np.pi * np.concatenate([[0.0], np.cumsum(step)[:-1]]) / step.sum()
    xy = np.zeros((n, 2))
    xy[loop] = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    edges = mesh_edges(tri)
    rows, cols = np.concatenate([edges, edges[:, ::-1]]).T
    adj = sparse.csr_array((np.ones(len(rows)), (rows, cols)), shape=(n, n))
    lap = sparse.csr_array(sparse.diags_array(adj.sum(axis=1)) - adj)
    free = np.setdiff1d(np.arange(n), loop)
    if len(free):
        xy[free] = spsolve(lap[free][:, free].tocsc(), -(lap[free][:, loop] @ xy[loop]))
    return _to_skin_size(verts, tri, xy)


def as_rigid_as_possible(verts: Floats, tri: Ints, xy: Floats, weight: Floats, rounds: int = 200) -> Floats:
    """Local/global ARAP with a weight per triangle; stops when the energy changes by less than 1e-6 of itself."""
    n = len(verts)
    flat, areas = local_frames(verts, tri)
    cot = np.clip(_cotangents(flat, np.maximum(areas, 1e-9)), -50.0, 50.0) * weight[:, None]
    ends = [(tri[:, (k + 1) % 3], tri[:, (k + 2) % 3]) for k in range(3)]
    rows = np.concatenate([np.concatenate([a, b]) for a, b in ends])
    cols = np.concatenate([np.concatenate([b, a]) for a, b in ends])
    data = np.concatenate([np.concatenate([cot[:, k], cot[:, k]]) for k in range(3)])
    adj = sparse.csr_array((data, (rows, cols)), shape=(n, n))
    lap = (sparse.diags_array(adj.sum(axis=1)) - adj + 1e-10 * sparse.eye_array(n)).tocsc()
    solver = splu(lap[1:, 1:].tocsc())
    rest = [flat[:, (k + 1) % 3] - flat[:, (k + 2) % 3] for k in range(3)]
    last = np.inf
    for _ in range(rounds):
        cov = np.zeros((len(tri), 2, 2))
        for k, (a, b) in enumerate(ends):
            cov += cot[:, k, None, None] * ((xy[a] - xy[b])[:, :, None] * rest[k][:, None, :])
        c, s = cov[:, 0, 0] + cov[:, 1, 1], cov[:, 1, 0] - cov[:, 0, 1]
        norm = np.hypot(c, s) + 1e-30
        c, s = c / norm, s / norm
        rhs = np.zeros((n, 2))
        energy = 0.0
        for k, (a, b) in enumerate(ends):
            turned = np.stack([c * rest[k][:, 0] - s * rest[k][:, 1], s * rest[k][:, 0] + c * rest[k][:, 1]], axis=1)
            energy += float((cot[:, k] * ((xy[a] - xy[b] - turned) ** 2).sum(axis=1)).sum())
            pull = cot[:, k, None] * turned
            for d in range(2):
                rhs[:, d] += np.bincount(a, pull[:, d], n) - np.bincount(b, pull[:, d], n)
        xy = np.concatenate([np.zeros((1, 2)), solver.solve(rhs[1:])])
        if abs(last - energy) < 1e-6 * abs(energy) + 1e-12:
            break
        last = energy
    return xy


def flatten(verts: Floats, tri: Ints, weight: Floats, slim_rounds: int = 40) -> Floats:
    """Flat positions (V, 2) of a disc with no flipped triangle; `weight` (T,) says where accuracy counts.

    Raises ValueError when no start without flips is found (the part is not a disc).
    """
    start = conformal(verts, tri)
    rigid = as_rigid_as_possible(verts, tri, start, weight)
    for candidate in (rigid, start):
        if not flipped(verts, tri, candidate).any():
            return slim(verts, tri, candidate, weight, slim_rounds)
    fallback = tutte(verts, tri)
    if flipped(verts, tri, fallback).any():
        raise ValueError("No flat position without folds was found; the part is not a disc.")
    return slim(verts, tri, fallback, weight, 3 * slim_rounds)
