"""Fan in the window: the middle line by a drag, the others by number and angle."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.marks import InjectionSet, Origin
from mesomap.services.fanning import FanShape
from mesomap.ui.canvas.tools.fan import FanTool
from tests.gui.test_select import CONTROL, drag


@pytest.fixture
def fanner(driver: WindowDriver) -> WindowDriver:
    """The fan tool with a linear technique, 20 mm apart."""
    driver.click(driver.page.dose.technique_button("linear_retrograde"))
    driver.set_values(4.0, 0.05, 20.0)
    driver.choose_tool("fan")
    return driver


def test_a_drag_lays_all_lines_as_one_step(fanner: WindowDriver) -> None:
    drag(fanner, (60, 0), (100, 0))
    marks = fanner.page.model.marks
    assert len(marks) == 5
    for mark in marks:
        assert isinstance(mark, InjectionSet)
        assert (mark.origin, mark.dose.technique) == (Origin.LINE, "linear_retrograde")
    assert "Fan of 5 lines" in fanner.page.model.last_action
    assert "mm" in fanner.page.model.last_action
    fanner.key(Qt.Key.Key_Z, CONTROL)
    assert not any(fanner.page.model.marks)


def test_steppers_and_arrow_keys_shape_the_fan(fanner: WindowDriver) -> None:
    card = fanner.page.cards.fan_card
    card.lines.nudge(-1)
    fanner.key(Qt.Key.Key_Down)
    fanner.key(Qt.Key.Key_Right)
    assert "3 lines · 65°" in card.words()
    fanner.tap(60, 0)
    fanner.tap(100, 0)
    assert len(fanner.page.model.marks) == 3
    kept = fanner.page.model.service.practice.setting("fan_shape")
    assert FanShape.from_setting(kept) == FanShape(3, 65.0)


def test_a_fan_under_way_follows_the_stepper_and_escape_drops_it(fanner: WindowDriver) -> None:
    drag(fanner, (60, 0), (100, 0), drop=False)
    tool = fanner.page.canvas.tool()
    assert isinstance(tool, FanTool)
    assert len(tool.preview()) == 5
    fanner.page.cards.fan_card.lines.nudge(2)
    assert len(tool.preview()) == 7
    fanner.key(Qt.Key.Key_Escape)
    at = fanner.place_of(100, 0)
    QTest.mouseRelease(fanner.page.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert not any(fanner.page.model.marks)


def test_live_mirror_fans_both_sides(fanner: WindowDriver) -> None:
    fanner.page.model.toggle_overlay("mirror", True)
    drag(fanner, (60, 0), (100, 0))
    regions = {mark.region_ids for mark in fanner.page.model.marks}
    assert regions == {("chest.left",), ("chest.right",)}
    fanner.key(Qt.Key.Key_Z, CONTROL)
    assert not any(fanner.page.model.marks)


def test_the_first_tap_in_another_view_is_an_entry_anew(fanner: WindowDriver) -> None:
    fanner.tap(60, 0)
    fanner.choose_view("body_back")
    fanner.tap(-60, 0)
    assert not any(fanner.page.model.marks)
    fanner.tap(-90, 0)
    regions = {region for mark in fanner.page.model.marks for region in mark.region_ids}
    assert regions == {"back_upper.left"}
