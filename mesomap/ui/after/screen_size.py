"""How many pixels a millimetre has on a screen: as calibrated with a bank card, else as the screen says of itself."""

from PySide6.QtCore import QSettings
from PySide6.QtGui import QScreen

#: Width of a bank card (ISO/IEC 7810 ID-1), mm.
CARD_MM = 85.6
#: Height of it, mm.
CARD_HIGH_MM = 53.98
#: Screens outside this do not exist, px per mm.
LEAST, MOST = 1.5, 30.0
_USUAL = 96 / 25.4


def calibrated_px_per_mm(screen: QScreen) -> float | None:
    """Pixels of the window per millimetre as measured on this screen of this computer, None = never."""
    kept = QSettings("MesoMap", "MesoMap").value(_key(screen), "")
    try:
        found = float(str(kept))
    except ValueError:
        return None
    return found if LEAST <= found <= MOST else None


def said_px_per_mm(screen: QScreen) -> float:
    """What the screen says of itself; 96 dpi where that cannot be."""
    found = screen.physicalDotsPerInch() / 25.4
    return found if LEAST <= found <= MOST else _USUAL


def keep_px_per_mm(screen: QScreen, px_per_mm: float) -> None:
    """Keep what was measured on this screen."""
    QSettings("MesoMap", "MesoMap").setValue(_key(screen), f"{px_per_mm:.5f}")


def _key(screen: QScreen) -> str:
    # Another resolution or scaling of the same screen is another size of a pixel.
    size = screen.size()
    name = screen.name().replace("/", "-")
    return f"px_per_mm/{name} {size.width()}x{size.height()}@{screen.devicePixelRatio():g}"
