"""Danger zones round the treated joints and the wrist as bands on the skin, from the landmarks that their table names.

Keys, words and sources: mesomap/domain/data/danger_zones.csv. Where a mean and its SD are known the band reaches two SD
to each side; where studies disagree it reaches from one to the other; a place that is told in words only ("medial to
the tendon") is as wide as the landmarks between which it is told. Nothing is narrower than LEAST_MM to each side.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from body_atlas.arrays import F64
from body_atlas.zone_skin import Part, Skin

#: Least half width of a band.
LEAST_MM = 5.0
_UP, _DOWN = (0.0, 1.0, 0.0), (0.0, -1.0, 0.0)
_AHEAD, _BEHIND = (0.0, 0.0, 1.0), (0.0, 0.0, -1.0)


def arm_axis(s: Skin, low: str = "wrist_crease", high: str = "elbow_crease") -> F64:
    """Unit vector up the forearm."""
    way = s.at(high) - s.at(low)
    return np.asarray(way / np.linalg.norm(way))


def axillary(s: Skin) -> list[Part]:
    """Across the deltoid, 44 to 79 mm below the acromion: from two SD above one mean to the farthest mean."""
    tip = s.at("acromion")
    side = s.walk(tip, s.at("epicondyle_lateral") - tip, 61.5)
    return s.band([s.walk(side, _BEHIND, 40.0), side, s.walk(side, _AHEAD, 40.0)], 17.5)


def suprascapular(s: Skin) -> list[Part]:
    """From 2 cm above the middle of the spine of the scapula to its notch, 31.5 mm from the corner of the acromion."""
    tip, root = s.at("acromion"), s.at("scapula_spine")
    corner = s.snap(tip + np.array([-12.0, -4.0, -26.0]))
    above = s.walk(s.between(root, corner), _UP, 20.0)
    notch = s.walk(corner, root - corner, 31.5)
    return s.band([above, notch], 9.2)


def cubital_fossa(s: Skin) -> list[Part]:
    """Front of the elbow, from the middle of its crease half way to the medial epicondyle, 25 mm up and down."""
    crease, inner, up = s.at("elbow_crease"), s.at("epicondyle_medial"), arm_axis(s)
    middle = s.between(crease, inner, 0.25)
    half = max(LEAST_MM, 0.25 * s.length(crease, inner))
    return s.band([s.walk(middle, up, 25.0), middle, s.walk(middle, -up, 25.0)], half)


def radial_elbow(s: Skin) -> list[Part]:
    """From a third of the way from lateral epicondyle to acromion down to the outer half of the elbow crease."""
    bone, crease = s.at("epicondyle_lateral"), s.at("elbow_crease")
    high = s.between(bone, s.at("acromion"), 1 / 3)
    low = s.between(crease, bone, 0.5)
    return s.band([high, low, s.walk(low, -arm_axis(s), 12.0)], [LEAST_MM, 8.0, 8.0])


def ulnar_elbow(s: Skin) -> list[Part]:
    """The groove between medial epicondyle and olecranon, 2 cm long."""
    inner, tip, up = s.at("epicondyle_medial"), s.at("olecranon"), arm_axis(s)
    middle = s.between(inner, tip)
    half = max(LEAST_MM, 0.35 * s.length(inner, tip))
    return s.band([s.walk(middle, up, 10.0), s.walk(middle, -up, 10.0)], half)


def median_wrist(s: Skin) -> list[Part]:
    """Middle of the front of the wrist, from the crease 40 mm up."""
    crease = s.at("wrist_crease")
    return s.band([crease, s.walk(crease, arm_axis(s), 40.0)], LEAST_MM)


def radial_artery_wrist(s: Skin) -> list[Part]:
    """Front of the wrist, from half way between its middle and the radial styloid outward to the styloid; 40 mm up."""
    crease, bone = s.at("wrist_crease"), s.at("styloid_radial")
    middle = s.between(crease, bone, 0.7)
    half = max(LEAST_MM, 0.2 * s.length(crease, bone))
    return s.band([middle, s.walk(middle, arm_axis(s), 40.0)], half)


def ulnar_wrist(s: Skin) -> list[Part]:
    """On the way from the medial epicondyle to the radial side of the pisiform; the last 40 mm above the crease."""
    crease, bone = s.at("wrist_crease"), s.at("styloid_ulnar")
    middle = s.between(crease, bone, 0.5)
    half = max(LEAST_MM, 0.25 * s.length(crease, bone))
    return s.band([s.walk(middle, -arm_axis(s), 10.0), s.toward(middle, s.at("epicondyle_medial"), 40.0)], half)


def radial_nerve_wrist(s: Skin) -> list[Part]:
    """From 92 mm above the radial styloid down its outer edge and over the snuffbox; about 25 mm wide there."""
    bone, up = s.at("styloid_radial"), arm_axis(s)
    behind = s.between(bone, s.at("wrist_back"), 0.12)
    high = s.walk(behind, up, 92.0)
    low = s.walk(behind, s.at("knuckle_2") - bone, 25.0)
    return s.band([high, s.walk(behind, up, 45.0), behind, low], [LEAST_MM, 8.0, 12.5, 12.5])


def groin_fold(s: Skin, share: float) -> F64:
    """Place of the inguinal ligament at a share of the way from the anterior superior iliac spine to the symphysis."""
    return s.between(s.at("asis"), s.at("symphysis"), share)


def femoral(s: Skin) -> list[Part]:
    """From the middle between iliac spine and symphysis toward the medial epicondyle, the first 60 mm.

    The two surface markings (symphysis, pubic tubercle) lie about 12 mm apart, the vein beside the artery inward, the
    nerve outward: the band holds both markings and one width more on each side.
    """
    start, goal = groin_fold(s, 0.47), s.at("femur_epicondyle_medial")
    return s.band([s.walk(start, _UP, 5.0), s.walk(start, goal - start, 60.0)], 18.0)


def lateral_femoral_cutaneous(s: Skin) -> list[Part]:
    """Under the inguinal ligament from the iliac spine to 30 mm inward, then down the front of the thigh, 60 mm."""
    spine = s.at("asis")
    inner = s.toward(spine, s.at("symphysis"), 30.0)
    middle = s.walk(s.toward(spine, s.at("symphysis"), 12.0), _DOWN, 12.0)
    return s.band([spine, inner], LEAST_MM) + s.band([middle, s.walk(middle, _DOWN, 60.0)], 12.0)


def sciatic(s: Skin) -> list[Part]:
    """From 52 mm below the posterior superior iliac spine to 10 cm beside the midline, then straight down; two SD wide.

    Below it lies half way between trochanter and ischial tuberosity, which the model does not show.
    """
    psis, fold, hip = s.at("psis"), s.at("gluteal_fold"), s.at("trochanter")
    start = s.walk(psis, np.array([float(fold[0]), float(fold[1]), 0.0]) - [float(psis[0]), float(psis[1]), 0.0], 52.0)
    x, y = 100.0, float(fold[1])
    way = [start, s.back(x, float(hip[1])), s.back(x, y), s.back(x, y - 60.0)]
    return s.band(way, [2 * LEAST_MM, 16.0, 18.0, 18.0])


def popliteal(s: Skin) -> list[Part]:
    """Beside the medial epicondyle by 38.4 (SD 12.1) mm in men, 34.6 (SD 4.9) mm in women; the nerve 38 (SD 8.1)."""
    inner, crease = s.at("femur_epicondyle_medial"), float(s.at("popliteal_crease")[1])
    mean, half = (38.4, 24.2) if s.atlas.ref.body == "male" else (36.3, 16.2)
    x = float(inner[0]) + mean
    return s.band([s.back(x, crease + 50.0), s.back(x, crease), s.back(x, crease - 40.0)], half)


def common_peroneal(s: Skin) -> list[Part]:
    """Behind the outer side of the knee, past the head of the fibula, round its neck 21 to 32 mm below its tip."""
    head, side = s.at("fibular_head"), s.at("femur_epicondyle_lateral")
    high = s.walk(side, _BEHIND, 24.0)
    behind = s.walk(head, _BEHIND, 12.0)
    neck = s.walk(head, _DOWN, 26.0)
    return s.band([high, behind, neck, s.walk(neck, (0.0, -0.6, 1.0), 18.0)], [12.0, 10.0, 10.0, 10.0])


def infrapatellar(s: Skin) -> list[Part]:
    """Medial and below the lower pole of the patella, outside the limits 31, 13.2, 9.6 and 5.8 mm from it."""
    low, inner = s.at("patella_lower"), s.at("patella_medial")
    corner = np.array([(float(low[0]) + float(inner[0])) / 2, float(low[1]), float(low[2])])
    limits = [(31.0, 0.0), (13.2, 30.0), (9.6, 60.0), (5.8, 90.0)]
    ring = [corner + mm * np.array([-np.cos(np.radians(d)), -np.sin(np.radians(d)), 0.0]) for mm, d in limits]
    ring += [corner + np.array([0.0, -57.0, 0.0]), corner + np.array([-44.0, -46.0, 0.0])]
    ring += [corner + np.array([-50.0, 0.0, 0.0])]
    return s.area("knee_front_left", ring)


def tibial_ankle(s: Skin) -> list[Part]:
    """Between medial malleolus and heel, 41 to 48 % of the way; above between malleolus and tendon."""
    inner, tendon, heel = s.at("malleolus_medial"), s.at("achilles"), s.at("heel")
    up = np.array([0.0, 45.0, 0.0])
    high = s.between(s.snap(inner + up), s.snap(tendon + up))
    return s.band([high, s.between(inner, tendon, 0.45), s.between(inner, heel, 0.45)], 9.0)


def saphenous_ankle(s: Skin) -> list[Part]:
    """In front of the medial malleolus, from 60 mm above it to 20 mm below."""
    bone = s.between(s.at("malleolus_medial"), s.at("ankle_front"), 0.35)
    return s.band([s.walk(bone, (-0.25, 1.0, -0.2), 60.0), bone, s.walk(bone, (0.0, -1.0, 0.5), 20.0)], 8.0)


def dorsalis_pedis(s: Skin) -> list[Part]:
    """From the middle of the front of the ankle to the root of the first toes' gap; the nerve beside it."""
    ankle, first = s.at("ankle_front"), s.at("metatarsal_1")
    gap = s.snap(np.array([float(first[0]) + 24.0, float(first[1]) + 22.0, float(first[2]) - 42.0]))
    return s.band([s.walk(ankle, _UP, 25.0), ankle, gap], 7.0)


