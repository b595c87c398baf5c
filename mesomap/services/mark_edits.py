"""What marks carry, field by field: what several have in common, and some fields changed for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.domain.needle import Device, Insertion, Needle
from mesomap.services.redosing import Redosed, changed
from mesomap.services.selection import Selected


@dataclass(frozen=True, slots=True)
class Depth:
    """Depth in mm, and how it was entered when it was by the needle. None = not recorded."""

    depth_mm: float | None = None
    insertion: Insertion | None = None

    @classmethod
    def by_needle(cls, inserted_mm: float, angle_deg: float) -> "Depth":
        """The depth that follows from inserted length and angle."""
        insertion = Insertion(inserted_mm=inserted_mm, angle_deg=angle_deg)
        return cls(insertion.depth_mm, insertion)


@dataclass(frozen=True, slots=True)
class Volume:
    """Volume of each point, or of all together when only that is known; neither = not recorded, each 0 = dry."""

    each_ml: float | None = None
    total_ml: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Everything of a mark that can be changed afterwards. Places, origin and entered_at stay as they came to be."""

    technique: str
    mixture: str | None
    depth: Depth
    volume: Volume
    intended_layer: str
    needle: Needle | None
    device: Device | None
    remark: str
    done_at: datetime


#: Names of the fields, in the order of the sheet.
FIELDS = tuple(field.name for field in fields(Carried))


def carried(mark: Mark) -> Carried:
    """What a mark carries. An area record knows its total only."""
    return Carried(
        technique=mark.dose.technique,
        mixture=mark.dose.mixture,
        depth=Depth(mark.dose.depth_mm, mark.dose.insertion),
        volume=Volume(mark.volume_ml, mark.given_total_ml)
        if isinstance(mark, InjectionSet)
        else Volume(None, mark.total_ml),
        intended_layer=mark.dose.intended_layer,
        needle=mark.dose.needle,
        device=mark.dose.device,
        remark=mark.remark,
        done_at=mark.done_at,
    )


def in_common(marks: Sequence[Mark]) -> dict[str, Any]:
    """Fields that all the marks share, with their value. A total is one mark's own: of several it is shared by none."""
    held = [carried(mark) for mark in marks]
    shared = {name: getattr(held[0], name) for name in FIELDS} if held else {}
    for other in held[1:]:
        shared = {name: value for name, value in shared.items() if getattr(other, name) == value}
    volume = shared.get("volume")
    if len(held) > 1 and isinstance(volume, Volume) and volume.total_ml is not None:
        del shared["volume"]
    return shared


def edited(marks: Sequence[Mark], selected: Selected, wish: Mapping[str, Any]) -> Redosed:
    """The selection with these fields changed; every mark keeps its other ones. Single points of a set split off.

    wish: name of a field (FIELDS) → its new value. A total is that of the whole selection, divided by points.
    Raises KeyError for a field that is none.
    """
    if not set(wish) <= set(FIELDS):
        raise KeyError(f"no field of a mark: {sorted(set(wish) - set(FIELDS))}")
    volume = wish.get("volume")
    total_ml = volume.total_ml if isinstance(volume, Volume) else None
    return changed(marks, selected, total_ml, lambda mark, share_ml: _changed(mark, wish, share_ml))


def _changed(mark: Mark, wish: Mapping[str, Any], total_ml: float | None) -> Mark:
    dose: dict[str, Any] = {
        name: wish[name] for name in ("technique", "mixture", "intended_layer", "needle", "device") if name in wish
    }
    if "depth" in wish:
        depth: Depth = wish["depth"]
        dose |= {"depth_mm": depth.depth_mm, "insertion": depth.insertion}
    own: dict[str, Any] = {name: wish[name] for name in ("remark", "done_at") if name in wish}
    own["dose"] = replace(mark.dose, **dose)
    if "volume" in wish:
        volume: Volume = wish["volume"]
        if isinstance(mark, AreaRecord):
            each = None if volume.each_ml is None or mark.about_n is None else volume.each_ml * mark.about_n
            dry = volume.each_ml == 0
            own["total_ml"] = total_ml if volume.total_ml is not None else 0.0 if dry else each
        else:
            own |= {"volume_ml": volume.each_ml, "given_total_ml": total_ml}
    after: Mark = replace(mark, **own)
    return after
