"""Skin that no one can see or reach: inside the closed lips and the lids, deep in the nostrils and the ear canals.

Openness of a triangle = the share of the sky above it (cosine-weighted) that is not blocked by the body itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from body_atlas.surface import Bools, Floats, Ints, Surface

if TYPE_CHECKING:
    from body_atlas.body import Body

_DIRECTIONS = 96
_OPEN_ENOUGH = 0.30
_OPEN_NOSTRIL = 0.50
_OPEN_CANAL = 0.25
_OPEN_AT_CANAL = 0.55
CANAL_RADIUS_MM = 4.5


def sky(count: int) -> Floats:
    """Cosine-distributed directions of the upper half space, (count, 3), evenly spread and always the same."""
    k = np.arange(count) + 0.5
    radius = np.sqrt(k / count)
    turn = 2.0 * np.pi * k * 0.6180339887498949
    return np.stack([radius * np.cos(turn), radius * np.sin(turn), np.sqrt(1.0 - radius**2)], axis=1)


def openness(verts: Floats, tri: Ints, chosen: Ints) -> Floats:
    """Openness (0…1) of the chosen triangles against the whole mesh; mm. Needs embreex (build time only)."""
    from embreex import rtcore_scene
    from embreex.mesh_construction import TriangleMesh

    scene = rtcore_scene.EmbreeScene()
    TriangleMesh(scene, verts[tri].astype(np.float32))
    corner = verts[tri[chosen]]
    e1 = corner[:, 1] - corner[:, 0]
    normal = np.cross(e1, corner[:, 2] - corner[:, 0])
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    e1 = e1 / np.maximum(np.linalg.norm(e1, axis=1, keepdims=True), 1e-12)
    e2 = np.cross(normal, e1)
    origin = (corner.mean(axis=1) + 0.02 * normal).astype(np.float32)
    seen = np.zeros(len(chosen))
    for dx, dy, dz in sky(_DIRECTIONS):
        ray = (dx * e1 + dy * e2 + dz * normal).astype(np.float32)
        seen += scene.run(origin, ray) < 0
    return seen / _DIRECTIONS


def _from_the_canal(centre: Floats, deep: Bools) -> Floats:
    """Distance (mm) of every triangle from the middle of the deepest ones of the ear of its own side."""
    if not deep.any():
        return np.full(len(centre), np.inf)
    one_side = centre * np.where(centre[:, :1] < 0, [-1.0, 1.0, 1.0], 1.0)
    return np.asarray(np.linalg.norm(one_side - one_side[deep].mean(axis=0), axis=1))


def hidden_skin(body: Body, verts: Floats) -> Bools:
    """Triangles of the body (T,) that count as cavity although the source calls them skin; same on both sides."""
    skin = body.tri_kind == 0
    eye = body.eye_centre("L")
    centre = verts[body.tri].mean(axis=1)
    low, high = eye[1] - 75.0, eye[1] + 15.0
    near_face = skin & (centre[:, 1] > low) & (centre[:, 1] < high) & (np.abs(centre[:, 0]) < 55.0)
    near_face &= centre[:, 2] > eye[2] - 35.0
    height, depth = centre[:, 1] - eye[1], eye[2] - centre[:, 2]
    canal = skin & (np.abs(centre[:, 0]) > 60.0) & (np.abs(height + 27.0) < 9.0) & (np.abs(depth - 65.0) < 7.0)
    chosen = np.flatnonzero(near_face | canal)
    open_share = np.ones(len(body.tri))
    open_share[chosen] = openness(verts, body.tri, chosen)
    open_share = np.minimum(open_share, open_share[body.mirror_tri])
    nostril = (np.abs(centre[:, 0]) < 18.0) & (np.abs(height + 38.0) < 12.0)
    surface = Surface(verts, body.tri)
    behind_tragus = surface.normals[:, 2] < -0.2
    wanted = np.where(nostril, _OPEN_NOSTRIL, np.where(canal, 0.0, _OPEN_ENOUGH))
    away = _from_the_canal(centre, canal & (open_share < _OPEN_CANAL))
    inner = canal & ((away < CANAL_RADIUS_MM) | behind_tragus & (away < 1.5 * CANAL_RADIUS_MM))
    gone = (open_share < np.where(inner, _OPEN_AT_CANAL, wanted)) | ~skin
    across = surface.neighbours
    for _ in range(3):
        votes = (gone[across] & (across >= 0)).sum(axis=1)
        gone = ~skin | np.where(gone, votes >= 1, votes >= 2)
    body_part = surface.components(~gone) == 0
    hidden: Bools = skin & ~body_part
    return hidden
