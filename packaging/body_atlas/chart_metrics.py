"""How far a flat chart departs from the skin: Jacobians, area errors and stretches, weighted by skin area."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from body_atlas.surface import Bools, Floats, Ints


def local_frames(verts: Floats, tri: Ints) -> tuple[Floats, Floats]:
    """Each triangle laid flat without distortion: corner positions (T, 3, 2) and areas (T,)."""
    e1 = verts[tri[:, 1]] - verts[tri[:, 0]]
    e2 = verts[tri[:, 2]] - verts[tri[:, 0]]
    length = np.maximum(np.linalg.norm(e1, axis=1), 1e-12)
    double = np.maximum(np.linalg.norm(np.cross(e1, e2), axis=1), 1e-6)
    flat = np.zeros((len(tri), 3, 2))
    flat[:, 1, 0] = length
    flat[:, 2, 0] = np.einsum("ij,ij->i", e2, e1) / length
    flat[:, 2, 1] = double / length
    return flat, double / 2.0


def jacobians(flat: Floats, tri: Ints, xy: Floats) -> Floats:
    """Linear map skin → chart of each triangle, (T, 2, 2); `flat` from `local_frames`, `xy` the chart (V, 2)."""
    skin = np.stack([flat[:, 1] - flat[:, 0], flat[:, 2] - flat[:, 0]], axis=2)
    chart = np.stack([xy[tri[:, 1]] - xy[tri[:, 0]], xy[tri[:, 2]] - xy[tri[:, 0]]], axis=2)
    return np.asarray(chart @ np.linalg.inv(skin))


def weighted_quantiles(values: Floats, weights: Floats, at: list[float]) -> list[float]:
    """Quantiles (0…1) of values that count by their weights."""
    order = np.argsort(values, kind="stable")
    total = np.cumsum(weights[order])
    where = np.searchsorted(total, np.array(at) * total[-1]).clip(0, len(values) - 1)
    return [float(v) for v in values[order][where]]


@dataclass(frozen=True)
class ChartAccuracy:
    """Errors of one chart over the skin of its region, as fractions (0.03 = 3 %)."""

    area_error_p50: float
    area_error_p95: float
    stretch_p5: float
    stretch_p95: float
    flips: int


def chart_accuracy(verts: Floats, tri: Ints, xy: Floats, share: Floats) -> ChartAccuracy:
    """Accuracy over the region; `share` (T,) is the part of each triangle that belongs to it (0…1).

    Flips are counted over the whole chart, margin included.
    """
    flat, areas = local_frames(verts, tri)
    jac = jacobians(flat, tri, xy)
    det = np.linalg.det(jac)
    use = share > 0
    weight = (areas * share)[use]
    stretch = np.linalg.svd(jac[use], compute_uv=False)
    p50, p95 = weighted_quantiles(np.abs(det[use] - 1.0), weight, [0.5, 0.95])
    both = np.concatenate([stretch[:, 0], stretch[:, 1]])
    s5, s95 = weighted_quantiles(both, np.concatenate([weight, weight]), [0.05, 0.95])
    return ChartAccuracy(p50, p95, s5, s95, int((det <= 0).sum()))


def scale_to_area(verts: Floats, tri: Ints, xy: Floats, share: Floats) -> Floats:
    """The chart scaled so that the region has its skin area."""
    flat, areas = local_frames(verts, tri)
    det = np.linalg.det(jacobians(flat, tri, xy))
    return np.asarray(xy * np.sqrt((areas * share).sum() / (det * areas * share).sum()))


def flipped(verts: Floats, tri: Ints, xy: Floats) -> Bools:
    """Triangles that are turned over or have no area in the chart, (T,)."""
    flat, _ = local_frames(verts, tri)
    turned: Bools = np.linalg.det(jacobians(flat, tri, xy)) <= 0
    return turned
