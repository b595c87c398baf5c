"""Mesh of the synthetic test body: icosahedron stretched to an ellipsoid, its mirror, its flattening."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Mesh:
    """unit (V, 3) directions; xyz (V, 3) mm in pose 0; lateral (V, 3) mm in pose 1; tri (T, 3)."""

    unit: Floats
    xyz: Floats
    lateral: Floats
    tri: Ints

    def normals(self, xyz: Floats) -> Floats:
        """Normals of the triangles, not of unit length."""
        a, b, c = (xyz[self.tri[:, k]] for k in range(3))
        return np.cross(b - a, c - a)

    def piece_area(self, triangle: int, bary: Floats) -> float:
        """True area in mm² of a polygon given by barycentric corners in one triangle."""
        p = bary @ self.xyz[self.tri[triangle]]
        fan = np.cross(p[1:-1] - p[0], p[2:] - p[0])
        return float(np.linalg.norm(fan.sum(axis=0)) / 2)

    def chart_errors(self, held: Ints, corners: Floats) -> dict[str, float]:
        """Accuracy row of a chart: corners (n, 3, 2) of its triangles in chart mm."""
        true = np.linalg.norm(self.normals(self.xyz)[held], axis=1)
        u, v = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
        flat = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
        error = np.abs(flat / true - 1)
        return {
            "area_error_p50": float(np.median(error)), "area_error_p95": float(np.quantile(error, 0.95)),
            "stretch_p5": 0.97, "stretch_p95": 1.03, "flips": int((flat <= 0).sum()), "margin_mm": 30.0,
        }  # fmt: skip


def ellipsoid(axes_mm: tuple[float, float, float], level: int) -> Mesh:
    """The ellipsoid with these half axes; 20 · 4^level triangles; exactly symmetric in x."""
    phi = (1 + 5**0.5) / 2
    signs = [(s, t) for s in (1.0, -1.0) for t in (1.0, -1.0)]
    corners = [p for s, t in signs for p in ((0.0, s, t * phi), (s, t * phi, 0.0), (t * phi, 0.0, s))]
    unit = np.array(corners)
    gap = np.linalg.norm(unit[:, None] - unit[None], axis=2)
    tri = np.array(
        [(a, b, c) for a in range(12) for b in range(a + 1, 12) for c in range(b + 1, 12)
         if max(gap[a, b], gap[b, c], gap[a, c]) < 2.1]
    )  # fmt: skip
    unit /= np.linalg.norm(unit, axis=1)[:, None]
    inward = (
        np.einsum(
            "ij,ij->i",
            np.cross(unit[tri[:, 1]] - unit[tri[:, 0]], unit[tri[:, 2]] - unit[tri[:, 0]]),
            unit[tri[:, 0]],
        )
        < 0
    )
    tri[inward] = tri[inward][:, ::-1]
    for _ in range(level):
        edges = np.sort(tri[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
        pairs, place = np.unique(edges, axis=0, return_inverse=True)
        middle = unit[pairs].mean(axis=1)
        m = place.reshape(-1, 3) + len(unit)
        unit = np.concatenate([unit, middle / np.linalg.norm(middle, axis=1)[:, None]])
        a, b, c = tri.T
        m0, m1, m2 = m.T
        parts = [(a, m0, m2), (m0, b, m1), (m2, m1, c), (m0, m1, m2)]
        tri = np.concatenate([np.stack(part, axis=1) for part in parts])
    xyz = np.rint(unit * np.array(axes_mm) / 0.05) * 0.05
    lateral = xyz * np.array([1.0, 1.0, 1.05])
    return Mesh(unit, xyz, lateral, tri)


def mirror_tables(mesh: Mesh) -> tuple[Ints, Ints, Ints]:
    """mirror_vert, mirror_tri and packed mirror_perm of a mesh symmetric in x."""
    lookup = {tuple(np.rint(p * 1e6).astype(int) + 0): i for i, p in enumerate(mesh.unit)}
    flipped = mesh.unit * np.array([-1.0, 1.0, 1.0])
    vert = np.array([lookup[tuple(np.rint(p * 1e6).astype(int) + 0)] for p in flipped])
    by_corners = {frozenset(t): i for i, t in enumerate(mesh.tri.tolist())}
    image = vert[mesh.tri]
    tri = np.array([by_corners[frozenset(t)] for t in image.tolist()])
    perm = np.argmax(mesh.tri[tri][:, None, :] == image[:, :, None], axis=2)
    return vert, tri, perm[:, 0] + 3 * perm[:, 1]


def arap_chart(mesh: Mesh, held: Ints, direction: Floats) -> tuple[Ints, Floats]:
    """Flatten the triangles as rigidly as possible (Liu et al. 2008). Vertex ids and chart mm, +y up."""
    verts, local = np.unique(mesh.tri[held], return_inverse=True)
    local = local.reshape(-1, 3)
    axis = direction / np.linalg.norm(direction)
    up = np.array([0.0, 1.0, 0.0]) if abs(axis[1]) < 0.9 else np.array([0.0, 0.0, 1.0])
    right = np.cross(up, axis)
    right /= np.linalg.norm(right)
    up = np.cross(axis, right)
    p = mesh.xyz[verts]
    angle = np.arccos(np.clip(mesh.unit[verts] @ axis, -1, 1))
    flat = np.stack([p @ right, p @ up], axis=1) * (angle / np.maximum(np.sin(angle), 1e-9))[:, None]
    p3 = mesh.xyz[mesh.tri[held]]
    e1 = p3[:, 1] - p3[:, 0]
    length = np.linalg.norm(e1, axis=1)
    x2 = np.einsum("ij,ij->i", p3[:, 2] - p3[:, 0], e1) / length
    y2 = np.linalg.norm(np.cross(e1, p3[:, 2] - p3[:, 0]), axis=1) / length
    zero = np.zeros_like(length)
    rest = np.stack([np.stack([zero, zero], 1), np.stack([length, zero], 1), np.stack([x2, y2], 1)], axis=1)
    n = len(verts)
    laplace = np.zeros((n, n))
    cots = []
    for k in range(3):
        i, j, o = k, (k + 1) % 3, (k + 2) % 3
        u, v = rest[:, i] - rest[:, o], rest[:, j] - rest[:, o]
        cot = np.einsum("ij,ij->i", u, v) / np.abs(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0])
        cots.append(cot)
        for a, b, s in ((i, i, 1), (j, j, 1), (i, j, -1), (j, i, -1)):
            np.add.at(laplace, (local[:, a], local[:, b]), s * cot)
    laplace[0, 0] += 1.0
    inverse = np.linalg.inv(laplace)
    for _ in range(60):
        cov = np.zeros((len(held), 2, 2))
        for k in range(3):
            i, j = k, (k + 1) % 3
            cov += cots[k][:, None, None] * np.einsum(
                "ni,nj->nij", flat[local[:, i]] - flat[local[:, j]], rest[:, i] - rest[:, j]
            )
        turn = np.arctan2(cov[:, 1, 0] - cov[:, 0, 1], cov[:, 0, 0] + cov[:, 1, 1])
        cos, sin = np.cos(turn), np.sin(turn)
        spin = np.stack([np.stack([cos, -sin], 1), np.stack([sin, cos], 1)], axis=1)
        right_side = np.zeros((n, 2))
        for k in range(3):
            i, j = k, (k + 1) % 3
            force = cots[k][:, None] * np.einsum("nij,nj->ni", spin, rest[:, i] - rest[:, j])
            np.add.at(right_side, local[:, i], force)
            np.add.at(right_side, local[:, j], -force)
        flat = inverse @ right_side
    flat -= flat.mean(axis=0)
    turn_up = np.arctan2(*np.linalg.lstsq(flat, p @ up, rcond=None)[0])
    cos, sin = np.cos(turn_up), np.sin(turn_up)
    return verts, flat @ np.array([[cos, sin], [-sin, cos]])
