"""How fills are laid: lattice and margin, kept from session to session."""

from PySide6.QtCore import QObject, Signal

from mesomap.domain.errors import MesoMapError
from mesomap.domain.marks import Lattice
from mesomap.services import Practice

#: Setting of the practice, and the widest margin that can be asked for, patient mm.
_SETTING, MOST_MARGIN_MM = "fill_pattern", 50.0


class FillPattern(QObject):
    """Lattice and margin (patient mm) of the next fill; changed is sent when either does."""

    changed = Signal()

    def __init__(self, practice: Practice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._practice = practice
        self.lattice, self.margin_mm = _read(practice.setting(_SETTING))

    def set_lattice(self, key: str) -> None:
        """Another arrangement."""
        self._set(Lattice(key), self.margin_mm)

    def set_margin(self, margin_mm: float | None) -> None:
        """Another strip that stays free along the border."""
        self._set(self.lattice, min(max(margin_mm or 0.0, 0.0), MOST_MARGIN_MM))

    def _set(self, lattice: Lattice, margin_mm: float) -> None:
        if (lattice, margin_mm) != (self.lattice, self.margin_mm):
            self.lattice, self.margin_mm = lattice, margin_mm
            self.changed.emit()

    def keep(self) -> None:
        """Remember the pattern; a practice that cannot be written to goes without."""
        value = {"lattice": self.lattice.value, "margin_mm": self.margin_mm}
        if self._practice.setting(_SETTING) == value:
            return
        try:
            self._practice.set_setting(_SETTING, value)
        except MesoMapError:
            return


def _read(value: object) -> tuple[Lattice, float]:
    """From the settings; hexagonal without margin where nothing sensible is there."""
    if isinstance(value, dict):
        lattice, margin = value.get("lattice"), value.get("margin_mm")
        known = {entry.value: entry for entry in Lattice}
        if lattice in known and isinstance(margin, int | float) and 0 <= margin <= MOST_MARGIN_MM:
            return known[lattice], float(margin)
    return Lattice.HEX, 0.0
