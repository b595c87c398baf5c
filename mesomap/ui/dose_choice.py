"""What the next mark will carry: mixture, technique, depth or needle, volume, spacing. Nothing is filled in
beforehand.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from mesomap.domain.marks import Dose, Lattice
from mesomap.domain.needle import Device, Needle
from mesomap.services import Remembered

#: The five techniques shown before the person has chosen others; order of the design.
FIRST_FAVOURITES = ("papule", "nappage", "point_by_point", "ied", "linear_retrograde")


class VolumeBy(StrEnum):
    """How the volume is recorded: of each point, of a whole gesture only, or dry."""

    EACH = "each"
    TOTAL = "total"
    DRY = "dry"


@dataclass(frozen=True, slots=True)
class DoseChoice:
    """The chosen values of the moment. All but mixture and lattice belong to the technique and come back with it."""

    mixture: str | None = "A"
    technique: str = "nappage"
    values: Remembered = field(default_factory=Remembered)
    lattice: Lattice = Lattice.HEX

    def dose(self) -> Dose:
        """The dose of a mark placed now."""
        values = self.values
        return Dose(
            technique=self.technique,
            mixture=self.mixture,
            depth_mm=values.depth_mm,
            insertion=values.insertion,
            intended_layer=values.intended_layer,
            needle=values.needle,
            device=values.device,
        )

    def total_ml(self) -> float | None:
        """Volume of a whole gesture, when only that is recorded."""
        return self.values.total_ml if self.values.by_total else None

    @property
    def volume_by(self) -> VolumeBy:
        """How the volume is recorded."""
        if self.values.by_total:
            return VolumeBy.TOTAL
        return VolumeBy.DRY if self.values.volume_ml == 0 else VolumeBy.EACH

    def with_technique(self, key: str, remembered: Remembered | None) -> "DoseChoice":
        """Another technique with the values it was last used with."""
        return replace(self, technique=key, values=remembered or Remembered())

    def with_value(self, name: str, value: float | None) -> "DoseChoice":
        """One of depth_mm, volume_ml, total_ml, spacing_mm, inserted_mm, angle_deg changed.

        A depth of its own ends the entry by the needle; with both parts of that the depth follows.
        """
        if name == "depth_mm":
            return self._with(depth_mm=value, by_needle=False, inserted_mm=None, angle_deg=None)
        if name in ("inserted_mm", "angle_deg"):
            entered = self._with(by_needle=True, **{name: value})
            insertion = entered.values.insertion
            return entered._with(depth_mm=insertion.depth_mm if insertion else None)
        if name == "volume_ml":
            return self._with(volume_ml=value, by_total=False, total_ml=None)
        if name == "total_ml":
            return self._with(volume_ml=None, by_total=True, total_ml=value)
        return self._with(spacing_mm=value)

    def by_needle(self, on: bool) -> "DoseChoice":
        """Enter the depth by the needle, or as such; a depth that was known stays until another one follows."""
        if on == self.values.by_needle:
            return self
        return self._with(by_needle=on, inserted_mm=None, angle_deg=None)

    def volume_as(self, way: VolumeBy, remembered: Remembered | None) -> "DoseChoice":
        """Record the volume another way; a volume of each point comes back from what is remembered."""
        if way is self.volume_by:
            return self
        if way is VolumeBy.TOTAL:
            return self._with(volume_ml=None, by_total=True, total_ml=remembered.total_ml if remembered else None)
        last = remembered.volume_ml if remembered is not None else None
        volume_ml = 0.0 if way is VolumeBy.DRY else last or None
        return self._with(volume_ml=volume_ml, by_total=False, total_ml=None)

    def with_needle(self, needle: Needle | None) -> "DoseChoice":
        """Another needle, None = not recorded."""
        return self._with(needle=None if needle is None or needle.is_empty else needle)

    def with_device(self, device: Device | None) -> "DoseChoice":
        """Another device, None = a hand with a syringe."""
        return self._with(device=device)

    def with_layer(self, layer: str) -> "DoseChoice":
        """Another intended layer, "" = not recorded."""
        return self._with(intended_layer=layer)

    def _with(self, **values: Any) -> "DoseChoice":
        return replace(self, values=replace(self.values, **values))
