"""Select in the window: tap, lasso, region, technique; move, change, delete; Escape and undo."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.ui.canvas.tools.select import SelectTool

CONTROL = Qt.KeyboardModifier.ControlModifier


def drag(driver: WindowDriver, *places_mm: tuple[float, float], drop: bool = True) -> None:
    """Press at the first place, wander over the others, leave at the last."""
    canvas = driver.page.canvas
    places = [driver.place_of(x, y) for x, y in places_mm]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, places[0])
    for a, b in pairwise(places):
        for step in range(1, 5):
            QTest.mouseMove(canvas, a + QPoint(*(((b - a) * step / 4).toTuple())))
    if drop:
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, places[-1])
    driver.wait()


def selector(driver: WindowDriver) -> SelectTool:
    """The select tool, chosen by its key."""
    driver.key(Qt.Key.Key_V)
    tool = driver.page.canvas.tool()
    assert isinstance(tool, SelectTool)
    return tool


def shown_at(driver: WindowDriver, row: int = 0) -> tuple[float, float]:
    """Where a visible point is drawn, view mm."""
    x, y = driver.page.model.scene("body_front").points.xy[row].tolist()
    return x, y


@pytest.fixture
def slow_double_tap(driver: WindowDriver) -> Iterator[None]:
    """A slow machine still makes a double tap."""
    assert driver.window.isVisible()
    before = QApplication.doubleClickInterval()
    QApplication.setDoubleClickInterval(5000)
    yield
    QApplication.setDoubleClickInterval(before)


def a_set(mark: Mark) -> InjectionSet:
    assert isinstance(mark, InjectionSet)
    return mark


def test_a_tap_selects_a_second_tap_leaves_out_and_escape_clears(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    driver.tap(-60, 0)
    tool = selector(driver)
    driver.tap(60, 0)
    assert driver.page.selection_bar.words() == "1 point"
    driver.tap(-60, 0)
    assert driver.page.selection_bar.words() == "2 points"
    driver.tap(60, 0)
    assert list(tool.selected) == [driver.page.model.marks[1].id]
    driver.key(Qt.Key.Key_Escape)
    assert not tool.selected
    assert driver.page.selection_bar.words() == ""


def test_a_drag_moves_the_selection_along_the_skin_in_one_step(driver: WindowDriver) -> None:
    driver.tap(50, 0)
    driver.tap(70, 20)
    before = driver.page.model.marks
    selector(driver)
    driver.tap(50, 0)
    drag(driver, (50, 0), (54, -30))
    moved = driver.page.model.marks
    assert moved[1] == before[1]
    assert moved[0].id == before[0].id
    assert shown_at(driver) == pytest.approx((54, -30), abs=1.5)
    assert a_set(moved[0]).origin is a_set(before[0]).origin
    driver.key(Qt.Key.Key_Z, CONTROL)
    assert driver.page.model.marks == before
    assert shown_at(driver) == pytest.approx((50, 0), abs=1.0)


def test_escape_during_a_move_leaves_everything_as_it_was(driver: WindowDriver) -> None:
    driver.tap(50, 0)
    before = driver.page.model.marks
    tool = selector(driver)
    driver.tap(50, 0)
    drag(driver, (50, 0), (54, -30), drop=False)
    driver.key(Qt.Key.Key_Escape)
    at = driver.place_of(54, -30)
    QTest.mouseRelease(driver.page.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert driver.page.model.marks == before
    assert tool.selected
    assert driver.page.model.service.undo_name == "Place"


def test_a_move_off_the_body_is_refused_and_says_so(driver: WindowDriver) -> None:
    driver.tap(50, 0)
    before = driver.page.model.marks
    selector(driver)
    driver.tap(50, 0)
    drag(driver, (50, 0), (172, 0))
    assert driver.page.model.marks == before
    assert "Off the body" in driver.page.floating.hint_text()


def test_a_lasso_takes_what_it_holds_and_delete_erases_it(driver: WindowDriver) -> None:
    for x in (40, 60, 80, -60):
        driver.tap(x, 0)
    selector(driver)
    drag(driver, (30, -20), (95, -20), (95, 20), (30, 20), (30, -18))
    assert driver.page.selection_bar.words() == "3 points"
    driver.key(Qt.Key.Key_Delete)
    (left,) = driver.page.model.marks
    assert left.region_ids == ("chest.right",)
    driver.key(Qt.Key.Key_Z, CONTROL)
    assert len(driver.page.model.marks) == 4


def test_a_double_tap_takes_the_region_with_its_area(driver: WindowDriver, slow_double_tap: None) -> None:
    assert slow_double_tap is None
    driver.tap(60, 0)
    driver.tap(-60, 0)
    driver.click(driver.page.dose.technique_button("nappage"))
    driver.set_values(1.0, 0.01, 15.0)
    driver.tap(80, 30)
    driver.key(Qt.Key.Key_Return)
    selector(driver)
    driver.tap(60, 60)
    driver.tap(60, 60)
    assert driver.page.selection_bar.words() == "1 point, 1 area"


def test_setting_the_selection_changes_the_dose_of_these_points_only(driver: WindowDriver) -> None:
    driver.choose_tool("fill")
    driver.tap(60, 0)
    driver.tap(60, 0)
    (fill,) = driver.page.model.marks
    selector(driver)
    driver.tap(*shown_at(driver, 3))
    driver.key(Qt.Key.Key_2)
    driver.click(driver.page.dose.technique_button("point_by_point"))
    driver.set_values(4.0, 0.1, 20.0)
    driver.choose_tool("select")
    driver.click(driver.page.selection_bar.button("set"))
    rest, part = (a_set(mark) for mark in driver.page.model.marks)
    assert (rest.count, part.count) == (a_set(fill).count - 1, 1)
    assert (rest.dose, rest.outline) == (fill.dose, fill.outline)
    assert (part.dose.mixture, part.dose.technique, part.dose.depth_mm, part.volume_ml) == (
        "B", "point_by_point", 4.0, 0.1,
    )  # fmt: skip
    driver.key(Qt.Key.Key_Z, CONTROL)
    assert driver.page.model.marks == (fill,)


def test_same_technique_takes_every_mark_of_it_and_mirror_takes_the_selection(driver: WindowDriver) -> None:
    for x in (40, 60, 80):
        driver.tap(x, 0)
    selector(driver)
    driver.tap(60, 0)
    driver.click(driver.page.selection_bar.button("same"))
    assert driver.page.selection_bar.words() == "3 points"
    driver.key(Qt.Key.Key_X)
    assert len(driver.page.model.marks) == 6
    driver.key(Qt.Key.Key_Z, CONTROL)
    assert len(driver.page.model.marks) == 3


def test_arrows_push_the_selection(driver: WindowDriver) -> None:
    driver.tap(50, 0)
    selector(driver)
    driver.tap(50, 0)
    x, y = shown_at(driver)
    driver.key(Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    factor = driver.page.model.length_factor
    assert shown_at(driver) == pytest.approx((x, y + 5 / factor), abs=0.3)


def test_a_selected_area_moves_with_its_outline(driver: WindowDriver) -> None:
    driver.click(driver.page.dose.technique_button("nappage"))
    driver.set_values(1.0, 0.01, 15.0)
    driver.tap(80, 30)
    driver.key(Qt.Key.Key_Return)
    before = driver.page.model.tally().total.treated_cm2
    tool = selector(driver)
    driver.tap(80, 30)
    driver.key(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    if driver.page.model.service.undo_name == "Move":
        (area,) = driver.page.model.marks
        assert isinstance(area, AreaRecord)
        assert driver.page.model.tally().total.treated_cm2 == pytest.approx(before, rel=0.1)
    assert tool.selected


def test_enter_in_a_field_of_the_panel_never_confirms_the_tool(driver: WindowDriver) -> None:
    driver.tap(50, 0)
    before = driver.page.model.marks
    selector(driver)
    driver.tap(50, 0)
    driver.set_values(5.0, 0.2, 20.0)
    assert driver.page.model.choice.values.depth_mm == 5.0
    assert driver.page.model.marks == before
    driver.click(driver.page.selection_bar.button("set"))
    (mark,) = driver.page.model.marks
    assert (mark.dose.depth_mm, a_set(mark).volume_ml) == (5.0, 0.2)
