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
from mesomap.domain.complaint import Complaint, ComplaintKind
from mesomap.domain.entry import Entry
from mesomap.domain.entry_kinds import entry_class
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Mark, Origin
from mesomap.domain.patient import Patient, Sex
from mesomap.domain.place import AtlasRef
from mesomap.domain.plan import PlannedMark, PlanOutcome
from mesomap.domain.session import Session, SessionStatus
from mesomap.storage.entry_codec import built, plain_fields
from mesomap.storage.extras import (
    dose_extras,
    dose_from,
    frame_fields,
    frame_from,
    mixture_fields,
    mixture_from,
    plan_id_from,
)
from mesomap.storage.packing import pack_outline, pack_points, unpack_outline, unpack_points

KINDS: dict[type[Any], str] = {
    Patient: "patient",
    Session: "session",
    InjectionSet: "injections",
    AreaRecord: "area",
    Complaint: "complaint",
    PlannedMark: "planned",
}

_TEXT = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


def kind_of(record: Record) -> str:
    """patient, session, injections, area, complaint, planned, or the kind of an entry."""
    return record.KIND if isinstance(record, Entry) else KINDS[type(record)]


def time_text(moment: datetime) -> str:
    """A time with its offset, ISO 8601. Raises BadInputError for a time without an offset."""
    if moment.utcoffset() is None:
        raise BadInputError("A time without its offset from UTC cannot be recorded.")
    return moment.isoformat()


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _dose(dose: Dose) -> dict[str, Any]:
    own = {"technique": dose.technique, "mixture": dose.mixture, "depth_mm": _real(dose.depth_mm)}
    return own | dose_extras(dose)


def _real(value: float | None) -> float | None:
    return None if value is None else float(value)


def record_fields(record: Record) -> dict[str, Any]:
    """The record as plain JSON values, with its kind."""
    fields: dict[str, Any] = {"kind": kind_of(record), "id": str(record.id)}
    if isinstance(record, Entry):
        return plain_fields(record) | {"entry": fields["kind"]}
    if isinstance(record, Patient):
        return fields | _patient_fields(record)
    if isinstance(record, Session):
        return fields | _session_fields(record)
    fields["session_id"] = str(record.session_id)
    if isinstance(record, Complaint):
        return fields | _complaint_fields(record)
    if isinstance(record, PlannedMark):
        return fields | _planned_fields(record)
    return fields | _mark_fields(record)


def _patient_fields(patient: Patient) -> dict[str, Any]:
    return {
        "number": patient.number,
        "family_name": patient.family_name,
        "given_name": patient.given_name,
        "birth_date": patient.birth_date.isoformat() if patient.birth_date else None,
        "sex": patient.sex.value,
        "body": patient.body,
        "height_cm": _real(patient.height_cm),
        "weight_kg": _real(patient.weight_kg),
        "phototype": patient.phototype,
        "allergies": list(patient.allergies),
        "notes": patient.notes,
    }


def _session_fields(session: Session) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "patient_id": str(session.patient_id),
        "number": session.number,
        "started_at": time_text(session.started_at),
        "atlas": [session.atlas.id, session.atlas.version, session.atlas.body],
        "status": session.status.value,
        "patient_scale": float(session.patient_scale),
        "scale_basis": session.scale_basis,
        "indication": session.indication,
        "practitioner": session.practitioner,
        "mixtures": [mixture_fields(mixture) for mixture in session.mixtures],
        "remark": session.remark,
        "citation": session.citation,
    }
    for moment in (session.frame.ended_at, session.frame.entered_at):
        if moment is not None:
            time_text(moment)
    frame = frame_fields(session.frame)
    return fields | ({"frame": frame} if frame else {})


def _complaint_fields(complaint: Complaint) -> dict[str, Any]:
    return {
        "complaint": complaint.kind.value,
        "outline": _b64(pack_outline(complaint.outline)),
        "points": _b64(pack_points(complaint.points)),
        "region_ids": list(complaint.region_ids),
        "entered_at": time_text(complaint.entered_at),
        "intensity": complaint.intensity,
        "quality": complaint.quality,
        "remark": complaint.remark,
    }


def _planned_fields(planned: PlannedMark) -> dict[str, Any]:
    return {
        "mark": record_fields(planned.mark),
        "source_mark_id": str(planned.source_mark_id),
        "outcomes": outcomes_text(planned.outcomes),
    }


