"""Landmarks of the neck and the trunk.

Bony places that the skin of the model does not show are marked once on the unshaped base mesh, whose places mean the
same on every body; the levels of the spine are shared out along the skin of the back. Both are called estimates.
"""

from __future__ import annotations

import numpy as np

from body_atlas.arrays import F64
from body_atlas.landmark_finder import Finder

Places = dict[str, F64]

MARKED: dict[str, tuple[float, float, float]] = {
    "suprasternale": (0.0, 5.3091, 0.8978),
    "xiphoid": (0.0, 3.6418, 1.5408),
    "navel": (0.0, 1.7370, 1.3964),
    "symphysis": (0.0, 0.2184, 1.2649),
    "sacral_hiatus": (0.0, 1.0838, -0.6922),
    "clavicle_sternal": (0.2197, 5.2930, 0.9365),
    "clavicle_mid": (0.8198, 5.4736, 0.7095),
    "axilla_front": (1.4185, 4.8156, 0.8217),
    "axilla_back": (1.3575, 4.6117, -0.3945),
    "scapula_spine": (0.6137, 5.2531, -0.5033),
    "scapula_angle": (0.6693, 4.3273, -0.4382),
    "psis": (0.3573, 1.4608, -0.5831),
    "gluteal_fold": (0.6137, -0.5568, -0.5712),
}
"""Places of the base mesh, dm: x toward the patient's left, y up, z forward."""

SPINE_MM: dict[str, float] = {
    "T1": 19, "T2": 20, "T3": 20, "T4": 21, "T5": 22, "T6": 22, "T7": 23, "T8": 24, "T9": 24, "T10": 26, "T11": 27,
    "T12": 29, "L1": 32, "L2": 34, "L3": 35, "L4": 35, "L5": 34,
}  # fmt: skip
"""Height of each vertebra with the disc above it, mm (recalled); only their proportions are used."""


def trunk_landmarks(f: Finder) -> Places:
    """Every landmark of neck and trunk, left side and midline, mm."""
    shoulder, hip = f.body.joint("upperarm01.L"), f.body.joint("upperleg01.L")
    found = {key: f.of_template(place) for key, place in MARKED.items()}
    found["acromion"] = f.out(shoulder, np.array([0.2, 1.0, 0.0]), 110)
    found |= _iliac_bone(f, hip)
    found["trochanter"] = f.out(hip, np.array([1.0, 0.0, 0.0]), 140)
    return found | _spine(f, float(found["iliac_crest"][1]))


def _iliac_bone(f: Finder, hip: F64) -> Places:
    """Crest and front spine of the iliac bone, from the lumbar joints and the hip joint of the model."""
    upper, lower = f.body.joint("spine03"), f.body.joint("spine04")
    crest_y = float(upper[1] + 0.17 * (lower[1] - upper[1]))
    spine_y = float(hip[1] + 0.76 * (lower[1] - hip[1]))
    inside = np.array([0.2 * hip[0], crest_y, float(lower[2]) + 45.0])
    return {
        "iliac_crest": f.out(inside, np.array([1.0, 0.0, -0.1]), 200),
        "asis": f.out(np.array([1.06 * hip[0], spine_y, float(hip[2])]), np.array([0.0, 0.0, 1.0]), 150),
    }


def _spine(f: Finder, crest_y: float) -> Places:
    """C7 at the lowest neck joint of the model, L4 at the height of the iliac crests, the others in proportion."""
    top = float(f.body.joint("neck01")[1])
    line = f.profile(crest_y - 60.0, top, front=False, step=1.0)
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    to_l4 = float(np.interp(top - crest_y, top - line[:, 1], along))
    whole = sum(v for k, v in SPINE_MM.items() if k != "L5")
    found = {"C7": f.midline(top, front=False)}
    done = 0.0
    for level, height in SPINE_MM.items():
        done += height
        y = float(np.interp(done / whole * to_l4, along, line[:, 1]))
        found[level] = f.midline(y, front=False)
    return found
