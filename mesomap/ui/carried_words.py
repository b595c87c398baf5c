"""Words for what a mark carries: needle, device, layer, insertion, origin."""

from PySide6.QtCore import QCoreApplication

from mesomap.domain.marks import Origin
from mesomap.domain.needle import Device, DeviceKind, Insertion, Needle
from mesomap.ui.words import number


def tr(text: str) -> str:
    """Translate in the context of these words."""
    return QCoreApplication.translate("Carried", text)


def needle_words(needle: Needle | None) -> str:
    """30G 4 mm, lot 4711, single use; nothing when nothing is recorded."""
    if needle is None:
        return ""
    size = needle_size(needle)
    parts = [size] if size else []
    if needle.lot:
        parts.append(tr("lot {0}").format(needle.lot))
    if needle.single_use is not None:
        parts.append(tr("single use") if needle.single_use else tr("reusable"))
    return ", ".join(parts)


def needle_size(needle: Needle | None) -> str:
    """30G 4 mm; nothing when neither is recorded."""
    if needle is None:
        return ""
    size = [f"{needle.gauge}G"] if needle.gauge is not None else []
    size += [f"{needle.length_mm:g} mm"] if needle.length_mm is not None else []
    return " ".join(size)


def device_name(device: Device | None) -> str:
    """The model, else the kind of a device."""
    return "" if device is None else device.model or device_kind_word(device.kind)


def device_kind_word(kind: DeviceKind) -> str:
    """Kind of a device."""
    return {
        DeviceKind.GUN: tr("Injection gun"),
        DeviceKind.ROLLER: tr("Roller"),
        DeviceKind.PLATE: tr("Plate"),
        DeviceKind.PEN: tr("Pen"),
        DeviceKind.OTHER: tr("Other device"),
    }[kind]


def device_words(device: Device | None) -> str:
    """Injection gun, model, mode, settings, 120 shots; nothing when it was a hand with a syringe."""
    if device is None:
        return ""
    parts = [device_kind_word(device.kind), device.model, device.mode, device.settings]
    if device.shots is not None:
        parts.append(tr("{0} shots").format(device.shots))
    return ", ".join(part for part in parts if part)


def layer_word(layer: str) -> str:
    """An intended layer in words; own words as they were typed."""
    return {
        "epidermis": tr("epidermis"),
        "superficial dermis": tr("superficial dermis"),
        "dermis": tr("dermis"),
        "deep dermis": tr("deep dermis"),
        "hypodermis": tr("hypodermis"),
        "muscle": tr("muscle"),
    }.get(layer, layer)


def insertion_words(insertion: Insertion | None) -> str:
    """4 mm at 30°; nothing when the depth was entered as such."""
    if insertion is None:
        return ""
    return tr("{0} mm at {1}°").format(number(insertion.inserted_mm, 1), f"{insertion.angle_deg:g}")


def origin_words(origin: Origin) -> str:
    """How a mark came to be; every origin but a tap is a pattern."""
    return {
        Origin.TAP: tr("tap"),
        Origin.BRUSH: tr("brush (pattern)"),
        Origin.FILL: tr("fill (pattern)"),
        Origin.LINE: tr("line (pattern)"),
        Origin.STAMP: tr("stamp (pattern)"),
        Origin.REPEAT: tr("repeat (pattern)"),
        Origin.IMPORT: tr("import (pattern)"),
    }[origin]