def superficial_peroneal(s: Skin) -> list[Part]:
    """From 114 mm above and 27 mm before the lateral malleolus to one half and one third of the front of the ankle."""
    outer, inner = s.at("malleolus_lateral"), s.at("malleolus_medial")
    front = s.at("ankle_front")
    start = s.walk(s.walk(outer, _UP, 114.0), (-0.3, 0.0, 1.0), 27.0)
    third = s.between(outer, front, 2 / 3)
    half = s.between(outer, front, 0.97) if np.isfinite(inner).all() else front
    return s.band([start, third], [12.0, 7.0]) + s.band([start, half], [12.0, 7.0])


def sural(s: Skin) -> list[Part]:
    """Outer edge of the Achilles tendon 70 mm above the malleolus, then 14 mm behind and below its tip, and forward."""
    outer, tendon = s.at("malleolus_lateral"), s.at("achilles")
    up = np.array([0.0, 70.0, 0.0])
    high = s.between(s.snap(tendon + up), s.snap(outer + up), 0.3)
    tip = s.walk(outer, _DOWN, 12.0)
    under = s.snap(tip + np.array([0.0, -14.0, -14.0]))
    ahead = s.between(under, s.at("metatarsal_5"), 0.45)
    return s.band([high, s.snap(outer + np.array([0.0, 10.0, -24.0])), under, ahead], 6.0)


LIMB_ZONES: dict[str, Callable[[Skin], list[Part]]] = {
    "axillary_n": axillary,
    "suprascapular_n": suprascapular,
    "cubital_fossa": cubital_fossa,
    "radial_n_elbow": radial_elbow,
    "ulnar_n_elbow": ulnar_elbow,
    "median_n_wrist": median_wrist,
    "radial_a_wrist": radial_artery_wrist,
    "ulnar_n_wrist": ulnar_wrist,
    "radial_n_wrist": radial_nerve_wrist,
    "femoral_vessels": femoral,
    "lateral_femoral_cutaneous_n": lateral_femoral_cutaneous,
    "sciatic_n": sciatic,
    "popliteal_vessels": popliteal,
    "common_peroneal_n": common_peroneal,
    "infrapatellar_n": infrapatellar,
    "tibial_n_ankle": tibial_ankle,
    "saphenous_ankle": saphenous_ankle,
    "dorsalis_pedis": dorsalis_pedis,
    "superficial_peroneal_n": superficial_peroneal,
    "sural_n": sural,
}
"""The rule of every zone of the limbs, by its key."""
