"""Who is treated in the demonstration, and for what: twelve invented patients and their courses over two years.

Kinds of treatment, regions, techniques, numbers of sessions and intervals follow the types of mesotherapy that the
domain tables collect; depth, volume and spacing lie inside the sourced range of each technique. Every patient is
invented, every mixture is a class of products without a dose, and nothing here is a recommendation.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mesomap.domain.patient import Sex


class Going(StrEnum):
    """How one visit went, beside the plain case."""

    UNEVEN = "uneven"  # rows left out, single points added by hand
    BY_HAND = "by hand"  # every point a tap, no pattern
    INTERRUPTED = "interrupted"  # the second half was never charted
    LATE = "late"  # charted from a paper note days afterwards
    CORRECTED = "corrected"  # a fill erased and charted again at another depth
    UNDONE = "undone"  # a fill taken back and done again, a point moved


@dataclass(frozen=True, slots=True)
class Part:
    """One fill of a visit: the regions it goes to, and what it carries (mm, mL of each point, patient mm)."""

    regions: tuple[str, ...]
    technique: str
    mixture: str
    depth_mm: float
    volume_ml: float
    spacing_mm: float


@dataclass(frozen=True, slots=True)
class Series:
    """One course: first visit so many days ago, then these gaps in days. how: number of the visit → how it went."""

    indication: str
    first_days_ago: int
    gaps: tuple[int, ...]
    planned: int
    mixtures: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    how: tuple[tuple[int, Going], ...] = ()

    def days_ago(self) -> tuple[int, ...]:
        """Days before today of every visit, oldest first."""
        days = [self.first_days_ago]
        for gap in self.gaps:
            days.append(days[-1] - gap)
        return tuple(days)

    def going_of(self, number: int) -> tuple[Going, ...]:
        """How visit `number` (from 1) went."""
        return tuple(how for visit, how in self.how if visit == number)


@dataclass(frozen=True, slots=True)
class DemoPatient:
    """An invented person."""

    given_name: str
    family_name: str
    birth_date: date
    sex: Sex
    height_cm: float | None = None
    weight_kg: float | None = None
    phototype: str = ""
    allergies: tuple[str, ...] = ()
    notes: str = ""
    series: tuple[Series, ...] = ()


def _both(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}.{side}" for name in names for side in ("left", "right"))


_LIFT = (("A", "Hyaluronic acid (example)"), ("B", "Vitamins, minerals (example)"))
_CHEEKS = Part(_both("cheek_buccal", "cheek_malar"), "nappage", "B", 1.5, 0.001, 3.0)
_FOREHEAD = Part(("forehead.mid",), "papule", "A", 1.5, 0.02, 12.0)
_NECK = Part(("neck_anterior.mid", "decollete.mid"), "nappage_epidermal", "B", 0.8, 0.001, 4.0)
_JAW = Part(_both("jawline"), "serial_puncture", "A", 1.5, 0.01, 8.0)
_TOXIN = Part(("forehead.mid", *_both("crows_feet")), "microbotox", "A", 1.0, 0.01, 9.0)
_TOXIN_NECK = Part(("neck_anterior.mid",), "microbotox", "A", 1.0, 0.01, 10.0)
_SCALP = Part(("scalp_vertex.mid", "scalp_frontal.mid"), "point_by_point", "A", 3.0, 0.02, 12.0)
_SCALP_SIDES = Part(_both("scalp_temporal"), "nappage", "A", 2.0, 0.002, 4.0)
_THIGHS = Part(_both("thigh_outer", "trochanteric"), "multi_injector", "A", 4.0, 0.02, 14.0)
_BUTTOCKS = Part(_both("buttock", "subgluteal_fold"), "sim_intradermal", "A", 2.0, 0.1, 28.0)
_BELLY = Part(("abdomen_lower.mid", "periumbilical.mid"), "hypodermic", "A", 9.0, 0.1, 20.0)
_ARMS = Part(_both("upper_arm_back"), "hypodermic", "A", 6.0, 0.1, 20.0)
_LUMBAR = Part(_both("paravertebral_lumbar", "sacroiliac"), "sim_intradermal", "A", 2.0, 0.1, 22.0)
_LUMBAR_POINTS = Part(_both("lumbar_lateral"), "papule", "A", 2.0, 0.1, 20.0)
_CERVICAL = Part((*_both("paravertebral_cervical", "trapezius"), "nape.mid"), "sim_intradermal", "A", 2.2, 0.1, 25.0)
_KNEE = Part(("knee_medial.right", "knee_lateral.right", "knee_front.right"), "sim_intradermal", "A", 2.0, 0.1, 22.0)
_KNEE_POINTS = Part(("knee_medial.right",), "papule", "A", 2.0, 0.05, 12.0)

_PAIN = (("A", "Anti-inflammatory, anaesthetic (example)"),)
_TOX = (("A", "Botulinum toxin, diluted (example)"),)
_HAIR = (("A", "Vitamins, minerals, plant extract (example)"),)
_DRAIN = (("A", "Vasoactive, drainage (example)"),)
_FAT = (("A", "Lipolytic (example)"),)

PATIENTS = (
    DemoPatient(
        "Anna", "Beispiel", date(1979, 5, 14), Sex.FEMALE, 168.0, 62.0, "II", ("latex",),
        "Prefers mornings. Bruises easily (own words).",
        (
            Series("Mesolift", 690, (14, 14, 31), 4, _LIFT, (_CHEEKS, _FOREHEAD), ((2, Going.UNEVEN), (3, Going.LATE))),
            Series("Mesolift", 62, (14, 17, 14), 5, _LIFT, (_CHEEKS, _FOREHEAD, _NECK), (
                (1, Going.CORRECTED), (2, Going.INTERRUPTED), (4, Going.UNEVEN),
            )),
        ),
    ),
    DemoPatient(
        "Bruno", "Esempio", date(1964, 11, 2), Sex.MALE, 180.0, 84.0, "III", (), "Drives a lorry all day.",
        (
            Series("Low back pain", 402, (7, 7, 12, 7), 5, _PAIN, (_LUMBAR, _LUMBAR_POINTS), (
                (1, Going.BY_HAND), (3, Going.UNEVEN), (5, Going.INTERRUPTED),
            )),
            Series("Low back pain", 20, (7,), 3, _PAIN, (_LUMBAR,), ((2, Going.UNEVEN),)),
        ),
    ),
    DemoPatient(
        "Chloé", "Exemple", date(1991, 8, 23), Sex.FEMALE, 161.0, 55.0, "II", (), "",
        (
            Series("Mesohair", 300, (14, 15, 28, 33), 6, _HAIR, (_SCALP,), ((3, Going.UNEVEN), (5, Going.UNDONE))),
        ),
    ),
    DemoPatient(
        "Lucía", "Ejemplo", date(1987, 2, 28), Sex.FEMALE, 165.0, 70.0, "IV", ("nickel", "penicillin"), "",
        (
            Series("Mesocellulite", 121, (7, 7, 9, 7, 21, 7), 10, _DRAIN, (_THIGHS, _BUTTOCKS), (
                (2, Going.UNEVEN), (4, Going.LATE), (5, Going.INTERRUPTED), (6, Going.CORRECTED),
            )),
        ),
    ),
    DemoPatient(
        "Max", "Sample", date(1975, 12, 31), Sex.MALE, 185.0, 98.0, "II", ("lidocaine",), "",
        (
            Series("Body contour", 215, (21, 21, 26), 6, _FAT, (_BELLY,), (
                (2, Going.UNEVEN), (4, Going.UNDONE),
            )),
        ),
    ),
    DemoPatient(
        "Greta", "Muster", date(1958, 6, 17), Sex.FEMALE, 170.0, 66.0, "I", (), "",
        (
            Series("Mesobotox", 455, (118, 131), 3, _TOX, (_TOXIN, _TOXIN_NECK), (
                (2, Going.UNEVEN), (3, Going.BY_HAND),
            )),
        ),
    ),
    DemoPatient(
        "Jean", "Modèle", date(1970, 1, 9), Sex.MALE, None, None, "", (), "Height and weight not wanted on record.",
        (
            Series("Neck pain", 96, (5, 8, 7), 5, _PAIN, (_CERVICAL,), (
                (1, Going.LATE), (2, Going.UNEVEN), (4, Going.INTERRUPTED),
            )),
        ),
    ),
    DemoPatient(
        "Ines", "Prova", date(1949, 3, 21), Sex.FEMALE, 156.0, 71.0, "III", ("adhesive tape",), "",
        (
            Series("Knee pain, right", 73, (7, 11), 3, _PAIN, (_KNEE, _KNEE_POINTS), (
                (1, Going.BY_HAND), (3, Going.LATE),
            )),
        ),
    ),
    DemoPatient(
        "Hélène", "D’Essai", date(2000, 2, 29), Sex.FEMALE, 174.0, 60.0, "II", (), "",
        (
            Series("Mesoglow", 48, (14, 13, 14), 5, _LIFT, (_CHEEKS, _JAW, _NECK), (
                (2, Going.UNEVEN), (3, Going.UNDONE),
            )),
        ),
    ),
    DemoPatient(
        "Piet", "Voorbeeld", date(1983, 9, 5), Sex.MALE, 190.0, 88.0, "", (), "",
        (
            Series("Mesohair", 540, (14, 14, 29), 6, _HAIR, (_SCALP, _SCALP_SIDES)),
        ),
    ),
    DemoPatient(
        "Zoë-Maria Alejandra", "Muestra de los Ejemplos Inventados", date(1968, 10, 12), Sex.FEMALE, 159.0, 83.0, "V",
        ("iodine", "latex", "acetylsalicylic acid, hives 2011"), "",
        (
            Series("Mesocellulite", 655, (7, 8, 7), 8, _DRAIN, (_THIGHS,), ((3, Going.UNEVEN), (4, Going.INTERRUPTED))),
            Series("Body contour", 190, (24, 22), 4, _FAT, (_ARMS,), ((1, Going.LATE),)),
        ),
    ),
    DemoPatient("Tomasz", "Przykład", date(1995, 4, 1), Sex.OTHER, 178.0, None, "", (), "First visit to come."),
)  # fmt: skip
