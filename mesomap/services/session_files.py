"""Take a session file in, give one out: the use cases behind import and export."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from mesomap.commands import ImportSession
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.patient import Patient
from mesomap.domain.session import Session
from mesomap.exchange import SessionContents, read_session_file, same_content, write_session_file
from mesomap.services.practice import Practice
from mesomap.services.shelf import know_products

if TYPE_CHECKING:
    from mesomap.atlas import Atlas


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What came of an import. created: False = the same content was here already, nothing was done."""

    session: Session
    patient: Patient
    created: bool
    new_patient: bool
    marks: int


def import_session(practice: Practice, atlas: "Atlas", path: Path, *, patient: Patient | None = None) -> ImportOutcome:
    """Take the session file in, whole or not at all.

    patient: whom it belongs to; else the patient named in the file, else a new one without a name. A session
    whose id is here with the same content is left alone; with different content the file is refused
    (BadInputError). Raises also NotFoundError, NewerVersionError and the storage errors.
    """
    contents = read_session_file(path, atlas)
    existing = _existing(practice, contents)
    if existing is not None:
        return _already_here(practice, atlas, contents, existing, path, patient)
    owner, is_new = _owner(practice, contents, patient)
    session = replace(
        _scaled(contents.session, owner, atlas), patient_id=owner.id, number=practice.next_session_number()
    )
    new_owner = owner if is_new else None
    drawn, planned = contents.complaints, contents.planned
    practice.run(ImportSession(session, contents.marks, new_owner, complaints=drawn, planned=planned))
    know_products(practice, session)
    return ImportOutcome(session, owner, True, is_new, len(contents.marks))


def export_session(
    practice: Practice,
    session: Session,
    path: Path,
    *,
    with_patient: bool = False,
    in_views: "Atlas | None" = None,
) -> int:
    """Write the session to a file; returns its number of marks. No patient identity unless with_patient.

    in_views: write readable view positions instead of exact skin points. Raises NotWritableError.
    """
    patient = practice.patient(session.patient_id)
    contents = SessionContents(
        session=session,
        marks=practice.marks(session.id),
        patient=patient,
        complaints=practice.complaints(session.id),
        planned=practice.planned(session.id),
    )
    write_session_file(path, contents, with_patient=with_patient, in_views=in_views)
    return len(contents.marks)


def _existing(practice: Practice, contents: SessionContents) -> Session | None:
    try:
        return practice.session(contents.session.id)
    except NotFoundError:
        return None


def _already_here(
    practice: Practice,
    atlas: "Atlas",
    contents: SessionContents,
    existing: Session,
    path: Path,
    patient: Patient | None,
) -> ImportOutcome:
    owner = practice.patient(existing.patient_id)
    if patient is not None and patient.id != owner.id:
        raise BadInputError(
            f"{path.name} was not taken in: its session is here already, as number {existing.number}, "
            "with another patient."
        )
    incoming = replace(contents, session=_scaled(contents.session, owner, atlas))
    recorded = SessionContents(
        session=existing,
        marks=practice.marks(existing.id),
        complaints=practice.complaints(existing.id),
        planned=practice.planned(existing.id),
    )
    if not same_content(incoming, recorded):
        raise BadInputError(
            f"{path.name} was not taken in: session {existing.number} has the same id but other content. "
            "A recorded session is never overwritten."
        )
    return ImportOutcome(existing, owner, False, False, len(recorded.marks))


def _scaled(session: Session, owner: Patient, atlas: "Atlas") -> Session:
    """A file without a scale takes the scale of its patient, as a session that begins here would."""
    if session.patient_scale != 1.0 or session.scale_basis:
        return session
    scale = atlas.scale_for(owner.height_cm, owner.weight_kg)
    return replace(session, patient_scale=scale.length, scale_basis=scale.basis)


def _owner(practice: Practice, contents: SessionContents, chosen: Patient | None) -> tuple[Patient, bool]:
    """The patient of a session that is new here, and whether that patient is new, too."""
    if chosen is not None:
        return chosen, False
    named = contents.patient
    if named is None:
        short = contents.session.id.hex[:8]
        return Patient(id=uuid4(), number=f"import {short}", family_name="Imported", given_name=short), True
    known = next((patient for patient in practice.patients() if patient.id == named.id), None)
    if known is not None:
        return known, False
    if any(patient.number == named.number for patient in practice.patients()):
        raise BadInputError(
            f"The patient number {named.number} of the file belongs to another patient here. "
            "Name the right patient with --patient."
        )
    return named, True
