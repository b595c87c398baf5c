"""Whose a drag is: pen and left button draw with a drawing tool; fingers, middle button and space pan."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.marks import InjectionSet, Origin


@pytest.fixture
def brushing(driver: WindowDriver) -> WindowDriver:
    """The brush with a point technique."""
    driver.key(Qt.Key.Key_B)
    return driver


def button_drag(driver: WindowDriver, button: Qt.MouseButton) -> None:
    """A drag of a mouse button from (40, 0) to the right."""
    canvas, start = driver.page.canvas, driver.place_of(40, 0)
    QTest.mousePress(canvas, button, Qt.KeyboardModifier.NoModifier, start)
    for step in range(1, 6):
        QTest.mouseMove(canvas, start + QPoint(12 * step, 0))
    QTest.mouseRelease(canvas, button, Qt.KeyboardModifier.NoModifier, start + QPoint(60, 0))
    driver.wait()


def test_the_middle_button_pans_while_the_left_one_draws(brushing: WindowDriver) -> None:
    before = brushing.page.canvas.context().origin_mm
    button_drag(brushing, Qt.MouseButton.LeftButton)
    assert len(brushing.page.model.marks) == 1
    assert brushing.page.canvas.context().origin_mm == before
    button_drag(brushing, Qt.MouseButton.MiddleButton)
    assert len(brushing.page.model.marks) == 1
    assert brushing.page.canvas.context().origin_mm[0] < before[0]


def test_with_space_held_the_left_button_pans(brushing: WindowDriver) -> None:
    canvas = brushing.page.canvas
    before = canvas.context().origin_mm
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    button_drag(brushing, Qt.MouseButton.LeftButton)
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert brushing.page.model.marks == ()
    assert canvas.context().origin_mm[0] < before[0]


def test_a_pen_draws(brushing: WindowDriver) -> None:
    canvas, start = brushing.page.canvas, QPointF(brushing.place_of(40, 0))
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    steps = [(QEvent.Type.TabletPress, 0, left, left)]
    steps += [(QEvent.Type.TabletMove, 12 * k, none, left) for k in range(1, 6)]
    steps += [(QEvent.Type.TabletRelease, 60, left, none)]
    for kind, dx, button, buttons in steps:
        at = start + QPointF(dx, 0)
        event = QTabletEvent(
            kind, QPointingDevice.primaryPointingDevice(), at, QPointF(canvas.mapToGlobal(at)),
            0.5, 0.0, 0.0, 0.0, 0.0, 0.0, Qt.KeyboardModifier.NoModifier, button, buttons,
        )  # fmt: skip
        QApplication.sendEvent(canvas, event)
    (mark,) = brushing.page.model.marks
    assert isinstance(mark, InjectionSet)
    assert mark.origin is Origin.BRUSH


def test_a_finger_pans(brushing: WindowDriver) -> None:
    canvas, start = brushing.page.canvas, brushing.place_of(40, 0)
    before = canvas.context().origin_mm
    device = QTest.createTouchDevice()
    QTest.touchEvent(canvas, device, False).press(0, start, canvas).commit()
    for step in range(1, 6):
        QTest.touchEvent(canvas, device, False).move(0, start + QPoint(12 * step, 0), canvas).commit()
    QTest.touchEvent(canvas, device, False).release(0, start + QPoint(60, 0), canvas).commit()
    assert brushing.page.model.marks == ()
    assert canvas.context().origin_mm[0] < before[0]


def test_the_second_tap_of_a_double_click_counts(driver: WindowDriver) -> None:
    canvas, at = driver.page.canvas, driver.place_of(60, 0)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert len(driver.page.model.marks) == 2
