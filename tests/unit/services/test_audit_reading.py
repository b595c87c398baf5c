"""The audit for reading: windows fit together, filters find what is about a patient, texts belong to their rows."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mesomap.commands.entries import AddEntries
from mesomap.domain.restriction import Restriction
from mesomap.services import Practice
from mesomap.services.audit_reading import field_changes
from mesomap.services.entering import entering
from mesomap.storage.audit_rows import AuditFilter, AuditLine
from mesomap.storage.canonical import digest
from tests.records import CHEAP


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    made = Practice.create(tmp_path / "p", "a sentence is best", cost=CHEAP)
    for turn in range(7):
        patient = made.new_patient(family_name=f"Family{turn}", given_name="Anna")
        made.set_effect_radius_mm("papule", 2.0 + turn)  # a note between records
        made.edit_patient(patient, replace(patient, notes=f"note {turn}", height_cm=160.0 + turn))
    yield made
    made.close()


def every(practice: Practice, wanted: AuditFilter, limit: int) -> list[AuditLine]:
    found: list[AuditLine] = []
    while True:
        rows = practice.audit.window(wanted, before=found[-1].sequence if found else None, limit=limit)
        found += rows
        if len(rows) < limit:
            return found


@pytest.mark.parametrize("limit", [1, 3, 200])
def test_windows_fit_together_and_every_text_is_that_of_its_row(practice: Practice, limit: int) -> None:
    rows = every(practice, AuditFilter(), limit)
    state = practice.audit.chain()
    assert [row.sequence for row in rows] == list(range(state.sequence, 0, -1))
    assert state.finding == ""
    names = {row.record_id: row.after for row in rows if row.what == "do: New patient"}
    for row in rows:
        if row.what == "do: Edit patient":
            assert row.before == names[row.record_id]
            assert {one.path for one in field_changes(row)} == {"notes", "height_cm"}
        elif row.kind == "practice":
            assert row.before is None
            assert not row.erased
    latest = practice.patients("Family3")[0]
    edit = next(row for row in rows if row.record_id == str(latest.id))
    assert edit.after is not None
    assert hashlib.sha256(edit.after).digest() == digest(latest)


def test_a_patient_finds_all_about_them_and_nobody_else(practice: Practice) -> None:
    patient = practice.patients("Family2")[0]
    practice.run(AddEntries((Restriction(patient_id=patient.id, reason="asked", **entering(practice)),)))
    rows = every(practice, AuditFilter(patient_id=patient.id), 2)
    assert [row.kind for row in rows] == ["restriction", "patient", "patient"]
    assert {row.record_id for row in rows[1:]} == {str(patient.id)}


def test_filters_of_kind_date_and_person(practice: Practice) -> None:
    assert {row.kind for row in every(practice, AuditFilter(kind="practice"), 50)} == {"practice"}
    assert every(practice, AuditFilter(who="Nobody"), 50) == []
    assert every(practice, AuditFilter(since="2999"), 50) == []
    assert len(every(practice, AuditFilter(until="2999", kind="patient"), 50)) == 14


def test_a_new_record_says_what_it_holds(practice: Practice) -> None:
    row = every(practice, AuditFilter(kind="patient"), 50)[-1]
    changes = {one.path: (one.before, one.after) for one in field_changes(row)}
    assert changes["family_name"] == ("", "Family0")
    assert "kind" not in changes
