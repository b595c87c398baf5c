"""Doses of substances on the patient's page, and how few taps lead to the first mark with last time's mixture."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.commands.mixtures import Prepare
from mesomap.domain.mixture import MixtureDetails
from mesomap.domain.substance import ConcentrationUnit, SubstanceAmount
from mesomap.services import ChartingService, Practice
from mesomap.services.mixing import line_of
from mesomap.services.shelf import add_lot, add_product, read_shelf
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.patient import PatientPage
from mesomap.ui.shelf.given_tab import GivenTab
from tests.unit.services.conftest import PAPULE, point_at


@pytest.fixture
def practice(window: MainWindow) -> Practice:
    """A known patient with one session: lidocaine 20 mg/mL, 0.15 mL given."""
    opened = window.desk.practice
    assert opened is not None
    atlas = window.desk.atlas()
    lidocaine = SubstanceAmount(
        name="Lidocaine", system="ATC", code="N01BB02", concentration=Decimal(20), unit=ConcentrationUnit.MG_PER_ML
    )
    product = add_product(opened, "Lidocaine 2 %", substances=(lidocaine,))
    lot = add_lot(opened, product, "LD7")
    session = opened.new_session(opened.patients()[0].id, atlas)
    line = line_of(product, read_shelf(opened).lot(lot.id), Decimal(2))
    opened.run(Prepare(session, "A", MixtureDetails(lines=(line,)), "Numb"), session.id)
    charting = ChartingService(opened, atlas, session.id)
    charting.place([point_at(atlas, 40, 0), point_at(atlas, 44, 0), point_at(atlas, 48, 0)], PAPULE, 0.05)
    return opened


def _press(root: QWidget, words: str) -> None:
    (button,) = (b for b in root.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(root))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_dose_of_a_substance_is_shown_by_session_and_region(window: MainWindow, practice: Practice) -> None:
    window.records.open_patient(practice.patients()[0].id, "given")
    page = window.records.page
    assert isinstance(page, PatientPage)
    tab = page.tab("given")
    assert isinstance(tab, GivenTab)
    assert tab.rows() == [("In all", "Lidocaine", "3 mg")]
    tab.scope.set_text(f"session:{practice.sessions()[0].id}")
    assert tab.rows()[0] == ("In all", "Lidocaine", "3 mg")
    assert tab.rows()[1][1:] == ("Lidocaine", "3 mg")
    assert "Lot LD7" in tab.lots.text()


def test_a_known_patient_has_the_first_mark_with_last_times_mixture_in_three_taps(
    window: MainWindow, practice: Practice
) -> None:
    window.show_patients()
    window.patients.choose(practice.patients()[0].id)
    taps = 0
    (start,) = (
        button
        for button in window.patients.findChildren(QPushButton)
        if button.text().startswith("Start") and button.isVisibleTo(window.patients)
    )
    QTest.mouseClick(start, Qt.MouseButton.LeftButton)
    taps += 1
    hand = WindowDriver(window)
    hand.wait()
    hand.click(hand.page.dose.head.offers().chips()[0])
    taps += 1
    hand.page.model.choose_view("body_front")
    hand.tap(60, 0)
    taps += 1
    model = hand.page.model
    assert len(model.marks) == 1
    mixture = model.service.session.mixture("A")
    assert mixture is not None
    assert mixture.details is not None
    assert [line.lot_number for line in mixture.details.lines] == ["LD7"]
    assert taps <= 5
