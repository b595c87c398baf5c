"""Regions of the face, the scalp and the ears, as curves on the face (mm from the eye level and the midline).

(u, v): seen from the front, u from the midline, v above the eye centres. (a, v): round the head, a = arc from the
midline of the face at 72 mm radius, so that a = 113 mm lies at the side of the head. (w, v): in profile,
w behind the eye.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from body_atlas.landmarks import Landmarks
from body_atlas.painter import REACH_MM, Painter, above_curve, all_of, any_of, curve_at, inside_shape, near_curve
from body_atlas.surface import Floats

Put = Callable[[str, Floats], None]
Points = list[tuple[float, float]]

HAIRLINE: Points = [
    (-20.0, 63.0), (0.0, 64.0), (18.0, 64.0), (36.0, 62.0), (50.0, 57.0), (62.0, 48.0), (70.0, 36.0), (78.0, 23.0),
    (88.0, 11.0), (96.0, -2.0), (103.0, -16.0), (112.0, -20.0), (124.0, -22.0), (134.0, -29.0), (148.0, -42.0),
    (168.0, -53.0), (195.0, -60.0), (226.0, -62.0),
]  # fmt: skip
JAW_BORDER: Points = [
    (-40.0, -100.0), (-15.0, -98.0), (5.0, -97.0), (20.0, -93.0), (34.0, -84.0), (46.0, -70.0), (54.0, -56.0),
    (60.0, -42.0), (80.0, 10.0),
]  # fmt: skip


def both(points: Points) -> Points:
    """A shape drawn from the top midline down one side, closed over the midline by its mirror image."""
    return points + [(-x, y) for x, y in reversed(points) if x > 0.01]


def head_field(m: Landmarks) -> Floats:
    """Face and scalp together: above the jaw border and the line from the ear to the nape hairline."""
    jaw = above_curve(m.face_w, m.face_v, JAW_BORDER)
    back = above_curve(m.face_a, m.face_v, HAIRLINE)
    field = np.where(m.face_w < 66.0, np.maximum(jaw, np.where(m.face_a > 105, back, -99.0)), back)
    return np.where(m.face_v > -130.0, field, -99.0)


def paint_head(p: Painter, m: Landmarks) -> None:
    """All regions of the head, over the neck."""
    head = head_field(m)
    p.paint("cheek_buccal", head)
    _paint_cheek(p.paint, m, head)
    _paint_forehead_and_scalp(p.paint, m, head)
    _paint_eye_area(p.paint, m)
    _paint_nose(p.paint, m)
    _paint_mouth(p.paint, m, head)
    _paint_ear(p.paint, m)


def _paint_cheek(put: Put, m: Landmarks, head: Floats) -> None:
    u, v, w, a = m.u, m.face_v, m.face_w, m.face_a
    before_ear = a - curve_at(v, [(-110.0, 62.0), (-70.0, 72.0), (-30.0, 80.0), (10.0, 84.0)])
    put("cheek_preauricular", all_of(head, before_ear))
    put("cheek_malar", all_of(head, inside_shape(a, v, [
        (9.0, -2.0), (30.0, 0.0), (50.0, 0.0), (66.0, -4.0), (80.0, -9.0), (85.0, -17.0),
        (80.0, -27.0), (66.0, -34.0), (50.0, -41.0), (36.0, -44.0), (24.0, -41.0), (16.0, -31.0), (8.0, -18.0)])))
    jaw = above_curve(w, v, JAW_BORDER)
    put("jawline", all_of(head, 15.0 - jaw, a - 30.0, -54.0 - v))
    put("chin", all_of(head, inside_shape(u, v, both([
        (0.0, -76.0), (12.0, -76.5), (24.0, -78.0), (33.0, -84.0), (34.0, -96.0), (30.0, -106.0), (12.0, -114.0),
        (0.0, -116.0)])), 62.0 - w))


def _paint_forehead_and_scalp(put: Put, m: Landmarks, head: Floats) -> None:
    u, v, w, a = m.u, m.face_v, m.face_w, m.face_a
    put("forehead", all_of(v - 8.0, 80.0 - a, 40.0 - w))
    behind_brow = a - curve_at(v, [(-20.0, 58.0), (0.0, 57.0), (20.0, 52.0), (40.0, 48.0), (60.0, 47.0)])
    over_cheek = v - curve_at(a, [(40.0, -3.0), (60.0, -5.0), (80.0, -9.0), (110.0, -13.0)])
    put("temple", all_of(head, behind_brow, over_cheek, 112.0 - a))
    scalp = above_curve(a, v, HAIRLINE)
    scalp = np.where(v > 75.0, np.maximum(scalp, v - 75.0), scalp)
    put("scalp_temporal", scalp)
    rim = v - curve_at(w, [(-30.0, 20.0), (4.0, 30.0), (18.0, 42.0), (36.0, 53.0), (70.0, 60.0), (140.0, 62.0)])
    top = all_of(scalp, rim)
    put("scalp_frontal", all_of(top, 32.0 - w + 0.004 * u**2))
    put("scalp_mid", all_of(top, w - 32.0 - 0.004 * u**2))
    put("scalp_occipital", all_of(scalp, w - curve_at(v, [(-70.0, 92.0), (0.0, 104.0), (60.0, 118.0), (110.0, 126.0)])))
    put("scalp_vertex", all_of(scalp, 44.0 - np.sqrt(u**2 + (w - 116.0) ** 2 + (v - 88.0) ** 2)))


def _paint_eye_area(put: Put, m: Landmarks) -> None:
    u, v, a = m.u, m.face_v, m.face_a
    front = 45.0 - m.face_w
    put("crows_feet", inside_shape(a, v, [
        (44.0, 0.0), (50.0, 10.0), (60.0, 12.5), (69.0, 7.0), (72.0, -4.0), (68.0, -13.0), (60.0, -16.5),
        (50.0, -13.0), (45.0, -6.0)]))
    put("eyelid_upper", all_of(front, inside_shape(u, v, [
        (8.0, 1.0), (15.5, -2.2), (29.0, -2.0), (43.0, -1.5), (48.0, -1.0), (52.0, 4.0), (50.0, 11.0), (42.0, 17.0),
        (30.0, 18.0), (18.0, 15.0), (10.0, 9.0)])))
    put("eyelid_lower", all_of(front, inside_shape(u, v, [
        (10.5, 0.5), (15.0, -1.0), (29.0, 1.0), (44.0, 0.0), (48.0, -3.5), (46.0, -11.0), (38.0, -16.5),
        (28.0, -18.5), (18.0, -16.5), (11.5, -10.5), (9.0, -4.0)])))
    put("glabella", all_of(front, inside_shape(u, v, both([
        (0.0, 31.0), (6.0, 30.5), (11.0, 26.5), (13.0, 18.0), (11.5, 10.0), (8.0, 4.5), (0.0, 3.5)]))))
    put("brow", all_of(front, near_curve(u, v, [(14.0, 14.0), (24.0, 17.5), (36.0, 18.5), (46.0, 15.0), (53.0, 9.5)],
                                         [4.5, 5.0, 4.8, 4.0, 2.8])))


def _paint_nose(put: Put, m: Landmarks) -> None:
    u, v, w = m.u, m.face_v, m.face_w
    front = np.where(v > -8.0, 24.0, 10.0) - w
    put("nose_side", all_of(front, inside_shape(u, v, both([
        (0.0, 6.5), (9.0, 5.0), (12.0, 0.0), (12.0, -6.0), (14.0, -18.0), (17.5, -26.0), (17.0, -33.0),
        (0.0, -36.0)]))))
    put("nose_dorsum", all_of(front, inside_shape(u, v, both([
        (0.0, 6.5), (5.5, 5.5), (5.4, -6.0), (6.0, -18.0), (7.4, -29.0), (0.0, -33.0)]))))
    put("nose_ala", all_of(front, inside_shape(u, v, [
        (7.0, -30.0), (12.0, -27.5), (16.5, -28.0), (19.8, -34.0), (19.5, -41.0), (15.0, -46.0), (7.0, -46.0),
        (3.0, -40.0)])))
    put("nose_tip", all_of(-6.0 - w, inside_shape(u, v, both([
        (0.0, -28.5), (5.5, -28.5), (9.0, -30.5), (9.0, -36.0), (6.6, -40.5), (5.6, -44.5), (6.2, -47.5),
        (0.0, -49.0)]))))


def _paint_mouth(put: Put, m: Landmarks, head: Floats) -> None:
    u, v, w = m.u, m.face_v, m.face_w
    front = 20.0 - w
    put("lip_lower_skin", all_of(front, inside_shape(u, v, both([
        (0.0, -60.0), (29.0, -60.0), (31.0, -72.0), (24.0, -80.5), (10.0, -82.5), (0.0, -82.5)]))))
    put("lip_upper_skin", all_of(front, -40.0 - v, inside_shape(u, v, both([
        (0.0, -36.0), (17.0, -38.0), (25.0, -46.0), (30.0, -58.0), (30.0, -65.0), (24.0, -66.0), (0.0, -64.0)]))))
    put("nasolabial_fold", all_of(front, near_curve(u, v, [
        (18.5, -30.0), (22.0, -37.0), (25.5, -45.0), (29.0, -54.0), (30.5, -62.0)], [2.6, 3.8, 4.4, 4.4, 3.6])))
    put("marionette", all_of(front, head, near_curve(u, v, [(28.0, -65.0), (29.0, -74.0), (30.5, -84.0), (31.0, -94.0)],
                                                     [3.6, 5.0, 5.6, 5.2])))
    lips = np.where(m.mask["lips"] > 0.01, (m.mask["lips"] - 0.5) * 8.0, -REACH_MM)
    split = v - curve_at(u, [(-30.0, -63.5), (0.0, -62.3), (12.0, -63.0), (23.0, -65.0), (40.0, -65.5)])
    split = split - 5.0 * m.normal[:, 1]  # the closed lips touch: the one that faces down is the upper one
    put("vermilion_upper", all_of(lips, front, split))
    put("vermilion_lower", all_of(lips, front, -split))
    put("columella", all_of(-4.0 - w, inside_shape(u, v, both([
        (0.0, -37.5), (5.0, -38.5), (5.0, -42.0), (6.2, -46.5), (0.0, -48.5)]))))


def _paint_ear(put: Put, m: Landmarks) -> None:
    w, v = m.face_w, m.face_v
    ear = np.where(m.mask["ears"] > 0.01, (m.mask["ears"] - 0.42) * 14.0, -REACH_MM)
    facing = any_of(-m.normal[:, 0] + 0.05, -m.normal[:, 2] - 0.45) * 14.0
    put("ear_helix", ear)
    put("ear_antihelix", all_of(ear, inside_shape(w, v, [
        (63.0, -14.0), (64.0, -8.0), (68.0, -4.6), (74.0, -3.4), (79.5, -7.0), (82.0, -14.0), (81.4, -22.0),
        (78.0, -29.0), (73.0, -34.0), (66.0, -37.0), (59.0, -36.0), (58.0, -26.0), (60.0, -18.0)])))
    put("ear_cymba", all_of(ear, inside_shape(w, v, [
        (60.0, -16.0), (66.0, -16.3), (72.0, -16.2), (77.0, -18.6), (78.4, -22.5), (75.5, -28.0), (69.0, -31.5),
        (63.0, -34.0), (59.0, -33.0), (57.5, -24.0)])))
    concha = all_of(ear, inside_shape(w, v, [
        (61.0, -22.2), (66.0, -21.6), (72.0, -21.0), (77.0, -20.2), (78.4, -22.5), (75.5, -28.0), (69.0, -31.5),
        (65.5, -33.2), (63.2, -33.0), (62.4, -30.5), (62.8, -26.0)]))
    put("ear_concha_front", concha)
    put("ear_concha_back", all_of(concha, w - 71.0 + 0.4 * (v + 26.0)))
    put("ear_tragus", all_of(ear, inside_shape(w, v, [
        (55.0, -15.0), (61.5, -16.0), (63.6, -20.0), (64.0, -25.0), (62.6, -29.5), (61.0, -34.5), (55.0, -35.5)])))
    over_lobe = curve_at(w, [(50.0, -34.0), (60.0, -35.5), (64.0, -36.5), (70.0, -34.0), (85.0, -30.0)])
    put("ear_lobe", all_of(ear, over_lobe - v))
    put("ear_back", all_of(ear, facing, w - 60.0))
