"""Takes sexual detail off the body: nipples are spanned by a smooth patch, the crotch is faired."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from body_atlas.arrays import F64, I64, Bool
from body_atlas.morph import symmetric
from body_atlas.source import BODY_GROUP, base_mesh, sample_mask
from body_atlas.subdivide import grow

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_NIPPLES = (range(1778, 1794), range(8450, 8466))
_PATCH_DM = (0.34, 0.62)
_NAPE_PASSES = 8


def modest(xyz: F64) -> F64:
    """The morphed vertices (N,3) dm with nipple patches and crotch smoothed; symmetric."""
    mesh = base_mesh()
    quad = mesh.quad[mesh.group == BODY_GROUP]
    on_body = np.zeros(len(xyz), bool)
    on_body[quad.ravel()] = True
    for ring in _NIPPLES:
        xyz = flatten_disc(xyz, on_body, np.array(ring), *_PATCH_DM)
    uv = vertex_uv()
    genital = grow(quad, (sample_mask("genitals", uv) > 0.3) & on_body, 1)
    xyz = fair(xyz, quad, genital)
    crotch = grow(quad, genital | ((sample_mask("crotch", uv) > 0.3) & on_body), 2)
    for _ in range(6):
        xyz = relax(xyz, quad, crotch, 0.5)
    return symmetric(soft_nape(xyz, quad))


def soft_nape(xyz: F64, quad: I64) -> F64:
    """Softens the sharp crease between occiput and neck, which reads as a drawn line on the shaved head."""
    x, y, z = base_mesh().xyz.T
    inside = np.minimum.reduce([0.80 - np.abs(x), y - 6.40, 7.20 - y, 0.20 - z])
    share = np.clip(inside / 0.20, 0, 1)[:, None]
    on_body = np.zeros(len(xyz), bool)
    on_body[quad.ravel()] = True
    chosen = on_body & (share[:, 0] > 0)
    for _ in range(_NAPE_PASSES):
        xyz = xyz + share * (relax(xyz, quad, chosen, 0.5) - xyz)
    return xyz


def vertex_uv() -> F64:
    """(N,2) the UV position of one corner of every base vertex."""
    mesh = base_mesh()
    uv = np.zeros((len(mesh.xyz), 2))
    uv[mesh.quad.ravel()] = mesh.uv[mesh.quad_uv.ravel()]
    return uv


def flatten_disc(xyz: F64, allowed: Bool, centre_ids: I64, inner: float, outer: float) -> F64:
    """Replaces the patch nearer than `inner` (dm) to the centre by a thin-plate spline through
    inner…outer.
    """
    from scipy.interpolate import RBFInterpolator

    distance = np.linalg.norm(xyz - xyz[centre_ids].mean(0), axis=1)
    around = allowed & (distance > inner) & (distance < outer)
    inside = allowed & (distance <= inner)
    origin = xyz[around].mean(0)
    axes = np.linalg.svd(xyz[around] - origin, full_matrices=False)[2]
    local_around = (xyz[around] - origin) @ axes.T
    local_inside = (xyz[inside] - origin) @ axes.T
    spline = RBFInterpolator(local_around[:, :2], local_around[:, 2], kernel="thin_plate_spline", smoothing=1e-4)
    change = spline(local_inside[:, :2]) - local_inside[:, 2]
    edge = np.clip(1 - (distance[inside] - inner * 0.75) / (inner * 0.25), 0, 1)
    keep = 1 - (1 - edge) ** 2 * 0.5
    out = xyz.copy()
    out[inside] += (change * keep)[:, None] * axes[2]
    return out


def _adjacency(quad: I64, count: int) -> csr_array:
    import scipy.sparse as sp

    pair = np.concatenate([quad[:, [i, (i + 1) % 4]] for i in range(4)])
    pair = np.concatenate([pair, pair[:, ::-1]])
    graph = sp.coo_array((np.ones(len(pair)), (pair[:, 0], pair[:, 1])), shape=(count, count)).tocsr()
    graph.data[:] = 1
    return graph


def fair(xyz: F64, quad: I64, chosen: Bool) -> F64:
    """Thin-plate fairing (uniform bi-Laplacian = 0) of the chosen vertices, the rest fixed."""
    import scipy.sparse as sp
    from scipy.sparse.linalg import spsolve

    graph = _adjacency(quad, len(xyz))
    degree = np.asarray(graph.sum(1)).ravel()
    laplacian = sp.diags_array(np.where(degree > 0, 1.0, 0.0)) - sp.diags_array(1 / np.maximum(degree, 1)) @ graph
    plate = (laplacian @ laplacian).tocsr()
    free, fixed = np.flatnonzero(chosen), np.flatnonzero(~chosen)
    out = xyz.copy()
    out[free] = spsolve(plate[free][:, free].tocsc(), -(plate[free][:, fixed] @ xyz[fixed]))
    return out


def relax(xyz: F64, quad: I64, chosen: Bool, rate: float) -> F64:
    """One Laplacian pass over the chosen vertices."""
    graph = _adjacency(quad, len(xyz))
    degree = np.asarray(graph.sum(1)).ravel()
    mean = (graph @ xyz)[chosen] / degree[chosen][:, None]
    out = xyz.copy()
    out[chosen] += rate * (mean - xyz[chosen])
    return out
