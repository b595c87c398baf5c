"""A signed consent and an advice sheet on paper: every word stands there, with signature, withdrawal and version."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import pikepdf
import pytest

from mesomap.domain.advice import AdviceSheet
from mesomap.domain.consent import Consent, ConsentText, ConsentWithdrawal, SignedWith
from mesomap.domain.patient import Patient
from mesomap.printing.application import painting
from mesomap.printing.practice_papers import advice_document, consent_document
from mesomap.services.demo_ink import demo_signature, ink_png
from tests.unit.printing.pdf_text import pages_text

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
PATIENT = Patient(id=uuid4(), number="7", family_name="Beispiel", given_name="Zoë", birth_date=date(1979, 5, 14))
INK = demo_signature(Random(3))
TEXT = ConsentText(
    id=uuid4(), entered_at=NOW, series=uuid4(), title="Consent to mesotherapy", language="en",
    body="I was told <b>everything</b>.\n\nI may withdraw.", valid_months=12,
)  # fmt: skip
CONSENT = Consent(
    id=uuid4(), entered_at=NOW, patient_id=PATIENT.id, consent=TEXT.consent, text_id=TEXT.id, title=TEXT.title,
    language="en", version=1, text_sha256=TEXT.digest, valid_months=12, signed_at=NOW, signed_with=SignedWith.PEN,
    ink=INK, picture="ab" * 32,
)  # fmt: skip


def _text(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return " ".join(" ".join(pages_text(path)).split())


def _consent(path: Path, **values: Any) -> str:
    consent = values.pop("consent", CONSENT)
    text = values.pop("text", TEXT)
    with painting():
        data = consent_document(consent, text, PATIENT, ("Practice Beispiel",), picture=ink_png(INK), **values).pdf()
    return _text(path, data)


def test_signed_consent_says_everything_and_shows_the_signature(tmp_path: Path) -> None:
    found = _consent(tmp_path / "c.pdf")
    for words in (
        "Practice Beispiel", "Consent to mesotherapy", "Beispiel, Zoë", "14 May 1979", "22 Nov 2026", "22 Nov 2027",
        "I was told <b>everything</b>.", "I may withdraw.", f"SHA-256 {TEXT.digest[:16]}", "Version 1",
    ):  # fmt: skip
        assert words in found
    assert "Withdrawn" not in found
    with pikepdf.open(tmp_path / "c.pdf") as pdf:
        assert sum(len(page.get_images()) for page in pdf.pages) == 1


def test_withdrawn_and_changed_are_said(tmp_path: Path) -> None:
    end = ConsentWithdrawal(
        id=uuid4(),
        entered_at=NOW,
        patient_id=PATIENT.id,
        consent_id=CONSENT.id,
        withdrawn_on=NOW.date(),
        reason="by phone",
    )
    found = _consent(tmp_path / "c.pdf", end=end, changed=True)
    assert "Withdrawn on 22 Nov 2026: by phone" in found
    assert "changed after it was signed" in found


def test_paper_of_another_origin_says_that_it_is_a_scan(tmp_path: Path) -> None:
    paper = replace(CONSENT, text_id=None, signed_with=SignedWith.PAPER, ink=(), picture="", scan="cd" * 32)
    assert "kept as a scan" in _consent(tmp_path / "c.pdf", consent=paper, text=None)


@pytest.mark.parametrize("paragraphs", [1, 90])
def test_sheet_runs_over_as_many_pages_as_it_needs(tmp_path: Path, paragraphs: int) -> None:
    body = "\n\n".join(
        f"Paragraph {number} of the practice’s own words, {'long ' * 20}" for number in range(paragraphs)
    )
    sheet = AdviceSheet(id=uuid4(), entered_at=NOW, series=uuid4(), title="After the session", language="en", body=body)
    with painting():
        found = _text(tmp_path / "s.pdf", advice_document(sheet, PATIENT, ()).pdf())
    assert f"Paragraph {paragraphs - 1} of" in found
    assert "Beispiel, Zoë" in found
    with pikepdf.open(tmp_path / "s.pdf") as pdf:
        assert (len(pdf.pages) > 1) == (paragraphs > 1)
