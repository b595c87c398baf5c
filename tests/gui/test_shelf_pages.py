"""Products, lots and recalls on the practice's page, by real events."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mesomap.commands.mixtures import Prepare
from mesomap.domain.lot import Lot, LotRecall, OpenedVial
from mesomap.domain.mixture import MixtureDetails
from mesomap.domain.product import Answer, Product, ProductClass
from mesomap.services import ChartingService, Practice
from mesomap.services.mixing import line_of
from mesomap.services.shelf import add_favourite, add_lot, add_product, change_lot, read_shelf
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.practice import PracticePage
from mesomap.ui.shelf.products_section import ProductsSection
from mesomap.ui.shelf.recall_section import RecallSection
from tests.unit.services.conftest import PAPULE, point_at


@pytest.fixture
def practice(window: MainWindow) -> Practice:
    """The practice with one product, one lot and a session in which it was drawn up."""
    opened = window.desk.practice
    assert opened is not None
    product = add_product(opened, "Filler 20", gtin="09506000134352")
    lot = change_lot(opened, add_lot(opened, product, "HA1", date(2030, 11, 30)), bought_ml=Decimal(10))
    session = opened.new_session(opened.patients()[0].id, window.desk.atlas())
    shelf = read_shelf(opened)
    details = MixtureDetails(lines=(line_of(product, shelf.lot(lot.id), Decimal("2.5")),))
    opened.run(Prepare(session, "A", details, "Mesolift"), session.id)
    charting = ChartingService(opened, window.desk.atlas(), session.id)
    charting.place([point_at(window.desk.atlas(), 40, 0), point_at(window.desk.atlas(), 50, 0)], PAPULE, 0.05)
    return opened


def _press(root: QWidget, words: str) -> None:
    (button,) = (b for b in root.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(root))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _page(window: MainWindow, key: str) -> QWidget:
    _press(window.patients, "Practice")
    page = window.records.page
    assert isinstance(page, PracticePage)
    page.show_section(key)
    section = page.section(key)
    assert section is not None
    QCoreApplication.processEvents()
    return section


def _products(window: MainWindow) -> ProductsSection:
    section = _page(window, "products")
    assert isinstance(section, ProductsSection)
    return section


def _recall(window: MainWindow) -> RecallSection:
    section = _page(window, "recall")
    assert isinstance(section, RecallSection)
    return section


def _type(field: QWidget, text: str) -> None:
    assert isinstance(field, QLineEdit)
    field.clear()
    QTest.keyClicks(field, text)


def test_a_product_is_completed_and_stays_what_it_was_in_its_sessions(window: MainWindow, practice: Practice) -> None:
    section = _products(window)
    form = section.form
    assert form.name.text() == "Filler 20"
    _type(form.maker.editor, "Beispiel AG")
    form.kind.set_text(ProductClass.HYALURONIC_ACID.value)
    QTest.mouseClick(form.substances.add_button, Qt.MouseButton.LeftButton)
    row = form.substances.rows()[0]
    _type(row.name.editor, "Sodium hyaluronate")
    _type(row.figure.editor, "20")
    _press(section, "Save product")
    assert "needs its unit" in form.error()
    row.unit.set_text("mg/mL")
    _press(section, "Save product")
    (product,) = practice.entries(Product)
    assert (product.manufacturer, product.product_class, product.gtin) == (
        "Beispiel AG", ProductClass.HYALURONIC_ACID, "09506000134352",
    )  # fmt: skip
    assert product.substances[0].concentration == Decimal(20)
    assert product.intradermal is Answer.UNKNOWN
    mixture = practice.sessions()[0].mixture("A")
    assert mixture is not None
    assert mixture.details is not None
    assert mixture.details.lines[0].substances == ()


def test_a_new_product_needs_a_name_and_a_number_that_is_right(window: MainWindow, practice: Practice) -> None:
    section = _products(window)
    _press(section, "New product")
    _press(section, "Save product")
    assert section.form.error() == "The product has no name. Enter what the pack says."
    _type(section.form.name.editor, "Vitamin C")
    _type(section.form.number.editor, "4006381333932")
    _press(section, "Save product")
    assert "check digit" in section.form.error()
    _type(section.form.number.editor, "4006381333931")
    _press(section, "Save product")
    assert {one.name: one.gtin for one in practice.entries(Product)}["Vitamin C"] == "04006381333931"


def test_a_lot_is_added_by_a_scan_opened_used_up_and_recalled(window: MainWindow, practice: Practice) -> None:
    section = _products(window)
    lots = section.lots
    _type(lots.form.number.editor, "]d2010950600013435217311130" + "10NEW9")
    QTest.keyClick(lots.form.scan, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(lots.form.scan, "2407")
    QTest.keyClick(lots.form.scan, Qt.Key.Key_Return)
    assert lots.error() == ""
    assert [(lot.number, lot.expiry) for lot in practice.entries(Lot)][-1] == ("NEW9", date(2031, 11, 30))
    _press(lots.lines["NEW9"], "Open vial")
    _type(lots.vial.hours.editor, "no")
    _press(section, "Record the vial")
    assert "not possible" in lots.error()
    _type(lots.vial.hours.editor, "24")
    _press(section, "Record the vial")
    (vial,) = practice.entries(OpenedVial)
    assert vial.use_by is not None
    assert (vial.use_by - vial.opened_at).total_seconds() == 24 * 3600
    _press(lots.lines["NEW9"], "Vial used up")
    assert practice.entries(OpenedVial)[0].ended_at is not None
    _press(lots.lines["NEW9"], "Recall …")
    _press(section, "Record the recall")
    assert "no reason" in lots.error()
    _type(lots.recall.reason.editor, "particles seen")
    _press(section, "Record the recall")
    _press(lots.lines["NEW9"], "Take recall back …")
    _type(lots.recall.reason.editor, "another lot was meant")
    _press(section, "Record the recall")
    first, second = practice.entries(LotRecall)
    assert (first.reason, second.ends) == ("particles seen", first.id)
    _press(lots.lines["NEW9"], "Correct")
    _type(lots.form.number.editor, "HA1")
    _press(section, "Save lot")
    assert "already" in lots.error()
    _type(lots.form.number.editor, "NEW10")
    _press(section, "Save lot")
    assert [lot.number for lot in practice.entries(Lot)] == ["HA1", "NEW10"]


def test_products_and_favourites_are_taken_out_of_the_list(window: MainWindow, practice: Practice) -> None:
    (product,) = practice.entries(Product)
    add_favourite(practice, "Mesolift", (line_of(product, None, Decimal(2)),))
    section = _products(window)
    _press(section.favourites, "Remove")
    assert read_shelf(practice).favourites == ()
    _press(section, "Take out of the list")
    assert read_shelf(practice).products == ()
    assert len(read_shelf(practice).lots) == 1  # a recall finds it as before


def test_a_scan_of_another_product_is_refused(window: MainWindow, practice: Practice) -> None:
    section = _products(window)
    _type(section.lots.form.number.editor, "]d2010400638133393117311130" + "10X")
    _press(section, "Add lot")
    assert section.lots.error() == "The code on the pack is not that of Filler 20. Choose its product first."
    assert len(practice.entries(Lot)) == 1


def test_a_recall_is_played_through_on_one_screen(
    window: MainWindow, practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    section = _recall(window)
    assert practice.sessions()
    QTest.keyClicks(section.field, "ha 1")
    QTest.keyClick(section.field, Qt.Key.Key_Return)
    panel = section.panel
    assert panel.isVisible()
    assert (panel.figures.figure("patients"), panel.figures.figure("points")) == ("1", "2")
    assert (panel.figures.figure("drawn up"), panel.figures.figure("left on paper")) == ("2.50 mL", "7.50 mL")
    row = [panel.model.index(0, column).data() for column in range(panel.model.columnCount())]
    assert row[2] == "Beispiel, Anna (1)"
    assert row[6] == "2"
    target = tmp_path / "lot.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    QTest.mouseClick(panel.csv, Qt.MouseButton.LeftButton)
    (line,) = csv.DictReader(target.read_text(encoding="utf-8-sig").splitlines())
    assert (line["Lot"], line["Family name"], line["Points"]) == ("HA1", "Beispiel", "2")
    paper = tmp_path / "lot.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(paper), ""))
    QTest.mouseClick(panel.paper, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(_written(paper), timeout=30_000)
    panel.table.activated.emit(panel.model.index(0, 0))
    assert window.charting is not None


def _written(paper: Path) -> Callable[[], bool]:
    return lambda: paper.exists() and paper.read_bytes().startswith(b"%PDF")


def test_a_scanned_pack_leads_to_its_lot_and_an_unknown_one_is_said(window: MainWindow, practice: Practice) -> None:
    section = _recall(window)
    assert practice.sessions()
    QTest.keyClicks(section.field, "]d2010950600013435217301130" + "10HA1")
    QTest.keyClick(section.field, Qt.Key.Key_Return)
    assert section.panel.trace is not None
    assert section.panel.trace.lot.number == "HA1"
    section.field.clear()
    QTest.keyClicks(section.field, "nothing")
    QTest.keyClick(section.field, Qt.Key.Key_Return)
    assert "No lot “nothing”" in section.told()
    assert not section.panel.isVisible()


def test_from_a_lot_to_where_it_went_and_back(window: MainWindow, practice: Practice) -> None:
    section = _products(window)
    assert practice.sessions()
    _press(section.lots.lines["HA1"], "Where it went")
    assert section.panel.isVisible()
    assert section.panel.trace is not None
    _press(section.panel, "Back")
    assert section.form.isVisible()
