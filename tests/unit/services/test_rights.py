"""The patient's rights: restriction with reasons, retention as a setting, erasure that leaves nothing but digests."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from mesomap.atlas import Atlas
from mesomap.commands.entries import AddEntries
from mesomap.domain.errors import BadInputError, NotFoundError, NotWritableError
from mesomap.domain.marks import Dose
from mesomap.domain.patient import Patient
from mesomap.domain.person import Role
from mesomap.domain.photo import Photo
from mesomap.domain.restriction import Restriction, UseOfRestricted
from mesomap.services import ChartingService, Practice
from mesomap.services.entering import entering
from mesomap.services.erasing import REPLAYED
from mesomap.services.rights import (
    erase,
    erasures,
    kept_until,
    lift,
    restrict,
    restriction,
    retention_years,
    set_retention_years,
    use_restricted,
)
from mesomap.services.signing import prepare, sign
from mesomap.storage.audit_rows import AuditFilter
from mesomap.storage.engine import WRITES
from mesomap.storage.erasure_list import NAME, ErasureList
from tests.records import CHEAP

PASSPHRASE = "a sentence is best"
CANARY = "Zyxwabel"


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    made = Practice.create(tmp_path / "p", PASSPHRASE, cost=CHEAP)
    made.people.add("Dr. A. Beispiel", roles=tuple(Role), pin="4711")
    made.people.begin()
    yield made
    made.close()


def treated(practice: Practice, atlas: Atlas, name: str) -> Patient:
    """A patient with a signed session, one that was undone, and an entry."""
    patient = practice.new_patient(family_name=name, given_name="Anna", body=atlas.ref.body, notes=f"{name} notes")
    session = practice.new_session(patient.id, atlas, started_at=datetime(2020, 2, 29, 12, tzinfo=UTC))
    charting = ChartingService(practice, atlas, session.id)
    place = atlas.locate_one(atlas.views[0].key, 60.0, 0.0)
    assert place is not None
    for _turn in range(3):
        charting.place([place], Dose(technique="papule", mixture="A", depth_mm=2.0), 0.05, remark=f"{name} mark")
    charting.undo()
    charting.erase([charting.marks[0].id])
    doctor = practice.people.active()[0]
    sign(practice, prepare(practice, session.id, doctor, "4711"), f"%PDF {name}".encode())
    practice.run(AddEntries((Restriction(patient_id=patient.id, reason=f"{name} asked", **entering(practice)),)))
    return patient


def everything(practice: Practice) -> bytes:
    """All that the database holds, decrypted."""
    with practice._database.reading() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        rows = [row for table in tables for row in connection.exec_driver_sql(f"SELECT * FROM {table}")]
    return b"\n".join(cell if isinstance(cell, bytes) else str(cell).encode() for row in rows for cell in row)


def test_erasing_leaves_the_chain_whole_and_nothing_of_the_patient(practice: Practice, atlas: Atlas) -> None:
    patient, other = treated(practice, atlas, CANARY), treated(practice, atlas, "Weber")
    assert CANARY.encode() in everything(practice)
    assert practice.verify().ok
    entry = erase(practice, patient.id, "asked for by letter")
    assert practice.verify().findings == ()
    assert CANARY.encode() not in everything(practice)
    with pytest.raises(NotFoundError):
        practice.patient(patient.id)
    assert practice.patients() == (other,)
    assert len(practice.sessions()) == 1
    assert erasures(practice) == (entry,)
    assert entry.records >= 6
    rows = [row for row in practice.audit.window(AuditFilter(), limit=500) if row.what.startswith("erase: ")]
    assert len(rows) == entry.records
    assert str(patient.id) in {row.record_id for row in rows}


def test_what_was_erased_stays_so_after_opening_again(practice: Practice, atlas: Atlas) -> None:
    patient = treated(practice, atlas, CANARY)
    treated(practice, atlas, "Weber")
    erase(practice, patient.id, "asked")
    practice.close()
    with Practice.open(practice.home.root, PASSPHRASE) as again:
        assert again.verify().findings == ()
        assert [one.family_name for one in again.patients()] == ["Weber"]
        again.new_patient(family_name="Next", given_name="One")
        assert again.verify().findings == ()


def test_an_older_backup_is_erased_again_when_it_is_restored(practice: Practice, atlas: Atlas, tmp_path: Path) -> None:
    patient = treated(practice, atlas, CANARY)
    backup = practice.backup()
    erase(practice, patient.id, "asked")
    Practice.restore(backup, tmp_path / "restored", PASSPHRASE)
    with Practice.open(tmp_path / "restored", PASSPHRASE) as again:
        assert again.patients() == ()
        assert erasures(again)[-1].reason == REPLAYED
        assert again.verify().findings == ()
        assert CANARY.encode() not in everything(again)


def test_an_erasure_that_fails_erases_nothing_now_or_later(
    practice: Practice, atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = treated(practice, atlas, CANARY)
    before = everything(practice)

    def full(*_arguments: object) -> None:
        raise NotWritableError("The disk is full.")

    monkeypatch.setattr("mesomap.storage.database.append", full)
    with pytest.raises(NotWritableError):
        erase(practice, patient.id, "asked")
    monkeypatch.undo()
    assert everything(practice) == before
    assert practice.verify().ok
    practice.close()
    with Practice.open(practice.home.root, PASSPHRASE) as again:
        assert again.patients() == (patient,)


def test_a_kill_before_the_end_is_made_good_at_the_next_opening(
    practice: Practice, atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = treated(practice, atlas, CANARY)

    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mesomap.storage.database.append", killed)
    with pytest.raises(KeyboardInterrupt):
        erase(practice, patient.id, "asked")
    monkeypatch.undo()
    practice.close()
    with Practice.open(practice.home.root, PASSPHRASE) as again:
        assert again.patients() == ()
        assert again.verify().findings == ()
        assert CANARY.encode() not in everything(again)


def test_photo_files_go_too_and_again_when_they_come_back(practice: Practice, atlas: Atlas) -> None:
    patient = treated(practice, atlas, CANARY)
    names = ("a" * 64, "b" * 64)
    photo = Photo(
        patient_id=patient.id, taken_at=datetime(2026, 5, 4, tzinfo=UTC), media_type="image/jpeg", sha256="c" * 64,
        kept_sha256="c" * 64, file=names[0], thumbnail=names[1], byte_count=3, width_px=1, height_px=1,
        **entering(practice),
    )  # fmt: skip
    practice.run(AddEntries((photo,)))
    other = practice.home.photos / ("d" * 64)
    for path in (*(practice.home.photos / name for name in names), other):
        path.write_bytes(b"jpg")
    erase(practice, patient.id, "asked")
    assert list(practice.home.photos.iterdir()) == [other]
    (practice.home.photos / names[0]).write_bytes(b"restored")
    practice.close()
    with Practice.open(practice.home.root, PASSPHRASE) as again:
        assert list(again.home.photos.iterdir()) == [other]


def test_a_list_of_another_practice_erases_nothing(practice: Practice, atlas: Atlas, tmp_path: Path) -> None:
    patient = treated(practice, atlas, CANARY)
    with Practice.create(tmp_path / "other", PASSPHRASE, cost=CHEAP) as foreign:
        foreign.erasing._write_lists(ErasureList(frozenset({patient.id})))
        shutil.copy(foreign.home.root / NAME, practice.home.root / NAME)
    practice.close()
    with Practice.open(practice.home.root, PASSPHRASE) as again:
        assert again.patients() == (patient,)


def test_erasing_asks_for_a_reason_and_the_role(practice: Practice, atlas: Atlas) -> None:
    patient = treated(practice, atlas, CANARY)
    with pytest.raises(BadInputError, match="few words"):
        erase(practice, patient.id, " ")
    mia = practice.people.add("Mia", roles=(Role.CHART,), pin="8642")
    practice.people.come(mia, "8642")
    with pytest.raises(BadInputError, match="may not administer"):
        erase(practice, patient.id, "asked")
    assert practice.patients() == (patient,)


def test_a_missing_text_of_a_record_that_was_not_erased_is_found(practice: Practice, atlas: Atlas) -> None:
    patient, other = treated(practice, atlas, CANARY), treated(practice, atlas, "Weber")
    erase(practice, patient.id, "asked")
    with practice._database._engine().connect().execution_options(**{WRITES: True}) as connection:
        connection.execute(
            text("UPDATE changes SET before = NULL, after = NULL WHERE record_id = :id"), {"id": other.id.hex}
        )
        connection.commit()
    assert any("is not the one that the audit saw" in line for line in practice.verify().findings)


def test_restrictions_keep_both_reasons(practice: Practice) -> None:
    patient = practice.new_patient(family_name="Beispiel", given_name="Anna")
    entry = restrict(practice, patient.id, "asked by letter")
    with pytest.raises(BadInputError, match="already"):
        restrict(practice, patient.id, "again")
    with pytest.raises(BadInputError, match="few words"):
        use_restricted(practice, patient.id, "")
    use_restricted(practice, patient.id, "emergency")
    assert practice.entries(UseOfRestricted, patient_id=patient.id)[0].reason == "emergency"
    with pytest.raises(BadInputError, match="few words"):
        lift(practice, entry, "")
    lift(practice, entry, "taken back")
    assert restriction(practice, patient.id) is None
    assert practice.entries(Restriction)[0] == replace(entry, withdrawn="taken back")


def test_retention_counts_from_the_last_visit_and_deletes_nothing(practice: Practice, atlas: Atlas) -> None:
    patient = treated(practice, atlas, "Weber")
    assert kept_until(practice, patient.id) is None
    set_retention_years(practice, 10)
    assert retention_years(practice) == 10
    assert kept_until(practice, patient.id) == date(2030, 2, 28)
    with pytest.raises(BadInputError, match="1 to 100"):
        set_retention_years(practice, 0)
    assert practice.patients() == (patient,)
