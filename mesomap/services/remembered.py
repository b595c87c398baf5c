"""Values last used with a technique.

Asked at its first use, then remembered. Nothing is pre-filled from tables.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from mesomap.domain.marks import Dose, Mark
from mesomap.domain.needle import Device, DeviceKind, Insertion, Needle

#: Key of the settings table: "dose.<technique>".
DOSE_PREFIX = "dose."
#: Key of the settings table: "radius.<technique>", mm.
RADIUS_PREFIX = "radius."


#: Dose, volume_ml of each point, spacing_mm and, where one was given, total_ml of a gesture.
Memory = tuple[Dose, float | None, float | None] | tuple[Dose, float | None, float | None, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What the next mark of a technique starts from; None and "" = never entered.

    depth_mm; volume_ml of each point, or with by_total total_ml of a whole gesture; spacing_mm in patient mm; mixture
    letter. by_needle: the depth is entered as inserted_mm and angle_deg, depth_mm follows from both.
    """

    depth_mm: float | None = None
    volume_ml: float | None = None
    spacing_mm: float | None = None
    mixture: str | None = None
    by_total: bool = False
    total_ml: float | None = None
    by_needle: bool = False
    inserted_mm: float | None = None
    angle_deg: float | None = None
    intended_layer: str = ""
    needle: Needle | None = None
    device: Device | None = None

    @classmethod
    def of(
        cls,
        dose: Dose,
        *,
        volume_ml: float | None,
        spacing_mm: float | None,
        total_ml: float | None = None,
        known: "Remembered | None" = None,
    ) -> "Remembered":
        """What a gesture leaves to remember. known: what was remembered; its spacing stays where none is given now."""
        insertion = dose.insertion
        if spacing_mm is None and known is not None:
            spacing_mm = known.spacing_mm
        return cls(
            depth_mm=dose.depth_mm,
            volume_ml=volume_ml,
            spacing_mm=spacing_mm,
            mixture=dose.mixture,
            by_total=total_ml is not None,
            total_ml=total_ml,
            by_needle=insertion is not None,
            inserted_mm=None if insertion is None else insertion.inserted_mm,
            angle_deg=None if insertion is None else insertion.angle_deg,
            intended_layer=dose.intended_layer,
            needle=dose.needle,
            device=None if dose.device is None else replace(dose.device, shots=None),
        )

    def for_session(self, marks: Iterable[Mark]) -> "Remembered":
        """The same for the next mark of a session that holds these marks.

        A lot comes back only where this session has it on record already: another day may have opened another box.
        """
        needle = self.needle
        if needle is None or not needle.lot or any(mark.dose.needle == needle for mark in marks):
            return self
        plain = replace(needle, lot="")
        return replace(self, needle=None if plain.is_empty else plain)

    @property
    def insertion(self) -> Insertion | None:
        """How the depth is entered by the needle; None while a part of it is missing, or when it is not."""
        if not self.by_needle or self.inserted_mm is None or self.angle_deg is None:
            return None
        return Insertion(inserted_mm=self.inserted_mm, angle_deg=self.angle_deg)

    def as_setting(self) -> dict[str, Any]:
        """Values for the settings table; what schema 2 added only where it is entered."""
        values = asdict(self)
        if self.device is not None:
            values["device"] = device_setting(self.device)
        plain = {key: values.pop(key) for key in _FIRST}
        return plain | {
            # 0 is a figure; only what was never entered is left out.
            key: value
            for key, value in values.items()
            if value is not None and value is not False and value != ""
        }

    @classmethod
    def from_setting(cls, value: Any) -> "Remembered | None":
        """From the settings table; None when nothing (or nothing sensible) is there."""
        if not isinstance(value, dict):
            return None
        known = {field.name: value[field.name] for field in fields(cls) if field.name in value}
        needle, device = known.pop("needle", None), known.pop("device", None)
        return cls(**known, needle=needle_from_setting(needle), device=device_from_setting(device))


def needle_setting(needle: Needle) -> dict[str, Any]:
    """A needle for the settings table."""
    return asdict(needle)


def needle_from_setting(value: Any) -> Needle | None:
    """From the settings table; None when nothing (or nothing sensible) is there."""
    try:
        return None if value is None else Needle(**value)
    except TypeError:
        return None


def device_setting(device: Device) -> dict[str, Any]:
    """A device for the settings table."""
    return asdict(device) | {"kind": device.kind.value}


def device_from_setting(value: Any) -> Device | None:
    """From the settings table; None when nothing (or nothing sensible) is there."""
    try:
        return None if value is None else Device(**(value | {"kind": DeviceKind(value["kind"])}))
    except (TypeError, ValueError, KeyError):
        return None


#: Always written, as they were before a mark carried more.
_FIRST = ("depth_mm", "volume_ml", "spacing_mm", "mixture")
