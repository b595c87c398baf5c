"""Rows of the audit name the patient and the session they are about."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from mesomap.atlas import Atlas
from mesomap.commands.entries import AddEntries, EditEntry
from mesomap.domain.body_measure import BodyMeasure, Measured
from mesomap.domain.session import Session
from mesomap.services import Practice
from mesomap.services.audit_owners import NOBODY, AuditOwners, Owner
from mesomap.services.audit_reading import FieldChange, field_changes
from mesomap.services.entering import entering
from mesomap.storage.audit_rows import AuditFilter, AuditLine


def _newest(practice: Practice, kind: str) -> AuditLine:
    return practice.audit.window(AuditFilter(kind=kind))[0]


def _session(practice: Practice, atlas: Atlas) -> Session:
    patient = practice.new_patient(family_name="Beispiel", given_name="Anna")
    return practice.new_session(patient.id, atlas)


def _measured(practice: Practice, patient_id: UUID) -> BodyMeasure:
    weight = BodyMeasure(
        patient_id=patient_id,
        measured=Measured.WEIGHT,
        value=Decimal(61),
        measured_at=datetime(2026, 5, 4, tzinfo=UTC),
        **entering(practice),
    )
    practice.run(AddEntries((weight,)))
    return weight


def test_every_kind_of_row_names_whose_record_it_changed(practice: Practice, atlas: Atlas) -> None:
    session = _session(practice, atlas)
    patient = practice.patient(session.patient_id)
    _measured(practice, patient.id)
    owners = AuditOwners(practice)
    assert owners.of(_newest(practice, "patient")) == Owner(patient)
    assert owners.of(_newest(practice, "session")) == Owner(patient, session)
    assert owners.of(_newest(practice, "measure")) == Owner(patient)
    assert owners.of(_newest(practice, "practice")) == NOBODY


def test_a_row_of_a_patient_who_is_not_there_is_nobodys(practice: Practice, atlas: Atlas) -> None:
    _session(practice, atlas)
    gone = replace(_newest(practice, "patient"), record_id="00000000-0000-0000-0000-000000000009")
    assert AuditOwners(practice).of(gone) == NOBODY
    assert AuditOwners(practice).of(replace(gone, record_id="no id")) == NOBODY


def test_an_entry_that_goes_to_a_session_says_so(practice: Practice, atlas: Atlas) -> None:
    session = _session(practice, atlas)
    weight = _measured(practice, session.patient_id)
    practice.run(EditEntry(weight, replace(weight, session_id=session.id)))
    row = _newest(practice, "measure")
    assert field_changes(row) == (FieldChange("session_id", "", str(session.id)),)
    assert AuditOwners(practice).of(row).session == session
