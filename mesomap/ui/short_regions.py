"""Short names of regions, for where the whole name has no room; tooltips and screen readers tell the whole one.

English alone: other languages show their whole names, shortened by an ellipsis where need be.
"""

from mesomap.atlas import Atlas
from mesomap.ui.words import language, region_words, tr


def short_region_words(atlas: Atlas, region_id: str) -> str:
    """Name without side in about 12 letters where there is such a name; else the whole name."""
    name, _side = region_words(atlas, region_id)
    if language() != "en":
        return name
    return _short().get(region_id.rpartition(".")[0], name)


def _short() -> dict[str, str]:
    return {
        "ear_concha_back": tr("Concha, b."),
        "ear_concha_front": tr("Concha, fr."),
        "ear_cymba": tr("Ear, cymba"),
        "ear_antihelix": tr("Ear, antihelix"),
        "eyelid_lower": tr("Lower eyelid"),
        "cheek_preauricular": tr("Preauricular"),
        "submandibular": tr("Submandib."),
        "scalp_temporal": tr("Temp. scalp"),
        "scalp_vertex": tr("Scalp, vertex"),
        "chest": tr("Chest"),
        "chest_lateral": tr("Lat. chest"),
        "breast_upper_outer": tr("Breast, UOQ"),
        "breast_upper_inner": tr("Breast, UIQ"),
        "breast_lower_outer": tr("Breast, LOQ"),
        "breast_lower_inner": tr("Breast, LIQ"),
        "periumbilical": tr("Periumbilical"),
        "trochanteric": tr("Trochanteric"),
        "paravertebral_cervical": tr("Parav. cerv."),
        "paravertebral_thoracic": tr("Parav. thor."),
        "paravertebral_lumbar": tr("Parav. lumb."),
        "lumbar_lateral": tr("Lat. lumbar"),
        "interscapular": tr("Interscap."),
        "infrascapular": tr("Infrascap."),
        "shoulder_lateral": tr("Should. outer"),
        "upper_arm_outer": tr("Arm, outer"),
        "upper_arm_inner": tr("Arm, inner"),
        "upper_arm_front": tr("Arm, front"),
        "upper_arm_back": tr("Arm, back"),
        "fingers_palmar": tr("Fingers palm."),
        "fingers_dorsal": tr("Fingers dors."),
        "wrist_front": tr("Wrist, palm."),
        "wrist_back": tr("Wrist, dors."),
        "hand_dorsum": tr("Hand, back"),
        "thigh_outer": tr("Thigh, outer"),
        "thigh_inner": tr("Thigh, inner"),
        "knee_lateral": tr("Knee, outer"),
        "knee_medial": tr("Knee, inner"),
        "popliteal": tr("Knee, back"),
        "calf_lateral": tr("Calf, outer"),
        "ankle_lateral": tr("Ankle, outer"),
        "ankle_medial": tr("Ankle, inner"),
        "toes_plantar": tr("Toes, under"),
        "marionette": tr("Marionette"),
        "vermilion_upper": tr("Upper verm."),
        "vermilion_lower": tr("Lower verm."),
        "scalp_occipital": tr("Occip. scalp"),
        "submental": tr("Submental"),
        "abdomen_upper": tr("Upper abd."),
        "abdomen_lower": tr("Lower abd."),
        "scapular": tr("Scapular"),
        "sacroiliac": tr("Sacroiliac"),
        "subgluteal_fold": tr("Subgluteal"),
        "shoulder_front": tr("Should. front"),
        "shoulder_back": tr("Should. back"),
        "elbow_front": tr("Elbow, front"),
        "forearm_front": tr("Forearm fr."),
        "forearm_back": tr("Forearm b."),
        "calf_medial": tr("Calf, inner"),
        "achilles": tr("Achilles"),
        "foot_dorsum": tr("Foot, top"),
        "foot_sole": tr("Sole"),
    }
