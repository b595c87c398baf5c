"""Whole area in the window: an area by its name, a total, and the button that records."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.atlas.bodies import shipped_body
from mesomap.domain.marks import AreaRecord, InjectionSet
from mesomap.render.regions import RegionPaths
from mesomap.services.named_areas import NAMED_AREAS, areas_of
from mesomap.ui.area_names import area_name
from mesomap.ui.canvas.area_card import AreaCard
from tests.gui.test_select import CONTROL


@pytest.fixture
def charter(driver: WindowDriver) -> WindowDriver:
    """The whole-area tool with nappage, 15 mm apart."""
    driver.click(driver.page.dose.technique_button("nappage"))
    driver.set_values(1.0, 0.01, 15.0)
    driver.choose_tool("area")
    return driver


def card(driver: WindowDriver) -> AreaCard:
    """The card of the tool."""
    return driver.page.cards.area_card


def choose(driver: WindowDriver, key: str) -> None:
    """Tap an area's name."""
    chip = card(driver).chip(key)
    assert chip is not None
    driver.click(chip)


def laid_out(driver: WindowDriver) -> None:
    """Wait until every chosen region is laid out; the window works meanwhile."""
    for _ in range(500):
        if driver.page.cards.area.areas.ready():
            return
        driver.wait(20)
    raise AssertionError("the area was never laid out")


def enter_total(driver: WindowDriver, text: str) -> None:
    """Type the total volume."""
    field = card(driver).total_field().field()
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    driver.wait()


def test_an_area_with_a_total_in_three_steps(charter: WindowDriver) -> None:
    choose(charter, "face")
    laid_out(charter)
    assert card(charter).words() == "Face"
    label = card(charter).amount_label()
    assert "about" in label.text()
    assert label.width() >= label.sizeHint().width()
    assert not any(charter.page.model.marks)
    enter_total(charter, "2")
    charter.click(card(charter).record_button())
    (mark,) = charter.page.model.marks
    assert isinstance(mark, AreaRecord)
    assert mark.region_ids == ("forehead.mid",)
    assert mark.total_ml == pytest.approx(2.0)
    assert "Face" in charter.page.model.last_action
    assert charter.page.canvas.hasFocus()
    charter.key(Qt.Key.Key_Z, CONTROL)
    assert not any(charter.page.model.marks)


def test_the_total_comes_back_as_a_button_and_three_taps_are_enough(charter: WindowDriver) -> None:
    choose(charter, "face")
    assert card(charter).quick_button(2.0) is None
    enter_total(charter, "2")
    charter.click(card(charter).record_button())
    charter.key(Qt.Key.Key_Z, CONTROL)
    choose(charter, "abdomen")
    again = card(charter).quick_button(2.0)
    assert again is not None
    charter.click(again)
    charter.click(card(charter).record_button())
    (mark,) = charter.page.model.marks
    assert mark.region_ids == ("abdomen_lower.mid",)
    assert charter.page.model.tally().total.volume_ml == pytest.approx(2.0)


def test_a_tap_on_the_body_takes_regions_in_and_out(charter: WindowDriver) -> None:
    tool = charter.page.cards.area
    charter.tap(60, 0)
    charter.tap(-60, 0)
    assert set(tool.areas.regions()) == {"chest.left", "chest.right"}
    charter.tap(60, 0)
    assert tool.areas.regions() == ("chest.right",)
    charter.tap(175, 240)
    assert "Off the body" in charter.page.floating.hint_text()
    charter.key(Qt.Key.Key_Return)
    assert [mark.region_ids for mark in charter.page.model.marks] == [("chest.right",)]


def test_escape_chooses_nothing_and_another_tool_hides_the_card(charter: WindowDriver) -> None:
    choose(charter, "face")
    charter.key(Qt.Key.Key_Escape)
    assert charter.page.cards.area.areas.regions() == ()
    charter.key(Qt.Key.Key_Return)
    assert not any(charter.page.model.marks)
    assert "Choose an area" in charter.page.floating.hint_text()
    charter.key(Qt.Key.Key_P)
    assert card(charter).words() == ""
    charter.key(Qt.Key.Key_W)
    assert card(charter).chip("face") is not None


def test_a_point_technique_needs_its_spacing_and_then_places_points(driver: WindowDriver) -> None:
    driver.click(driver.page.dose.technique_button("point_by_point"))
    driver.key(Qt.Key.Key_W)
    choose(driver, "face")
    driver.click(card(driver).record_button())
    assert not any(driver.page.model.marks)
    assert "spacing" in driver.page.floating.hint_text()
    driver.set_values(4.0, 0.1, 25.0)
    driver.wait()
    driver.click(card(driver).record_button())
    (mark,) = driver.page.model.marks
    assert isinstance(mark, InjectionSet)
    assert (mark.dose.technique, mark.volume_ml, mark.spacing_mm) == ("point_by_point", 0.1, 25.0)


def test_a_new_spacing_lays_the_area_out_anew(charter: WindowDriver) -> None:
    choose(charter, "face")
    laid_out(charter)
    (before,) = charter.page.cards.area.areas.shown()
    charter.set_values(1.0, 0.01, 10.0)
    laid_out(charter)
    (after,) = charter.page.cards.area.areas.shown()
    assert after.preview.count > 1.5 * before.preview.count


def test_an_area_and_a_total_are_enough_when_nobody_set_a_spacing(driver: WindowDriver) -> None:
    driver.click(driver.page.dose.technique_button("nappage"))
    driver.choose_tool("area")
    choose(driver, "face")
    laid_out(driver)
    assert "about" not in card(driver).amount_label().text()
    enter_total(driver, "2")
    driver.click(card(driver).record_button())
    (mark,) = driver.page.model.marks
    assert isinstance(mark, AreaRecord)
    assert (mark.about_n, mark.spacing_mm) == (None, None)
    assert mark.total_ml == pytest.approx(2.0)


def test_every_area_has_a_name() -> None:
    for area in NAMED_AREAS:
        name = area_name(area.key)
        assert name[0].isupper(), area.key
        assert "_" not in name
        assert "." not in name


def test_the_names_are_offered_without_an_outline_being_made(
    driver: WindowDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(_paths: RegionPaths, _view_key: str, _region_id: str) -> QPainterPath:
        raise AssertionError("the outlines of a whole body take half a second")

    monkeypatch.setattr(RegionPaths, "made", made)
    driver.page.model.regions._paths.clear()
    offered = [area.key for area in driver.page.cards.area.areas.offered()]
    assert offered


@pytest.mark.parametrize(
    ("view", "there", "missing"),
    [
        ("head_front", {"face", "forehead", "cheeks"}, {"buttocks", "lower_back"}),
        ("body_back", {"buttocks", "lower_back", "upper_back"}, {"face", "forehead"}),
        ("trunk_right", {"shoulder.right"}, {"thigh.left", "upper_arm.left", "face"}),
    ],
)
def test_a_view_offers_what_it_shows_of_the_true_body(view: str, there: set[str], missing: set[str]) -> None:
    atlas = shipped_body("female")
    seen = RegionPaths(atlas).shown(view, 0.02)
    areas = areas_of(atlas)
    offered = {a.key for a in areas if 2 * len(seen.intersection(a.region_ids)) >= len(a.region_ids)}
    assert there <= offered
    assert not missing & offered
