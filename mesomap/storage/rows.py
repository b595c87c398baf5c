"""Records to table rows and back."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Table

from mesomap.domain.change import Record
from mesomap.domain.complaint import Complaint, ComplaintKind
from mesomap.domain.entry import Entry, order_text
from mesomap.domain.errors import DamagedError
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Mark, Origin
from mesomap.domain.needle import Insertion
from mesomap.domain.patient import Patient, Sex
from mesomap.domain.place import AtlasRef
from mesomap.domain.plan import PlannedMark
from mesomap.domain.session import Frame, Session, SessionStatus
from mesomap.storage import tables
from mesomap.storage.canonical import canonical, kind_of, outcomes_from, outcomes_text, record_from, time_text
from mesomap.storage.extras import device_fields, device_from, mixture_fields, mixture_from, needle_fields, needle_from
from mesomap.storage.packing import pack_outline, pack_points, unpack_outline, unpack_points


def table_of(record: Record) -> Table:
    """The table that holds the record."""
    return tables.entries if isinstance(record, Entry) else _TABLES[type(record)]


_TABLES: dict[type[Any], Table] = {
    Patient: tables.patients,
    Session: tables.sessions,
    InjectionSet: tables.marks,
    AreaRecord: tables.marks,
    Complaint: tables.complaints,
    PlannedMark: tables.planned_marks,
}


def _list(values: tuple[Any, ...]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _json(fields: dict[str, Any] | None) -> str | None:
    return None if fields is None else json.dumps(fields, ensure_ascii=False, sort_keys=True)


def _fields(text: str | None) -> dict[str, Any] | None:
    return None if text is None else dict(json.loads(text))


def row_of(record: Record) -> dict[str, Any]:
    """Column values of the record, without row_version, digest and (parts of a session) position."""
    if isinstance(record, Entry):
        return _entry_row(record)
    if isinstance(record, Patient):
        return _patient_row(record)
    if isinstance(record, Session):
        return _session_row(record)
    if isinstance(record, Complaint):
        return _complaint_row(record)
    if isinstance(record, PlannedMark):
        return {
            "id": record.id,
            "session_id": record.session_id,
            "source_mark_id": record.source_mark_id,
            "mark": canonical(record.mark),
            "outcomes": outcomes_text(record.outcomes),
        }
    return _mark_row(record)


def _entry_row(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.KIND,
        "patient_id": entry.patient_id,
        "session_id": entry.session_id,
        "key": entry.key,
        "at": order_text(entry.at),
        "sealed": int(entry.SEALED),
        "body": canonical(entry),
    }


def _patient_row(patient: Patient) -> dict[str, Any]:
    return {
        "id": patient.id,
        "number": patient.number,
        "family_name": patient.family_name,
        "given_name": patient.given_name,
        "birth_date": patient.birth_date,
        "sex": patient.sex.value,
        "body": patient.body,
        "height_cm": patient.height_cm,
        "weight_kg": patient.weight_kg,
        "phototype": patient.phototype,
        "allergies": _list(patient.allergies),
        "notes": patient.notes,
    }


def _session_row(session: Session) -> dict[str, Any]:
    frame = session.frame
    return {
        "id": session.id,
        "patient_id": session.patient_id,
        "number": session.number,
        "started_at": time_text(session.started_at),
        "atlas_id": session.atlas.id,
        "atlas_version": session.atlas.version,
        "atlas_body": session.atlas.body,
        "status": session.status.value,
        "patient_scale": session.patient_scale,
        "scale_basis": session.scale_basis,
        "indication": session.indication,
        "practitioner": session.practitioner,
        "mixtures": _list(tuple(mixture_fields(mixture) for mixture in session.mixtures)),
        "remark": session.remark,
        "citation": session.citation,
        "indication_keys": _list(frame.indication_keys),
        "ended_at": None if frame.ended_at is None else time_text(frame.ended_at),
        "entered_at": None if frame.entered_at is None else time_text(frame.entered_at),
        "place": frame.place,
        "qualification": frame.qualification,
        "antisepsis": frame.antisepsis,
        "anaesthesia": frame.anaesthesia,
        "reaction": frame.reaction,
    }


def _complaint_row(complaint: Complaint) -> dict[str, Any]:
    return {
        "id": complaint.id,
        "session_id": complaint.session_id,
        "kind": complaint.kind.value,
        "region_ids": _list(complaint.region_ids),
        "outline": pack_outline(complaint.outline),
        "points": pack_points(complaint.points),
        "intensity": complaint.intensity,
        "quality": complaint.quality,
        "remark": complaint.remark,
        "entered_at": time_text(complaint.entered_at),
    }


def _mark_row(mark: Mark) -> dict[str, Any]:
    return {
        "id": mark.id,
        "session_id": mark.session_id,
        "kind": kind_of(mark),
        "technique": mark.dose.technique,
        "mixture": mark.dose.mixture,
        "depth_mm": mark.dose.depth_mm,
        "volume_ml": mark.volume_ml if isinstance(mark, InjectionSet) else None,
        "total_ml": None if isinstance(mark, InjectionSet) else mark.total_ml,
        "spacing_mm": mark.spacing_mm,
        "lattice": None if isinstance(mark, InjectionSet) else mark.lattice.value,
        "about_n": None if isinstance(mark, InjectionSet) else mark.about_n,
        "point_count": len(mark.points) if isinstance(mark, InjectionSet) else 0,
        "region_ids": _list(mark.region_ids),
        "origin": mark.origin.value,
        "done_at": time_text(mark.done_at),
        "entered_at": time_text(mark.entered_at),
        "remark": mark.remark,
        "citation": mark.citation,
        "inserted_mm": None if mark.dose.insertion is None else mark.dose.insertion.inserted_mm,
        "angle_deg": None if mark.dose.insertion is None else mark.dose.insertion.angle_deg,
        "intended_layer": mark.dose.intended_layer,
        "needle": _json(needle_fields(mark.dose.needle)),
        "device": _json(device_fields(mark.dose.device)),
        "given_total_ml": mark.given_total_ml if isinstance(mark, InjectionSet) else None,
        "plan_id": mark.plan_id,
    }


def places_of(mark: Mark) -> dict[str, Any]:
    """Column values of the mark's places."""
    points = mark.points if isinstance(mark, InjectionSet) else ()
    return {"mark_id": mark.id, "points": pack_points(points), "outline": pack_outline(mark.outline)}


