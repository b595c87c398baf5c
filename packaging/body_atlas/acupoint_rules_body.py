"""Acupoints of trunk and limbs, placed by the words of their table (mesomap/domain/data/acupoints.csv)."""

from __future__ import annotations

import numpy as np

from body_atlas.acupoint_measures import Cun
from body_atlas.acupoint_rules_head import BEHIND, OUT, UP, Points
from body_atlas.arrays import F64
from body_atlas.zone_skin import Skin

_SPINE = ["C7", *(f"T{n}" for n in range(1, 13)), *(f"L{n}" for n in range(1, 6))]


def body_points(s: Skin, cun: Cun) -> Points:
    """Every point below the neck of the left side or the midline."""
    trunk = shoulder_points(s, cun) | back_points(s, cun) | front_points(s, cun)
    return trunk | arm_points(s, cun) | knee_points(s, cun) | foot_points(s, cun)


def under_spine(s: Skin, level: str) -> F64:
    """The hollow under a spinous process: half way to the next one below."""
    after = _SPINE.index(level) + 1
    below = s.at(_SPINE[after]) if after < len(_SPINE) else s.at("sacral_hiatus")
    share = 0.5 if after < len(_SPINE) else 0.25
    return s.between(s.at(level), below, share)


def beside(s: Skin, level: str, mm: float) -> F64:
    """Skin of the back beside the lower edge of a spinous process."""
    return s.back(mm, float(under_spine(s, level)[1]))


def shoulder_points(s: Skin, cun: Cun) -> Points:
    """Shoulder and shoulder blade."""
    tip, fold, root, angle = s.at("acromion"), s.at("axilla_back"), s.at("scapula_spine"), s.at("scapula_angle")
    spine_end = s.snap(tip + np.array([-12.0, -4.0, -26.0]))
    spine_middle = s.between(root, spine_end)
    collar_end = s.snap(tip + np.array([-18.0, 2.0, 6.0]))
    return {
        "GB21": [s.between(s.at("C7"), tip)],
        "SI13": [s.walk(s.between(root, spine_middle, 0.25), UP, 10.0)],
        "SI12": [s.walk(spine_middle, UP, 15.0)],
        "SI11": [s.between(spine_middle, angle, 1 / 3)],
        "SI10": [s.back(float(fold[0]), float(s.between(spine_middle, spine_end)[1]) - 14.0)],
        "SI9": [s.walk(fold, UP, cun.upper_arm)],
        "LI15": [s.walk(tip, (0.7, -0.4, 0.8), 22.0)],
        "TE14": [s.walk(tip, (0.7, -0.4, -0.8), 22.0)],
        "LI16": [s.between(collar_end, spine_end)],
    }


def back_points(s: Skin, cun: Cun) -> Points:
    """Beside the spine."""
    pairs = [beside(s, level, 0.5 * cun.back) for level in _SPINE[1:]]
    return {
        "SI15": [beside(s, "C7", 2.0 * cun.back)],
        "SI14": [beside(s, "T1", 3.0 * cun.back)],
        "BL11": [beside(s, "T1", 1.5 * cun.back)],
        "BL13": [beside(s, "T3", 1.5 * cun.back)],
        "BL23": [beside(s, "L2", 1.5 * cun.back)],
        "GV4": [under_spine(s, "L2")],
        "BL25": [beside(s, "L4", 1.5 * cun.back)],
        "GV3": [under_spine(s, "L4")],
        "EX-B2": pairs,
        "GB30": [s.between(s.at("trochanter"), s.at("sacral_hiatus"), 1 / 3)],
        "BL36": [s.at("gluteal_fold")],
        "BL54": [s.back(3.0 * cun.back, float(s.at("sacral_hiatus")[1]))],
    }


def front_points(s: Skin, cun: Cun) -> Points:
    """Abdomen."""
    navel, pubis = s.at("navel"), s.at("symphysis")
    return {
        "CV12": [s.toward(navel, s.at("xiphoid"), 4.0 * cun.upper_abdomen)],
        "ST25": [s.walk(navel, OUT, 2.0 * cun.lower_abdomen)],
        "CV4": [s.toward(navel, pubis, 3.0 * cun.lower_abdomen)],
    }


def arm_points(s: Skin, cun: Cun) -> Points:
    """Elbow, forearm, hand; palms face forward."""
    crease, lateral = s.at("elbow_crease"), s.at("epicondyle_lateral")
    palm, dorsum = s.at("wrist_crease"), s.at("wrist_back")
    index, little, edge = s.at("knuckle_2"), s.at("knuckle_5"), s.at("hand_edge_5")
    elbow_end = s.between(crease, lateral, 0.75)
    first = s.between(dorsum, index, 0.5)
    return {
        "LI11": [elbow_end],
        "LI10": [s.toward(elbow_end, s.at("styloid_radial"), 2.0 * cun.forearm)],
        "LI4": [s.walk(first, OUT, 12.0)],
        "TE5": [s.toward(dorsum, s.at("olecranon"), 2.0 * cun.forearm)],
        "PC6": [s.toward(palm, crease, 2.0 * cun.forearm)],
        "SI3": [s.snap(edge + 8.0 * (dorsum - little) / np.linalg.norm(dorsum - little))],
    }


def knee_points(s: Skin, cun: Cun) -> Points:
    """Round the knee and down the leg."""
    top, low = s.at("patella_upper"), s.at("patella_lower")
    outer, inner = s.at("patella_lateral"), s.at("patella_medial")
    outer_corner = s.snap(np.array([outer[0], top[1] - 6.0, top[2]]))
    inner_corner = s.snap(np.array([inner[0], top[1] - 6.0, top[2]]))
    eye_outer = s.walk(low, (1.0, -0.15, 0.0), 16.0)
    eye_inner = s.walk(low, (-1.0, -0.15, 0.0), 16.0)
    fibula, tibia = s.at("fibular_head"), s.at("tibial_tuberosity")
    medial = s.at("femur_epicondyle_medial")
    condyle = s.snap(np.array([medial[0] + 4.0, float(tibia[1]) - 6.0, medial[2] - 4.0]))
    return {
        "ST34": [s.walk(outer_corner, UP, 2.0 * cun.thigh)],
        "SP10": [s.walk(inner_corner, UP, 2.0 * cun.thigh)],
        "ST35": [eye_outer],
        "EX-LE5": [eye_outer, eye_inner],
        "SP9": [condyle],
        "ST36": [s.toward(eye_outer, s.at("ankle_front"), 3.0 * cun.leg)],
        "GB34": [s.walk(fibula, (0.0, -1.0, 1.0), 18.0)],
        "BL40": [s.at("popliteal_crease")],
        "BL57": [s.between(s.at("popliteal_crease"), s.at("achilles"), 0.5)],
    }


def foot_points(s: Skin, cun: Cun) -> Points:
    """Ankle and foot."""
    outer, inner, tendon = s.at("malleolus_lateral"), s.at("malleolus_medial"), s.at("achilles")
    first = s.at("metatarsal_1")
    between_rays = s.snap(np.array([float(first[0]) + 24.0, float(first[1]) + 22.0, float(first[2]) - 42.0]))
    return {
        "SP6": [s.walk(s.walk(inner, UP, 3.0 * cun.leg), BEHIND, 8.0)],
        "BL60": [s.between(outer, tendon)],
        "KI3": [s.between(inner, tendon)],
        "LR3": [between_rays],
    }
