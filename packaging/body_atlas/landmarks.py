"""The coordinates region rules are written in: millimetres from named landmarks, one side only (u = |x|)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from body_atlas.surface import Floats

if TYPE_CHECKING:
    from body_atlas.body import Body


@dataclass(frozen=True)
class LimbFrame:
    """Position relative to a bone axis: millimetres along it from its head, distance from it and angle round it."""

    along: Floats
    length: float
    angle: Floats
    radius: Floats


@dataclass(frozen=True)
class Landmarks:
    """Everything the rules read, at every vertex; u = |x|, y up, z front, mm in the anatomical pose."""

    u: Floats
    y: Floats
    z: Floats
    normal: Floats
    head: Floats
    """bone weight 0…1 of the head; likewise below"""
    arm: Floats
    hand: Floats
    finger: Floats
    """mm past the webs of the fingers, positive on the fingers; likewise `toe`"""
    leg: Floats
    foot: Floats
    toe: Floats
    face_v: Floats
    """height above the eye centre"""
    face_w: Floats
    """depth behind the eye centre"""
    face_a: Floats
    """arc round the head from the midline of the face, mm at 72 mm radius"""
    upper_arm: LimbFrame
    forearm: LimbFrame
    thigh: LimbFrame
    lower_leg: LimbFrame
    trunk_angle: Floats
    """degrees round the trunk: 0 front, 90 side, 180 back"""
    mask: dict[str, Floats]


def limb_frame(points: Floats, start: Floats, end: Floats, front: Floats) -> LimbFrame:
    """Cylinder coordinates round the axis start → end; angle 0 faces `front`, +90 faces away from the midline.

    `points` (N, 3) of the left side, mm.
    """
    axis = end - start
    length = float(np.linalg.norm(axis))
    axis = axis / length
    zero = front - (front @ axis) * axis
    zero /= np.linalg.norm(zero)
    out = np.cross(axis, zero)
    if out[0] < 0:
        out = -out
    rel = points - start
    a, b = rel @ zero, rel @ out
    return LimbFrame(rel @ axis, length, np.degrees(np.arctan2(b, a)), np.hypot(a, b))


def _beyond_webs(body: Body, points: Floats, kind: str, starts: dict[int, tuple[str, str, float]]) -> Floats:
    """Distance (mm) past the base of the nearest digit; `starts` gives first joint, next joint, share of the way."""
    best = np.full(len(points), -25.0)
    for digit, (first, last, share) in starts.items():
        a, b = body.joint(f"{first}.L"), body.joint(f"{last}.L")
        length = float(np.linalg.norm(b - a))
        along = (points - a) @ (b - a) / length - share * length
        raw = body.weight(f"{kind}{digit}")
        own = 0.5 * (raw + raw[body.mirror_vert])
        best = np.maximum(best, np.minimum(along, (own - 0.5) * 25.0))
    return best


FINGER_BASES = {
    1: ("finger1-2", "finger1-3", 0.05),
    2: ("finger2-1", "finger2-2", 0.28),
    3: ("finger3-1", "finger3-2", 0.28),
    4: ("finger4-1", "finger4-2", 0.28),
    5: ("finger5-1", "finger5-2", 0.28),
}
TOE_BASES = {n: (f"toe{n}-1", f"toe{n}-2", 0.45) for n in range(1, 6)}


def read_landmarks(body: Body) -> Landmarks:
    """The coordinates of every vertex, from its joints, bone weights and masks."""
    xyz = body.vert_xyz[0].copy()
    xyz[:, 0] = np.abs(xyz[:, 0])
    normal = body.vert_normal[0].copy()
    normal[:, 0] = np.where(body.vert_xyz[0][:, 0] < 0, -normal[:, 0], normal[:, 0])
    u, y, z = xyz.T
    eye = body.eye_centre("L")
    turn = np.degrees(np.arctan2(u, z - (eye[2] - 66.0)))
    ahead = np.array([0.0, 0.0, 1.0])

    def weight(*bones: str) -> Floats:
        raw = body.weight(*bones)
        return np.asarray(0.5 * (raw + raw[body.mirror_vert]))

    def limb(first: str, last: str) -> LimbFrame:
        return limb_frame(xyz, body.joint(f"{first}.L"), body.joint(f"{last}.L"), ahead)

    return Landmarks(
        u=u,
        y=y,
        z=z,
        normal=normal,
        head=weight(
            "head", "jaw", "special", "oris", "levator", "orbicularis", "oculi", "temporalis", "risorius", "eye"
        ),
        arm=weight("upperarm", "lowerarm", "wrist", "finger", "metacarpal"),
        hand=weight("wrist", "finger", "metacarpal"),
        finger=_beyond_webs(body, xyz, "finger", FINGER_BASES),
        leg=weight("upperleg", "lowerleg", "foot", "toe"),
        foot=weight("foot", "toe"),
        toe=_beyond_webs(body, xyz, "toe", TOE_BASES),
        face_v=y - eye[1],
        face_w=eye[2] - z,
        face_a=turn * np.pi / 180.0 * 72.0,
        upper_arm=limb("upperarm01", "lowerarm01"),
        forearm=limb("lowerarm01", "wrist"),
        thigh=limb("upperleg01", "lowerleg01"),
        lower_leg=limb("lowerleg01", "foot"),
        trunk_angle=np.degrees(np.arctan2(u, z + 25.0)),
        mask={k: np.asarray(0.5 * (m + m[body.mirror_vert])) for k, m in body.mask.items()},
    )
