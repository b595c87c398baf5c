"""Ambient occlusion of the skin by ray casting (embree; build time only)."""

from __future__ import annotations

import numpy as np

from body_atlas.arrays import F64
from body_atlas.body import Body
from body_atlas.subdivide import catmull_clark

RAYS = 128
FAR_MM = 400.0
_OFFSET_MM = 1.2
_GOLDEN = 0.61803398875


def openness(xyz: F64, normal: F64, tri: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> F64:
    """(N) 0 closed in … 1 open: 128 cosine-weighted rays a vertex, hits fade out toward 40 cm.

    A hit at distance d takes 1 − 0.8 (d / 40 cm)². Deterministic (fixed seed).
    """
    from embreex.mesh_construction import TriangleMesh
    from embreex.rtcore_scene import EmbreeScene

    scene = EmbreeScene()
    TriangleMesh(scene, xyz[tri].astype(np.float32))
    random = np.random.default_rng(0)
    start = (xyz + normal * _OFFSET_MM).astype(np.float32)
    helper = np.where(np.abs(normal[:, :1]) < 0.9, [[1.0, 0, 0]], [[0, 1.0, 0]])
    tangent = np.cross(normal, helper)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True) + 1e-12
    bitangent = np.cross(normal, tangent)
    closed = np.zeros(len(xyz))
    for i in range(RAYS):
        share = (i + 0.5) / RAYS
        angle = 2 * np.pi * ((i * _GOLDEN) % 1) + random.random(len(xyz)) * 0.6
        flat, up = np.sqrt(share), np.sqrt(1 - share)
        ray = tangent * (flat * np.cos(angle))[:, None] + bitangent * (flat * np.sin(angle))[:, None] + normal * up
        distance = scene.run(start, ray.astype(np.float32), query="DISTANCE")
        near = np.minimum(distance, FAR_MM) / FAR_MM
        closed += np.where(near < 1, 1 - 0.8 * near**2, 0)
    return np.asarray(1 - closed / RAYS)


def fine_openness(body: Body, pose: int) -> F64:
    """(N fine) openness, computed at the level-1 vertices, made symmetric and subdivided smoothly."""
    raw = openness(body.vert_xyz[pose], body.vert_normal[pose], body.tri)
    even = 0.5 * (raw + raw[body.mirror_vert])
    smooth, _, _ = catmull_clark(even[:, None], body.quad, body.quad_uv)
    return np.clip(smooth[:, 0], 0, 1)
