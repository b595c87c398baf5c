"""Close views of hands, feet and knees: drawn for the left side, the right one is the mirror image.

Fingers and toes point down, as when the patient lays them before the practitioner; the sole is seen from below with
the toes up.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from body_atlas.arrays import F64, Bool
from body_atlas.body import Body
from body_atlas.view import View, extent, skin_vertices, turned
from body_atlas.view_names import NAMES

_PAD_MM = 14.0
_FOREARM_MM = 62.0
_FOOT_ELEVATION_DEG = 52.0
_LEG_MM = 78.0
_ABOVE_SOLE_MM = 46.0
_KNEE_MM = (128.0, 140.0)
GROUPS = {"hand_dorsum": "hand", "hand_palm": "hand", "foot_dorsum": "foot", "foot_sole": "foot", "knee_front": "leg"}
_FLIP = np.diag([-1.0, 1.0, 1.0])


def looking(viewer: F64, up: F64) -> F64:
    """(3,3) rotation of a view: rows right, up, toward the viewer; `up` is made square to `viewer`."""
    toward = viewer / np.linalg.norm(viewer)
    upright = up - (up @ toward) * toward
    upright /= np.linalg.norm(upright)
    return np.stack([np.cross(upright, toward), upright, toward])


def _own(body: Body, *bones: str) -> Bool:
    """(V) outer skin of the left side that moves with the bones."""
    return np.asarray(skin_vertices(body) & (body.weight(*bones) > 0.5) & (body.vert_xyz[0, :, 0] > 0))


def _hand(body: Body, palm: bool) -> tuple[F64, tuple[float, float, float, float]]:
    wrist = body.joint("wrist.L")
    fingers = wrist - (body.joint("finger3-1.L") + body.joint("finger4-1.L")) / 2
    across = body.joint("finger5-1.L") - body.joint("finger2-1.L")
    out = np.cross(across, fingers)
    if out[2] < 0:
        out = -out
    rotation = looking(out if palm else -out, wrist - body.joint("finger3-2.L"))
    x0, y0, x1, _ = extent(body, 0, rotation, _own(body, "wrist", "finger", "metacarpal"), _PAD_MM)
    return rotation, (x0, y0, x1, float((rotation @ wrist)[1]) + _FOREARM_MM)


def _foot_dorsum(body: Body) -> tuple[F64, tuple[float, float, float, float]]:
    ankle, toe = body.joint("foot.L"), body.joint("toe2-1.L")
    ahead = (toe - ankle) * [1.0, 0.0, 1.0]
    ahead /= np.linalg.norm(ahead)
    high = np.deg2rad(_FOOT_ELEVATION_DEG)
    rotation = looking(ahead * np.cos(high) + np.array([0.0, np.sin(high), 0.0]), np.array([0.0, 1.0, 0.0]))
    x0, y0, x1, _ = extent(body, 0, rotation, _own(body, "foot", "toe"), _PAD_MM)
    return rotation, (x0, y0, x1, float((rotation @ ankle)[1]) + _LEG_MM)


def _foot_sole(body: Body) -> tuple[F64, tuple[float, float, float, float]]:
    ahead = (body.joint("toe2-1.L") - body.joint("foot.L")) * [1.0, 0.0, 1.0]
    rotation = looking(np.array([0.0, -1.0, 0.0]), ahead)
    return rotation, extent(body, 0, rotation, _own(body, "foot", "toe"), _PAD_MM)


def _kneecap_azimuth(body: Body) -> float:
    """Degrees by which the left kneecap looks outward. Its skin is found in the source shape, the same on each body."""
    joint = body.joint("lowerleg01.L", pose=None)
    across, ahead = np.abs(body.template[:, 1] - joint[1]), body.template[:, 2]
    near = _own(body, "upperleg", "lowerleg") & (across < 0.3)
    cap = near & (ahead > np.quantile(ahead[near], 0.88))
    normal = body.vert_normal[0, cap].mean(0)
    return float(np.degrees(np.arctan2(normal[0], normal[2])))


def _knee(body: Body) -> tuple[F64, tuple[float, float, float, float]]:
    knee = body.joint("lowerleg01.L")
    rotation = turned(_kneecap_azimuth(body))
    below, above = _KNEE_MM
    y = body.vert_xyz[0, :, 1]
    near = _own(body, "upperleg", "lowerleg") & (np.abs(y - knee[1]) < below)
    x0, _, x1, _ = extent(body, 0, rotation, near, _PAD_MM)
    return rotation, (x0, float(knee[1]) - below, x1, float(knee[1]) + above)


def limb_views(body: Body) -> list[View]:
    """Hands (back, palm), feet (top, sole) and knees of both sides."""
    floor = float(body.vert_xyz[0, skin_vertices(body), 1].min())
    made = {
        "hand_dorsum": (*_hand(body, palm=False), None),
        "hand_palm": (*_hand(body, palm=True), None),
        "foot_dorsum": (*_foot_dorsum(body), None),
        "foot_sole": (*_foot_sole(body), -(floor + _ABOVE_SOLE_MM)),
        "knee_front": (*_knee(body), None),
    }
    out = []
    for key, (rotation, box, back) in made.items():
        name = f"{key}_left"
        left = View(name, GROUPS[key], 0, rotation, box, ("", ""), NAMES[name], "limb", back)
        x0, y0, x1, y1 = box
        name = f"{key}_right"
        right = replace(
            left, key=name, names=NAMES[name], rotation=_FLIP @ rotation @ _FLIP, box_mm=(-x1, y0, -x0, y1)
        )
        out += [left, right]
    return out
