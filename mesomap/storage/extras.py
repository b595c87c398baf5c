"""What schemas 2 and 3 added to records, as plain JSON values.

Left out where it is not recorded, so that the canonical text (and with it every digest) of older records stays.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from mesomap.domain.marks import Dose
from mesomap.domain.mixture import MixtureDetails
from mesomap.domain.needle import Device, DeviceKind, Insertion, Needle
from mesomap.domain.session import Frame, Mixture
from mesomap.storage.entry_codec import built, plain_fields


def _recorded(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None and value not in ("", [])}


def needle_fields(needle: Needle | None) -> dict[str, Any] | None:
    """The needle, without what is not recorded; None for none."""
    if needle is None:
        return None
    return _recorded(asdict(needle) | {"length_mm": None if needle.length_mm is None else float(needle.length_mm)})


def device_fields(device: Device | None) -> dict[str, Any] | None:
    """The device, without what is not recorded; None for none."""
    return None if device is None else _recorded(asdict(device) | {"kind": device.kind.value})


def needle_from(fields: dict[str, Any] | None) -> Needle | None:
    """The needle of needle_fields."""
    return None if fields is None else Needle(**fields)


def device_from(fields: dict[str, Any] | None) -> Device | None:
    """The device of device_fields."""
    return None if fields is None else Device(**(fields | {"kind": DeviceKind(fields["kind"])}))


def dose_extras(dose: Dose) -> dict[str, Any]:
    """Needle, device, insertion and intended layer of a dose, as far as recorded."""
    insertion = dose.insertion
    return _recorded(
        {
            "insertion": None if insertion is None else [float(insertion.inserted_mm), float(insertion.angle_deg)],
            "intended_layer": dose.intended_layer,
            "needle": needle_fields(dose.needle),
            "device": device_fields(dose.device),
        }
    )


def dose_from(fields: dict[str, Any]) -> Dose:
    """The dose of its three old fields and dose_extras."""
    insertion = fields.get("insertion")
    return Dose(
        technique=fields["technique"],
        mixture=fields["mixture"],
        depth_mm=fields["depth_mm"],
        insertion=None if insertion is None else Insertion(inserted_mm=insertion[0], angle_deg=insertion[1]),
        intended_layer=fields.get("intended_layer", ""),
        needle=needle_from(fields.get("needle")),
        device=device_from(fields.get("device")),
    )


def mixture_fields(mixture: Mixture) -> list[Any]:
    """Letter and name; what was drawn up and how it was made as a third and a fourth, only where recorded."""
    known: list[Any] = [mixture.letter, mixture.name]
    drawn_ml = None if mixture.drawn_ml is None else float(mixture.drawn_ml)
    details = None if mixture.details is None else plain_fields(mixture.details)
    if details:
        return [*known, drawn_ml, details]
    return known if drawn_ml is None else [*known, drawn_ml]


def mixture_from(fields: list[Any]) -> Mixture:
    """The mixture of mixture_fields."""
    return Mixture(
        letter=fields[0],
        name=fields[1],
        drawn_ml=fields[2] if len(fields) > 2 else None,
        details=built(MixtureDetails, fields[3]) if len(fields) > 3 else None,
    )


def frame_fields(frame: Frame) -> dict[str, Any]:
    """What is recorded of the frame of a session. Times are ISO 8601 with their offset."""
    fields = asdict(frame) | {"indication_keys": list(frame.indication_keys)}
    for key in ("ended_at", "entered_at"):
        fields[key] = fields[key].isoformat() if fields[key] else None
    return _recorded(fields)


def frame_from(fields: dict[str, Any]) -> Frame:
    """The frame of frame_fields."""
    ended, entered = fields.get("ended_at"), fields.get("entered_at")
    return Frame(
        **(
            fields
            | {
                "indication_keys": tuple(fields.get("indication_keys", ())),
                "ended_at": datetime.fromisoformat(ended) if ended else None,
                "entered_at": datetime.fromisoformat(entered) if entered else None,
            }
        )
    )


def plan_id_from(fields: dict[str, Any]) -> UUID | None:
    """The planned mark that a mark carries out, or None."""
    return UUID(fields["plan_id"]) if "plan_id" in fields else None
