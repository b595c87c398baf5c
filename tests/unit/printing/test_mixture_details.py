"""Products, lots and concentrations of a mixture on the chart; expired and recalled lots are marked."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication

from mesomap.domain.lot import Lot, LotRecall
from mesomap.domain.mixture import MixtureDetails, MixtureLine
from mesomap.domain.product import Product
from mesomap.domain.recall import LotSession, LotTrace
from mesomap.domain.session import Mixture, SessionStatus
from mesomap.domain.substance import ConcentrationUnit, SubstanceAmount
from mesomap.printing.mixture_details import detail_lines
from mesomap.printing.recall_sheet import recall_pdf
from tests.unit.printing.pdf_text import pages_text

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LIDOCAINE = SubstanceAmount(
    name="Lidocaine", system="ATC", code="N01BB02", concentration=Decimal(20), unit=ConcentrationUnit.MG_PER_ML
)
LINES = (
    MixtureLine(
        product_name="Lidocaine 2 %", lot_id=UUID(int=5), lot_number="LD7", expiry=date(2026, 6, 30),
        volume_ml=Decimal("0.5"), substances=(LIDOCAINE,), reason="Tolerated before",
    ),
    MixtureLine(product_name="Unknown serum", volume_ml=Decimal("1.5")),
)  # fmt: skip


def _words(details: MixtureDetails, recalled: frozenset[UUID] = frozenset()) -> list[tuple[str, bool]]:
    return [(line.text, line.strong) for line in detail_lines(details, 450, date(2026, 11, 22), recalled)]


@pytest.mark.usefixtures("qapp")
def test_every_product_is_named_with_lot_volume_and_what_is_not_recorded() -> None:
    words = _words(MixtureDetails(lines=LINES))
    assert words[0] == ("Lidocaine 2 % · 0.50 mL · lot LD7 · expiry 06/2026", False)
    assert words[1] == ("Lot expired 06/2026: LD7", True)
    assert words[2] == ("Matches a recorded allergy; reason: Tolerated before", True)
    assert words[3][0] == "Unknown serum · 1.50 mL · lot not recorded · composition not recorded"
    assert words[4][0] == "After mixing: total 2.00 mL, Lidocaine 5 mg/mL"


@pytest.mark.usefixtures("qapp")
def test_a_recalled_lot_is_marked_and_an_unrecorded_mixture_takes_no_room() -> None:
    assert ("Lot recalled: LD7", True) in _words(MixtureDetails(lines=LINES), frozenset({UUID(int=5)}))
    assert detail_lines(None, 450, date(2026, 11, 22)) == ()
    assert detail_lines(MixtureDetails(), 450, date(2026, 11, 22)) == ()


def test_the_chart_says_it_all(printed: Callable[..., Any]) -> None:
    made = Mixture(letter="A", name="Mesolift", drawn_ml=2.0, details=MixtureDetails(lines=LINES, fills=2))
    (text,) = pages_text(printed(session={"mixtures": (made,)}))
    for words in ("Lidocaine 2 %", "LD7", "Lot expired 06/2026", "After mixing", "syringe filled 2"):
        assert words in " ".join(text.split())


def test_the_recall_sheet_lists_every_session(qapp: QApplication, tmp_path: Path) -> None:
    assert qapp is not None
    product = Product(id=UUID(int=1), entered_at=NOW, name="Serum")
    lot = Lot(id=UUID(int=2), entered_at=NOW, product_id=product.id, number="S-1", expiry=date(2027, 3, 31))
    recall = LotRecall(id=UUID(int=3), entered_at=NOW, lot_id=lot.id, reason="particles", dated=date(2026, 11, 20))
    sessions = tuple(
        LotSession(
            id=UUID(int=100 + n), number=n, started_at=NOW, status=SessionStatus.SIGNED, practitioner="Dr X",
            patient_id=UUID(int=200 + n), patient_number=str(n), family_name=f"Family{n}", given_name="Given",
            letters=("A",), drawn_ml=Decimal("2.5"), complete=True, marks=(),
        )
        for n in range(120, 0, -1)
    )  # fmt: skip
    trace = LotTrace(
        lot=lot, product=product, recall=recall, vials=(), sessions=sessions, drawn_ml=Decimal(300),
        discarded_ml=Decimal(0), left_ml=None, complete=True,
    )  # fmt: skip
    (tmp_path / "recall.pdf").write_bytes(recall_pdf(trace, str, ("Practice",), NOW, "ab12"))
    pages = pages_text(tmp_path / "recall.pdf")
    text = " ".join(" ".join(pages).split())
    assert len(pages) > 2
    assert all(f"Family{n}" in text for n in range(1, 121))
    assert "Recalled 20 Nov 2026: particles" in text
    assert "ab12" in text
