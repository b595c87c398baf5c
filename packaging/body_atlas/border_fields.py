"""From painted fields to the borders that ship: smoothing on the skin, quantising, who owns which triangle.

Smoothing solves (M + τL) f = M f₀ with M the vertex areas, L the cotangent Laplacian with weights kept positive and
τ the squared smoothing length, 1.0 × the local edge between 1.2 and 9 mm.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import splu

from body_atlas.chart_metrics import local_frames
from body_atlas.painter import REACH_MM
from body_atlas.surface import Floats, Ints, Surface

FIELD_UNIT = 32000
CANDIDATES = 4
_SAMPLES = np.array([(i, j, 12 - i - j) for i in range(13) for j in range(13 - i)], dtype=float) / 12.0


@dataclass(frozen=True)
class Borders:
    """Columns of the border arrays of docs/ATLAS_FORMAT.md; `tri_region` (T) and `field` are complete."""

    tri_region: NDArray[np.int16]
    border_tri: Ints
    border_regions: NDArray[np.int16]
    border_field: NDArray[np.int16]


def smooth_fields(surface: Surface, fields: Floats) -> Floats:
    """Fields (V, R) smoothed along the skin; vertices of no triangle keep their value."""
    n, tri = len(surface.verts), surface.tri
    flat, areas = local_frames(surface.verts, tri)
    areas = np.maximum(areas, 1e-6)
    length = np.sqrt(areas * 4.0 / np.sqrt(3.0))
    tau = np.clip(length, 1.2, 9.0) ** 2
    rows, cols, data = [], [], []
    for k in range(3):
        a, b = flat[:, (k + 1) % 3] - flat[:, k], flat[:, (k + 2) % 3] - flat[:, k]
        cot = np.clip(np.einsum("ij,ij->i", a, b) / (2.0 * areas), 0.02, 20.0)
        i, j = tri[:, (k + 1) % 3], tri[:, (k + 2) % 3]
        rows += [i, j]
        cols += [j, i]
        data += [0.5 * cot * tau] * 2
    adj = sparse.csr_array((np.concatenate(data), (np.concatenate(rows), np.concatenate(cols))), shape=(n, n))
    mass = np.bincount(tri.ravel(), np.repeat(areas / 3.0, 3), n)
    mass[mass == 0] = 1.0
    system = sparse.diags_array(mass + adj.sum(axis=1)) - adj
    return np.asarray(splu(system.tocsc()).solve(fields * mass[:, None]))


def quantise(fields: Floats) -> NDArray[np.int16]:
    """Fields in mm → the shipped integers, (V, R)."""
    return np.round(np.clip(fields / REACH_MM, -1.0, 1.0) * FIELD_UNIT).astype(np.int16)


def find_borders(tri: Ints, skin: NDArray[np.bool_], field: NDArray[np.int16]) -> Borders:
    """Owner of every skin triangle and the candidates of those that a border cuts.

    A triangle is sampled at 91 places; up to four regions that win most of them become its candidates.
    """
    owner = field.argmax(axis=1)
    skin_index = np.flatnonzero(skin)
    out = np.full(len(tri), -1, dtype=np.int16)
    out[skin_index] = owner[tri[skin_index, 0]]
    mixed = _maybe_mixed(tri, skin_index, field, owner)
    kept, regions, values = [], [], []
    for start in range(0, len(mixed), 2000):
        part = mixed[start : start + 2000]
        corner = field[tri[part]].astype(np.float32)
        samples = np.einsum("sk,tkr->tsr", _SAMPLES.astype(np.float32), corner)
        wins = samples.argmax(axis=2)
        for row, t in enumerate(part):
            found, count = np.unique(wins[row], return_counts=True)
            found = np.sort(found[np.argsort(-count, kind="stable")][:CANDIDATES])
            if len(found) == 1:
                out[t] = found[0]
                continue
            kept.append(t)
            regions.append(np.pad(found, (0, CANDIDATES - len(found)), constant_values=-1))
            values.append(np.pad(field[tri[t]][:, found], ((0, 0), (0, CANDIDATES - len(found)))))
    border_tri = np.array(kept, dtype=np.int64)
    border_regions = np.array(regions, dtype=np.int16).reshape(-1, CANDIDATES)
    border_field = np.array(values, dtype=np.int16).reshape(-1, 3, CANDIDATES)
    middle = border_field.astype(np.int64).sum(axis=1)
    middle[border_regions < 0] = np.iinfo(np.int64).min
    out[border_tri] = border_regions[np.arange(len(border_tri)), middle.argmax(axis=1)]
    return Borders(out, border_tri, border_regions, border_field)


def _maybe_mixed(tri: Ints, skin_index: Ints, field: NDArray[np.int16], owner: Ints) -> Ints:
    """Skin triangles where some other region might win: its largest corner value beats the owner's smallest one."""
    out = []
    for start in range(0, len(skin_index), 4000):
        part = skin_index[start : start + 4000]
        corner = field[tri[part]]
        first = owner[tri[part, 0]]
        lowest = np.take_along_axis(corner.min(axis=1), first[:, None], axis=1)[:, 0]
        highest = corner.max(axis=1)
        np.put_along_axis(highest, first[:, None], np.iinfo(np.int16).min, axis=1)
        out.append(part[highest.max(axis=1) >= lowest])
    return np.concatenate(out)
