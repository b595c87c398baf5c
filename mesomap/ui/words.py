"""Words of the window: numbers with units, dates, sides, region and technique names."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from mesomap.atlas import Atlas
from mesomap.domain.patient import Patient, Sex
from mesomap.domain.skin_layers import SkinLayer
from mesomap.domain.technique import LANGUAGES, techniques

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def tr(text: str) -> str:
    """Translate in the context of these words."""
    return QCoreApplication.translate("Words", text)


def language() -> str:
    """Two-letter language of the interface. Names follow it, so that a page never mixes two languages."""
    name = QCoreApplication.translate("Words", "en", "two-letter code of this language")
    return name if name in LANGUAGES else "en"


def number(value: float | None, decimals: int) -> str:
    """Fixed decimals with a true minus sign; a dash when there is no value."""
    if value is None:
        return "–"
    return f"{value:.{decimals}f}".replace("-", "−")


def volume(value_ml: float | None) -> str:
    """mL with two decimals, three below 0.01 mL so that little does not read as nothing; without unit."""
    return number(value_ml, 3 if value_ml is not None and 0 < value_ml < 0.01 else 2)


def area(value_cm2: float | None) -> str:
    """cm² with one decimal, none from 100 on; without unit."""
    return number(value_cm2, 0 if value_cm2 is not None and value_cm2 >= 99.95 else 1)


def density(value: float | None) -> str:
    """Points per cm²: one decimal, two below 1; without unit."""
    return number(value, 2 if value is not None and value < 0.995 else 1)


def day(value: date | datetime | None) -> str:
    """21 Nov 2026."""
    if value is None:
        return "–"
    return f"{value.day:02d} {tr(_MONTHS[value.month - 1])} {value.year}"


def clock(value: datetime) -> str:
    """14:22 in local time."""
    return value.astimezone().strftime("%H:%M")


def side_word(side: str) -> str:
    """The patient's side in words; nothing for the midline."""
    return {"left": tr("left"), "right": tr("right")}.get(side, "")


def side_letter(side: str) -> str:
    """R or L for narrow tables."""
    return {"left": tr("L"), "right": tr("R")}.get(side, "")


def region_words(atlas: Atlas, region_id: str) -> tuple[str, str]:
    """Name without side, and side, of a region."""
    region = atlas.region(region_id)
    names = region.names
    return names.get(language()) or names.get("en") or region_id, region.side


def region_name(atlas: Atlas, region_id: str) -> str:
    """Cheek, left."""
    name, side = region_words(atlas, region_id)
    word = side_word(side)
    return f"{name}, {word}" if word else name


def view_name(atlas: Atlas, view_key: str) -> str:
    """Name of a view."""
    names = atlas.view(view_key).names
    return names.get(language()) or names.get("en") or view_key


def short_view_name(atlas: Atlas, view_key: str) -> str:
    """Name of a view in at most 13 letters, for the strip; sides are the patient's."""
    short = {
        "head_front": tr("Face"),
        "head_three_quarter_right": tr("¾ right"),
        "head_three_quarter_left": tr("¾ left"),
        "head_profile_right": tr("Profile right"),
        "head_profile_left": tr("Profile left"),
        "neck_decollete": tr("Neck"),
        "scalp_top": tr("Scalp top"),
        "scalp_back": tr("Scalp back"),
        "trunk_front": tr("Trunk front"),
        "trunk_back": tr("Trunk back"),
        "trunk_right": tr("Trunk right"),
        "trunk_left": tr("Trunk left"),
        "body_front": tr("Body front"),
        "body_back": tr("Body back"),
        "body_right": tr("Body right"),
        "body_left": tr("Body left"),
        "hand_dorsum_right": tr("Hand right"),
        "hand_dorsum_left": tr("Hand left"),
        "hand_palm_right": tr("Palm right"),
        "hand_palm_left": tr("Palm left"),
        "knee_front_right": tr("Knee right"),
        "knee_front_left": tr("Knee left"),
        "foot_dorsum_right": tr("Foot right"),
        "foot_dorsum_left": tr("Foot left"),
        "foot_sole_right": tr("Sole right"),
        "foot_sole_left": tr("Sole left"),
    }
    return short.get(view_key) or view_name(atlas, view_key)


def third_name(key: str) -> str:
    """Name of a line that divides the face, by the landmark whose height it has."""
    return {
        "trichion": tr("Hairline"),
        "glabella": tr("Glabella"),
        "subnasale": tr("Subnasale"),
        "menton": tr("Menton"),
    }.get(key, key)


def technique_name(key: str) -> str:
    """Name of a technique; its key when the table does not know it."""
    known = techniques().get(key)
    return known.name(language()) if known is not None else key


def short_technique_name(key: str) -> str:
    """Name of a technique without what stands in brackets or behind a comma, for buttons."""
    shorts = {
        "nappage": tr("Nappage"),
        "papule": tr("Papule"),
        "point_by_point": tr("Point"),
        "ied": tr("IED"),
        "linear_retrograde": tr("Linear"),
    }
    if key in shorts:
        return shorts[key]
    return technique_name(key).partition("(")[0].partition(",")[0].partition("/")[0].strip()


def layer_words(layer: SkinLayer, has_depth: bool) -> str:
    """Estimated layer in words."""
    if not has_depth:
        return tr("no depth yet")
    return {
        SkinLayer.EPIDERMIS: tr("Epidermis"),
        SkinLayer.DERMIS: tr("Dermis"),
        SkinLayer.HYPODERMIS: tr("Hypodermis"),
        SkinLayer.UNKNOWN: tr("uncertain"),
    }[layer]


def age_years(born: date, today: date) -> int:
    """Completed years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def patient_line(patient: Patient, today: date) -> str:
    """46 y · F · ID 20417."""
    parts = []
    if patient.birth_date is not None:
        parts.append(tr("{0} y").format(age_years(patient.birth_date, today)))
    letter = {Sex.FEMALE: tr("F"), Sex.MALE: tr("M"), Sex.OTHER: tr("X")}.get(patient.sex)
    if letter:
        parts.append(letter)
    parts.append(tr("ID {0}").format(patient.number))
    return " · ".join(parts)


def body_line(patient: Patient) -> str:
    """168 cm · 62 kg · phototype III; what is not recorded is left out or said."""
    size = [f"{patient.height_cm:g} cm"] if patient.height_cm else []
    size += [f"{patient.weight_kg:g} kg"] if patient.weight_kg else []
    if not size:
        size = [tr("height and weight not recorded")]
    return " · ".join([*size, *([tr("phototype {0}").format(patient.phototype)] if patient.phototype else [])])


def spoken_name(patient: Patient) -> str:
    """Given name then family name, as on the top bar."""
    return " ".join(part for part in (patient.given_name, patient.family_name) if part)
