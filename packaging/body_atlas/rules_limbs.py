"""Regions of the arms and legs, by place along the bone (mm) and angle round it (0 front, +90 outer)."""

from __future__ import annotations

import numpy as np

from body_atlas.landmarks import Landmarks, LimbFrame
from body_atlas.painter import Painter, all_of, any_of, curve_at, inside_shape
from body_atlas.rules_trunk import groin_line
from body_atlas.surface import Floats

WEB_TILT = 0.9
"""how far the skin between the toes counts as sole (share of the vertical normal)"""


def sector(limb: LimbFrame, middle_deg: float, half_deg: float | Floats) -> Floats:
    """Signed distance (mm on the limb, roughly) to a sector of angles round the bone."""
    off = np.abs((limb.angle - middle_deg + 180.0) % 360.0 - 180.0)
    return np.asarray(np.radians(half_deg - off) * np.clip(limb.radius, 10.0, 90.0))


def paint_arm(p: Painter, m: Landmarks) -> None:
    """Shoulder to fingertips."""
    ua, fa = m.upper_arm, m.forearm
    arm = (m.arm - 0.5) * 70.0
    shoulder = all_of(any_of(arm, m.u - 132.0 - 0.15 * np.abs(m.y - 490.0)), m.y - 400.0, m.u - 105.0)
    around = np.degrees(np.arctan2(m.u - 150.0, m.z + 26.0)) - 78.0
    p.paint("shoulder_lateral", shoulder)
    p.paint("shoulder_front", all_of(shoulder, (-38.0 - around) * 0.9))
    p.paint("shoulder_back", all_of(shoulder, (around - 38.0) * 0.9))
    deltoid = curve_at(np.abs(ua.angle - 90.0), [(0.0, 92.0), (60.0, 70.0), (120.0, 30.0), (270.0, 20.0)])
    here = all_of(arm, ua.along - deltoid)
    hollow = inside_shape(m.u, m.y, [
        (128.0, 436.0), (150.0, 452.0), (170.0, 430.0), (165.0, 395.0), (142.0, 380.0), (128.0, 402.0)])
    p.paint("axilla", all_of(hollow, m.z + 62.0, -m.normal[:, 1] * 40.0 - 4.0))
    p.paint("upper_arm_front", all_of(here, sector(ua, 0.0, 48.0)))
    p.paint("upper_arm_outer", all_of(here, sector(ua, 90.0, 42.0)))
    p.paint("upper_arm_back", all_of(here, sector(ua, 180.0, 48.0)))
    p.paint("upper_arm_inner", all_of(here, sector(ua, -90.0, 42.0)))
    low = all_of(arm, fa.along - 24.0)
    ahead = palm_side(m)
    p.paint("forearm_front", all_of(low, ahead))
    p.paint("forearm_back", all_of(low, -ahead))
    elbow = all_of(m.u - 175.0, 30.0 - fa.along, ua.along - ua.length + 32.0)
    p.paint("elbow_front", all_of(elbow, sector(fa, 0.0, 90.0)))
    p.paint("elbow_back", all_of(elbow, -sector(fa, 0.0, 90.0)))
    wrist = all_of(m.u - 200.0, fa.along - fa.length + 30.0)
    p.paint("wrist_front", all_of(wrist, ahead))
    p.paint("wrist_back", all_of(wrist, -ahead))
    hand = all_of(m.u - 200.0, fa.along - fa.length - 6.0)
    p.paint("hand_palm", all_of(hand, ahead))
    p.paint("hand_dorsum", all_of(hand, -ahead))
    fingers = all_of(hand, m.finger)
    p.paint("fingers_palmar", all_of(fingers, ahead))
    p.paint("fingers_dorsal", all_of(fingers, -ahead))


def palm_side(m: Landmarks) -> Floats:
    """Positive on the side of the forearm and hand that faces forward in the anatomical pose (mm, roughly)."""
    return np.asarray(np.clip(m.normal[:, 2], -0.6, 0.6) * 25.0)


