"""Consent: versions, signatures, how long they hold, withdrawal."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.consent import (
    Consent,
    ConsentKind,
    ConsentText,
    ConsentWithdrawal,
    InkStroke,
    SignedWith,
    Standing,
    latest_consent,
    months_later,
    standing,
    text_changed,
)
from mesomap.domain.errors import BadInputError
from mesomap.domain.practice_text import newest

_NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
_PATIENT = uuid4()
_INK = (InkStroke(x=(10, 20, 30), y=(5, 9, 4), ms=(0, 8, 16), pressure=(200, 500, 300)),)


def _text(**values: Any) -> ConsentText:
    text = ConsentText(
        id=uuid4(),
        entered_at=_NOW,
        series=uuid4(),
        title="Treatment",
        language="en",
        body="I was told …",
        valid_months=12,
    )
    return replace(text, **values)


def _signed(text: ConsentText | None = None, *, at: datetime = _NOW) -> Consent:
    text = text or _text()
    return Consent(
        id=uuid4(),
        entered_at=at,
        patient_id=_PATIENT,
        consent=text.consent,
        text_id=text.id,
        title=text.title,
        language=text.language,
        version=text.version,
        text_sha256=text.digest,
        valid_months=text.valid_months,
        signed_at=at,
        signed_with=SignedWith.PEN,
        ink=_INK,
        picture="ab" * 32,
    )


def _end(consent: Consent, on: date) -> ConsentWithdrawal:
    return ConsentWithdrawal(
        id=uuid4(), entered_at=_NOW, patient_id=_PATIENT, consent_id=consent.id, withdrawn_on=on, reason="own wish"
    )


def test_in_date_to_the_last_day_and_not_after_it() -> None:
    consent = _signed()
    assert standing(consent, (), date(2027, 11, 22)) is Standing.IN_DATE
    assert standing(consent, (), date(2027, 11, 23)) is Standing.OUT_OF_DATE


def test_without_months_there_is_no_end() -> None:
    assert standing(_signed(_text(valid_months=None)), (), date(2199, 1, 1)) is Standing.IN_DATE


def test_withdrawn_from_its_day_on() -> None:
    consent = _signed(at=_NOW - timedelta(days=40))
    end = _end(consent, _NOW.date() - timedelta(days=3))
    assert standing(consent, [end], end.withdrawn_on - timedelta(days=1)) is Standing.IN_DATE
    assert standing(consent, [end], end.withdrawn_on) is Standing.WITHDRAWN


def test_withdrawal_of_one_leaves_the_other() -> None:
    old, new = _signed(at=_NOW - timedelta(days=40)), _signed()
    assert latest_consent([old, new], [_end(new, _NOW.date())], ConsentKind.TREATMENT, _NOW.date()) == old


def test_photo_consent_does_not_stand_in_for_treatment() -> None:
    photo = _signed(_text(consent=ConsentKind.PHOTO))
    assert latest_consent([photo], (), ConsentKind.TREATMENT, _NOW.date()) is None
    assert standing(None, (), _NOW.date()) is Standing.NOT_RECORDED


def test_text_changed_after_signing_is_seen() -> None:
    text = _text()
    consent = _signed(text)
    assert not text_changed(consent, text)
    assert text_changed(consent, replace(text, body=text.body + " More."))
    assert text_changed(consent, replace(text, title="Other"))


def test_drawn_consent_needs_a_signature() -> None:
    with pytest.raises(BadInputError, match="Sign in the field"):
        replace(_signed(), ink=()).check()
    with pytest.raises(BadInputError, match="not whole"):
        replace(_signed(), ink=(InkStroke(x=(1, 2), y=(1,)),)).check()


def test_paper_consent_needs_its_scan() -> None:
    on_paper = replace(_signed(), signed_with=SignedWith.PAPER, ink=(), picture="")
    with pytest.raises(BadInputError, match="scan"):
        on_paper.check()
    replace(on_paper, scan="cd" * 32, scan_name="consent.pdf").check()


def test_consent_signed_tomorrow_is_refused() -> None:
    with pytest.raises(BadInputError, match="future"):
        replace(_signed(), signed_at=_NOW + timedelta(days=1)).check()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": " "}, "no title"),
        ({"body": ""}, "empty"),
        ({"language": "english"}, "two letters"),
        ({"version": 0}, "begin with 1"),
        ({"valid_months": 0}, "not possible"),
        ({"body": "x" * 100_001}, "longer"),
    ],
)
def test_impossible_text_is_refused(values: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        _text(**values).check()


def test_newest_version_of_each_language_without_those_out_of_use() -> None:
    one = _text()
    two = replace(one, id=uuid4(), version=2)
    french = replace(one, id=uuid4(), language="fr", title="Traitement")
    gone = _text(title="Alt", withdrawn="not used any more")
    assert newest([one, french, gone, two]) == (french, two) or newest([one, french, gone, two]) == (two, french)
    assert gone not in newest([gone])


def test_taking_the_newest_version_out_of_use_does_not_bring_the_old_one_back() -> None:
    one = _text()
    assert newest([one, replace(one, id=uuid4(), version=2, withdrawn="replaced")]) == ()


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)), st.integers(1, 600))
def test_months_later_keeps_the_day_where_the_month_has_it(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
