"""Strokes in the window: the tool brings its technique, a drag lays the strip."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.marks import AreaRecord
from mesomap.ui.canvas.tools.stroke import StrokeTool
from tests.gui.test_select import CONTROL, drag


@pytest.fixture
def stroker(driver: WindowDriver) -> WindowDriver:
    """The stroke tool, 10 mm apart."""
    driver.choose_tool("stroke")
    driver.set_values(0.5, 0.02, 10.0)
    return driver


def test_the_tool_brings_its_technique_and_stays(stroker: WindowDriver) -> None:
    assert stroker.page.model.choice.technique == "ied"
    assert isinstance(stroker.page.canvas.tool(), StrokeTool)
    stroker.click(stroker.page.dose.technique_button("papule"))
    assert not isinstance(stroker.page.canvas.tool(), StrokeTool)


@pytest.mark.parametrize("tool", ["place", "stamp", "fan", "line"])
def test_a_tool_that_sets_points_gives_the_technique_of_before_back(stroker: WindowDriver, tool: str) -> None:
    stroker.choose_tool(tool)
    assert stroker.page.canvas.tool() is stroker.page.tools[tool]
    assert stroker.page.model.choice.technique == "papule"


def test_other_tools_and_a_technique_chosen_by_hand_leave_it(stroker: WindowDriver) -> None:
    stroker.choose_tool("erase")
    assert stroker.page.model.choice.technique == "ied"
    stroker.click(stroker.page.dose.technique_button("nappage"))
    stroker.choose_tool("stamp")
    assert stroker.page.model.choice.technique == "nappage"


@pytest.mark.parametrize("tool", ["stamp", "fan", "line"])
def test_such_a_tool_stays_when_a_technique_of_points_is_chosen(driver: WindowDriver, tool: str) -> None:
    driver.click(driver.page.dose.technique_button("nappage"))
    driver.choose_tool(tool)
    driver.click(driver.page.dose.technique_button("papule"))
    assert driver.page.canvas.tool() is driver.page.tools[tool]
    driver.click(driver.page.dose.technique_button("nappage"))
    assert driver.page.canvas.tool() is driver.page.tools["fill"]


def test_a_drag_charts_the_strip_as_one_area_drawn_as_strokes(stroker: WindowDriver) -> None:
    stroker.page.cards.stroke_card.width.nudge(5)
    drag(stroker, (40, 0), (90, 10))
    (mark,) = stroker.page.model.marks
    assert isinstance(mark, AreaRecord)
    assert (mark.dose.technique, mark.region_ids, mark.about_n) == ("ied", ("chest.left",), None)
    assert "3 strokes of" in stroker.page.model.last_action
    (area,) = stroker.page.model.scene("body_front").areas
    assert not area.strokes.isEmpty()
    assert len(area.lattice) == 0
    assert stroker.page.model.service.practice.setting("stroke_width_mm") == 30.0
    stroker.key(Qt.Key.Key_Z, CONTROL)
    assert not any(stroker.page.model.marks)


def test_the_strip_under_way_follows_width_and_spacing_and_escape_drops_it(stroker: WindowDriver) -> None:
    drag(stroker, (40, 0), (90, 10), drop=False)
    tool = stroker.page.canvas.tool()
    assert isinstance(tool, StrokeTool)
    before = tool.preview()
    assert before is not None
    stroker.key(Qt.Key.Key_Up)
    for _ in range(6):
        stroker.key(Qt.Key.Key_Up)
    after = tool.preview()
    assert after is not None
    assert after.count > before.count
    assert f"{after.count} strokes" in stroker.page.cards.stroke_card.words()
    stroker.key(Qt.Key.Key_Escape)
    at = stroker.place_of(90, 10)
    QTest.mouseRelease(stroker.page.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert not any(stroker.page.model.marks)


def test_live_mirror_strokes_both_sides(stroker: WindowDriver) -> None:
    stroker.page.model.toggle_overlay("mirror", True)
    drag(stroker, (40, 0), (90, 10))
    assert [mark.region_ids for mark in stroker.page.model.marks] == [("chest.left",), ("chest.right",)]