def patient_from(row: RowMapping) -> Patient:
    """The patient of a row."""
    return Patient(
        id=row["id"],
        number=row["number"],
        family_name=row["family_name"],
        given_name=row["given_name"],
        birth_date=row["birth_date"],
        sex=Sex(row["sex"]),
        body=row["body"],
        height_cm=row["height_cm"],
        weight_kg=row["weight_kg"],
        phototype=row["phototype"],
        allergies=tuple(json.loads(row["allergies"])),
        notes=row["notes"],
    )


def session_from(row: RowMapping) -> Session:
    """The session of a row."""
    return Session(
        id=row["id"],
        patient_id=row["patient_id"],
        number=row["number"],
        started_at=datetime.fromisoformat(row["started_at"]),
        atlas=AtlasRef(row["atlas_id"], row["atlas_version"], row["atlas_body"]),
        status=SessionStatus(row["status"]),
        patient_scale=row["patient_scale"],
        scale_basis=row["scale_basis"],
        indication=row["indication"],
        practitioner=row["practitioner"],
        mixtures=tuple(mixture_from(fields) for fields in json.loads(row["mixtures"])),
        remark=row["remark"],
        citation=row["citation"],
        frame=_frame(row),
    )


def _frame(row: RowMapping) -> Frame:
    return Frame(
        indication_keys=tuple(json.loads(row["indication_keys"])),
        ended_at=datetime.fromisoformat(row["ended_at"]) if row["ended_at"] else None,
        entered_at=datetime.fromisoformat(row["entered_at"]) if row["entered_at"] else None,
        place=row["place"],
        qualification=row["qualification"],
        antisepsis=row["antisepsis"],
        anaesthesia=row["anaesthesia"],
        reaction=row["reaction"],
    )


def complaint_from(row: RowMapping) -> Complaint:
    """The complaint of a row."""
    return Complaint(
        id=row["id"],
        session_id=row["session_id"],
        kind=ComplaintKind(row["kind"]),
        region_ids=tuple(json.loads(row["region_ids"])),
        entered_at=datetime.fromisoformat(row["entered_at"]),
        outline=unpack_outline(row["outline"]),
        points=unpack_points(row["points"]),
        intensity=row["intensity"],
        quality=row["quality"],
        remark=row["remark"],
    )


def planned_from(row: RowMapping) -> PlannedMark:
    """The planned mark of a row. Raises DamagedError when its text is no mark."""
    mark = record_from(row["mark"])
    if not isinstance(mark, (InjectionSet, AreaRecord)):
        raise DamagedError("A planned mark is damaged in the database. Restore the last verified backup.")
    return PlannedMark(
        id=row["id"],
        session_id=row["session_id"],
        mark=mark,
        source_mark_id=row["source_mark_id"],
        outcomes=outcomes_from(row["outcomes"]),
    )


def _dose_from(row: RowMapping) -> Dose:
    insertion = None
    if row["inserted_mm"] is not None:
        insertion = Insertion(inserted_mm=row["inserted_mm"], angle_deg=row["angle_deg"])
    return Dose(
        technique=row["technique"],
        mixture=row["mixture"],
        depth_mm=row["depth_mm"],
        insertion=insertion,
        intended_layer=row["intended_layer"],
        needle=needle_from(_fields(row["needle"])),
        device=device_from(_fields(row["device"])),
    )


def mark_from(row: RowMapping) -> Mark:
    """The mark of a row of marks joined with mark_places."""
    shared: dict[str, Any] = {
        "id": row["id"],
        "session_id": row["session_id"],
        "dose": _dose_from(row),
        "outline": unpack_outline(row["outline"]),
        "region_ids": tuple(json.loads(row["region_ids"])),
        "spacing_mm": row["spacing_mm"],
        "origin": Origin(row["origin"]),
        "done_at": datetime.fromisoformat(row["done_at"]),
        "entered_at": datetime.fromisoformat(row["entered_at"]),
        "remark": row["remark"],
        "citation": row["citation"],
        "plan_id": row["plan_id"],
    }
    if row["kind"] == "injections":
        points = unpack_points(row["points"])
        return InjectionSet(points=points, volume_ml=row["volume_ml"], given_total_ml=row["given_total_ml"], **shared)
    return AreaRecord(lattice=Lattice(row["lattice"]), about_n=row["about_n"], total_ml=row["total_ml"], **shared)
