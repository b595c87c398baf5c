"""A practice as the program of schema 3 wrote it opens with every part of it, and nothing of it has changed since."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mesomap.domain.body_measure import BodyMeasure
from mesomap.domain.lot import Lot
from mesomap.domain.session import SessionStatus
from mesomap.domain.signature import Meaning
from mesomap.services import Practice
from mesomap.services.amending import amendments
from mesomap.services.photo_album import PhotoAlbum
from mesomap.services.signing import last_signature, signed_pdf
from mesomap.storage.migrate import SCHEMA
from mesomap.storage.signed_text import signature_fits

#: Signed, amended and signed again; voided; a draft; product, lot, measure, photo; an undone step.
FIXTURE = Path(__file__).parent / "fixtures" / "schema_3"


@pytest.fixture
def third_schema(tmp_path: Path) -> Iterator[Practice]:
    """The practice, opened."""
    shutil.copytree(FIXTURE, tmp_path / "third")
    with Practice.open(tmp_path / "third", "schema three") as practice:
        yield practice


def test_sessions_signatures_and_papers_are_there(third_schema: Practice) -> None:
    signed, wrong, draft = third_schema.sessions()
    assert [one.status for one in (signed, wrong, draft)] == [
        SessionStatus.AMENDED, SessionStatus.VOIDED, SessionStatus.DRAFT,
    ]  # fmt: skip
    assert [len(third_schema.marks(one.id)) for one in (signed, wrong, draft)] == [2, 1, 1]
    last = last_signature(third_schema, signed.id)
    assert last is not None
    assert (last.version, last.meaning, signature_fits(last)) == (2, Meaning.AMENDED, True)
    assert [signed_pdf(third_schema, signed.id, version) for version in (1, 2)] == [
        b"%PDF-1.4 version 1",
        b"%PDF-1.4 version 2",
    ]
    assert [one.reason for one in amendments(third_schema, signed.id)] == ["a point was left out"]


def test_entries_and_photos_are_there(third_schema: Practice) -> None:
    patient = third_schema.patients()[0]
    assert [lot.number for lot in third_schema.entries(Lot)] == ["EX-1"]
    assert [str(one.value) for one in third_schema.entries(BodyMeasure, patient_id=patient.id)] == ["64.5"]
    (photo,) = PhotoAlbum(third_schema, patient.id).photos()
    assert photo.angle == "front"
    assert third_schema.photo_files.read(photo.file).startswith(b"\xff\xd8")
    assert third_schema.photo_files.read(photo.thumbnail)


def test_every_digest_and_the_whole_chain_hold(third_schema: Practice) -> None:
    report = third_schema.verify()
    assert report.ok, report


def test_every_schema_has_a_home() -> None:
    assert {path.name for path in FIXTURE.parent.iterdir()} >= {f"schema_{number}" for number in range(1, SCHEMA + 1)}
