"""Needles and devices that the practice used before, offered as one tap each; the last used first."""

from collections.abc import Callable
from typing import Any, TypeVar

from mesomap.domain.needle import Device, Needle
from mesomap.services.practice import Practice
from mesomap.services.remembered import device_from_setting, device_setting, needle_from_setting, needle_setting

#: So many of each are kept.
MOST_KEPT = 6
_NEEDLES, _DEVICES = "needles", "devices"

_T = TypeVar("_T")


def used_needles(practice: Practice) -> tuple[Needle, ...]:
    """Needles used before, the last one first."""
    return _kept(practice, _NEEDLES, needle_from_setting)


def used_devices(practice: Practice) -> tuple[Device, ...]:
    """Devices used before, without the shots of that day, the last one first."""
    return _kept(practice, _DEVICES, device_from_setting)


def remember_needle(practice: Practice, needle: Needle) -> None:
    """Put a needle at the head of the list. Raises NotWritableError."""
    _remember(practice, _NEEDLES, used_needles(practice), needle, needle_setting)


def remember_device(practice: Practice, device: Device) -> None:
    """Put a device at the head of the list, without its shots. Raises NotWritableError."""
    plain = Device(kind=device.kind, model=device.model, mode=device.mode, settings=device.settings)
    _remember(practice, _DEVICES, used_devices(practice), plain, device_setting)


def _kept(practice: Practice, key: str, read: Callable[[Any], _T | None]) -> tuple[_T, ...]:
    values = practice.setting(key)
    found = [read(value) for value in values] if isinstance(values, list) else []
    return tuple(one for one in found if one is not None)[:MOST_KEPT]


def _remember(
    practice: Practice, key: str, known: tuple[_T, ...], new: _T, write: Callable[[_T], dict[str, Any]]
) -> None:
    if known[:1] != (new,):
        kept = [new, *(one for one in known if one != new)][:MOST_KEPT]
        practice.set_setting(key, [write(one) for one in kept])
