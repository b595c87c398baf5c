"""Measure in the window: distance, angle and area, the distance worked out beside it; nothing is recorded."""

import threading

import pytest
from PySide6.QtCore import Qt

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.canvas.tools.measure import MeasureTool
from tests.gui.hands import until
from tests.gui.test_nearest_gap import held
from tests.gui.test_select import drag

__all__ = ["held"]


def measurer(driver: WindowDriver) -> MeasureTool:
    """The measure tool, chosen by its key."""
    driver.key(Qt.Key.Key_M)
    tool = driver.page.canvas.tool()
    assert isinstance(tool, MeasureTool)
    return tool


def test_two_taps_say_the_distance_along_the_skin_as_an_estimate(driver: WindowDriver) -> None:
    tool = measurer(driver)
    driver.tap(20, 0)
    assert tool.words() == ""
    driver.tap(120, 0)
    until(lambda: bool(tool.words()))
    (length,) = tool.lengths_mm()
    assert length == pytest.approx(117 * driver.page.model.length_factor, rel=0.04)
    hint = driver.page.floating.hint_text()
    assert f"{length:.1f} mm" in hint
    assert "estimate" in hint
    assert driver.page.model.marks == ()
    assert not driver.page.model.service.can_undo


def test_a_third_tap_gives_the_angle_and_a_fourth_begins_anew(driver: WindowDriver) -> None:
    tool = measurer(driver)
    for place in ((40, 0), (70, 0), (70, 40)):
        driver.tap(*place)
    until(lambda: len(tool.lengths_mm()) == 2)
    assert "°" in tool.words()
    driver.tap(50, 10)
    assert tool.words() == ""


def test_a_loop_gives_the_area_and_escape_forgets_it(driver: WindowDriver) -> None:
    tool = measurer(driver)
    drag(driver, (60, -40), (110, -40), (110, 40), (60, 40), (60, -38))
    assert "cm²" in driver.page.floating.hint_text()
    assert "left" in tool.words()
    driver.key(Qt.Key.Key_Escape)
    assert tool.words() == ""
    assert driver.page.model.marks == ()


def test_off_the_body_a_tap_is_refused(driver: WindowDriver) -> None:
    tool = measurer(driver)
    driver.tap(-170, 240)
    assert "Off the body" in driver.page.floating.hint_text()
    driver.tap(40, 0)
    assert tool.lengths_mm() == []


def test_the_window_does_not_wait_for_a_distance(driver: WindowDriver, held: threading.Event) -> None:
    tool = measurer(driver)
    driver.tap(20, 0)
    held.clear()
    for x in (40, 60, 80, 100):
        driver.hover(x, 0)
    driver.tap(120, 0)
    assert tool.lengths_mm() == []
    assert "being measured" in driver.page.floating.hint_text()
    held.set()
    until(lambda: "mm along the skin" in driver.page.floating.hint_text())
    (length,) = tool.lengths_mm()
    assert length == pytest.approx(117 * driver.page.model.length_factor, rel=0.04), "of the tapped end, not of the way"


def test_what_was_forgotten_meanwhile_is_not_told(driver: WindowDriver, held: threading.Event) -> None:
    tool = measurer(driver)
    held.clear()
    for x in (20, 120):
        driver.tap(x, 0)
    driver.key(Qt.Key.Key_Escape)
    held.set()
    tool.finish()
    driver.wait(60)
    assert tool.words() == ""
    assert "mm" not in driver.page.floating.hint_text()
    driver.tap(40, 0)
    driver.tap(70, 0)
    until(lambda: len(tool.lengths_mm()) == 1)
