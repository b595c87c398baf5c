"""Records to table rows and back."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Table

from mesomap.domain.change import Record
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Mark, Origin
from mesomap.domain.patient import Patient, Sex
from mesomap.domain.place import AtlasRef
from mesomap.domain.session import Mixture, Session, SessionStatus
from mesomap.storage import tables
from mesomap.storage.canonical import kind_of, time_text
from mesomap.storage.packing import pack_outline, pack_points, unpack_outline, unpack_points


def table_of(record: Record) -> Table:
    """The table that holds the record."""
    if isinstance(record, Patient):
        return tables.patients
    return tables.sessions if isinstance(record, Session) else tables.marks


def _list(values: tuple[Any, ...]) -> str:
    return json.dumps(values, ensure_ascii=False)


def row_of(record: Record) -> dict[str, Any]:
    """Column values of the record, without row_version, digest and (marks) position."""
    if isinstance(record, Patient):
        return {
            "id": record.id,
            "number": record.number,
            "family_name": record.family_name,
            "given_name": record.given_name,
            "birth_date": record.birth_date,
            "sex": record.sex.value,
            "body": record.body,
            "height_cm": record.height_cm,
            "weight_kg": record.weight_kg,
            "phototype": record.phototype,
            "allergies": _list(record.allergies),
            "notes": record.notes,
        }
    if isinstance(record, Session):
        return {
            "id": record.id,
            "patient_id": record.patient_id,
            "number": record.number,
            "started_at": time_text(record.started_at),
            "atlas_id": record.atlas.id,
            "atlas_version": record.atlas.version,
            "atlas_body": record.atlas.body,
            "status": record.status.value,
            "patient_scale": record.patient_scale,
            "scale_basis": record.scale_basis,
            "indication": record.indication,
            "practitioner": record.practitioner,
            "mixtures": _list(tuple((mixture.letter, mixture.name) for mixture in record.mixtures)),
            "remark": record.remark,
            "citation": record.citation,
        }
    return _mark_row(record)


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
        mixtures=tuple(Mixture(letter=letter, name=name) for letter, name in json.loads(row["mixtures"])),
        remark=row["remark"],
        citation=row["citation"],
    )


def mark_from(row: RowMapping) -> Mark:
    """The mark of a row of marks joined with mark_places."""
    shared: dict[str, Any] = {
        "id": row["id"],
        "session_id": row["session_id"],
        "dose": Dose(technique=row["technique"], mixture=row["mixture"], depth_mm=row["depth_mm"]),
        "outline": unpack_outline(row["outline"]),
        "region_ids": tuple(json.loads(row["region_ids"])),
        "spacing_mm": row["spacing_mm"],
        "origin": Origin(row["origin"]),
        "done_at": datetime.fromisoformat(row["done_at"]),
        "entered_at": datetime.fromisoformat(row["entered_at"]),
        "remark": row["remark"],
        "citation": row["citation"],
    }
    if row["kind"] == "injections":
        return InjectionSet(points=unpack_points(row["points"]), volume_ml=row["volume_ml"], **shared)
    return AreaRecord(lattice=Lattice(row["lattice"]), about_n=row["about_n"], total_ml=row["total_ml"], **shared)
