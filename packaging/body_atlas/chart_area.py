"""Last polish of a chart: trades a little angle for area, because treated areas and densities are read from it.

Minimises Σ w A (|J|² (1 + 1/det²) + λ log² det) by L-BFGS from a flip-free start; a step that would flip is refused by
its infinite energy. The first term is the symmetric Dirichlet energy of SLIM.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from body_atlas.chart_metrics import jacobians, local_frames
from body_atlas.surface import Floats, Ints

AREA_WEIGHT = 8.0


def _energy_and_gradient(jac: Floats, weight: Floats, area_weight: float) -> tuple[float, Floats]:
    """Energy and its derivative by each Jacobian, (T, 2, 2); infinite when a triangle is flipped."""
    det = jac[:, 0, 0] * jac[:, 1, 1] - jac[:, 0, 1] * jac[:, 1, 0]
    if (det <= 1e-9).any():
        return float("inf"), np.zeros_like(jac)
    cof = np.empty_like(jac)
    cof[:, 0, 0], cof[:, 1, 1] = jac[:, 1, 1], jac[:, 0, 0]
    cof[:, 0, 1], cof[:, 1, 0] = -jac[:, 1, 0], -jac[:, 0, 1]
    squared = (jac**2).sum(axis=(1, 2))
    log = np.log(det)
    energy = weight * (squared * (1.0 + det**-2) + area_weight * log**2)
    by_det = -2.0 * squared / det**3 + 2.0 * area_weight * log / det
    grad = weight[:, None, None] * (2.0 * jac * (1.0 + det**-2)[:, None, None] + by_det[:, None, None] * cof)
    return float(energy.sum()), grad


def favour_area(verts: Floats, tri: Ints, xy: Floats, weight: Floats, area_weight: float = AREA_WEIGHT) -> Floats:
    """Chart (V, 2) with smaller area errors than the given flip-free one; `weight` (T,) as in `flatten`."""
    n = len(verts)
    flat, areas = local_frames(verts, tri)
    inverse = np.linalg.inv(np.stack([flat[:, 1] - flat[:, 0], flat[:, 2] - flat[:, 0]], axis=2))
    scale = areas * weight
    scale = scale / scale.sum()

    def cost(flat_xy: Floats) -> tuple[float, Floats]:
        now = flat_xy.reshape(n, 2)
        energy, by_jac = _energy_and_gradient(jacobians(flat, tri, now), scale, area_weight)
        if not np.isfinite(energy):
            return 1e12, np.zeros(2 * n)
        by_edge = by_jac @ inverse.transpose(0, 2, 1)
        gradient = np.empty((n, 2))
        for d in range(2):
            one, two = by_edge[:, d, 0], by_edge[:, d, 1]
            gradient[:, d] = (
                np.bincount(tri[:, 1], one, n) + np.bincount(tri[:, 2], two, n) - np.bincount(tri[:, 0], one + two, n)
            )
        return energy, gradient.ravel()

    found = minimize(cost, xy.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 400, "maxcor": 12})
    better = np.asarray(found.x).reshape(n, 2)
    if found.fun >= cost(xy.ravel())[0]:
        return xy
    return better
