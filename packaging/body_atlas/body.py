"""The body every part of the atlas is made from.

    from body_atlas.body import female_body
    body = female_body()                       # ~20 s, deterministic; cached in memory
    body.vert_xyz[0]                           # (V,3) mm, body axes of docs/ATLAS_FORMAT.md, anatomical pose
    body.tri[body.tri_kind == SKIN]            # outer skin only
    body.template, body.weight("neck", "head") # what region rules need, at the same vertices
    body.mask["lips"]                          # (V) 0–1
    body.joint("upperarm01.L", pose=None)      # bone head in template coordinates (dm); pose=0 in mm

Triangles 2i and 2i+1 come from quad i (diagonal 0–2); quads 4j…4j+3 come from base quad j. The base mesh
has the body's 13,378 quads first and the eyeballs after them. `template` holds base-mesh coordinates in dm,
subdivided alike.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from body_atlas import subdivide
from body_atlas.arrays import F64, I64
from body_atlas.modesty import modest
from body_atlas.morph import FEMALE_REFERENCE, MALE_REFERENCE, Shape, morph
from body_atlas.pose import ANATOMICAL, LATERAL, Pose, close_mouth, posed
from body_atlas.source import (
    BODY_GROUP,
    EYE_GROUPS,
    MASKS,
    base_mesh,
    mirror_of_base,
    rig,
    sample_mask,
    uv_islands,
)

SKIN, CAVITY, EYEBALL = 0, 1, 2
_MM_PER_DM = 100.0
_LARGEST_CAVITY_ISLAND = 500


@dataclass(frozen=True)
class FineMesh:
    """Finer mesh of the same body for pictures: `xyz` (P,N,3) mm, `normal` (P,N,3), `tri` (T,3),
    `tri_kind` (T), `uv` (T,3,2) and `coarse` (T) the level-1 quad each triangle lies on. The first V
    vertices are those of the Body."""

    xyz: F64
    normal: F64
    quad: I64
    tri: I64
    tri_kind: NDArray[np.uint8]
    uv: F64
    coarse: I64


@dataclass(frozen=True)
class Body:
    """Level-1 Catmull–Clark connectivity with level-2 positions, in mm, body axes; all poses share the
    topology.

    vert_xyz (P,V,3), vert_normal (P,V,3), quad (Q,4), tri (2Q,3) outward counter-clockwise, tri_kind (2Q)
    SKIN, CAVITY (mouth, eye sockets) or EYEBALL, quad_uv (Q,4,2), mirror_vert (V), mirror_tri (2Q),
    mirror_perm (2Q, packed as in ATLAS_FORMAT), template (V,3) dm, bone_weight (V,bones), mask name → (V),
    joints by bone: template dm, poses mm.
    """

    key: str
    poses: tuple[str, ...]
    vert_xyz: F64
    vert_normal: F64
    quad: I64
    tri: I64
    tri_kind: NDArray[np.uint8]
    quad_uv: F64
    mirror_vert: I64
    mirror_tri: I64
    mirror_perm: NDArray[np.uint8]
    template: F64
    bone_names: tuple[str, ...]
    bone_weight: F64
    mask: dict[str, F64]
    joints_template: dict[str, F64]
    joints_mm: tuple[dict[str, F64], ...]
    fine: FineMesh

    def weight(self, *prefixes: str) -> F64:
        """(V) summed weight of every bone whose name starts with one of the prefixes."""
        chosen = [i for i, n in enumerate(self.bone_names) if n.startswith(prefixes)]
        return np.asarray(self.bone_weight[:, chosen].sum(1))

    def joint(self, bone: str, pose: int | None = 0) -> F64:
        """Head of a bone: mm in a pose, or dm in template coordinates when pose is None."""
        return self.joints_template[bone] if pose is None else self.joints_mm[pose][bone]

    def eye_centre(self, side: str, pose: int = 0) -> F64:
        """Middle of the eyeball ("L" or "R"), mm."""
        ids = np.unique(self.tri[self.tri_kind == EYEBALL])
        ids = ids[self.template[ids, 0] > 0] if side == "L" else ids[self.template[ids, 0] < 0]
        points = self.vert_xyz[pose, ids]
        return np.asarray((points.min(0) + points.max(0)) / 2)

    def skin_area_m2(self, pose: int = 0) -> float:
        """Area of the outer skin."""
        return float(subdivide.triangle_areas(self.vert_xyz[pose], self.tri[self.tri_kind == SKIN]).sum() / 1e6)

    def height_mm(self, pose: int = 0) -> float:
        """Soles to crown."""
        y = self.vert_xyz[pose, np.unique(self.tri[self.tri_kind == SKIN]), 1]
        return float(np.ptp(y))

    def volume_l(self, pose: int = 0) -> float:
        """Volume enclosed by the skin (the cavities close it)."""
        return subdivide.volume(self.vert_xyz[pose], self.tri[self.tri_kind != EYEBALL]) / 1e6


@functools.cache
def female_body() -> Body:
    """The female reference body: 163 cm, 53 kg."""
    return build_body("female", FEMALE_REFERENCE, (ANATOMICAL, LATERAL))


@functools.cache
def male_body() -> Body:
    """The male reference body: 175.5 cm, 72 kg. Its mesh is the female one's, vertex by vertex."""
    return build_body("male", MALE_REFERENCE, (ANATOMICAL, LATERAL))


BODIES = {"female": female_body, "male": male_body}
"""The shipped bodies in their order; the first is the pattern of the others (see `layout`)."""


