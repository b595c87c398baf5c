"""Records as canonical JSON: what the change table keeps and what every digest is taken of.

Canonical: UTF-8, keys sorted, no spaces, no NaN, floats in their shortest exact form, places packed and
base64.
"""

import base64
import hashlib
import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from mesomap.domain.change import Record
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Origin
from mesomap.domain.patient import Patient, Sex
from mesomap.domain.place import AtlasRef
from mesomap.domain.session import Mixture, Session, SessionStatus
from mesomap.storage.packing import pack_outline, pack_points, unpack_outline, unpack_points

KINDS: dict[type[Any], str] = {
    Patient: "patient",
    Session: "session",
    InjectionSet: "injections",
    AreaRecord: "area",
}


def kind_of(record: Record) -> str:
    """patient, session, injections or area."""
    return KINDS[type(record)]


def time_text(moment: datetime) -> str:
    """A time with its offset, ISO 8601. Raises BadInputError for a time without an offset."""
    if moment.utcoffset() is None:
        raise BadInputError("A time without its offset from UTC cannot be recorded.")
    return moment.isoformat()


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _dose(dose: Dose) -> dict[str, Any]:
    return {"technique": dose.technique, "mixture": dose.mixture, "depth_mm": _real(dose.depth_mm)}


def _real(value: float | None) -> float | None:
    return None if value is None else float(value)


def record_fields(record: Record) -> dict[str, Any]:
    """The record as plain JSON values, with its kind."""
    fields: dict[str, Any] = {"kind": kind_of(record), "id": str(record.id)}
    if isinstance(record, Patient):
        return fields | {
            "number": record.number,
            "family_name": record.family_name,
            "given_name": record.given_name,
            "birth_date": record.birth_date.isoformat() if record.birth_date else None,
            "sex": record.sex.value,
            "body": record.body,
            "height_cm": _real(record.height_cm),
            "weight_kg": _real(record.weight_kg),
            "phototype": record.phototype,
            "allergies": list(record.allergies),
            "notes": record.notes,
        }
    if isinstance(record, Session):
        return fields | {
            "patient_id": str(record.patient_id),
            "number": record.number,
            "started_at": time_text(record.started_at),
            "atlas": [record.atlas.id, record.atlas.version, record.atlas.body],
            "status": record.status.value,
            "patient_scale": float(record.patient_scale),
            "scale_basis": record.scale_basis,
            "indication": record.indication,
            "practitioner": record.practitioner,
            "mixtures": [[mixture.letter, mixture.name] for mixture in record.mixtures],
            "remark": record.remark,
            "citation": record.citation,
        }
    fields |= {
        "session_id": str(record.session_id),
        "dose": _dose(record.dose),
        "outline": _b64(pack_outline(record.outline)),
        "region_ids": list(record.region_ids),
        "spacing_mm": _real(record.spacing_mm),
        "origin": record.origin.value,
        "done_at": time_text(record.done_at),
        "entered_at": time_text(record.entered_at),
        "remark": record.remark,
        "citation": record.citation,
    }
    if isinstance(record, InjectionSet):
        return fields | {"points": _b64(pack_points(record.points)), "volume_ml": _real(record.volume_ml)}
    return fields | {
        "lattice": record.lattice.value,
        "about_n": record.about_n,
        "total_ml": _real(record.total_ml),
    }


def canonical(record: Record) -> bytes:
    """Canonical JSON of the record. Raises BadInputError for text or numbers that cannot be kept exactly."""
    try:
        text = json.dumps(
            record_fields(record), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
        )
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadInputError("A text contains half a character and cannot be recorded. Type it again.") from error
    except ValueError as error:
        raise BadInputError("A value of the record is not a number.") from error


def digest(record: Record) -> bytes:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(record)).digest()


def record_from(data: bytes) -> Record:
    """The record of a canonical JSON text written by canonical()."""
    row = json.loads(data)
    kind = row["kind"]
    if kind == "patient":
        return _patient(row)
    if kind == "session":
        return _session(row)
    return _mark(kind, row)


def _patient(row: dict[str, Any]) -> Patient:
    return Patient(
        id=UUID(row["id"]),
        number=row["number"],
        family_name=row["family_name"],
        given_name=row["given_name"],
        birth_date=date.fromisoformat(row["birth_date"]) if row["birth_date"] else None,
        sex=Sex(row["sex"]),
        body=row["body"],
        height_cm=row["height_cm"],
        weight_kg=row["weight_kg"],
        phototype=row["phototype"],
        allergies=tuple(row["allergies"]),
        notes=row["notes"],
    )


def _session(row: dict[str, Any]) -> Session:
    return Session(
        id=UUID(row["id"]),
        patient_id=UUID(row["patient_id"]),
        number=row["number"],
        started_at=datetime.fromisoformat(row["started_at"]),
        atlas=AtlasRef(*row["atlas"]),
        status=SessionStatus(row["status"]),
        patient_scale=row["patient_scale"],
        scale_basis=row["scale_basis"],
        indication=row["indication"],
        practitioner=row["practitioner"],
        mixtures=tuple(Mixture(letter=letter, name=name) for letter, name in row["mixtures"]),
        remark=row["remark"],
        citation=row["citation"],
    )


def _mark(kind: str, row: dict[str, Any]) -> InjectionSet | AreaRecord:
    shared: dict[str, Any] = {
        "id": UUID(row["id"]),
        "session_id": UUID(row["session_id"]),
        "dose": Dose(**row["dose"]),
        "outline": unpack_outline(base64.b64decode(row["outline"])),
        "region_ids": tuple(row["region_ids"]),
        "spacing_mm": row["spacing_mm"],
        "origin": Origin(row["origin"]),
        "done_at": datetime.fromisoformat(row["done_at"]),
        "entered_at": datetime.fromisoformat(row["entered_at"]),
        "remark": row["remark"],
        "citation": row["citation"],
    }
    if kind == "injections":
        return InjectionSet(points=unpack_points(base64.b64decode(row["points"])), volume_ml=row["volume_ml"], **shared)
    return AreaRecord(lattice=Lattice(row["lattice"]), about_n=row["about_n"], total_ml=row["total_ml"], **shared)
