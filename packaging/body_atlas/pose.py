"""Poses the rigged body: bone rotations, and a half-and-half blend of dual quaternion and linear skinning."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from body_atlas.arrays import F64
from body_atlas.morph import symmetric
from body_atlas.source import rig


@dataclass(frozen=True)
class Pose:
    """Angles in degrees. `abd` upper arm away from the trunk, `carry` further forearm, `flex` arm to the
    front, `leg` thighs toward each other (negative: apart), `palm` direction the palms look to."""

    name: str
    abd: float = 14.0
    carry: float = 6.0
    flex: float = 0.0
    palm: tuple[float, float, float] = (0.0, 0.0, 1.0)
    leg: float = -2.5


ANATOMICAL = Pose("anatomical", abd=19, carry=6)
LATERAL = Pose("lateral", flex=58, abd=4, carry=0, palm=(0.0, -0.8, 0.0), leg=-3.0)


def turn(axis: F64 | tuple[float, float, float], degrees: float) -> F64:
    """(3,3) rotation about an axis."""
    x, y, z = np.asarray(axis, float) / np.linalg.norm(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    angle = np.deg2rad(degrees)
    return np.asarray(np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross)


def align(a: F64, b: F64) -> F64:
    """(3,3) the smallest rotation that takes direction a to direction b (not for opposite directions)."""
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    axis = np.cross(a, b)
    sine = float(np.linalg.norm(axis))
    return np.eye(3) if sine < 1e-9 else turn(axis, float(np.degrees(np.arctan2(sine, a @ b))))


def _angle(matrix: F64) -> float:
    return float(np.degrees(np.arccos(np.clip((np.trace(matrix) - 1) / 2, -1, 1))))


def _twist(normal: F64, axis: F64, goal: F64) -> float:
    """Degrees about `axis` that bring `normal` to `goal`, both seen along the axis."""
    flat = normal - (normal @ axis) * axis
    return float(np.degrees(np.arctan2(np.cross(flat, goal) @ axis, flat @ goal)))


def arm_rotations(joint: dict[str, F64], pose: Pose, side: str) -> dict[str, F64]:
    """Extra rotation of every arm and hand bone of one side ("L" or "R")."""
    sign = 1.0 if side == "L" else -1.0

    def at(name: str) -> F64:
        return joint[f"{name}.{side}"]

    def direction(abduction: float, flexion: float) -> F64:
        a, f = np.deg2rad(abduction), np.deg2rad(flexion)
        return np.array([sign * np.sin(a), -np.cos(a) * np.cos(f), np.cos(a) * np.sin(f)])

    upper, lower = at("lowerarm01") - at("upperarm01"), at("wrist") - at("lowerarm01")
    goal_upper = direction(pose.abd, pose.flex - 2)
    goal_lower = direction(pose.abd + pose.carry, pose.flex + 6)
    out: dict[str, F64] = {}
    full, axis = _angle(align(upper, goal_upper)), np.cross(upper, goal_upper)
    out["clavicle"], out["shoulder01"] = turn(axis, full * 0.08), turn(axis, full * 0.15)
    parent = out["clavicle"] @ out["shoulder01"]
    out["upperarm01"] = align(upper, parent.T @ goal_upper)
    parent = parent @ out["upperarm01"]
    knuckles = at("finger5-1") - at("finger2-1")
    middle = (at("finger3-1") + at("finger4-1")) / 2 - at("wrist")
    palm = -np.cross(middle, knuckles) * sign
    palm /= np.linalg.norm(palm)
    along = goal_lower / np.linalg.norm(goal_lower)
    wanted = np.asarray(pose.palm, float)
    wanted = wanted - (wanted @ along) * along
    twist = _twist(parent @ align(lower, parent.T @ goal_lower) @ palm, along, wanted)
    out["upperarm02"] = turn(parent.T @ goal_upper, twist * 0.22)
    parent = parent @ out["upperarm02"]
    straight = align(lower, parent.T @ goal_lower)
    rest = _twist(parent @ straight @ palm, along, wanted)
    out["lowerarm01"] = straight @ turn(lower, rest * 0.30)
    out["lowerarm02"] = turn(lower, rest * 0.42)
    out["wrist"] = turn(lower, rest * 0.28) @ align(at("finger3-1") - at("wrist"), lower)
    return {f"{k}.{side}": v for k, v in out.items()} | _fingers(joint, side)


def _fingers(joint: dict[str, F64], side: str) -> dict[str, F64]:
    """Brings the fingers together a little."""
    out: dict[str, F64] = {}
    middle = joint[f"finger3-2.{side}"] - joint[f"finger3-1.{side}"]
    for finger, share in ((2, 0.45), (4, 0.45), (5, 0.6)):
        own = joint[f"finger{finger}-2.{side}"] - joint[f"finger{finger}-1.{side}"]
        out[f"finger{finger}-1.{side}"] = turn(np.cross(own, middle), _angle(align(own, middle)) * share)
    return out


def rotations(xyz: F64, pose: Pose) -> dict[str, F64]:
    """Extra rotation (3,3) of every moved bone for a pose of the morphed vertices."""
    joint = rig().joints(xyz)
    out: dict[str, F64] = {}
    for side, sign in (("L", 1.0), ("R", -1.0)):
        out |= arm_rotations(joint, pose, side)
        if pose.leg:
            out[f"upperleg01.{side}"] = turn((0, 0, 1), sign * pose.leg)
            out[f"foot.{side}"] = turn((0, 0, 1), -sign * pose.leg * 0.8)
    return out


def bone_transforms(xyz: F64, extra: dict[str, F64]) -> tuple[F64, F64]:
    """World rotation (B,3,3) and translation (B,3) of every bone; each turns about its rest head, under
    its parent.
    """
    bones = rig()
    joint = bones.joints(xyz)
    matrix = np.tile(np.eye(3), (len(bones.names), 1, 1))
    shift = np.zeros((len(bones.names), 3))
    done: set[int] = set()

    def solve(i: int) -> None:
        if i in done:
            return
        parent = int(bones.parent[i])
        over, offset = np.eye(3), np.zeros(3)
        if parent >= 0:
            solve(parent)
            over, offset = matrix[parent], shift[parent]
        own = extra.get(bones.names[i], np.eye(3))
        head = joint[bones.names[i]]
        matrix[i], shift[i] = over @ own, over @ (head - own @ head) + offset
        done.add(i)

    for i in range(len(bones.names)):
        solve(i)
    return matrix, shift


def _quaternions(matrix: F64) -> F64:
    """(B,4) w x y z with w ≥ 0."""
    from scipy.spatial.transform import Rotation

    q = Rotation.from_matrix(matrix).as_quat()[:, [3, 0, 1, 2]]
    return np.asarray(np.where(q[:, :1] < 0, -q, q))


def _dual_part(shift: F64, q: F64) -> F64:
    """½ (0, t) · q."""
    w, u = q[:, :1], q[:, 1:]
    return 0.5 * np.concatenate([-(shift * u).sum(1, keepdims=True), shift * w + np.cross(shift, u)], 1)


def skin(xyz: F64, extra: dict[str, F64]) -> F64:
    """The vertices (N,3) moved by the bones: ½ dual quaternion (good twists; Kavan 2007) + ½ linear
    (good bends).
    """
    weight = rig().weight
    matrix, shift = bone_transforms(xyz, extra)
    quaternion = _quaternions(matrix)
    real, dual = weight @ quaternion, weight @ _dual_part(shift, quaternion)
    size = np.linalg.norm(real, axis=1, keepdims=True)
    held = size[:, 0] > 1e-6
    real, dual = real / np.maximum(size, 1e-9), dual / np.maximum(size, 1e-9)
    w, u, dw, du = real[:, :1], real[:, 1:], dual[:, :1], dual[:, 1:]
    curved = xyz + 2 * np.cross(u, np.cross(u, xyz) + w * xyz) + 2 * (w * du - dw * u + np.cross(u, du))
    linear = np.einsum("nij,nj->ni", np.einsum("nb,bij->nij", weight, matrix), xyz) + weight @ shift
    return np.asarray(np.where(held[:, None], 0.5 * curved + 0.5 * linear, xyz))


def close_mouth(xyz: F64, degrees: float) -> F64:
    """Turns the jaw about x; symmetric."""
    return symmetric(skin(xyz, {"jaw": turn((1, 0, 0), degrees)})) if degrees else xyz


def posed(xyz: F64, pose: Pose) -> F64:
    """The morphed vertices in a pose; symmetric."""
    return symmetric(skin(xyz, rotations(xyz, pose)))
