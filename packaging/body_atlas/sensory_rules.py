"""The key sensory points of ISNCSCI on a body: one rule a level, by the words of their table.

Words and sources: mesomap/domain/data/sensory_points.csv. Points of a spinal cord examination, not borders of
dermatomes. All on the left side; where the words name a rib space or a bone that the model does not show, the rule
says what stands in for it, and the point is an estimate.
"""

from __future__ import annotations

import numpy as np

from body_atlas.arrays import F64
from body_atlas.zone_skin import Skin

#: Level → place (NaN: a landmark is missing) and why it is an estimate, or nothing.
SensoryPlaces = dict[str, tuple[F64, str]]
#: Levels that the model has no place for, and why.
WITHOUT_PLACE = {
    "T3": "Its place is told by the third rib alone, which does not show on the model; it is not placed.",
    "S4-5": "The model shows no mucocutaneous junction; the point beside it is not placed.",
}
_UP, _OUT, _BEHIND = (0.0, 1.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.0, -1.0)
_BONE = "the bone does not show on the model"
_RIBS = "ribs do not show on the model"


def sensory_points(s: Skin) -> SensoryPlaces:
    """Every level of the left side that the model has a place for."""
    return _neck(s) | _arm(s) | _trunk(s) | _leg(s)


def _neck(s: Skin) -> SensoryPlaces:
    tip = s.at("acromion")
    return {
        "C2": (s.walk(s.at("inion"), _OUT, 10.0), "told as at least 1 cm beside; placed at 1 cm"),
        "C3": (s.walk(s.at("clavicle_mid"), (0.0, 1.0, -0.6), 15.0), "the hollow has no landmark: 15 mm above bone"),
        "C4": (s.snap(tip + np.array([-18.0, 2.0, 6.0])), _BONE),
    }


def _arm(s: Skin) -> SensoryPlaces:
    crease, outer, inner = s.at("elbow_crease"), s.at("epicondyle_lateral"), s.at("epicondyle_medial")
    up = crease - s.at("wrist_crease")
    up = up / np.linalg.norm(up)
    near = "told as just above the elbow; placed 10 mm above its line"
    return {
        "C5": (s.walk(s.between(crease, outer, 0.5), up, 10.0), near),
        "C6": (s.at("phalanx_1"), _BONE),
        "C7": (s.at("phalanx_3"), _BONE),
        "C8": (s.at("phalanx_5"), _BONE),
        "T1": (s.walk(s.between(crease, inner, 0.7), up, 10.0), near),
        "T2": (middle_of(s, "axilla.left"), "the apex of the axilla: the middle of its region"),
    }


def middle_of(s: Skin, region_id: str) -> F64:
    """Middle of a region in its chart."""
    middle = s.atlas.chart(region_id).polygon.centroid
    return np.asarray(s.atlas.position(s.atlas.from_chart(region_id, np.array([[middle.x, middle.y]])))[0])


def chest_level(s: Skin) -> float:
    """Height of the middle of the breast, where its four regions meet: the level told as that of the nipple."""
    return float((middle_of(s, "breast_upper_inner.left") + middle_of(s, "breast_lower_inner.left"))[1]) / 2


def _trunk(s: Skin) -> SensoryPlaces:
    x = float(s.at("clavicle_mid")[0])
    nipple, xiphoid, navel = chest_level(s), float(s.at("xiphoid")[1]), float(s.at("navel")[1])
    groin = s.between(s.at("asis"), s.at("symphysis"))
    fold = float(groin[1])
    heights = {
        "T4": (nipple, f"{_RIBS}: the height of the middle of the breast"),
        "T5": ((nipple + xiphoid) / 2, f"{_RIBS}: half way between T4 and T6"),
        "T6": (xiphoid, ""),
        "T7": (xiphoid + 0.25 * (navel - xiphoid), ""),
        "T8": (xiphoid + 0.50 * (navel - xiphoid), ""),
        "T9": (xiphoid + 0.75 * (navel - xiphoid), ""),
        "T10": (navel, ""),
        "T11": ((navel + fold) / 2, ""),
    }
    places = {level: (_front(s, x, y), why) for level, (y, why) in heights.items()}
    return {**places, "T12": (groin, _BONE)}


def _front(s: Skin, x: float, y: float) -> F64:
    return s.front(x, y) if np.isfinite([x, y]).all() else np.full(3, np.nan)


def _leg(s: Skin) -> SensoryPlaces:
    groin = s.between(s.at("asis"), s.at("symphysis"))
    knee, outer = s.at("femur_epicondyle_medial"), s.at("malleolus_lateral")
    thigh = s.between(groin, knee)
    return {
        "L1": (s.between(groin, thigh), ""),
        "L2": (thigh, ""),
        "L3": (s.walk(knee, _UP, 10.0), "told as above the knee; placed 10 mm above the condyle"),
        "L4": (s.at("malleolus_medial"), _BONE),
        "L5": (s.at("metatarsal_3"), _BONE),
        "S1": (s.between(outer, s.at("heel"), 0.6), f"{_BONE}: on the way from the malleolus to the heel"),
        "S2": (s.at("popliteal_crease"), ""),
        "S3": (s.at("gluteal_fold"), "told as ischial tuberosity or fold; placed on the fold"),
    }
