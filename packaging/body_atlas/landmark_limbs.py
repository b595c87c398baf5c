"""Landmarks of the limbs: straight out of the joints of the model, and its farthest points.

Palms face forward: the thumb side of the arm is lateral.
"""

from __future__ import annotations

import numpy as np

from body_atlas.arrays import F64
from body_atlas.landmark_finder import Finder

Places = dict[str, F64]
_AHEAD = np.array([0.0, 0.0, 1.0])


def limb_landmarks(f: Finder) -> Places:
    """Every landmark of the left arm and leg, mm."""
    return _elbow(f) | _hand(f) | _knee(f) | _foot(f)


def limb_axes(start: F64, end: F64) -> tuple[F64, F64, F64]:
    """Unit vectors of a limb piece: along it, to the front, away from the midline."""
    along = (end - start) / np.linalg.norm(end - start)
    front = _AHEAD - (_AHEAD @ along) * along
    front /= np.linalg.norm(front)
    lateral = np.cross(along, front)
    return along, front, lateral if lateral[0] > 0 else -lateral


def _elbow(f: Finder) -> Places:
    shoulder, elbow, wrist = (f.body.joint(f"{j}.L") for j in ("upperarm01", "lowerarm01", "wrist"))
    along, front, lateral = limb_axes(shoulder, wrist)
    return {
        "epicondyle_lateral": f.out(elbow, lateral, 70),
        "epicondyle_medial": f.out(elbow, -lateral, 70),
        "olecranon": f.out(elbow - 10.0 * along, -front, 70),
        "elbow_crease": f.out(elbow, front, 70),
    }


def _hand(f: Finder) -> Places:
    body = f.body
    elbow, wrist = body.joint("lowerarm01.L"), body.joint("wrist.L")
    _, front, lateral = limb_axes(elbow, wrist)
    second, fifth = body.joint("finger2-1.L"), body.joint("finger5-1.L")
    own = body.weight("finger3")
    finger = (0.5 * (own + own[body.mirror_vert]) > 0.4) & (f.xyz[:, 0] > 0)
    tip = second - wrist
    return {
        "styloid_radial": f.out(wrist, lateral, 60),
        "styloid_ulnar": f.out(wrist, -lateral, 60),
        "wrist_crease": f.out(wrist, front, 60),
        "wrist_back": f.out(wrist, -front, 60),
        "knuckle_2": f.out(second, -front, 40),
        "knuckle_5": f.out(fifth, -front, 40),
        "hand_edge_5": f.out(fifth, -lateral, 40),
        **_phalanges(f, front, lateral),
        "fingertip_3": f.extreme((float(tip[0]), float(tip[1]), float(tip[2])), finger),
    }


def _phalanges(f: Finder, front: F64, lateral: F64) -> Places:
    """Backs of the proximal phalanges of thumb, middle and little finger, half way along the bone of the rig."""
    bones = {"1": ("finger1-2", "finger1-3"), "3": ("finger3-1", "finger3-2"), "5": ("finger5-1", "finger5-2")}
    middle = {n: (f.body.joint(f"{a}.L") + f.body.joint(f"{b}.L")) / 2 for n, (a, b) in bones.items()}
    ways = {"1": lateral - 0.6 * front, "3": -front, "5": -front}
    return {f"phalanx_{n}": f.out(middle[n], ways[n], 30) for n in bones}


def _knee(f: Finder) -> Places:
    hip, knee, ankle = (f.body.joint(f"{j}.L") for j in ("upperleg01", "lowerleg01", "foot"))
    _, front, lateral = limb_axes(hip, ankle)
    down = (ankle - knee) / np.linalg.norm(ankle - knee)
    length = float(np.linalg.norm(ankle - knee))

    def cast(share: float, way: F64) -> F64:
        return f.out(knee + share * length * down, way, 110)

    half_width = 0.052 * length
    return {
        "patella_upper": cast(-0.055, front),
        "patella_lower": cast(0.050, front),
        "patella_lateral": f.out(knee + half_width * lateral, front, 110),
        "patella_medial": f.out(knee - half_width * lateral, front, 110),
        "femur_epicondyle_lateral": cast(0.0, lateral),
        "femur_epicondyle_medial": cast(0.0, -lateral),
        "tibial_tuberosity": cast(0.15, front),
        "fibular_head": cast(0.10, lateral * 0.87 - front * 0.5),
        "popliteal_crease": cast(0.0, -front),
    }


def _foot(f: Finder) -> Places:
    body = f.body
    ankle = body.joint("foot.L")
    sole = f.xyz[:, 1] < ankle[1] + 5
    left = f.xyz[:, 0] > 0
    return {
        "malleolus_lateral": f.out(ankle + np.array([0.0, -5.0, 0.0]), np.array([1.0, 0.0, 0.0]), 60),
        "malleolus_medial": f.out(ankle + np.array([0.0, 4.0, 4.0]), np.array([-1.0, 0.0, 0.0]), 60),
        "achilles": f.out(ankle, -_AHEAD, 90),
        "ankle_front": f.out(ankle, _AHEAD + np.array([0.0, 0.35, 0.0]), 90),
        "heel": f.extreme((0, 0, -1), sole & left),
        "metatarsal_1": f.out(body.joint("toe1-1.L"), np.array([-1.0, 0, 0]), 45),
        "metatarsal_3": f.out(body.joint("toe3-1.L"), np.array([0.0, 1.0, 0.3]), 45),
        "metatarsal_5": f.out(body.joint("toe5-1.L"), np.array([1.0, 0, 0]), 45),
        "toe_tip_1": f.extreme((-0.3, 0, 1), sole & left & (f.xyz[:, 0] < ankle[0])),
    }
