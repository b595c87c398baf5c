"""Mixtures at the chair by real events: last time's in one tap, a scanner, three fields, a reason for an allergy."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.commands.mixtures import Prepare
from mesomap.domain.clock import now
from mesomap.domain.lot import Lot
from mesomap.domain.mixture import MixtureDetails
from mesomap.domain.product import Product
from mesomap.domain.session import Session
from mesomap.domain.substance import ConcentrationUnit, SubstanceAmount
from mesomap.printing import PrintOptions, print_chart
from mesomap.services import Practice
from mesomap.services.mixing import line_of
from mesomap.services.shelf import add_favourite, add_lot, add_product, read_shelf
from mesomap.ui.main_window import MainWindow
from mesomap.ui.mixtures.card import MixtureCard
from tests.unit.printing.pdf_text import pages_text

GTIN = "09506000134352"
LIDOCAINE = SubstanceAmount(
    name="Lidocaine", system="ATC", code="N01BB02", concentration=Decimal(20), unit=ConcentrationUnit.MG_PER_ML
)


@pytest.fixture
def practice(window: MainWindow) -> Practice:
    """The practice with two products and a lot of each."""
    opened = window.desk.practice
    assert opened is not None
    filler = add_product(opened, "Filler 20", gtin=GTIN)
    add_lot(opened, filler, "HA1", date(2030, 11, 30))
    numbing = add_product(opened, "Lidocaine 2 %", substances=(LIDOCAINE,))
    add_lot(opened, numbing, "LD7", date(2030, 3, 31))
    return opened


def _lines(practice: Practice, *names: str) -> MixtureDetails:
    shelf = read_shelf(practice)
    found = [product for name in names if (product := shelf.named(name)) is not None]
    return MixtureDetails(lines=tuple(line_of(product, shelf.lot_to_take(product.id), Decimal(2)) for product in found))


def _open(window: MainWindow, session_id: UUID) -> tuple[WindowDriver, MixtureCard]:
    window.open_session(session_id)
    hand = WindowDriver(window)
    hand.choose_view("body_front")
    return hand, hand.page.dosing.mixing.card


def _today(window: MainWindow, practice: Practice) -> Session:
    return practice.new_session(practice.patients()[0].id, window.desk.atlas())


def _scan(card: MixtureCard, text: str) -> None:
    """What a scanner does: it types fast, its separator is Ctrl+], and ends with Enter."""
    for sign in text:
        if sign == "\x1d":
            QTest.keyClick(card.scan, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
        else:
            QTest.keyClicks(card.scan, sign)
    QTest.keyClick(card.scan, Qt.Key.Key_Return)


def test_last_times_mixture_is_taken_in_one_tap_with_the_lots_of_today(window: MainWindow, practice: Practice) -> None:
    earlier = _today(window, practice)
    details = _lines(practice, "Filler 20", "Lidocaine 2 %")
    practice.run(Prepare(earlier, "A", details, "Mesolift"), earlier.id)
    hand, _card = _open(window, _today(window, practice).id)
    (chip,) = hand.page.dose.head.offers().chips()
    assert chip.accessibleName() == "As last time: A Mesolift"
    hand.click(chip)
    mixture = hand.page.model.service.session.mixture("A")
    assert mixture is not None
    assert (mixture.name, mixture.drawn_ml, mixture.details) == ("Mesolift", 4.0, details)
    assert hand.page.dose.head.offers().chips() == []
    hand.page.model.service.undo()
    assert hand.page.model.service.session.mixture("A") is None


def test_a_lot_that_is_over_is_not_taken_again(window: MainWindow, practice: Practice) -> None:
    earlier = _today(window, practice)
    practice.run(Prepare(earlier, "A", _lines(practice, "Filler 20"), "Mesolift"), earlier.id)
    (lot,) = (lot for lot in practice.entries(Lot) if lot.number == "HA1")
    from mesomap.services.shelf import change_lot

    change_lot(practice, lot, finished=True)
    hand, _card = _open(window, _today(window, practice).id)
    hand.click(hand.page.dose.head.offers().chips()[0])
    details = hand.page.dosing.mixing.details()
    assert [(line.product_name, line.lot_number) for line in details.lines] == [("Filler 20", "")]


def test_a_scanned_pack_becomes_a_line_with_its_lot(window: MainWindow, practice: Practice) -> None:
    hand, card = _open(window, _today(window, practice).id)
    hand.click(hand.page.dose.head.products_button())
    assert card.scan.hasFocus()
    _scan(card, f"]d201{GTIN}10NEW42\x1d17301130\x1d21S1")
    (line,) = hand.page.dosing.mixing.details().lines
    assert (line.product_name, line.lot_number, line.expiry) == ("Filler 20", "NEW42", date(2030, 11, 30))
    assert [lot.number for lot in practice.entries(Lot)] == ["HA1", "LD7", "NEW42"]
    card.rows()[0].volume().nudge(5)
    (line,) = hand.page.dosing.mixing.details().lines
    assert line.volume_ml == Decimal("2.5")
    _scan(card, f"]d201{GTIN}10NEW42\x1d17301130\x1d21S1")
    assert card.told() == "Filler 20 is in the mixture already."


def test_a_scan_while_the_body_has_the_keyboard_opens_the_card_and_sets_no_mark(
    window: MainWindow, practice: Practice
) -> None:
    hand, card = _open(window, _today(window, practice).id)
    hand.click(hand.page.dose.technique_button("papule"))
    hand.set_values(2.0, 0.05, 20.0)
    hand.hover(40, 0)
    canvas = hand.page.canvas
    canvas.setFocus(Qt.FocusReason.OtherFocusReason)
    before, overlays = hand.page.model.choice, dict(hand.page.model.overlays)
    QTest.keyClicks(canvas, f"]d201{GTIN}10XM9E")
    QTest.keyClick(canvas, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(canvas, "17301130")
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    hand.wait()
    assert card.isVisible()
    assert [line.lot_number for line in hand.page.dosing.mixing.details().lines] == ["XM9E"]
    assert hand.page.model.marks == ()
    assert hand.page.model.choice == before
    assert hand.page.model.overlays == overlays  # D of the identifier is no heat map
    hand.page.dosing.put_away()
    canvas.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClick(canvas, Qt.Key.Key_2)
    assert hand.page.model.choice.mixture == "B"  # one key is a hand's


def test_an_unknown_pack_is_added_in_three_fields(window: MainWindow, practice: Practice) -> None:
    hand, card = _open(window, _today(window, practice).id)
    hand.click(hand.page.dose.head.products_button())
    _scan(card, "]d20104006381333931" + "10V9\x1d17290600")
    name, lot, expiry = card.chair.fields()
    assert (name.text(), lot.text(), expiry.text()) == ("", "V9", "06/2029")
    assert name.hasFocus()
    QTest.keyClicks(name, "Vitamin C 10 %")
    hand.click(card.chair.add_button())
    (line,) = hand.page.dosing.mixing.details().lines
    assert (line.product_name, line.lot_number) == ("Vitamin C 10 %", "V9")
    made = next(one for one in practice.entries(Product) if one.name == "Vitamin C 10 %")
    assert made.gtin == "04006381333931"


def test_a_wrong_code_and_a_half_read_one_are_said_and_nothing_is_recorded(
    window: MainWindow, practice: Practice
) -> None:
    hand, card = _open(window, _today(window, practice).id)
    hand.click(hand.page.dose.head.products_button())
    _scan(card, "]d20109506000134353")
    assert "check digit" in card.told()
    card.scan.clear()
    _scan(card, "]d2010950600013")
    assert "only in part" in card.told()
    assert hand.page.dosing.mixing.details().lines == ()


def test_a_code_without_separators_asks_which_reading_is_on_the_pack(window: MainWindow, practice: Practice) -> None:
    hand, card = _open(window, _today(window, practice).id)
    hand.click(hand.page.dose.head.products_button())
    _scan(card, f"01{GTIN}17301130" + "10AB21X7")
    chips = card.found()
    assert [chip.accessibleName() for chip in chips] == ["Lot AB21X7 · 11/2030", "Lot AB · 11/2030, serial X7"]
    hand.click(chips[1])
    assert [line.lot_number for line in hand.page.dosing.mixing.details().lines] == ["AB"]


def test_a_product_is_picked_by_typing_and_shows_its_concentration(window: MainWindow, practice: Practice) -> None:
    hand, card = _open(window, _today(window, practice).id)
    hand.click(hand.page.dose.head.products_button())
    QTest.keyClicks(card.scan, "lido")
    hand.wait()
    hand.click(card.found()[0])
    (line,) = hand.page.dosing.mixing.details().lines
    assert (line.lot_number, line.substances) == ("LD7", (LIDOCAINE,))


def test_a_matching_allergy_asks_for_a_reason_that_is_recorded(window: MainWindow, practice: Practice) -> None:
    patient = practice.patients()[0]
    practice.edit_patient(patient, replace(patient, allergies=("Lidocaïne",)))
    add_favourite(practice, "Numb", _lines(practice, "Filler 20", "Lidocaine 2 %").lines)
    hand, card = _open(window, _today(window, practice).id)
    hand.click(hand.page.dose.head.offers().chips()[0])
    assert card.isVisible()
    assert hand.page.dosing.mixing.details().lines == ()
    hand.click(card.reason().use)
    assert hand.page.dosing.mixing.details().lines == ()  # no reason, no record
    QTest.keyClicks(card.reason().field, "Tolerated in 2025")
    hand.click(card.reason().use)
    lines = hand.page.dosing.mixing.details().lines
    assert [line.reason for line in lines] == ["", "Tolerated in 2025"]
    warned = hand.page.dosing.mixing.warned()["A"]
    assert warned == ("Matches the recorded allergy “Lidocaïne”. Reason: Tolerated in 2025",)


def test_a_matching_product_can_be_left_out(window: MainWindow, practice: Practice) -> None:
    patient = practice.patients()[0]
    practice.edit_patient(patient, replace(patient, allergies=("N01BB02",)))
    add_favourite(practice, "Numb", _lines(practice, "Filler 20", "Lidocaine 2 %").lines)
    hand, card = _open(window, _today(window, practice).id)
    hand.click(hand.page.dose.head.offers().chips()[0])
    hand.click(card.reason().leave)
    assert [line.product_name for line in hand.page.dosing.mixing.details().lines] == ["Filler 20"]


def test_a_mixture_past_its_use_by_is_said_and_stops_nothing(window: MainWindow, practice: Practice) -> None:
    session = _today(window, practice)
    details = replace(_lines(practice, "Filler 20"), use_by=now() - timedelta(minutes=5))
    practice.run(Prepare(session, "A", details, "Mesolift"), session.id)
    hand, _card = _open(window, session.id)
    (said,) = hand.page.dosing.mixing.to_see()
    assert said.startswith("Mixture A was to be used by ")


def test_an_expired_lot_is_marked_in_red_and_stops_nothing(window: MainWindow, practice: Practice) -> None:
    product = next(one for one in practice.entries(Product) if one.name == "Filler 20")
    session = _today(window, practice)
    old = add_lot(practice, product, "OLD", date(2020, 6, 30))
    line = replace(_lines(practice, "Filler 20").lines[0], lot_id=old.id, lot_number="OLD", expiry=old.expiry)
    practice.run(Prepare(session, "A", MixtureDetails(lines=(line,)), "Mesolift"), session.id)
    hand, _card = _open(window, session.id)
    assert hand.page.dosing.mixing.to_see() == ("Lot OLD expired 06/2020.",)
    assert hand.page.dosing.mixing.warned() == {"A": ("Lot OLD expired 06/2020. It is marked on the chart.",)}
    hand.click(hand.page.dose.technique_button("papule"))
    hand.set_values(2.0, 0.05, 20.0)
    hand.tap(40, 0)
    assert len(hand.page.model.marks) == 1


def test_another_lot_is_chosen_for_a_line_and_the_mixture_kept_as_favourite(
    window: MainWindow, practice: Practice
) -> None:
    product = next(one for one in practice.entries(Product) if one.name == "Filler 20")
    add_lot(practice, product, "HA2", date(2031, 1, 31))
    hand, card = _open(window, _today(window, practice).id)
    hand.click(hand.page.dose.head.products_button())
    QTest.keyClicks(card.scan, "Filler 20")
    QTest.keyClick(card.scan, Qt.Key.Key_Return)
    row = card.rows()[0]
    assert row.line.lot_number == ""  # two lots are in use: a person says which
    hand.click(row.lot_button())
    hand.click(row.lot_choice("HA2"))
    assert [line.lot_number for line in hand.page.dosing.mixing.details().lines] == ["HA2"]
    hand.click(card.keep_button())
    assert [one.name for one in read_shelf(practice).favourites] == ["Filler 20"]


def test_four_products_by_scan_are_mixed_charted_and_printed(
    window: MainWindow, practice: Practice, tmp_path: Path
) -> None:
    """Each pack is one scan; the unknown one asks for its name. Then a mark, and the paper names every lot."""
    add_product(practice, "NaCl 0.9 %", gtin="00036000291452")
    add_product(practice, "Vitamin C", numbers=("PZN 03752864",))
    session = _today(window, practice)
    hand, card = _open(window, session.id)
    hand.click(hand.page.dose.head.products_button())
    _scan(card, f"]d201{GTIN}10FIL1\x1d17301130")
    _scan(card, "]C10100036000291452" + "17310100" + "10SALT2")
    for sign in "[)>\x1e06\x1d9N110375286414\x1d1TVIT3\x1dD300600\x1e\x04":
        if sign == "\x1d":
            QTest.keyClick(card.scan, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
        elif sign == "\x1e":
            QTest.keyClick(card.scan, Qt.Key.Key_AsciiCircum, Qt.KeyboardModifier.ControlModifier)
        elif sign != "\x04":
            QTest.keyClicks(card.scan, sign)
    QTest.keyClick(card.scan, Qt.Key.Key_Return)
    _scan(card, "(01)04006381333931(17)290331(10)NEW4")
    QTest.keyClicks(card.chair.fields()[0], "Biotin 0.5 mg/mL")
    hand.click(card.chair.add_button())
    lines = hand.page.dosing.mixing.details().lines
    assert [line.lot_number for line in lines] == ["FIL1", "SALT2", "VIT3", "NEW4"]
    for row in range(4):
        card.rows()[row].volume().nudge(2)
    hand.page.dosing.put_away()
    hand.click(hand.page.dose.technique_button("papule"))
    hand.set_values(2.0, 0.05, 20.0)
    hand.tap(40, 0)
    mixture = hand.page.model.service.session.mixture("A")
    assert mixture is not None
    assert mixture.drawn_ml == 4.0
    atlas, data = window.desk.chart_of(session.id)
    print_chart(tmp_path / "chart.pdf", atlas, data, PrintOptions())
    text = " ".join(" ".join(pages_text(tmp_path / "chart.pdf")).split())
    for words in ("FIL1", "SALT2", "VIT3", "NEW4", "Biotin 0.5 mg/mL", "06/2030", "total 4.00 mL"):
        assert words in text


def test_a_picture_of_a_code_is_taken_as_a_scan(
    window: MainWindow, practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = zxingcpp.create_barcode(f"(01){GTIN}(17)301130(10)PIC5", zxingcpp.BarcodeFormat.DataMatrix, gs1=True)
    Image.fromarray(np.array(code.to_image(scale=6, add_quiet_zones=True))).save(tmp_path / "pack.png")
    hand, card = _open(window, _today(window, practice).id)
    hand.click(hand.page.dose.head.products_button())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(tmp_path / "pack.png"), ""))
    (button,) = (b for b in card.findChildren(QPushButton) if b.text() == "Picture …")
    hand.click(button)
    assert [line.lot_number for line in hand.page.dosing.mixing.details().lines] == ["PIC5"]
    (tmp_path / "pack.png").write_bytes(b"no picture")
    hand.click(button)
    assert "cannot be read as a picture" in card.told()
