"""Regions of the neck and the trunk, in mm of the anatomical pose (u = |x|, y up, z front, origin mid-body)."""

from __future__ import annotations

import numpy as np

from body_atlas.landmarks import Landmarks
from body_atlas.painter import Painter, all_of, curve_at, inside_shape, near_curve
from body_atlas.rules_head import both
from body_atlas.surface import Floats

NAVEL_Y = 163.0
ANTERIOR_DEG, POSTERIOR_DEG = 62.0, 118.0


def paint_trunk(p: Painter, m: Landmarks) -> None:
    """Everything between the head and the limbs; the limbs are painted over it."""
    p.paint("flank", np.full(p.count, 25.0))
    front = (ANTERIOR_DEG - m.trunk_angle) * 1.9
    back = (m.trunk_angle - POSTERIOR_DEG) * 1.9
    _paint_front(p, m, front)
    _paint_back(p, m, back)
    _paint_shoulder_girdle(p, m)
    _paint_pelvis(p, m)


def _paint_front(p: Painter, m: Landmarks, front: Floats) -> None:
    u, y, z = m.u, m.y, m.z
    ahead = z + 5.0
    p.paint("chest_lateral", all_of(y - 296.0 - 0.10 * (m.trunk_angle - 60.0), m.trunk_angle - 20.0))
    p.paint("abdomen_upper", all_of(front, 312.0 - y - 0.0015 * u**2))
    p.paint("abdomen_lower", all_of(front, NAVEL_Y - y))
    p.paint("chest", all_of(ahead, y - 306.0 + 0.0015 * u**2, 108.0 - u))
    over_breast = curve_at(u, [
        (0.0, 402.0), (30.0, 404.0), (70.0, 424.0), (110.0, 428.0), (135.0, 436.0), (160.0, 442.0)])
    p.paint("decollete", all_of(ahead, y - over_breast))
    breast = all_of(ahead, inside_shape(u, y, [
        (22.0, 372.0), (28.0, 402.0), (50.0, 424.0), (82.0, 434.0), (112.0, 426.0), (132.0, 404.0), (139.0, 372.0),
        (130.0, 342.0), (108.0, 326.0), (78.0, 321.0), (48.0, 328.0), (29.0, 346.0)]))
    for height, above in (("upper", y - 370.0), ("lower", 370.0 - y)):
        for part, beyond in (("inner", 83.0 - u), ("outer", u - 83.0)):
            p.paint(f"breast_{height}_{part}", all_of(breast, above, beyond))
    p.paint("periumbilical", all_of(z, 42.0 - np.hypot(u, (y - NAVEL_Y) * 1.05)))


def _paint_back(p: Painter, m: Landmarks, back: Floats) -> None:
    u, y, z = m.u, m.y, m.z
    behind = -25.0 - z
    p.paint("infrascapular", all_of(back, y - 255.0))
    p.paint("lumbar_lateral", all_of(back, 255.0 - y))
    p.paint("scapular", all_of(behind, inside_shape(u, y, [
        (70.0, 506.0), (100.0, 516.0), (132.0, 508.0), (152.0, 480.0), (152.0, 440.0), (136.0, 404.0), (112.0, 380.0),
        (92.0, 380.0), (78.0, 410.0), (70.0, 460.0)])))
    p.paint("interscapular", all_of(behind, 74.0 - u + 0.12 * np.maximum(0.0, 440.0 - y), y - 384.0, 530.0 - y))
    p.paint("paravertebral_thoracic", all_of(behind, 37.0 - u, y - 255.0, 560.0 - y))
    p.paint("paravertebral_lumbar", all_of(behind, 46.0 - u, 255.0 - y, y - 118.0))


def _paint_shoulder_girdle(p: Painter, m: Landmarks) -> None:
    u, y, z = m.u, m.y, m.z
    neck_base = y - (520.0 - 0.42 * z) - 0.45 * np.maximum(0.0, u - 52.0)
    spine_of_scapula = curve_at(u, [(0.0, 545.0), (20.0, 522.0), (60.0, 504.0), (110.0, 506.0), (150.0, 512.0)])
    slope = all_of(16.0 - z, y - spine_of_scapula,
                   u - curve_at(z, [(-130.0, 14.0), (-90.0, 20.0), (-60.0, 40.0), (0.0, 54.0)]) + 12.0)
    p.paint("trapezius", all_of(slope, 152.0 - u))
    p.paint("neck_lateral", neck_base)
    azimuth = np.degrees(np.arctan2(u, z - curve_at(y, [(500.0, -20.0), (560.0, -18.0), (610.0, 0.0)])))
    p.paint("neck_anterior", all_of(neck_base, (46.0 - azimuth) * 0.9))
    p.paint("nape", all_of(neck_base, (azimuth - 128.0) * 0.9))
    p.paint("paravertebral_cervical", all_of(neck_base, (azimuth - 128.0) * 0.9, 592.0 - y))
    under_jaw = all_of(y - 560.0, m.z - 22.0, (-m.normal[:, 1] - 0.40) * 30.0, 56.0 - u)
    p.paint("submandibular", under_jaw)
    p.paint("submental", all_of(under_jaw, 20.0 + 0.05 * (m.z - 60.0) - u))


def _paint_pelvis(p: Painter, m: Landmarks) -> None:
    u, y, z = m.u, m.y, m.z
    crest = 120.0 - y + 0.10 * u
    behind = -20.0 - z
    buttock = all_of(behind, (m.trunk_angle - 116.0 - 0.10 * (y - 20.0)) * 1.9, crest)
    p.paint("buttock", buttock)
    p.paint("sacroiliac", all_of(behind, near_curve(u, y, [(40.0, 130.0), (46.0, 110.0), (48.0, 85.0)],
                                                    [20.0, 22.0, 17.0])))
    p.paint("sacral", all_of(behind, inside_shape(u, y, both([
        (0.0, 124.0), (18.0, 123.0), (33.0, 116.0), (31.0, 95.0), (20.0, 70.0), (9.0, 52.0), (0.0, 46.0)]))))
    p.paint("groin", all_of(z, 24.0 - np.abs(y - groin_line(u)), u - 26.0, (64.0 - m.trunk_angle) * 1.9))
    p.paint("pubis", all_of(z - 5.0, 42.0 - y - 0.004 * u**2, y - groin_line(u) + 10.0))


def groin_line(u: Floats) -> Floats:
    """Height of the inguinal fold at a distance from the midline."""
    return curve_at(u, [(0.0, -60.0), (14.0, -34.0), (40.0, 0.0), (90.0, 48.0), (150.0, 104.0)])
