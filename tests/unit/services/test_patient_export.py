"""The copy of a patient's records: everything of this patient, nothing of another, whole files."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mesomap.atlas import Atlas
from mesomap.commands.entries import AddEntries
from mesomap.domain.marks import Dose
from mesomap.domain.person import Role
from mesomap.domain.photo import Photo
from mesomap.domain.restriction import Restriction
from mesomap.services import ChartingService, Practice
from mesomap.services.entering import entering
from mesomap.services.patient_export import export_patient
from mesomap.services.signing import prepare, sign
from tests.records import CHEAP


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    with Practice.create(tmp_path / "p", "a sentence is best", cost=CHEAP) as made:
        made.people.add("Dr. A. Beispiel", roles=tuple(Role), pin="4711")
        made.people.begin()
        yield made


def test_all_of_one_patient_and_nothing_of_another(practice: Practice, atlas: Atlas, tmp_path: Path) -> None:
    patient = practice.new_patient(family_name="Beispiel", given_name="Anna", body=atlas.ref.body)
    other = practice.new_patient(family_name="Zyxwabel", given_name="Jan", body=atlas.ref.body)
    for one in (patient, other):
        session = practice.new_session(one.id, atlas, indication=f"why {one.family_name}")
        charting = ChartingService(practice, atlas, session.id)
        place = atlas.locate_one(atlas.views[0].key, 60.0, 0.0)
        assert place is not None
        charting.place([place], Dose(technique="papule", depth_mm=2.0), 0.05)
        entry = Restriction(patient_id=one.id, reason=f"by {one.family_name}", **entering(practice))
        practice.run(AddEntries((entry,)))
    mine = practice.sessions(patient.id)[0]
    sign(practice, prepare(practice, mine.id, practice.people.active()[0], "4711"), b"%PDF signed")
    digest = hashlib.sha256(b"jpg").hexdigest()
    name, small = practice.photo_files.names(patient.id, digest)
    for part in (name, small):
        practice.photo_files.write(part, b"jpg")
    photo = Photo(
        patient_id=patient.id, taken_at=datetime(2026, 5, 4, 12, tzinfo=UTC), media_type="image/jpeg", sha256=digest,
        kept_sha256=digest, file=name, thumbnail=small, byte_count=3, width_px=1, height_px=1, **entering(practice),
    )  # fmt: skip
    practice.run(AddEntries((photo,)))
    path = tmp_path / "records.zip"
    count = export_patient(practice, patient.id, path, lambda session: f"%PDF {session.number}".encode())
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        files = {item: archive.read(item) for item in archive.namelist()}
    assert len(files) == count
    assert files[f"signed/{mine.number}-version-1.pdf"] == b"%PDF signed"
    assert files[f"charts/{mine.number}.pdf"] == f"%PDF {mine.number}".encode()
    assert [data for item, data in files.items() if item.startswith("photos/")] == [b"jpg"]
    assert json.loads(files["records/restriction.json"])[0]["reason"] == "by Beispiel"
    assert all(b"Zyxwabel" not in data for data in files.values())
    for line in files["sha256sums.txt"].decode().splitlines():
        digest, _, item = line.partition("  ")
        assert hashlib.sha256(files[item]).hexdigest() == digest
    for item in ("index.html", "index.txt"):
        assert "by Beispiel" in files[item].decode()
        # A right to one's own records is not a photo leaving for others: there is no consent here, and that is said.
        assert "it holds all photographs, whatever the photo consent says" in files[item].decode()
        assert f"sessions/{mine.number}.json" in files[item].decode()
