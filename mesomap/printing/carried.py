"""Needles and devices of a chart by technique, as far as they are recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from mesomap.domain.marks import Dose, Mark
from mesomap.domain.needle import Device, DeviceKind, Insertion, Needle
from mesomap.printing.sheet import CONTENT_WIDTH, INK, MARGIN, Sheet, Weight, fitted
from mesomap.printing.wording import DASH, mm, short_names, tr

T = TypeVar("T")

HEAD_PT = 29.0
_LINE_PT, _FURTHER_PT = 13.0, 9.5
_TECHNIQUE_PT, _NEEDLE_PT = 150.0, 170.0
_DEVICE_PT = CONTENT_WIDTH - _TECHNIQUE_PT - _NEEDLE_PT


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """A technique with one needle and one device, each broken into lines."""

    technique: tuple[str, ...]
    needle: tuple[str, ...]
    device: tuple[str, ...]

    @property
    def height(self) -> float:
        """Height in points."""
        return _LINE_PT + (max(len(self.technique), len(self.needle), len(self.device)) - 1) * _FURTHER_PT


def carried_lines(marks: Sequence[Mark], language: str) -> tuple[CarriedLine, ...]:
    """One line for every technique, needle and device that some mark carries together."""
    names = short_names(language)
    found = dict.fromkeys(
        (names[mark.dose.technique], needle_words(mark.dose.needle), device_words(mark.dose.device)) for mark in marks
    )
    return tuple(
        CarriedLine(_lines(technique, _TECHNIQUE_PT), _lines(needle, _NEEDLE_PT), _lines(device, _DEVICE_PT))
        for technique, needle, device in sorted(found)
        if needle or device
    )


def _lines(text: str, width: float) -> tuple[str, ...]:
    return tuple(fitted(text or DASH, width - 8, 8.0, 7.5, most=6)[0])


def draw_carried_head(sheet: Sheet, y: float, *, continued: bool) -> None:
    """Title and heads of the columns."""
    title = tr("Needles and devices")
    if continued:
        title = f"{title}, {tr('continued')}"
    sheet.text(MARGIN, y + 6, title, width=300, size=10, weight=Weight.STRONG)
    for x, width, word in _columns((tr("Technique"), tr("Needle"), tr("Device"))):
        sheet.text(x, y + 21, word, width=width, size=7, colour=INK.quiet)


def draw_carried(sheet: Sheet, line: CarriedLine, y: float) -> None:
    """One technique, from y downward."""
    sheet.rule(y)
    for x, width, parts in _columns((line.technique, line.needle, line.device)):
        middle = y + _LINE_PT / 2
        for part in parts:
            weight = Weight.STRONG if parts is line.technique else Weight.NORMAL
            sheet.text(x, middle, part, width=width, size=8.0, weight=weight)
            middle += _FURTHER_PT


def _columns(values: tuple[T, T, T]) -> list[tuple[float, float, T]]:
    widths = (_TECHNIQUE_PT, _NEEDLE_PT, _DEVICE_PT)
    left = (MARGIN, MARGIN + _TECHNIQUE_PT, MARGIN + _TECHNIQUE_PT + _NEEDLE_PT)
    return list(zip(left, widths, values, strict=True))


def needle_words(needle: Needle | None) -> str:
    """30G 4 mm, lot 4711, single use; nothing when nothing is recorded."""
    if needle is None:
        return ""
    size = [f"{needle.gauge}G"] if needle.gauge is not None else []
    size += [f"{needle.length_mm:g} mm"] if needle.length_mm is not None else []
    parts = [" ".join(size)] if size else []
    if needle.lot:
        parts.append(f"{tr('lot')} {needle.lot}")
    if needle.single_use is not None:
        parts.append(tr("single use") if needle.single_use else tr("reusable"))
    return ", ".join(parts)


def device_words(device: Device | None) -> str:
    """Kind, model, mode, settings and shots of a device; nothing for a hand with a syringe."""
    if device is None:
        return ""
    kinds = {
        DeviceKind.GUN: tr("Injection gun"), DeviceKind.ROLLER: tr("Roller"), DeviceKind.PLATE: tr("Plate"),
        DeviceKind.PEN: tr("Pen"), DeviceKind.OTHER: tr("Other device"),
    }  # fmt: skip
    parts = [kinds[device.kind], device.model, device.mode, device.settings]
    parts += [f"{device.shots} {tr('shots')}"] if device.shots is not None else []
    return ", ".join(part for part in parts if part)


def insertion_words(insertion: Insertion | None) -> str:
    """4.0 mm at 30°; nothing when the depth was entered as such."""
    return "" if insertion is None else f"{mm(insertion.inserted_mm)} mm {tr('at')} {insertion.angle_deg:g}°"


def dose_words(dose: Dose) -> str:
    """All that a mark carries besides technique, mixture, depth and volume, in one line; "" = nothing recorded."""
    inserted = insertion_words(dose.insertion)
    parts = [
        needle_words(dose.needle),
        f"{inserted} {tr('inserted')}" if inserted else "",
        device_words(dose.device),
        f"{tr('intended layer')}: {dose.intended_layer}" if dose.intended_layer else "",
    ]
    return "; ".join(part for part in parts if part)
