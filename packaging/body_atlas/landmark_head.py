"""Landmarks of the head, found by its shape. Definitions in words: landmark_table.csv."""

from __future__ import annotations

import numpy as np

from body_atlas.arrays import F64
from body_atlas.landmark_finder import Finder

Places = dict[str, F64]


def head_landmarks(f: Finder) -> Places:
    """Every landmark of the head, left side and midline, mm."""
    return _midline_of_face(f) | _midline_of_skull(f) | _eye_and_brow(f) | _nose_and_mouth(f) | _side_of_head(f)


def _midline_of_face(f: Finder) -> Places:
    eye = float(f.eye[1])

    def run(low: float, high: float) -> F64:
        return f.profile(eye + low, eye + high)

    def most(line: F64, sign: float) -> F64:
        return np.asarray(line[int(np.argmax(sign * line[:, 2]))])

    glabella = most(run(8, 40), 1)
    nasion = most(run(-10, float(glabella[1]) - eye), -1)
    tip = most(run(-55, -15), 1)
    upper_border = f.border_at("vermilion_upper.mid", 0.0, upper=True)
    lower_border = f.border_at("vermilion_lower.mid", 0.0, upper=False)
    between = f.profile(float(lower_border[1]), float(upper_border[1]))
    crest = between[int(np.argmax(between[: len(between) // 2, 2]))]
    lower_crest = between[len(between) // 2 + int(np.argmax(between[len(between) // 2 :, 2]))]
    stomion = most(f.profile(float(lower_crest[1]), float(crest[1])), -1)
    groove_run = f.profile(float(lower_border[1]) - 14, float(lower_border[1]))
    sublabiale = most(groove_run, -1)
    chin_run = f.profile(float(sublabiale[1]) - 14, float(sublabiale[1]))
    pogonion = most(chin_run, 1)
    menton = f.where_it_faces(f.profile(float(pogonion[1]) - 26, float(pogonion[1]), step=0.1), 75.0)
    return {
        "glabella": glabella,
        "nasion": nasion,
        "pronasale": tip,
        "subnasale": f.deepest(tip, upper_border),
        "labrale_superius": upper_border,
        "stomion": stomion,
        "labrale_inferius": lower_border,
        "sublabiale": sublabiale,
        "pogonion": pogonion,
        "menton": menton,
    }


def _midline_of_skull(f: Finder) -> Places:
    eye = float(f.eye[1])
    top = f.extreme((0, 1, 0), np.abs(f.xyz[:, 0]) < 1e-3)
    back = f.profile(eye - 60, eye + 90, front=False)
    hindmost = back[int(np.argmin(back[:, 2]))]
    below = f.profile(eye - 60, float(hindmost[1]), front=False)
    chin = f.midline(eye - 95, front=True)
    neck = f.midline(float(f.body.joint("neck01")[1]) - 20, front=True)
    return {
        "vertex": top,
        "trichion": f.border_at("forehead.mid", 0.0, upper=True),
        "opisthocranion": np.asarray(hindmost),
        "inion": f.where_it_faces(below, 25.0, front=False),
        "throat": f.deepest(chin, neck),
    }


def _eye_and_brow(f: Finder) -> Places:
    seen = f.eye_opening()
    inner, outer = seen[int(np.argmin(seen[:, 0]))], seen[int(np.argmax(seen[:, 0]))]
    pupil = float(f.eye[0])
    under = seen[np.abs(seen[:, 0] - pupil) < 0.3]
    lid_low, lid_high = under[int(np.argmin(under[:, 1]))], under[int(np.argmax(under[:, 1]))]

    def skin_at(xy: F64, right: float, up: float) -> F64:
        """Skin that the front view shows just beside a place of the opening."""
        place = f.atlas.locate("head_front", np.array([[xy[0] + right, xy[1] + up]]))
        return np.asarray(f.atlas.position(place)[0])

    return {
        "canthus_medial": skin_at(inner, -0.4, 0.0),
        "canthus_lateral": skin_at(outer, 0.4, 0.0),
        "lid_lower_pupil": skin_at(lid_low, 0.0, -0.4),
        "lid_upper_pupil": skin_at(lid_high, 0.0, 0.4),
        "orbitale": f.border_at("eyelid_lower.left", pupil, upper=False),
        "orbital_rim_upper": f.border_at("eyelid_upper.left", pupil, upper=True),
        "brow_medial": f.border("brow.left", (-1, 0, 0)),
        "brow_pupil": _middle(f, "brow.left", pupil),
        "brow_lateral": f.border("brow.left", (1, -0.3, 0)),
    }


def _middle(f: Finder, region_id: str, x: float) -> F64:
    above, below = f.border_at(region_id, x, upper=True), f.border_at(region_id, x, upper=False)
    return np.asarray(f.atlas.position(f.atlas.nearest((above + below)[None] / 2))[0])


def _nose_and_mouth(f: Finder) -> Places:
    ala = f.region("nose_ala.left")
    flank = f.xyz[int(np.argmax(np.where(ala, f.body.vert_normal[0][:, 0], -1.0)))]
    rim = ala & (f.xyz[:, 0] > flank[0] - 6) & (f.xyz[:, 0] <= flank[0])
    upper = f.outline("vermilion_upper.mid")
    upper = upper[(upper[:, 0] > 0.5) & (upper[:, 0] < 12)]
    return {
        "alare": np.asarray(flank),
        "ala_lower": f.extreme((0, -1, 0), rim),
        "cheilion": f.border("vermilion_upper.mid", (1, 0, 0)),
        "lip_peak": np.asarray(upper[int(np.argmax(upper[:, 1]))]),
    }


def _side_of_head(f: Finder) -> Places:
    eye = f.eye
    helix = f.region("ear_helix.left", "ear_back.left")
    lobe = f.region("ear_lobe.left")
    ear_low = f.extreme((0, -1, 0), lobe)
    up, behind = f.xyz[:, 1] - eye[1], eye[2] - f.xyz[:, 2]
    cheek = f.region("cheek_preauricular.left", "cheek_malar.left", "temple.left", "jawline.left")
    arch = cheek & (up < 2) & (up > -32) & (behind > 8) & (behind < 44)
    mastoid = ear_low + np.array([-8.0, 2.0, -16.0])
    return {
        "tragus": f.centre("ear_tragus.left"),
        "tragus_upper": f.border("ear_tragus.left", (0, 1, 0)),
        "ear_top": f.extreme((0, 1, 0), helix),
        "ear_lobe_low": ear_low,
        "zygion": f.extreme((1, 0, 0), arch),
        "gonion": f.border_level("jawline.left", float(f.border_at("vermilion_lower.mid", 0.0, upper=False)[1])),
        "mastoid": np.asarray(f.atlas.position(f.atlas.nearest(mastoid[None]))[0]),
    }
