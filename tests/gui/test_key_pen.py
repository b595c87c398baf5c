"""A pen led by the arrow keys: marks without a mouse, and never two at one place by a second Enter."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver

LEFT, RIGHT, UP, DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down
ENTER, SHIFT = Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier


def count(driver: WindowDriver) -> int:
    """Points charted."""
    return driver.page.model.tally().total.about_points


def test_arrows_lead_the_pen_and_enter_places_once_a_place(driver: WindowDriver) -> None:
    driver.hover(60, 0)
    driver.key(RIGHT)
    target = driver.page.canvas.target()
    assert target is not None
    assert target.at.toPoint() == driver.place_of(60, 0) + QPoint(10, 0)
    assert target.region_id == "chest.left"
    driver.key(ENTER)
    driver.key(ENTER)
    assert count(driver) == 1, "a second Enter places no second mark on the first"
    for key in (DOWN, DOWN, ENTER):
        driver.key(key)
    assert count(driver) == 2
    driver.key(DOWN, SHIFT)
    driver.key(ENTER)
    assert count(driver) == 3
    driver.page.model.undo()
    assert count(driver) == 2


def test_a_region_is_filled_by_keys_alone(driver: WindowDriver) -> None:
    driver.hover(60, 0)
    for key in (Qt.Key.Key_F, RIGHT, ENTER):
        driver.key(key)
    assert count(driver) == 0, "first it is shown"
    driver.key(ENTER)
    assert count(driver) > 10


def test_what_is_selected_is_moved_and_the_pen_rests(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    for key in (Qt.Key.Key_V, RIGHT, LEFT, ENTER):
        driver.key(key)
    assert driver.page.select.selected
    before = driver.page.model.marks
    driver.key(RIGHT)
    assert driver.page.model.marks != before


def test_without_an_arrow_enter_is_for_the_tool_and_the_mouse_takes_over(driver: WindowDriver) -> None:
    driver.hover(60, 0)
    driver.key(ENTER)
    assert count(driver) == 0
    driver.key(RIGHT)
    assert driver.page.canvas.gestures.pen_here
    driver.hover(20, 20)
    assert not driver.page.canvas.gestures.pen_here
    driver.key(ENTER)
    assert count(driver) == 0


def test_arrows_in_a_field_are_the_fields(driver: WindowDriver) -> None:
    driver.hover(60, 0)
    field = driver.page.dose.field("depth_mm")
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClick(field, RIGHT)
    assert not driver.page.canvas.gestures.pen_here


def test_the_pen_stays_on_the_canvas(driver: WindowDriver) -> None:
    canvas = driver.page.canvas
    driver.hover(0, 0)
    canvas.setFocus(Qt.FocusReason.OtherFocusReason)
    for _ in range(200):
        QTest.keyClick(canvas, UP)
    target = canvas.target()
    assert target is not None
    assert canvas.rect().contains(target.at.toPoint())
