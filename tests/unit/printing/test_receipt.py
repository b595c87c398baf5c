"""Receipts and the practice's numbers on paper: everything stands there once, on A4 and A5."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pikepdf
import pytest

from mesomap.domain.finding import SessionSums
from mesomap.domain.receipt import Receipt, ReceiptLine
from mesomap.domain.score import Judge
from mesomap.printing.application import painting
from mesomap.printing.options import Paper
from mesomap.printing.practice_numbers import numbers_document
from mesomap.printing.receipt import RECEIPT_A4, RECEIPT_A5, receipt_pdf
from mesomap.services.practice_numbers import PracticeNumbers, ScaleChange
from tests.unit.printing.pdf_text import pages_text

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
RECEIPT = Receipt(
    id=UUID(int=1),
    entered_at=NOW,
    patient_id=UUID(int=2),
    number=1042,
    issued_on=date(2026, 11, 22),
    letterhead=("Practice Beispiel", "Street 1"),
    patient_words=("Laurent, Marie", "20417"),
    lines=(
        ReceiptLine(words="Session 46", day=date(2026, 9, 21), amount=Decimal("120.50")),
        ReceiptLine(words="<b>Course</b>", day=date(2026, 10, 5), amount=Decimal("1480.00")),
    ),
    currency="EUR",
    paid_words="Bank transfer",
)


def _pages(receipt: Receipt, paper: Paper, path: Path, replaced_by: int = 0) -> list[str]:
    with painting():
        path.write_bytes(receipt_pdf(receipt, paper, replaced_by))
    return [page.replace("\u202f", " ").replace("\u00a0", " ") for page in pages_text(path)]


@pytest.mark.parametrize(("paper", "width"), [(RECEIPT_A4, 595), (RECEIPT_A5, 420)])
def test_a_receipt_says_who_what_and_how_much(paper: Paper, width: int, tmp_path: Path) -> None:
    path = tmp_path / "receipt.pdf"
    (text,) = _pages(RECEIPT, paper, path)
    for words in ("Practice Beispiel", "Street 1", "Receipt 1042", "22 Nov 2026", "Laurent, Marie", "ID 20417",
                  "Session 46", "<b>Course</b>", "EUR 120.50", "EUR 1 600.50", "Bank transfer"):  # fmt: skip
        assert words in text
    assert text.count("EUR 1 600.50") == 1
    with pikepdf.open(path) as pdf:
        assert abs(float(pdf.pages[0].mediabox[2]) - width) < 2


def test_a_correction_and_what_it_replaces_name_each_other(tmp_path: Path) -> None:
    new = replace(
        RECEIPT,
        corrects=UUID(int=7),
        corrects_number=1040,
        corrects_issued_on=date(2026, 11, 20),
        reason="her neighbour's name",
    )
    (text,) = _pages(new, RECEIPT_A5, tmp_path / "new.pdf")
    assert "Replaces: Receipt 1040 · 20 Nov 2026" in text
    assert "neighbour" not in text
    (text,) = _pages(replace(new, lines=()), RECEIPT_A5, tmp_path / "back.pdf")
    assert "Takes back: Receipt 1040 · 20 Nov 2026" in text
    assert "EUR 0.00" in text
    (text,) = _pages(RECEIPT, RECEIPT_A4, tmp_path / "old.pdf", replaced_by=1043)
    assert "No longer valid. Replaced by receipt 1043." in text


def test_many_lines_go_on_over_pages_and_the_sum_stands_on_the_last(tmp_path: Path) -> None:
    lines = tuple(replace(RECEIPT.lines[0], words=f"Session {n} " + "long words " * 9) for n in range(1, 41))
    pages = _pages(replace(RECEIPT, lines=lines), RECEIPT_A5, tmp_path / "receipt.pdf")
    assert len(pages) > 1
    assert ["Paid" in page for page in pages] == [False] * (len(pages) - 1) + [True]
    assert "EUR 4 820.00" in pages[-1]
    assert all(f"Session {n} " in " ".join(pages) for n in range(1, 41))
    assert f"Page 1 of {len(pages)}" in pages[0]


def test_the_numbers_say_that_they_are_no_evidence(tmp_path: Path) -> None:
    numbers = PracticeNumbers(
        None, None, SessionSums(sessions=200, patients=40, points=1234, about_points=99, volume_ml=12.5), 3,
        (ScaleChange("nrs", Judge.PATIENT, 12, -2.25, 1.5, -6.0, 1.0, worse_up=True),),
    )  # fmt: skip
    path = tmp_path / "numbers.pdf"
    with painting():
        path.write_bytes(numbers_document(numbers, ("Practice Beispiel",), NOW, "en").pdf())
    text = " ".join(" ".join(pages_text(path)).split())
    for words in (
        "Everything on record",
        "1234",
        "12.50",
        "15.0",
        "−2.25",
        "1.50",
        "−6.00 … +1.00",
        "no evidence of any",
    ):
        assert words in text
