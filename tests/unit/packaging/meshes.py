"""Small meshes for the tests of the atlas generator."""

import numpy as np

from body_atlas.surface import Floats, Ints, Surface


def grid_triangles(n: int) -> Ints:
    """Triangles of an (n+1)×(n+1) grid of vertices, diagonals mirrored at the middle column (n even)."""
    out = []
    for row in range(n):
        for column in range(n):
            a = row * (n + 1) + column
            b, c, d = a + 1, a + n + 2, a + n + 1
            out += [(a, b, c), (a, c, d)] if column < n // 2 else [(a, b, d), (b, c, d)]
    return np.array(out)


def bowl(n: int = 16, size_mm: float = 40.0, radius_mm: float = 60.0) -> Surface:
    """A square piece of a sphere, symmetric in x, seen from +z; flat when the radius is infinite."""
    line = np.linspace(-size_mm / 2, size_mm / 2, n + 1)
    x, y = np.meshgrid(line, line)
    flat = np.stack([x.ravel(), y.ravel()], axis=1)
    z = np.zeros(len(flat)) if np.isinf(radius_mm) else np.sqrt(radius_mm**2 - (flat**2).sum(axis=1))
    return Surface(np.column_stack([flat, z]), grid_triangles(n))


def mirror_of(surface: Surface) -> tuple[Ints, Ints]:
    """(vertex, triangle) of the other side of a mesh that is symmetric in x."""
    key = {tuple(np.round(p, 6)): i for i, p in enumerate(surface.verts)}
    verts = np.array([key[tuple(np.round(p * [-1, 1, 1], 6) + 0.0)] for p in surface.verts])
    faces = {tuple(sorted(t)): i for i, t in enumerate(surface.tri.tolist())}
    return verts, np.array([faces[tuple(sorted(verts[t].tolist()))] for t in surface.tri])


def tube(radius_mm: float = 10.0, length_mm: float = 60.0, around: int = 24, along: int = 20) -> Surface:
    """An open cylinder round the y axis."""
    angle = np.arange(around) * 2 * np.pi / around
    verts: list[Floats] = [
        np.array([radius_mm * np.sin(a), length_mm * j / along, radius_mm * np.cos(a)])
        for j in range(along + 1)
        for a in angle
    ]
    tri = []
    for j in range(along):
        for i in range(around):
            a, b = j * around + i, j * around + (i + 1) % around
            tri += [(a, b, b + around), (a, b + around, a + around)]
    return Surface(np.array(verts), np.array(tri))
