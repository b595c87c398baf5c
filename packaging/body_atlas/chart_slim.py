"""Scalable locally injective maps (Rabinovich et al. 2017) with the symmetric Dirichlet energy, in numpy and scipy."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import spsolve

from body_atlas.chart_metrics import jacobians, local_frames
from body_atlas.surface import Floats, Ints


def _gradients(flat: Floats, tri: Ints, n: int) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Operators (T × V) for the x and y derivative of a function on the flat triangles."""
    m = len(tri)
    inv = np.linalg.inv(np.stack([flat[:, 1] - flat[:, 0], flat[:, 2] - flat[:, 0]], axis=2))
    first, second = inv[:, 0, :], inv[:, 1, :]
    rows = np.repeat(np.arange(m), 3)
    out = []
    for d in range(2):
        data = np.stack([-(first[:, d] + second[:, d]), first[:, d], second[:, d]], axis=1)
        out.append(sparse.csr_array((data.ravel(), (rows, tri.ravel())), shape=(m, n)))
    return out[0], out[1]


def _energy(jac: Floats, weight: Floats) -> float:
    """Weighted symmetric Dirichlet energy; infinite when a triangle is flipped."""
    det = np.linalg.det(jac)
    if (det <= 0).any():
        return float("inf")
    squared = (jac**2).sum(axis=(1, 2))
    return float((weight * (squared + squared / det**2)).sum())


def _proxy(jac: Floats) -> tuple[Floats, Floats]:
    """Closest rotation of each Jacobian and the weight matrix of the quadratic proxy, both (T, 2, 2)."""
    left, sigma, right = np.linalg.svd(jac)
    sigma = np.maximum(sigma, 1e-6)
    off = sigma - 1.0
    near = np.abs(off) < 1e-4
    ratio = np.where(near, 4.0, (sigma - sigma**-3) / np.where(near, 1.0, off))
    factor = np.sqrt(np.maximum(ratio, 1e-9))
    return np.asarray(left @ right), np.asarray((left * factor[:, None, :]) @ left.transpose(0, 2, 1))


def _largest_step(xy: Floats, move: Floats, tri: Ints) -> float:
    """0.8 of the step at which the first triangle would lose its area (Smith and Schaefer 2015), at most 1."""
    e1, e2 = xy[tri[:, 1]] - xy[tri[:, 0]], xy[tri[:, 2]] - xy[tri[:, 0]]
    d1, d2 = move[tri[:, 1]] - move[tri[:, 0]], move[tri[:, 2]] - move[tri[:, 0]]

    def cross(p: Floats, q: Floats) -> Floats:
        return np.asarray(p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0])

    a, b, c = cross(d1, d2), cross(e1, d2) + cross(d1, e2), cross(e1, e2)
    disc = b * b - 4.0 * a * c
    real = disc >= 0
    root = np.sqrt(disc[real])
    steps = []
    for sign in (-1.0, 1.0):
        below = -b[real] + sign * root
        safe = np.abs(below) > 1e-30
        steps.append(2.0 * c[real][safe] / below[safe])
    found = np.concatenate(steps)
    found = found[np.isfinite(found) & (found > 0)]
    return min(1.0, 0.8 * float(found.min())) if len(found) else 1.0


def slim(verts: Floats, tri: Ints, xy: Floats, weight: Floats, rounds: int = 40, tol: float = 1e-5) -> Floats:
    """Polish of a flip-free map; never introduces a flip. `weight` (T,) multiplies the triangle areas.

    Raises ValueError when the start has flipped triangles.
    """
    n = len(verts)
    flat, areas = local_frames(verts, tri)
    area_weight = np.maximum(areas, 1e-8) * weight
    energy = _energy(jacobians(flat, tri, xy), area_weight)
    if not np.isfinite(energy):
        raise ValueError("The start of the polish has flipped triangles.")
    gx, gy = _gradients(flat, tri, n)
    root = np.sqrt(area_weight)
    anchor = 1e-8 * sparse.eye_array(2 * n)
    for _ in range(rounds):
        rot, mat = _proxy(jacobians(flat, tri, xy))

        def scaled(values: Floats, op: sparse.csr_array) -> sparse.csr_array:
            return sparse.csr_array(sparse.diags_array(values * root) @ op)

        blocks = [[scaled(mat[:, i, 0], op), scaled(mat[:, i, 1], op)] for i in (0, 1) for op in (gx, gy)]
        system = sparse.vstack([sparse.hstack(row) for row in blocks]).tocsr()
        goal = mat @ rot
        rhs = np.concatenate([root * goal[:, i, d] for i in (0, 1) for d in (0, 1)])
        old = np.concatenate([xy[:, 0], xy[:, 1]])
        found = spsolve((system.T @ system + anchor).tocsc(), system.T @ rhs + 1e-8 * old)
        move = np.stack([found[:n], found[n:]], axis=1) - xy
        step, better = _largest_step(xy, move, tri), np.inf
        while step > 1e-8:
            better = _energy(jacobians(flat, tri, xy + step * move), area_weight)
            if better < energy:
                break
            step *= 0.6
        if step <= 1e-8:
            break
        xy = xy + step * move
        done = energy - better < tol * energy
        energy = better
        if done:
            break
    return xy
