"""The bundled typeface (Inter, SIL OFL) and the type roles of the design system."""

import math
from importlib import resources

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication

FAMILY = "Inter"
DISPLAY = "Inter Display"
_FALLBACK = ["Noto Sans", "DejaVu Sans", "Sans Serif"]

#: Text sizes that a person can choose.
TEXT_SCALES = (1.0, 1.25, 1.5)
#: From this one on syringe and tally do not fit above each other.
TABS_FROM = 1.5
_chosen = {"scale": 1.0}

#: No text gets smaller than this to find room, px.
_LEAST_PX = 11

#: role -> (family, px, weight)
_ROLES: dict[str, tuple[str, float, QFont.Weight]] = {
    "display": (DISPLAY, 24, QFont.Weight.DemiBold),
    "letter": (DISPLAY, 30, QFont.Weight.DemiBold),
    "figure": (DISPLAY, 20, QFont.Weight.DemiBold),
    "title": (FAMILY, 15, QFont.Weight.DemiBold),
    "body": (FAMILY, 14, QFont.Weight.Normal),
    "control": (FAMILY, 13, QFont.Weight.Medium),
    "strong": (FAMILY, 13, QFont.Weight.DemiBold),
    "small": (FAMILY, 12, QFont.Weight.Medium),
    "small_strong": (FAMILY, 12, QFont.Weight.DemiBold),
    "badge": (FAMILY, 11.5, QFont.Weight.DemiBold),
}

#: By role and px: a frame asks for a hundred, and a copy of a known one brings the letters it looked up along.
_made: dict[tuple[str, int], QFont] = {}


def load_typefaces() -> None:
    """Register the bundled font files and make Inter the application's font. Without them the fallbacks are
    used.
    """
    folder = resources.files("mesomap.ui").joinpath("fonts")
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".otf"):
            QFontDatabase.addApplicationFontFromData(entry.read_bytes())
    QGuiApplication.setFont(font("body"))


def text_scale() -> float:
    """How much larger than designed all text is (1, 1.25 or 1.5)."""
    return _chosen["scale"]


def grown(px: float) -> int:
    """A length on screen that follows the size of the text: px at 100 %."""
    return round(px * text_scale())


def fitting_font(role: str, px: float, words: str, room_px: float, least_share: float = 0.0) -> QFont:
    """Font of a role that brings words into a room: px at 100 % of the text, less where they would be too wide, but
    not less than that share of it: the rest is left to be shortened.
    """
    made = font(role, px)
    wide = QFontMetricsF(made).horizontalAdvance(words)
    if wide > room_px > 0:
        least = max(_LEAST_PX, math.ceil(made.pixelSize() * least_share))
        made.setPixelSize(max(least, int(made.pixelSize() * room_px / wide)))
    return made


def choose_text_scale(scale: float) -> None:
    """Make text larger or smaller from now on; what is on screen already is built anew by whoever asks for this."""
    _chosen["scale"] = min(TEXT_SCALES, key=lambda known: abs(known - scale))


def font(role: str, px: float | None = None) -> QFont:
    """Font of a role (display, letter, figure, title, body, control, strong, small, small_strong, badge), at the chosen
    text size; px is the size at 100 %.
    """
    family, size, weight = _ROLES[role]
    pixels = round((px if px is not None else size) * text_scale())
    made = _made.get((role, pixels))
    if made is None:
        made = QFont([family, FAMILY, *_FALLBACK])
        made.setPixelSize(pixels)
        made.setWeight(weight)
        made.setFeature(QFont.Tag("tnum"), 1)
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        _made[role, pixels] = made
    return QFont(made)