def paint_leg(p: Painter, m: Landmarks) -> None:
    """Thigh to toes."""
    th, lo = m.thigh, m.lower_leg
    leg = all_of(groin_line(m.u) - m.y, 60.0 - m.y + 0.3 * m.z)
    p.paint("thigh_front", all_of(leg, sector(th, 0.0, 46.0)))
    p.paint("thigh_outer", all_of(leg, sector(th, 90.0, 44.0)))
    p.paint("thigh_back", all_of(leg, sector(th, 180.0, 46.0), -58.0 - m.y))
    p.paint("thigh_inner", all_of(leg, sector(th, -90.0, 44.0), -30.0 - m.y))
    p.paint("subgluteal_fold", all_of(-30.0 - m.z, 14.0 - np.abs(m.y + 56.0 - 0.0012 * (m.u - 75.0) ** 2), m.u - 12.0,
                                      150.0 - m.u))
    hip = (m.trunk_angle - 94.0) * 1.9
    p.paint("trochanteric", all_of(m.u - 100.0, inside_shape(hip, m.y, [
        (0.0, 66.0), (34.0, 54.0), (52.0, 20.0), (54.0, -20.0), (42.0, -58.0), (12.0, -84.0), (-18.0, -82.0),
        (-42.0, -56.0), (-52.0, -14.0), (-46.0, 26.0), (-28.0, 54.0)])))
    p.paint("perineum", all_of(17.0 - m.u, -14.0 - m.y, 34.0 - np.abs(m.z + 22.0), m.y + 62.0))
    knee = -290.0 - m.y + 10.0 * np.cos(np.radians(lo.angle))
    p.paint("knee_front", all_of(knee, sector(lo, 0.0, 42.0)))
    p.paint("knee_lateral", all_of(knee, sector(lo, 80.0, 38.0)))
    p.paint("knee_medial", all_of(knee, sector(lo, -80.0, 38.0)))
    p.paint("popliteal", all_of(knee, sector(lo, 180.0, 62.0)))
    below = -394.0 - m.y - 6.0 * np.cos(np.radians(lo.angle))
    p.paint("shin", all_of(below, sector(lo, 0.0, 70.0)))
    p.paint("calf_lateral", all_of(below, sector(lo, 125.0, 55.0)))
    p.paint("calf_medial", all_of(below, sector(lo, -125.0, 55.0)))
    ankle = -688.0 - m.y
    p.paint("ankle_front", all_of(ankle, sector(lo, 0.0, 48.0)))
    p.paint("ankle_lateral", all_of(ankle, sector(lo, 90.0, 42.0)))
    p.paint("ankle_medial", all_of(ankle, sector(lo, -90.0, 42.0)))
    arch = curve_at(m.y, [(-770.0, 56.0), (-720.0, 50.0), (-680.0, 40.0), (-650.0, 26.0), (-625.0, 0.0)])
    p.paint("achilles", all_of(-625.0 - m.y, sector(lo, 180.0, arch)))
    _paint_foot(p, m)


def _paint_foot(p: Painter, m: Landmarks) -> None:
    foot = -742.0 - m.y + 0.45 * np.clip(m.z + 20.0, -60.0, 60.0)
    between = np.clip(np.minimum(m.u - 98.0, 156.0 - m.u) / 8.0, 0.0, 1.0)
    webs = WEB_TILT * np.clip((m.z - 75.0) / 15.0, 0.0, 1.0) * between
    sole = (-m.normal[:, 1] - 0.25 + webs) * 22.0
    p.paint("foot_dorsum", all_of(foot, m.z + 28.0))
    p.paint("heel", all_of(foot, -28.0 - m.z))
    p.paint("foot_sole", all_of(foot, sole, -778.0 - m.y))
    toes = all_of(-740.0 - m.y, m.toe)
    under = (-m.normal[:, 1] - 0.05) * 22.0
    p.paint("toes_dorsal", all_of(toes, -under))
    p.paint("toes_plantar", all_of(toes, under))
