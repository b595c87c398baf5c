"""What a mark carries besides its place, as it stands in a session file."""

from dataclasses import asdict

from mesomap.domain.intended_layer import check_intended_layer
from mesomap.domain.marks import Dose
from mesomap.domain.needle import MAX_SHOTS, MAX_WORDS, Device, DeviceKind, Insertion, Needle, check_needle
from mesomap.domain.session import MIXTURE_LETTERS
from mesomap.domain.technique import techniques
from mesomap.exchange.fields import Field

#: Fields of a mark that make up its dose.
DOSE_KEYS = ("technique", "mixture", "depth_mm", "insertion", "intended_layer", "needle", "device")


def read_dose(mark: Field) -> Dose:
    """The dose of a mark. Raises BadInputError naming the path of what is wrong or what no needle can do."""
    letters = tuple(MIXTURE_LETTERS)
    dose = Dose(
        technique=mark.get("technique").one_of(list(techniques()), "a technique"),
        mixture=mark.optional("mixture", lambda f: f.one_of(letters, "a mixture letter"), None),
        depth_mm=mark.optional("depth_mm", lambda f: f.number(0.0, 100.0, "mm"), None),
        insertion=mark.optional("insertion", _insertion, None),
        intended_layer=mark.optional("intended_layer", _words, ""),
        needle=mark.optional("needle", _needle, None),
        device=mark.optional("device", _device, None),
    )
    mark.checked(lambda: check_needle(dose.needle, dose.insertion, dose.depth_mm))
    mark.get("intended_layer").checked(lambda: check_intended_layer(dose.intended_layer))
    return dose


def dose_fields(dose: Dose) -> dict[str, object]:
    """The dose as fields of a mark; None and "" where nothing is recorded."""
    device = dose.device
    return {
        "technique": dose.technique,
        "mixture": dose.mixture,
        "depth_mm": dose.depth_mm,
        "insertion": None if dose.insertion is None else asdict(dose.insertion),
        "intended_layer": dose.intended_layer,
        "needle": None if dose.needle is None else _recorded(asdict(dose.needle)),
        "device": None if device is None else _recorded(asdict(device) | {"kind": device.kind.value}),
    }


def _recorded(fields: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in fields.items() if value is not None and value != ""}


def _insertion(field: Field) -> Insertion:
    field.keys(required=("inserted_mm", "angle_deg"))
    return Insertion(
        inserted_mm=field.get("inserted_mm").number(0.0, 100.0, "mm"),
        angle_deg=field.get("angle_deg").number(0.0, 90.0, "°"),
    )


def _needle(field: Field) -> Needle:
    field.keys(required=(), allowed=("gauge", "length_mm", "lot", "single_use"))
    return Needle(
        gauge=field.optional("gauge", lambda f: f.whole(10, 40), None),
        length_mm=field.optional("length_mm", lambda f: f.number(0.1, 100.0, "mm"), None),
        lot=field.optional("lot", _words, ""),
        single_use=field.optional("single_use", Field.yes_or_no, None),
    )


def _device(field: Field) -> Device:
    field.keys(required=("kind",), allowed=("model", "mode", "settings", "shots"))
    kinds = [kind.value for kind in DeviceKind]
    return Device(
        kind=DeviceKind(field.get("kind").one_of(kinds, "a kind of device")),
        model=field.optional("model", _words, ""),
        mode=field.optional("mode", _words, ""),
        settings=field.optional("settings", _words, ""),
        shots=field.optional("shots", lambda f: f.whole(0, MAX_SHOTS), None),
    )


def _words(field: Field) -> str:
    return field.text(MAX_WORDS)
