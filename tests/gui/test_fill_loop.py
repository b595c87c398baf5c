"""Fill a loop: shown first, recorded as one step, over borders too."""

import pytest
from PySide6.QtCore import Qt

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.marks import AreaRecord, InjectionSet, Lattice, Origin
from mesomap.ui.canvas.tools.fill import FillTool
from mesomap.ui.fill_pattern import FillPattern
from tests.gui.test_select import CONTROL, drag

LOOP = ((40, -40), (110, -40), (110, 20), (40, 20), (40, -38))
OVER_BORDER = ((-40, 80), (40, 80), (40, 120), (-40, 120), (-40, 82))


def test_a_loop_is_shown_first_and_recorded_by_enter(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_F)
    drag(driver, *LOOP)
    tool = driver.page.canvas.tool()
    assert isinstance(tool, FillTool)
    shown = tool.preview()
    assert shown is not None
    assert not any(driver.page.model.marks)
    assert f"{shown.preview.count} points" in driver.page.cards.fill_card.words()
    driver.key(Qt.Key.Key_Return)
    (mark,) = driver.page.model.marks
    assert isinstance(mark, InjectionSet)
    assert (mark.origin, mark.points, mark.outline) == (Origin.FILL, shown.preview.points, shown.preview.outline)
    xy = driver.page.model.scene("body_front").points.xy
    assert (xy.min(axis=0) > (39, -41)).all()
    assert (xy.max(axis=0) < (111, 21)).all()


def test_a_loop_over_a_border_fills_both_regions_in_one_step(driver: WindowDriver) -> None:
    driver.click(driver.page.dose.technique_button("nappage"))
    driver.set_values(1.0, 0.01, 12.0)
    drag(driver, *OVER_BORDER)
    driver.key(Qt.Key.Key_Return)
    marks = driver.page.model.marks
    assert {mark.region_ids for mark in marks} == {("chest.left",), ("chest.right",)}
    assert all(isinstance(mark, AreaRecord) for mark in marks)
    driver.key(Qt.Key.Key_Z, CONTROL)
    assert driver.page.model.marks == ()


def test_a_new_spacing_changes_the_shown_loop(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_F)
    drag(driver, *LOOP)
    tool = driver.page.canvas.tool()
    assert isinstance(tool, FillTool)
    before = tool.preview()
    driver.set_values(2.0, 0.05, 10.0)
    after = tool.preview()
    assert before is not None
    assert after is not None
    assert after.preview.count == pytest.approx(4 * before.preview.count, rel=0.25)
    driver.key(Qt.Key.Key_Escape)
    assert tool.preview() is None
    assert driver.page.model.marks == ()


def test_a_loop_beside_the_body_fills_nothing(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_F)
    drag(driver, (165, 190), (178, 190), (178, 240), (165, 240), (165, 192))
    driver.key(Qt.Key.Key_Return)
    assert driver.page.model.marks == ()
    assert "Off the body" in driver.page.floating.hint_text()


def test_lattice_and_margin_change_what_is_shown_and_come_back(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_F)
    driver.tap(60, 0)
    card, tool = driver.page.cards.fill_card, driver.page.cards.fill
    hexagonal = tool.preview()
    square, scattered = (card.lattice_button(lattice) for lattice in (Lattice.SQUARE, Lattice.JITTERED))
    assert hexagonal is not None
    assert square is not None
    assert scattered is not None
    driver.click(square)
    even = tool.preview()
    assert even is not None
    assert even.preview.count == pytest.approx(hexagonal.preview.count * 3**0.5 / 2, rel=0.12)
    driver.click(scattered)
    card.margin().nudge(15)
    shown = tool.preview()
    assert shown is not None
    assert shown.preview.area_cm2 < hexagonal.preview.area_cm2
    assert shown.preview.points != hexagonal.preview.points
    driver.click(card.record_button())
    (mark,) = driver.page.model.marks
    assert isinstance(mark, InjectionSet)
    assert mark.points == shown.preview.points
    assert card.words() == ""
    pattern = FillPattern(driver.page.model.service.practice)
    assert (pattern.lattice, pattern.margin_mm) == (Lattice.JITTERED, 15.0)


def test_the_spacing_can_be_changed_on_the_card(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_F)
    driver.tap(60, 0)
    before = driver.page.cards.fill.preview()
    driver.page.cards.fill_card.spacing().nudge(-10)
    after = driver.page.cards.fill.preview()
    assert before is not None
    assert after is not None
    assert after.preview.count > before.preview.count
    assert driver.page.model.choice.values.spacing_mm == 15.0


def test_a_margin_that_leaves_nothing_is_said_and_nothing_is_recorded(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_F)
    drag(driver, (60, -10), (90, -10), (90, 15), (60, 15), (60, -8))
    driver.page.cards.fill_card.margin().nudge(50)
    assert "margin" in driver.page.floating.hint_text()
    driver.key(Qt.Key.Key_Return)
    assert not any(driver.page.model.marks)
