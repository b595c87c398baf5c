"""The needle and the device of an injection, and the depth that follows from the needle."""

import math
from dataclasses import dataclass
from enum import StrEnum

from mesomap.domain.errors import BadInputError

#: Longest lot, model, mode or setting in characters.
MAX_WORDS = 200
MAX_SHOTS = 1_000_000
#: A depth that was rounded for people still is the depth of its insertion.
_SAME_DEPTH_MM = 0.051


@dataclass(frozen=True, slots=True, kw_only=True)
class Needle:
    """The needle as recorded; None and "" = not recorded. gauge: 30 for 30G; length_mm: of the free needle."""

    gauge: int | None = None
    length_mm: float | None = None
    lot: str = ""
    single_use: bool | None = None

    @property
    def is_empty(self) -> bool:
        """True when nothing of it is recorded."""
        return self == Needle()


class DeviceKind(StrEnum):
    """What carried the needle, when it was not a hand with a syringe."""

    GUN = "gun"
    ROLLER = "roller"
    PLATE = "plate"
    PEN = "pen"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """An injection gun, roller or plate as recorded; "" and None = not recorded. shots: as its counter said."""

    kind: DeviceKind
    model: str = ""
    mode: str = ""
    settings: str = ""
    shots: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """Depth entered by the needle: inserted length along the needle and its angle to the skin (90° = upright)."""

    inserted_mm: float
    angle_deg: float

    @property
    def depth_mm(self) -> float:
        """Depth below the skin: inserted × sin(angle), plain trigonometry on flat skin."""
        return self.inserted_mm * math.sin(math.radians(self.angle_deg))


def check_needle(needle: Needle | None, insertion: Insertion | None, depth_mm: float | None) -> None:
    """Refuse only what no needle can do: an angle over 90°, more inserted than there is needle, deeper than that.

    Raises BadInputError.
    """
    length = None if needle is None else needle.length_mm
    if needle is not None and needle.gauge is not None and not 10 <= needle.gauge <= 40:
        raise BadInputError(f"A {needle.gauge}G needle is not known. Enter a gauge from 10 to 40.")
    _check_range("needle length", "mm", length, 0.1, 100.0)
    if needle is not None and len(needle.lot) > MAX_WORDS:
        raise BadInputError(f"The lot of the needle is too long ({len(needle.lot)} characters; {MAX_WORDS} at most).")
    if insertion is not None:
        _check_range("inserted length", "mm", insertion.inserted_mm, 0.0, 100.0)
        _check_range("angle", "°", insertion.angle_deg, 0.0, 90.0)
        if length is not None and insertion.inserted_mm > length:
            raise BadInputError(f"{insertion.inserted_mm:g} mm cannot be inserted of a {length:g} mm needle.")
        if depth_mm is not None and abs(depth_mm - insertion.depth_mm) > _SAME_DEPTH_MM:
            raise BadInputError(
                f"The depth {depth_mm:g} mm does not follow from {insertion.inserted_mm:g} mm inserted at "
                f"{insertion.angle_deg:g}° ({insertion.depth_mm:.2f} mm)."
            )
    if length is not None and depth_mm is not None and depth_mm > length:
        raise BadInputError(f"The depth {depth_mm:g} mm is more than the needle is long ({length:g} mm).")


def check_device(device: Device | None) -> None:
    """Refuse a count of shots no counter shows and texts no label holds. Raises BadInputError."""
    if device is None:
        return
    if device.shots is not None and not 0 <= device.shots <= MAX_SHOTS:
        raise BadInputError(f"{device.shots} shots are not possible. Enter 0 to {MAX_SHOTS:,}.")
    for name, text in (("model", device.model), ("mode", device.mode), ("settings", device.settings)):
        if len(text) > MAX_WORDS:
            raise BadInputError(
                f"The {name} of the device is too long ({len(text)} characters; {MAX_WORDS} at most)."
            )


def _check_range(name: str, unit: str, value: float | None, low: float, high: float) -> None:
    if value is None:
        return
    if not math.isfinite(value):
        raise BadInputError(f"The {name} is not a number. Enter it in {unit}.")
    if not low <= value <= high:
        raise BadInputError(f"The {name} {value:g} {unit} is not possible. Enter {low:g} to {high:g} {unit}.")
