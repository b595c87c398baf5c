"""Acupoints of head and neck, placed by the words of their table (mesomap/domain/data/acupoints.csv)."""

from __future__ import annotations

import numpy as np

from body_atlas.acupoint_measures import Cun
from body_atlas.arrays import F64
from body_atlas.zone_rules import antegonial
from body_atlas.zone_skin import Skin, arc
from mesomap.atlas import SkinArray

Points = dict[str, list[F64]]
OUT, UP = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)
AHEAD, BEHIND = (0.0, 0.0, 1.0), (0.0, 0.0, -1.0)


def head_points(s: Skin, cun: Cun) -> Points:
    """Every point of head and neck of the left side or the midline."""
    return eye_points(s, cun) | mouth_points(s, cun) | ear_points(s) | scalp_points(s, cun) | neck_points(s, cun)


def eye_points(s: Skin, cun: Cun) -> Points:
    """Brow, lids, cheek below the eye."""
    brow, pupil = s.at("brow_pupil"), float(s.at("brow_pupil")[0])
    tail, outer, inner = s.at("brow_lateral"), s.at("canthus_lateral"), s.at("canthus_medial")
    rim, lid = s.at("orbitale"), s.at("lid_lower_pupil")
    return {
        "GV29": [s.face(0.0, float(s.at("brow_medial")[1]))],
        "BL2": [s.at("brow_medial")],
        "GB14": [s.walk(brow, UP, cun.brow)],
        "TE23": [tail],
        "GB1": [s.walk(outer, OUT, 0.5 * cun.brow)],
        "EX-HN5": [s.walk(s.cheek(*((tail + outer) / 2)[1:]), BEHIND, cun.finger)],
        "EX-HN4": [brow],
        "BL1": [s.walk(inner, (-0.5, 1.0, 0.0), 2.5)],
        "ST1": [s.between(lid, rim)],
        "ST2": [s.face(27.5, float(rim[1]) - 8.0)],
        "ST3": [s.face(pupil, float(s.at("ala_lower")[1]))],
    }


def mouth_points(s: Skin, cun: Cun) -> Points:
    """Nose, mouth, chin, jaw."""
    ala, nose, lip = s.at("alare"), s.at("subnasale"), s.at("labrale_superius")
    under = s.at("canthus_lateral")
    return {
        "ST4": [s.walk(s.at("cheilion"), OUT, 0.4 * cun.finger)],
        "ST5": [antegonial(s)],
        "ST6": [s.walk(s.at("gonion"), (0.0, 1.0, 1.0), cun.finger)],
        "LI19": [s.face(float(ala[0]) - 4.0, float((nose + lip)[1]) / 2)],
        "LI20": [s.face(float(ala[0]) + 4.0, float(ala[1]))],
        "SI18": [s.face(float(under[0]), float(ala[1]))],
        "GV26": [s.between(nose, lip, 1 / 3)],
        "CV24": [s.at("sublabiale")],
    }


def ear_points(s: Skin) -> Points:
    """Round the ear."""
    tragus, notch, arch = s.at("tragus"), s.at("tragus_upper"), s.at("zygion")
    rim = s.at("canthus_lateral")
    middle = 0.6 * float(tragus[2]) + 0.4 * float(rim[2])
    lobe, tip = s.at("ear_lobe_low"), s.at("mastoid")
    return {
        "ST7": [s.cheek(float(arch[1]) - 9.0, middle)],
        "SI19": [s.cheek(float(tragus[1]), float(tragus[2]) + 6.0)],
        "TE21": [s.cheek(float(notch[1]), float(notch[2]) + 4.0)],
        "TE17": [s.snap((lobe + tip) / 2 + np.array([-6.0, 6.0, 0.0]))],
    }


def scalp_points(s: Skin, cun: Cun) -> Points:
    """The hair-bearing head; cun of the head along the midline.

    The two descriptions of GV20, 5 cun behind the hairline and on the line of the ear tips, lie some centimetres
    apart on the model: the line of the ear tips is taken.
    """
    line, along = cun.head_line, arc(cun.head_line)

    def on_line(cuns: float) -> F64:
        return s.snap(np.array([np.interp(cuns * cun.head, along, line[:, k]) for k in range(3)]))

    ear = s.at("ear_top")
    top = s.seen("scalp_top", np.array([0.0, 0.0, float(ear[2])]))
    return {
        "GV20": [top],
        "GV23": [on_line(1.0)],
        "GV24": [on_line(0.5)],
        "EX-HN1": [s.walk(top, way, cun.head) for way in (AHEAD, BEHIND, OUT)],
        "ST8": [s.walk(hairline_corner(s), (0.0, 1.0, -0.5), 0.5 * cun.head)],
        "GB8": [s.cheek(float(ear[1]) + 1.5 * cun.head, float(ear[2]))],
    }


def hairline_corner(s: Skin) -> F64:
    """Where the hairline of the forehead turns down to the temple: the highest place of the temple."""
    g, row = s.atlas.geometry, s.atlas.region_index("temple.left")
    first = g.ring_start[row]
    a, b = g.ring_offset[first], g.ring_offset[first + 1]
    ring = SkinArray(g.ring_tri[a:b].astype(np.int64), g.ring_bary[a:b].astype(np.float64))
    line = s.atlas.position(ring)
    return np.asarray(line[int(np.argmax(line[:, 1]))])


def neck_points(s: Skin, cun: Cun) -> Points:
    """Back and front of the neck."""
    inion, seventh = s.at("inion"), s.at("C7")
    under = s.back(0.0, float(inion[1]) - 1.5 * cun.head)
    second = s.back(0.0, float(inion[1]) + 0.42 * float((seventh - inion)[1]))
    hollow = s.between(s.at("mastoid"), under, 0.5)
    return {
        "CV23": [s.at("throat")],
        "GV16": [under],
        "GB20": [hollow],
        "BL10": [s.back(1.3 * cun.back * 0.9, float(second[1]))],
        "GV14": [s.between(seventh, s.at("T1"))],
    }
