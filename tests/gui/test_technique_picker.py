"""All techniques in the window: found by any of their names, chosen and starred by pen and by keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.technique import techniques


def test_all_28_are_listed_favourites_first(driver: WindowDriver) -> None:
    driver.page.open_picker()
    shown = driver.page.picker.shown()
    assert sorted(shown) == sorted(techniques())
    assert shown[:5] == driver.page.model.favourites


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("quaddel", "papule"),
        ("papula", "papule"),
        ("epidermica mesotherapie", "ied"),
        ("THREADING", "linear_retrograde"),
        ("goccia", ""),
    ],
)
def test_a_technique_is_found_in_any_language_accents_and_case_forgiven(
    driver: WindowDriver, text: str, key: str
) -> None:
    driver.page.open_picker()
    QTest.keyClicks(driver.page.picker.search_field(), text)
    shown = driver.page.picker.shown()
    assert (key in shown) if key else shown == []
    assert len(shown) < 10


def test_enter_takes_the_first_that_is_found(driver: WindowDriver) -> None:
    driver.page.open_picker()
    field = driver.page.picker.search_field()
    QTest.keyClicks(field, "bolus")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert driver.page.model.choice.technique == "bolus"
    assert not driver.page.picker.isVisible()


def test_a_star_by_pen_and_by_key(driver: WindowDriver) -> None:
    page = driver.page
    page.open_picker()
    row = page.picker.row("papule")
    driver.click(row, QPoint(row.width() - 20, 20))
    assert "papule" not in page.model.favourites
    QTest.keyClick(row, Qt.Key.Key_S)
    assert page.model.favourites[0] == "papule"
    assert page.picker.isVisible()


def test_the_card_names_the_sources_and_fills_nothing_in(driver: WindowDriver) -> None:
    page = driver.page
    before = page.model.choice
    page.open_info()
    assert page.info.isVisible()
    known = techniques()[before.technique]
    facts = dict(page.info.facts(known))
    assert facts["Angle in the sources"] == "10–30°"
    assert facts["Sources"] == known.sources
    assert page.model.choice == before
    driver.key(Qt.Key.Key_Escape)
    assert not page.info.isVisible()