def build_body(key: str, shape: Shape, poses: tuple[Pose, ...]) -> Body:
    """Shapes, poses and subdivides a body; raises SourceMissingError without the source package."""
    rest = close_mouth(modest(morph(shape)), shape.jaw_deg)
    control = [posed(rest, p) for p in poses]
    mesh, bones = base_mesh(), rig()
    kept = np.concatenate([np.flatnonzero(mesh.group == g) for g in (BODY_GROUP, *EYE_GROUPS)])
    used = np.unique(mesh.quad[kept])
    renumber = np.full(len(mesh.xyz), -1, np.int64)
    renumber[used] = np.arange(len(used))
    quad, uv = renumber[mesh.quad[kept]], mesh.uv[mesh.quad_uv[kept]]
    mm = [c[used] * _MM_PER_DM for c in control]
    after = 3 + 3 * len(poses)
    first, quad1, uv1 = subdivide.catmull_clark(np.concatenate([mesh.xyz[used], *mm, bones.weight[used]], 1), quad, uv)
    mirror1 = subdivide.mirror_of_finer(quad, renumber[mirror_of_base()[used]])
    kind0, weight = _kinds(kept), first[:, after:]
    fine = _fine_mesh(first[:, 3:after], quad1, uv1, mirror1, kind0)
    n = len(first)
    origin = _origin(fine.xyz[0, :n], quad1[np.repeat(kind0, 4) == SKIN], weight, bones.names)
    fine = replace(fine, xyz=fine.xyz - origin)
    tri1 = subdivide.triangles(quad1)
    twin, perm = subdivide.mirror_triangles(tri1, mirror1)
    return Body(
        key=key,
        poses=tuple(p.name for p in poses),
        vert_xyz=fine.xyz[:, :n],
        vert_normal=fine.normal[:, :n],
        quad=quad1,
        tri=tri1,
        tri_kind=np.repeat(kind0, 8),
        quad_uv=uv1,
        mirror_vert=mirror1,
        mirror_tri=twin,
        mirror_perm=perm,
        template=_exact_mirror(first[None, :, :3].copy(), mirror1)[0],
        bone_names=bones.names,
        bone_weight=weight,
        mask=_vertex_masks(quad1, uv1, n),
        joints_template=bones.joints(mesh.xyz),
        joints_mm=tuple(_joints_mm(c, origin) for c in control),
        fine=fine,
    )


def _fine_mesh(columns: F64, quad: I64, uv: F64, mirror: I64, kind0: NDArray[np.uint8]) -> FineMesh:
    """The level-2 mesh over level-1 `quad`; `columns` (N, 3·poses) are the level-1 positions."""
    second, quad2, uv2 = subdivide.catmull_clark(columns, quad, uv)
    xyz = np.stack([second[:, 3 * p : 3 * p + 3] for p in range(columns.shape[1] // 3)])
    xyz = _exact_mirror(xyz, subdivide.mirror_of_finer(quad, mirror))
    tri = subdivide.triangles(quad2)
    return FineMesh(
        xyz=xyz,
        normal=np.stack([subdivide.vertex_normals(x, tri) for x in xyz]),
        quad=quad2,
        tri=tri,
        tri_kind=np.repeat(kind0, 32),
        uv=_corner_uv(uv2),
        coarse=np.repeat(np.arange(len(quad)), 8),
    )


def _joints_mm(control: F64, origin: F64) -> dict[str, F64]:
    return {n: p * _MM_PER_DM - origin for n, p in rig().joints(control).items()}


def _exact_mirror(xyz: F64, mirror: I64) -> F64:
    """Removes the last rounding differences between the two sides; vertices on the midline get x = 0."""
    return np.asarray(0.5 * (xyz + xyz[:, mirror] * [-1.0, 1.0, 1.0]))


def _kinds(kept: I64) -> NDArray[np.uint8]:
    """Kind of every kept base quad: the UV layout gives mouth and eye sockets islands of their own, all
    small.
    """
    mesh = base_mesh()
    kind = np.full(len(kept), EYEBALL, np.uint8)
    on_body = mesh.group[kept] == BODY_GROUP
    island = uv_islands(mesh.quad_uv[kept][on_body])
    small = np.bincount(island)[island] < _LARGEST_CAVITY_ISLAND
    kind[on_body] = np.where(small, CAVITY, SKIN)
    return kind


def _origin(xyz: F64, skin_quad: I64, weight: F64, names: tuple[str, ...]) -> F64:
    """Midline; half way between soles and crown; half way between the front and the back of the trunk
    (mm).
    """
    skin = np.unique(skin_quad)
    trunk_bones = [i for i, n in enumerate(names) if n.startswith(("spine", "root", "pelvis", "breast"))]
    trunk = skin[weight[skin][:, trunk_bones].sum(1) > 0.9]
    y, z = xyz[skin, 1], xyz[trunk, 2]
    return np.array([0.0, (y.min() + y.max()) / 2, (z.min() + z.max()) / 2])


def _corner_uv(quad_uv: F64) -> F64:
    return np.stack([quad_uv[:, [0, 1, 2]], quad_uv[:, [0, 2, 3]]], 1).reshape(-1, 3, 2)


def _vertex_masks(quad: I64, uv: F64, count: int) -> dict[str, F64]:
    """Every UV mask at the vertices: the mean over the corners that meet there."""
    hits = np.maximum(np.bincount(quad.ravel(), minlength=count), 1)
    return {m: np.bincount(quad.ravel(), weights=sample_mask(m, uv).ravel(), minlength=count) / hits for m in MASKS}
