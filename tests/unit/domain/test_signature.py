"""What is signed, and the code on paper."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.amendment import Amendment, AmendmentKind
from mesomap.domain.errors import BadInputError
from mesomap.domain.person import Person, Role
from mesomap.domain.restriction import Erasure, Restriction
from mesomap.domain.signature import Meaning, Signature, verification_code

AT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
SIGNED = Signature(
    id=uuid4(), entered_at=AT, session_id=uuid4(), person_id=uuid4(), name="Dr. A. Beispiel", qualification="GP",
    signed_at=AT, version=1, document_sha256="ab" * 32, public_key="cd" * 32, signature="ef" * 64,
)  # fmt: skip


def test_name_time_meaning_version_and_document_are_all_part_of_what_is_signed() -> None:
    changed = [
        replace(SIGNED, name="Dr. B. Beispiel"),
        replace(SIGNED, qualification=""),
        replace(SIGNED, signed_at=AT.replace(hour=13)),
        replace(SIGNED, meaning=Meaning.AMENDED),
        replace(SIGNED, version=2),
        replace(SIGNED, document_sha256="ac" * 32),
        replace(SIGNED, session_id=uuid4()),
    ]
    texts = {one.statement for one in changed}
    assert len(texts) == len(changed)
    assert SIGNED.statement not in texts
    assert replace(SIGNED, id=uuid4()).statement == SIGNED.statement


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_the_code_is_ten_letters_that_cannot_be_misread_and_follows_the_digest(one: bytes, other: bytes) -> None:
    code = verification_code(one.hex())
    assert len(code) == 11
    assert code[5] == "-"
    assert not set(code) & set("ILOU")
    if one[:6] != other[:6]:
        assert verification_code(other.hex()) != code


@pytest.mark.parametrize(
    "wrong",
    [
        replace(SIGNED, session_id=None),
        replace(SIGNED, version=0),
        replace(SIGNED, document_sha256="ab"),
        replace(SIGNED, signature="xy" * 64),
        replace(SIGNED, public_key=""),
    ],
)
def test_an_incomplete_signature_is_refused(wrong: Signature) -> None:
    SIGNED.check()
    with pytest.raises(BadInputError):
        wrong.check()


def test_reasons_are_asked_for() -> None:
    for entry in (
        Amendment(id=uuid4(), entered_at=AT, session_id=uuid4(), kind=AmendmentKind.VOID, reason=" "),
        Amendment(id=uuid4(), entered_at=AT, kind=AmendmentKind.AMEND, reason="typed twice"),
        Restriction(id=uuid4(), entered_at=AT, patient_id=uuid4(), reason=""),
        Erasure(id=uuid4(), entered_at=AT, erased_id=uuid4(), reason=""),
        Erasure(id=uuid4(), entered_at=AT, erased_id=uuid4(), reason="asked", patient_id=uuid4()),
    ):
        with pytest.raises(BadInputError):
            entry.check()


def test_roles_hold_only_while_somebody_works_here() -> None:
    person = Person(id=uuid4(), entered_at=AT, name="Mia", roles=(Role.CHART,))
    assert person.may(Role.READ)
    assert person.may(Role.CHART)
    assert not person.may(Role.SIGN)
    assert not replace(person, withdrawn="left 2026").may(Role.READ)
    with pytest.raises(BadInputError, match="key"):
        replace(person, roles=(Role.SIGN,)).check()
    with pytest.raises(BadInputError, match="name"):
        replace(person, name=" ").check()
