"""Areas as people say them – face, décolleté, back of the hands – as groups of regions of the atlas.

A name for a group of regions, nothing more: what is charted is each region, and any of them can be left out.
"""

from dataclasses import dataclass, replace

from mesomap.atlas import Atlas


@dataclass(frozen=True, slots=True)
class NamedArea:
    """An area by its key, with the ids of its regions."""

    key: str
    region_ids: tuple[str, ...]


def _both(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}.{side}" for name in names for side in ("right", "left"))


def _mid(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}.mid" for name in names)


def _sides(key: str, *names: str) -> tuple[NamedArea, NamedArea]:
    """The same area once on each side."""
    right, left = (NamedArea(f"{key}.{side}", tuple(f"{name}.{side}" for name in names)) for side in ("right", "left"))
    return right, left


#: All areas, from head to foot. Eyelids, red of the lips, nose and ears are not part of the face said in one word.
NAMED_AREAS: tuple[NamedArea, ...] = (
    NamedArea(
        "face",
        _mid("forehead", "glabella", "lip_upper_skin", "lip_lower_skin", "chin")
        + _both("temple", "crows_feet", "cheek_malar", "cheek_buccal", "cheek_preauricular")
        + _both("nasolabial_fold", "marionette", "jawline"),
    ),
    NamedArea("forehead", _mid("forehead", "glabella")),
    NamedArea("cheeks", _both("cheek_malar", "cheek_buccal", "cheek_preauricular")),
    NamedArea("scalp", _mid("scalp_frontal", "scalp_mid", "scalp_vertex") + _both("scalp_temporal", "scalp_occipital")),
    NamedArea("under_chin", _mid("submental") + _both("submandibular")),
    NamedArea("neck", _mid("neck_anterior") + _both("neck_lateral")),
    NamedArea("nape", _mid("nape") + _both("paravertebral_cervical")),
    NamedArea("decollete", _mid("decollete")),
    NamedArea("abdomen", _mid("abdomen_upper", "periumbilical", "abdomen_lower")),
    NamedArea("flanks", _both("flank")),
    NamedArea("upper_back", _both("trapezius", "scapular", "interscapular", "infrascapular", "paravertebral_thoracic")),
    NamedArea("lower_back", _mid("sacral") + _both("paravertebral_lumbar", "lumbar_lateral", "sacroiliac")),
    NamedArea("buttocks", _both("buttock", "subgluteal_fold")),
    *_sides("shoulder", "shoulder_front", "shoulder_lateral", "shoulder_back"),
    *_sides("upper_arm", "upper_arm_front", "upper_arm_outer", "upper_arm_back", "upper_arm_inner"),
    NamedArea("hands_back", _both("hand_dorsum")),
    *_sides("thigh", "thigh_front", "thigh_inner", "thigh_outer", "thigh_back"),
    *_sides("knee", "knee_front", "knee_medial", "knee_lateral", "popliteal"),
    *_sides("lower_leg", "shin", "calf_medial", "calf_lateral"),
)


def areas_of(atlas: Atlas) -> tuple[NamedArea, ...]:
    """The areas of a body, with those of their regions that it has; areas of which it has none are left out."""
    known = {region.id for region in atlas.regions}
    found = (replace(area, region_ids=tuple(r for r in area.region_ids if r in known)) for area in NAMED_AREAS)
    return tuple(area for area in found if area.region_ids)