def _mark_fields(mark: Mark) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "dose": _dose(mark.dose),
        "outline": _b64(pack_outline(mark.outline)),
        "region_ids": list(mark.region_ids),
        "spacing_mm": _real(mark.spacing_mm),
        "origin": mark.origin.value,
        "done_at": time_text(mark.done_at),
        "entered_at": time_text(mark.entered_at),
        "remark": mark.remark,
        "citation": mark.citation,
    }
    if mark.plan_id is not None:
        fields["plan_id"] = str(mark.plan_id)
    if isinstance(mark, AreaRecord):
        return fields | {"lattice": mark.lattice.value, "about_n": mark.about_n, "total_ml": _real(mark.total_ml)}
    if mark.given_total_ml is not None:
        fields["given_total_ml"] = float(mark.given_total_ml)
    return fields | {"points": _b64(pack_points(mark.points)), "volume_ml": _real(mark.volume_ml)}


#: One letter for what became of each planned place.
_OUTCOMES = {outcome: outcome.value[0] for outcome in PlanOutcome}


def outcomes_text(outcomes: tuple[PlanOutcome, ...]) -> str:
    """p, d, s or m for each place."""
    return "".join(_OUTCOMES[outcome] for outcome in outcomes)


def outcomes_from(text: str) -> tuple[PlanOutcome, ...]:
    """The outcomes of outcomes_text."""
    known = {letter: outcome for outcome, letter in _OUTCOMES.items()}
    return tuple(known[letter] for letter in text)


def canonical(record: Record) -> bytes:
    """Canonical JSON of the record. Raises BadInputError for text or numbers that cannot be kept exactly."""
    try:
        return _TEXT(record_fields(record)).encode("utf-8")
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
    if "entry" in row:
        return built(entry_class(row.pop("entry")), row)
    kind = row["kind"]
    if kind == "patient":
        return _patient(row)
    if kind == "session":
        return _session(row)
    if kind == "complaint":
        return _complaint(row)
    return _planned(row) if kind == "planned" else _mark(row)


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
        mixtures=tuple(mixture_from(fields) for fields in row["mixtures"]),
        remark=row["remark"],
        citation=row["citation"],
        frame=frame_from(row.get("frame", {})),
    )


def _complaint(row: dict[str, Any]) -> Complaint:
    return Complaint(
        id=UUID(row["id"]),
        session_id=UUID(row["session_id"]),
        kind=ComplaintKind(row["complaint"]),
        region_ids=tuple(row["region_ids"]),
        entered_at=datetime.fromisoformat(row["entered_at"]),
        outline=unpack_outline(base64.b64decode(row["outline"])),
        points=unpack_points(base64.b64decode(row["points"])),
        intensity=row["intensity"],
        quality=row["quality"],
        remark=row["remark"],
    )


def _planned(row: dict[str, Any]) -> PlannedMark:
    return PlannedMark(
        id=UUID(row["id"]),
        session_id=UUID(row["session_id"]),
        mark=_mark(row["mark"]),
        source_mark_id=UUID(row["source_mark_id"]),
        outcomes=outcomes_from(row["outcomes"]),
    )


def _mark(row: dict[str, Any]) -> Mark:
    shared: dict[str, Any] = {
        "id": UUID(row["id"]),
        "session_id": UUID(row["session_id"]),
        "dose": dose_from(row["dose"]),
        "outline": unpack_outline(base64.b64decode(row["outline"])),
        "region_ids": tuple(row["region_ids"]),
        "spacing_mm": row["spacing_mm"],
        "origin": Origin(row["origin"]),
        "done_at": datetime.fromisoformat(row["done_at"]),
        "entered_at": datetime.fromisoformat(row["entered_at"]),
        "remark": row["remark"],
        "citation": row["citation"],
        "plan_id": plan_id_from(row),
    }
    if row["kind"] == "area":
        return AreaRecord(lattice=Lattice(row["lattice"]), about_n=row["about_n"], total_ml=row["total_ml"], **shared)
    return InjectionSet(
        points=unpack_points(base64.b64decode(row["points"])),
        volume_ml=row["volume_ml"],
        given_total_ml=row.get("given_total_ml"),
        **shared,
    )
