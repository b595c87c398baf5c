"""What the next mark will carry: mixture, technique, depth, volume, spacing. Nothing is filled in
beforehand.
"""

from dataclasses import dataclass, field, replace

from mesomap.domain.marks import Dose, Lattice
from mesomap.services import Remembered

#: The five techniques shown before the person has chosen others; order of the design.
FIRST_FAVOURITES = ("papule", "nappage", "point_by_point", "ied", "linear_retrograde")


@dataclass(frozen=True, slots=True)
class DoseChoice:
    """The chosen values of the moment. depth, volume and spacing belong to the technique and come back with
    it.
    """

    mixture: str | None = "A"
    technique: str = "nappage"
    values: Remembered = field(default_factory=Remembered)
    lattice: Lattice = Lattice.HEX

    def dose(self) -> Dose:
        """The dose of a mark placed now."""
        return Dose(technique=self.technique, mixture=self.mixture, depth_mm=self.values.depth_mm)

    def with_technique(self, key: str, remembered: Remembered | None) -> "DoseChoice":
        """Another technique with the values it was last used with."""
        return replace(self, technique=key, values=remembered or Remembered())

    def with_value(self, name: str, value: float | None) -> "DoseChoice":
        """One of depth_mm, volume_ml, spacing_mm changed."""
        if name == "depth_mm":
            return replace(self, values=replace(self.values, depth_mm=value))
        if name == "volume_ml":
            return replace(self, values=replace(self.values, volume_ml=value))
        return replace(self, values=replace(self.values, spacing_mm=value))
