"""Write a session file: the same bytes for the same record, and nobody's name unless it is asked for."""

import json
import os
import tempfile
from pathlib import Path

from mesomap.atlas import Atlas
from mesomap.domain.errors import NotWritableError
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.domain.patient import Patient
from mesomap.domain.place import SkinPoint
from mesomap.domain.session import Session
from mesomap.exchange.contents import FORMAT, VERSION, SessionContents
from mesomap.exchange.dose_fields import dose_fields
from mesomap.exchange.mixture_fields import written_mixture
from mesomap.exchange.places import place_in_view, place_on_skin
from mesomap.exchange.plan_fields import written_planned
from mesomap.exchange.session_fields import written_complaint, written_frame

JsonObject = dict[str, object]


def session_text(
    contents: SessionContents, *, with_patient: bool = False, in_views: Atlas | None = None
) -> str:
    """The session file as text (JSON, UTF-8, a final line break).

    with_patient: include who the patient is; without it no name, number, birth date or patient id is
    written. in_views: write places as view + x, y (readable, good to 0.5 mm) by this atlas instead of exact
    skin points.
    """
    session = contents.session
    document: JsonObject = {
        "format": FORMAT,
        "version": VERSION,
        "atlas": {"id": session.atlas.id, "version": session.atlas.version, "body": session.atlas.body},
    }
    if with_patient and contents.patient is not None:
        document["patient"] = _patient(contents.patient)
    document["session"] = _session(session)
    lists = {"marks": [_mark(mark, in_views) for mark in contents.marks]}
    if contents.complaints:
        lists["complaints"] = [written_complaint(one, in_views) for one in contents.complaints]
    if contents.planned:
        lists["plan"] = [written_planned(one, _mark(one.mark, in_views)) for one in contents.planned]
    return _compact_leaves(document, lists)


def write_session_file(
    path: Path, contents: SessionContents, *, with_patient: bool = False, in_views: Atlas | None = None
) -> None:
    """Write the session file whole or not at all. Raises NotWritableError naming the folder."""
    data = session_text(contents, with_patient=with_patient, in_views=in_views).encode()
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=".mesomap-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise NotWritableError(
            f"{path.name} cannot be written to {path.parent}: {error.strerror or 'unknown reason'}."
        ) from None


def _compact_leaves(document: JsonObject, lists: dict[str, list[JsonObject]]) -> str:
    """JSON with one field of a mark or complaint a line, so that people can read and compare files."""
    parts = [json.dumps(document, ensure_ascii=False, indent=2).removesuffix("\n}")]
    for name, items in lists.items():
        rows: list[str] = []
        for item in items:
            fields = [f"      {json.dumps(key)}: {_leaf(value)}" for key, value in item.items()]
            rows.append("    {\n" + ",\n".join(fields) + "\n    }")
        inner = "[\n" + ",\n".join(rows) + "\n  ]" if rows else "[]"
        parts.append(f"  {json.dumps(name)}: {inner}")
    return ",\n".join(parts) + "\n}\n"


def _leaf(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict | list):
        inner = ",\n        ".join(json.dumps(item, ensure_ascii=False) for item in value)
        return f"[\n        {inner}\n      ]"
    return json.dumps(value, ensure_ascii=False)


def _patient(patient: Patient) -> JsonObject:
    return _without_empty(
        {
            "id": str(patient.id),
            "number": patient.number,
            "family_name": patient.family_name,
            "given_name": patient.given_name,
            "birth_date": patient.birth_date.isoformat() if patient.birth_date else None,
            "sex": patient.sex.value,
            "body": patient.body,
            "height_cm": patient.height_cm,
            "weight_kg": patient.weight_kg,
            "phototype": patient.phototype,
            "allergies": list(patient.allergies),
            "notes": patient.notes,
        },
        keep=("id", "number", "family_name"),
    )


def _session(session: Session) -> JsonObject:
    return _without_empty(
        {
            "id": str(session.id),
            "number": session.number or None,
            "started_at": session.started_at.isoformat(),
            "status": session.status.value,
            "patient_scale": session.patient_scale,
            "scale_basis": session.scale_basis,
            "indication": session.indication,
            "practitioner": session.practitioner,
            "mixtures": [written_mixture(m) for m in session.mixtures],
            "remark": session.remark,
            "citation": session.citation,
            "frame": written_frame(session.frame) or None,
        }
    )


def _mark(mark: Mark, in_views: Atlas | None) -> JsonObject:
    def place(point: SkinPoint) -> JsonObject:
        return place_on_skin(point) if in_views is None else place_in_view(in_views, point)

    common: JsonObject = {"id": str(mark.id), **dose_fields(mark.dose)}
    rest: JsonObject = {
        "spacing_mm": mark.spacing_mm,
        "origin": mark.origin.value,
        "done_at": mark.done_at.isoformat(),
        "entered_at": mark.entered_at.isoformat(),
        "regions": list(mark.region_ids),
        "remark": mark.remark,
        "citation": mark.citation,
        "plan": str(mark.plan_id) if mark.plan_id else None,
        # Outlines are borders: a rounded corner could fall off the body, so they stay exact.
        "outline": [[place_on_skin(corner) for corner in ring] for ring in mark.outline],
    }
    if isinstance(mark, InjectionSet):
        own: JsonObject = {"volume_ml": mark.volume_ml, "given_total_ml": mark.given_total_ml}
        rest["places"] = [place(point) for point in mark.points]
    else:
        own = _area(mark)
    return _without_empty(
        {"kind": "points" if isinstance(mark, InjectionSet) else "area", **common, **own, **rest}
    )


def _area(mark: AreaRecord) -> JsonObject:
    return {"total_ml": mark.total_ml, "lattice": mark.lattice.value, "about_n": mark.about_n}


def _without_empty(fields: JsonObject, keep: tuple[str, ...] = ()) -> JsonObject:
    """Leave out what is not recorded: None, empty text, empty lists. 0 stays."""
    return {key: value for key, value in fields.items() if key in keep or value not in (None, "", [])}
