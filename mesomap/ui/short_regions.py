"""Short names of regions, for where the whole name has no room; tooltips and screen readers tell the whole one.

English alone: other languages show their whole names, shortened by an ellipsis where need be.
"""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from mesomap.atlas import Atlas
from mesomap.ui.words import language, region_words, tr

#: By region without its side.
_SHORT = {
    "ear_concha_back": QT_TRANSLATE_NOOP("Words", "Concha, b."),
    "ear_concha_front": QT_TRANSLATE_NOOP("Words", "Concha, fr."),
    "ear_cymba": QT_TRANSLATE_NOOP("Words", "Ear, cymba"),
    "ear_antihelix": QT_TRANSLATE_NOOP("Words", "Ear, antihelix"),
    "eyelid_lower": QT_TRANSLATE_NOOP("Words", "Lower eyelid"),
    "cheek_preauricular": QT_TRANSLATE_NOOP("Words", "Preauricular"),
    "submandibular": QT_TRANSLATE_NOOP("Words", "Submandib."),
    "scalp_temporal": QT_TRANSLATE_NOOP("Words", "Temp. scalp"),
    "scalp_vertex": QT_TRANSLATE_NOOP("Words", "Scalp, vertex"),
    "chest": QT_TRANSLATE_NOOP("Words", "Chest"),
    "chest_lateral": QT_TRANSLATE_NOOP("Words", "Lat. chest"),
    "breast_upper_outer": QT_TRANSLATE_NOOP("Words", "Breast, UOQ"),
    "breast_upper_inner": QT_TRANSLATE_NOOP("Words", "Breast, UIQ"),
    "breast_lower_outer": QT_TRANSLATE_NOOP("Words", "Breast, LOQ"),
    "breast_lower_inner": QT_TRANSLATE_NOOP("Words", "Breast, LIQ"),
    "periumbilical": QT_TRANSLATE_NOOP("Words", "Periumbilical"),
    "trochanteric": QT_TRANSLATE_NOOP("Words", "Trochanteric"),
    "paravertebral_cervical": QT_TRANSLATE_NOOP("Words", "Parav. cerv."),
    "paravertebral_thoracic": QT_TRANSLATE_NOOP("Words", "Parav. thor."),
    "paravertebral_lumbar": QT_TRANSLATE_NOOP("Words", "Parav. lumb."),
    "lumbar_lateral": QT_TRANSLATE_NOOP("Words", "Lat. lumbar"),
    "interscapular": QT_TRANSLATE_NOOP("Words", "Interscap."),
    "infrascapular": QT_TRANSLATE_NOOP("Words", "Infrascap."),
    "shoulder_lateral": QT_TRANSLATE_NOOP("Words", "Should. outer"),
    "upper_arm_outer": QT_TRANSLATE_NOOP("Words", "Arm, outer"),
    "upper_arm_inner": QT_TRANSLATE_NOOP("Words", "Arm, inner"),
    "upper_arm_front": QT_TRANSLATE_NOOP("Words", "Arm, front"),
    "upper_arm_back": QT_TRANSLATE_NOOP("Words", "Arm, back"),
    "fingers_palmar": QT_TRANSLATE_NOOP("Words", "Fingers palm."),
    "fingers_dorsal": QT_TRANSLATE_NOOP("Words", "Fingers dors."),
    "wrist_front": QT_TRANSLATE_NOOP("Words", "Wrist, palm."),
    "wrist_back": QT_TRANSLATE_NOOP("Words", "Wrist, dors."),
    "hand_dorsum": QT_TRANSLATE_NOOP("Words", "Hand, back"),
    "thigh_outer": QT_TRANSLATE_NOOP("Words", "Thigh, outer"),
    "thigh_inner": QT_TRANSLATE_NOOP("Words", "Thigh, inner"),
    "knee_lateral": QT_TRANSLATE_NOOP("Words", "Knee, outer"),
    "knee_medial": QT_TRANSLATE_NOOP("Words", "Knee, inner"),
    "popliteal": QT_TRANSLATE_NOOP("Words", "Knee, back"),
    "calf_lateral": QT_TRANSLATE_NOOP("Words", "Calf, outer"),
    "ankle_lateral": QT_TRANSLATE_NOOP("Words", "Ankle, outer"),
    "ankle_medial": QT_TRANSLATE_NOOP("Words", "Ankle, inner"),
    "toes_plantar": QT_TRANSLATE_NOOP("Words", "Toes, under"),
    "marionette": QT_TRANSLATE_NOOP("Words", "Marionette"),
    "vermilion_upper": QT_TRANSLATE_NOOP("Words", "Upper verm."),
    "vermilion_lower": QT_TRANSLATE_NOOP("Words", "Lower verm."),
    "scalp_occipital": QT_TRANSLATE_NOOP("Words", "Occip. scalp"),
    "submental": QT_TRANSLATE_NOOP("Words", "Submental"),
    "abdomen_upper": QT_TRANSLATE_NOOP("Words", "Upper abd."),
    "abdomen_lower": QT_TRANSLATE_NOOP("Words", "Lower abd."),
    "scapular": QT_TRANSLATE_NOOP("Words", "Scapular"),
    "sacroiliac": QT_TRANSLATE_NOOP("Words", "Sacroiliac"),
    "subgluteal_fold": QT_TRANSLATE_NOOP("Words", "Subgluteal"),
    "shoulder_front": QT_TRANSLATE_NOOP("Words", "Should. front"),
    "shoulder_back": QT_TRANSLATE_NOOP("Words", "Should. back"),
    "elbow_front": QT_TRANSLATE_NOOP("Words", "Elbow, front"),
    "forearm_front": QT_TRANSLATE_NOOP("Words", "Forearm fr."),
    "forearm_back": QT_TRANSLATE_NOOP("Words", "Forearm b."),
    "calf_medial": QT_TRANSLATE_NOOP("Words", "Calf, inner"),
    "achilles": QT_TRANSLATE_NOOP("Words", "Achilles"),
    "foot_dorsum": QT_TRANSLATE_NOOP("Words", "Foot, top"),
    "foot_sole": QT_TRANSLATE_NOOP("Words", "Sole"),
}


def short_region_words(atlas: Atlas, region_id: str) -> str:
    """Name without side in about 12 letters where there is such a name; else the whole name."""
    name, _side = region_words(atlas, region_id)
    if language() != "en":
        return name
    short = _SHORT.get(region_id.rpartition(".")[0])
    return name if short is None else tr(str(short))
