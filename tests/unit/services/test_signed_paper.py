"""A signed paper held against its record: whole, changed past the program, of an earlier version."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from mesomap.atlas import Atlas
from mesomap.domain.errors import NotFoundError
from mesomap.domain.person import Role
from mesomap.services import Practice
from mesomap.services import signed_paper as signed_paper_module
from mesomap.services.amending import amend
from mesomap.services.signed_paper import signed_paper
from mesomap.services.signing import prepare, sign, signatures
from tests.records import CHEAP


@pytest.fixture
def signed(tmp_path: Path, small_atlas: Atlas) -> Iterator[tuple[Practice, UUID]]:
    """A practice with a session that was signed."""
    with Practice.create(tmp_path / "practice", "a sentence is best", cost=CHEAP) as practice:
        person = practice.people.add("Dr. A. Beispiel", qualification="GP", roles=tuple(Role), pin="4711")
        practice.people.begin()
        patient = practice.new_patient(family_name="Beispiel", given_name="Anna")
        session = practice.new_session(patient.id, small_atlas)
        sign(practice, prepare(practice, session.id, person, "4711"), b"%PDF-1.4 first")
        yield practice, session.id


def test_an_honest_paper_fits_in_all_points(signed: tuple[Practice, UUID]) -> None:
    practice, session_id = signed
    paper = signed_paper(practice, session_id, 1)
    assert paper.whole
    assert paper.unchanged
    assert paper.pdf == b"%PDF-1.4 first"
    assert len(paper.code.replace("-", "")) == 10
    with pytest.raises(NotFoundError, match="no signed version 2"):
        signed_paper(practice, session_id, 2)


def test_an_amended_session_is_told(signed: tuple[Practice, UUID]) -> None:
    practice, session_id = signed
    amend(practice, session_id, "a point was forgotten")
    practice.edit_session(practice.session(session_id), remark="now with a remark")
    assert not signed_paper(practice, session_id, 1).unchanged
    (person,) = practice.people.all()
    sign(practice, prepare(practice, session_id, person, "4711"), b"%PDF-1.4 second")
    first, second = signed_paper(practice, session_id, 1), signed_paper(practice, session_id, 2)
    assert (first.latest, first.unchanged, first.whole) == (2, False, True)
    assert (second.unchanged, second.pdf) == (True, b"%PDF-1.4 second")
    assert first.code != second.code


@pytest.mark.parametrize("broken", ["paper_fits", "document_fits", "signature_fits"])
def test_each_disagreement_is_found(
    signed: tuple[Practice, UUID], monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    practice, session_id = signed
    (document,) = practice.signed_documents(session_id)
    if broken == "paper_fits":
        other = practice.attachment(document.pdf_digest)
        monkeypatch.setattr(type(practice), "attachment", lambda _self, _digest: _Fake(other.data + b" "))
    elif broken == "document_fits":
        changed = replace(document, document=document.document.replace(b"Beispiel", b"Anders"))
        monkeypatch.setattr(type(practice), "signed_documents", lambda _self, _id: (changed,))
    else:
        (one,) = signatures(practice, session_id)
        forged = replace(one, name="Somebody else")
        monkeypatch.setattr(signed_paper_module, "signatures", lambda *_any: (forged,))
    paper = signed_paper(practice, session_id, 1)
    assert not paper.whole
    assert not getattr(paper, broken)


class _Fake:
    def __init__(self, data: bytes) -> None:
        self.data: Any = data
