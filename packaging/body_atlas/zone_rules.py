"""Danger zones of the face and the neck as bands on the skin, from the landmarks that their table names.

Keys and words: mesomap/domain/data/danger_zones.csv. Where a mean and its SD are known the band reaches two SD to
each side, at least 5 mm; elsewhere its width is what the sources leave open. `note` says so for each zone.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from body_atlas.arrays import F64
from body_atlas.zone_rules_limbs import LIMB_ZONES
from body_atlas.zone_skin import Part, Skin

#: Least half width of a band round a measured point: two SD, or this.
LEAST_MM = 5.0
_UP = np.array([0.0, 1.0, 0.0])
_AHEAD = np.array([0.0, 0.0, 1.0])


def supraorbital(s: Skin) -> list[Part]:
    """Mean 24.3 (SD 4.3) mm beside the midline, 3.15 (SD 1.29) mm above the upper orbital rim."""
    return s.ellipse("head_front", s.face(24.3, float(s.at("orbital_rim_upper")[1]) + 3.15), 2 * 4.3, LEAST_MM)


def supratrochlear(s: Skin) -> list[Part]:
    """17–22 mm beside the midline from the orbital rim upward, 3 mm about the line through the medial canthus."""
    low = float(s.at("orbital_rim_upper")[1])
    return s.band([s.face(19.0, low), s.face(18.5, low + 12), s.face(18.5, low + 25)], LEAST_MM)


def infraorbital(s: Skin) -> list[Part]:
    """Mean 27.5 (SD 2.3) mm beside the midline, 8 (SD 2.0) mm below the lower orbital rim."""
    return s.ellipse("head_front", s.face(27.5, float(s.at("orbitale")[1]) - 8.0), LEAST_MM, LEAST_MM)


def mental(s: Skin) -> list[Part]:
    """Mean 24.6 (SD 2.2) mm beside the midline, 20.4 (SD 3.9) mm below the mouth corner."""
    return s.ellipse("head_front", s.face(24.6, float(s.at("cheilion")[1]) - 20.4), LEAST_MM, 2 * 3.9)


def jaw_border(s: Skin) -> list[F64]:
    """The lower border of the jaw from its angle to the chin."""
    gonion, menton = s.at("gonion"), s.at("menton")
    return list(s.path([gonion, menton + 0.45 * (gonion - menton) + [6.0, -3.0, 6.0], menton]))


def antegonial(s: Skin) -> F64:
    """Where the facial artery crosses the border of the jaw: three tenths of the way from its angle to the chin."""
    border = jaw_border(s)
    return border[round(0.3 * (len(border) - 1))]


def facial_artery_mandible(s: Skin) -> list[Part]:
    """At the antegonial notch, just in front of the masseter."""
    place = antegonial(s)
    return s.band([place, s.toward(place, s.at("cheilion"), 14.0)], 7.0)


def facial_artery_commissure(s: Skin) -> list[Part]:
    """1 cm beside the mouth corner."""
    return s.band([s.walk(s.at("cheilion"), (1.0, 0.0, 0.0), 10.0)], LEAST_MM)


def facial_artery_nasolabial(s: Skin) -> list[Part]:
    """Along the nasolabial fold to the alar base, then beside the nose to the medial canthus; 16 mm wide."""
    corner, ala, canthus = s.at("cheilion"), s.at("alare"), s.at("canthus_medial")
    places = [
        s.walk(corner, (1.0, 0.0, 0.0), 9.0),
        s.face(float(ala[0]) + 12.0, float(s.at("subnasale")[1])),
        s.face(float(ala[0]) + 6.0, float(ala[1])),
        s.face(float(canthus[0]), float(ala[1]) + 16.0),
        s.face(float(canthus[0]) - 2.0, float(canthus[1]) - 3.0),
    ]
    return s.band(places, [8.0, 8.0, 8.0, 8.0, 5.0])


def dorsal_nasal(s: Skin) -> list[Part]:
    """3 mm beside the midline of the nasal bridge from the medial canthus down."""
    top, low = float(s.at("canthus_medial")[1]), float(s.at("pronasale")[1]) + 5.0
    return s.band([s.face(3.0, top), s.face(3.0, (top + low) / 2), s.face(3.0, low)], 2.5)


def superior_labial(s: Skin) -> list[Part]:
    """Along the border of the upper vermilion."""
    return s.band([s.at("labrale_superius"), s.at("lip_peak"), s.at("cheilion")], 3.5)


def inferior_labial(s: Skin) -> list[Part]:
    """Along the border of the lower vermilion."""
    low, corner = s.at("labrale_inferius"), s.at("cheilion")
    half = s.face(0.55 * float(corner[0]), float(low[1]) + 0.12 * float(corner[1] - low[1]))
    return s.band([low, half, corner], 3.5)


def sta_start(s: Skin, above_arch_mm: float) -> F64:
    """16.7 mm in front of the tragus, above the zygomatic arch (taken at the height of the upper tragus notch)."""
    tragus, arch = s.at("tragus"), float(s.at("tragus_upper")[1])
    return s.cheek(arch + above_arch_mm, float(tragus[2]) + 16.7)


def sta_trunk(s: Skin) -> list[Part]:
    """In front of the tragus up to the fork, 16.8 (SD 16) mm above the arch."""
    return s.band([sta_start(s, -6.0), sta_start(s, 16.8), sta_start(s, 32.8)], LEAST_MM)


def sta_frontal(s: Skin) -> list[Part]:
    """From the fork 40° upward and forward over the temple, 10–15 mm behind the outer orbital rim."""
    start = sta_start(s, 16.8)
    way = np.cos(np.radians(40.0)) * _AHEAD + np.sin(np.radians(40.0)) * _UP
    places = [start] + [s.cheek(*(start + d * way)[1:]) for d in (15.0, 30.0, 42.0)]
    return s.band(places, [5.0, 5.0, 6.0, 7.0])


def sentinel_v(s: Skin) -> list[Part]:
    """Temple, from the zygomatic arch to 25 mm above it, behind the outer orbital rim."""
    low, front = float(s.at("tragus_upper")[1]), float(s.at("brow_lateral")[2]) - 8.0
    behind = float(s.at("tragus")[2]) + 22.0
    ring = [(low, front - 4), (low + 25, front), (low + 25, behind - 4), (low, behind)]
    return s.area("head_profile_left", [np.array([0.0, y, z]) for y, z in ring])


def facial_n_temporal(s: Skin) -> list[Part]:
    """From 5 mm below the tragus to 15 (20 in another source) mm above the outer end of the brow."""
    start, brow = s.at("tragus") - 5.0 * _UP, s.at("brow_lateral")
    first = s.cheek(float(start[1]), float(start[2]) + 5.0)
    end = s.cheek(float(brow[1]) + 17.5, float(brow[2]) - 2.0)
    middle = s.cheek(*((first + end) / 2)[1:])
    return s.band([first, middle, end], [4.0, 6.0, 8.0])


def facial_n_marginal(s: Skin) -> list[Part]:
    """From 20 mm below the border of the jaw behind the artery to 11 mm above it under the mouth corner."""
    gonion, artery, corner = s.at("gonion"), antegonial(s), s.at("cheilion")
    border = jaw_border(s)
    under = min(border, key=lambda p: abs(float(p[0]) - float(corner[0])))
    below = [s.walk(gonion, (0.0, -1.0, 0.0), 8.0), s.walk(artery, (0.0, -1.0, 0.2), 7.0)]
    return s.band([*below, s.toward(under, corner, 6.0)], [12.0, 12.0, 6.0])


def facial_n_zygobuccal(s: Skin) -> list[Part]:
    """Triangle between malar eminence, mouth corner and the back of the jaw."""
    lid, canthus = s.at("orbitale"), s.at("canthus_lateral")
    malar = s.face(float(canthus[0]) + 6.0, float(lid[1]) - 6.0)
    return s.area("head_three_quarter_left", [malar, s.walk(s.at("cheilion"), (1.0, 0.0, 0.0), 4.0), s.at("gonion")])


def muscle_line(s: Skin, share: float, behind_mm: float = 0.0) -> F64:
    """Sternocleidomastoid: a share of the way from the mastoid tip to the inner end of the clavicle."""
    place = s.between(s.at("mastoid"), s.at("clavicle_sternal"), share)
    return s.walk(place, (0.6, 0.0, -1.0), behind_mm) if behind_mm else place


def great_auricular(s: Skin) -> list[Part]:
    """6.5 cm below the ear canal on the belly of sternocleidomastoid."""
    low = float(s.at("tragus")[1]) - 65.0
    line = s.path([s.at("mastoid"), s.at("clavicle_sternal")])
    return s.band([line[int(np.argmin(np.abs(line[:, 1] - low)))]], 10.0)


def accessory(s: Skin) -> list[Part]:
    """Within 2 cm of the middle of the back border of sternocleidomastoid."""
    return s.band([muscle_line(s, 0.5, 14.0)], 20.0)


def external_jugular(s: Skin) -> list[Part]:
    """From the angle of the jaw to the middle of the clavicle; the carotid at the height of the thyroid cartilage."""
    vein = s.band([s.at("gonion"), muscle_line(s, 0.5), s.at("clavicle_mid")], 6.0)
    throat, notch = s.at("throat"), s.at("suprasternale")
    level = float(throat[1]) - 0.35 * float(throat[1] - notch[1])
    line = s.path([s.at("mastoid"), s.at("clavicle_sternal")])
    beside = line[int(np.argmin(np.abs(line[:, 1] - level)))]
    return vein + s.band([s.walk(beside, (-1.0, 0.0, 0.3), 10.0)], 8.0)


def orbit_lid(s: Skin) -> list[Part]:
    """Upper and lower lid inside the orbital rim."""
    return s.whole("eyelid_upper.left", "eyelid_lower.left")


def parotid(s: Skin) -> list[Part]:
    """In front of the ear; its duct on the line from the tragus to the middle of the upper lip, over the masseter."""
    tragus, jaw = s.at("tragus"), s.at("gonion")
    z = float(tragus[2])
    ring = [(float(tragus[1]) + 6, z + 5), (float(tragus[1]) - 2, z + 32), (float(jaw[1]) + 10, float(jaw[2]) + 14),
            (float(jaw[1]) + 2, float(jaw[2]) - 4), (float(s.at("ear_lobe_low")[1]), z + 2)]  # fmt: skip
    gland = s.area("head_profile_left", [np.array([0.0, y, z]) for y, z in ring])
    lip = (s.at("subnasale") + s.at("labrale_superius")) / 2
    duct = s.path([s.cheek(float(tragus[1]) - 6.0, z + 24.0), lip])
    return gland + s.band([duct[0], duct[round(0.6 * (len(duct) - 1))]], 4.0)


def thorax_pleura(s: Skin) -> list[Part]:
    """Upper back between the shoulder blades and the hollow above the clavicle; intercostal spaces are not drawn."""
    collar = [s.walk(s.at(k), (0.0, 1.0, -0.3), 12.0) for k in ("clavicle_sternal", "clavicle_mid")]
    top, blade, low = s.at("T1"), s.at("scapula_spine"), s.at("scapula_angle")
    edge = [np.array([float(blade[0]), float(top[1]), 0.0]), blade, low, np.array([0.0, float(low[1]), 0.0])]
    back = s.area("body_back", [np.array([0.0, float(top[1]), 0.0]), *edge], rounded=False)
    return back + s.band([*collar, s.walk(collar[1], (1.0, 0.0, -0.2), 20.0)], 11.0)


ZONES: dict[str, Callable[[Skin], list[Part]]] = {
    "supraorbital_n": supraorbital,
    "supratrochlear_n": supratrochlear,
    "infraorbital_n": infraorbital,
    "mental_n": mental,
    "facial_artery_mandible": facial_artery_mandible,
    "facial_artery_commissure": facial_artery_commissure,
    "facial_artery_nasolabial": facial_artery_nasolabial,
    "dorsal_nasal_a": dorsal_nasal,
    "superior_labial_a": superior_labial,
    "inferior_labial_a": inferior_labial,
    "sta_trunk": sta_trunk,
    "sta_frontal": sta_frontal,
    "sentinel_v": sentinel_v,
    "facial_n_temporal": facial_n_temporal,
    "facial_n_marginal": facial_n_marginal,
    "facial_n_zygobuccal": facial_n_zygobuccal,
    "great_auricular_n": great_auricular,
    "accessory_n": accessory,
    "external_jugular_v": external_jugular,
    "orbit_lid": orbit_lid,
    "parotid": parotid,
    "thorax_pleura": thorax_pleura,
    **LIMB_ZONES,
}
"""The rule of every zone, by its key. Its docstring is what the accuracy page prints."""
