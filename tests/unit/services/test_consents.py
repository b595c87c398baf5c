"""Consents: texts in versions, signatures, scans, withdrawal, and how a kind stands."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.commands.entries import EditEntry
from mesomap.domain.clock import now
from mesomap.domain.consent import Consent, ConsentKind, ConsentText, InkStroke, SignedWith, Standing
from mesomap.domain.errors import BadInputError
from mesomap.services import Practice
from mesomap.services.consents import (
    ConsentState,
    consent_texts,
    consents,
    file_scan,
    scan_type,
    sign,
    states,
    text_of,
    withdraw,
)
from mesomap.services.practice_texts import change_text, for_language, new_text, put_aside

_INK = (InkStroke(x=(0, 50, 90), y=(40, 10, 60), ms=(0, 9, 17)),)
_PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 30 + b"IEND\xaeB`\x82"
_PDF = b"%PDF-1.4\n...\n%%EOF\n"
_TODAY = now().date()


@pytest.fixture
def patient_id(practice: Practice) -> UUID:
    return practice.new_patient(family_name="Beispiel", given_name="Anna").id


@pytest.fixture
def text(practice: Practice) -> ConsentText:
    return new_text(practice, ConsentText, title="Treatment", language="en", body="I was told …", valid_months=12)


def _sign(practice: Practice, patient_id: UUID, text: ConsentText) -> Consent:
    return sign(practice, patient_id, text, _INK, _PNG, signed_with=SignedWith.PEN)


def _treatment(practice: Practice, patient_id: UUID, on: date = _TODAY) -> ConsentState:
    return next(one for one in states(practice, patient_id, on) if one.kind is ConsentKind.TREATMENT)


def test_signed_text_is_in_date_until_its_months_are_over(
    practice: Practice, patient_id: UUID, text: ConsentText
) -> None:
    assert _treatment(practice, patient_id).standing is Standing.NOT_RECORDED
    consent = _sign(practice, patient_id, text)
    assert _treatment(practice, patient_id).standing is Standing.IN_DATE
    assert _treatment(practice, patient_id, _TODAY + timedelta(days=400)).standing is Standing.OUT_OF_DATE
    assert practice.attachment(consent.picture).data == _PNG
    assert consent.ink == _INK


def test_signed_version_is_never_edited(practice: Practice, patient_id: UUID, text: ConsentText) -> None:
    draft = change_text(practice, text, body="Better words")
    assert (draft.id, draft.version) == (text.id, 1)
    consent = _sign(practice, patient_id, draft)
    second = change_text(practice, draft, body="Still better words")
    assert second.version == 2
    assert second.id != draft.id
    assert consent_texts(practice) == (second,)
    kept = text_of(practice, consent)
    assert kept is not None
    assert kept.body == "Better words"
    assert _treatment(practice, patient_id).newer
    assert not _treatment(practice, patient_id).changed


def test_text_changed_behind_our_back_is_said(practice: Practice, patient_id: UUID, text: ConsentText) -> None:
    _sign(practice, patient_id, text)
    practice.run(EditEntry(text, replace(text, body="Something else")))
    assert _treatment(practice, patient_id).changed


def test_withdrawn_once_with_its_reason(practice: Practice, patient_id: UUID, text: ConsentText) -> None:
    consent = _sign(practice, patient_id, text)
    with pytest.raises(BadInputError, match="before the signature"):
        withdraw(practice, consent, _TODAY - timedelta(days=1), "")
    withdraw(practice, consent, _TODAY, "by phone")
    state = _treatment(practice, patient_id)
    assert state.standing is Standing.WITHDRAWN
    assert state.end is not None
    assert state.end.reason == "by phone"
    with pytest.raises(BadInputError, match="before"):
        withdraw(practice, consent, _TODAY, "again")
    _sign(practice, patient_id, text)
    assert _treatment(practice, patient_id).standing is Standing.IN_DATE


def test_signature_cannot_be_edited(practice: Practice, patient_id: UUID, text: ConsentText) -> None:
    consent = _sign(practice, patient_id, text)
    with pytest.raises(BadInputError, match="as it was written"):
        practice.run(EditEntry(consent, replace(consent, signer="Somebody")))


def test_photo_is_apart(practice: Practice, patient_id: UUID, text: ConsentText) -> None:
    photos = new_text(practice, ConsentText, title="Photos", language="en", body="…", consent=ConsentKind.PHOTO)
    assert photos.consent is ConsentKind.PHOTO
    _sign(practice, patient_id, text)
    found = {one.kind: one.standing for one in states(practice, patient_id, _TODAY)}
    assert found == {ConsentKind.TREATMENT: Standing.IN_DATE, ConsentKind.PHOTO: Standing.NOT_RECORDED}


def test_scan_is_kept_with_its_name(practice: Practice, patient_id: UUID, text: ConsentText) -> None:
    day = now() - timedelta(days=3)
    consent = file_scan(practice, patient_id, ConsentKind.TREATMENT, _PDF, name="C 1.pdf", signed_at=day, text=text)
    assert practice.attachment(consent.scan).media_type == "application/pdf"
    assert (consent.scan_name, consent.signed_with) == ("C 1.pdf", SignedWith.PAPER)
    foreign = file_scan(practice, patient_id, ConsentKind.DATA, _PNG, name="x", signed_at=day, title="Other paper")
    assert text_of(practice, foreign) is None
    assert [one.id for one in consents(practice, patient_id)] == [consent.id, foreign.id]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no PDF"),
        (b"MZ\x90 program.pdf", "no PDF"),
        (b"%PDF-1.7 broken off", "broken off"),
        (_PNG[:-12], "broken off"),
        (b"\xff\xd8\xff\xe0 half", "broken off"),
        (b"%PDF-" + b"0" * 20_000_001, "larger than 20 MB"),
    ],
)
def test_wrong_files_are_refused_by_what_they_hold(data: bytes, words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        scan_type(data)


@given(st.binary(max_size=300))
def test_no_bytes_pass_for_a_scan_by_chance(data: bytes) -> None:
    with pytest.raises(BadInputError, match=r"no PDF|broken off"):
        scan_type(b"x" + data)


def test_one_language_of_each_text(practice: Practice, text: ConsentText) -> None:
    french = new_text(
        practice, ConsentText, series=text.series, title="Traitement", language="fr", body="…", valid_months=12
    )
    found = consent_texts(practice)
    assert len(found) == 2
    assert for_language(found, "fr") == (french,)
    assert for_language(found, "it") == (text,)
    put_aside(practice, text)
    assert consent_texts(practice) == (french,)


def test_line_ends_and_blanks_do_not_make_another_text(practice: Practice) -> None:
    one = new_text(practice, ConsentText, title="T", language="en", body="a\r\nb \n")
    assert one.body == "a\nb"
    assert change_text(practice, one, body="  a\nb") is one
