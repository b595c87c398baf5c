"""Pen, fingers and wheel on the canvas by real events, the odd ones too: no pressure, no end, a barrel button."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QCursor,
    QInputDevice,
    QNativeGestureEvent,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mesomap.app.offscreen_drive import WindowDriver

LEFT, RIGHT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.NoButton
PRESS, MOVE, RELEASE = QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease
PLAIN = QInputDevice.Capability.Position


def pen_device(capability: QInputDevice.Capability, kind: QPointingDevice.PointerType) -> QPointingDevice:
    """A stylus that can do so much."""
    return QPointingDevice(
        "pen", 7, QInputDevice.DeviceType.Stylus, kind, capability | QInputDevice.Capability.Position, 1, 3
    )


class Pen:
    """A stylus over the canvas, in view mm."""

    def __init__(
        self,
        driver: WindowDriver,
        *,
        pressure: float = 0.5,
        capability: QInputDevice.Capability = QInputDevice.Capability.Pressure,
        kind: QPointingDevice.PointerType = QPointingDevice.PointerType.Pen,
    ) -> None:
        self._driver, self._pressure = driver, pressure
        self._device = pen_device(capability, kind)

    def send(
        self, kind: QEvent.Type, x: float, y: float, button: Qt.MouseButton, buttons: Qt.MouseButton, down: bool = True
    ) -> None:
        """One tablet event."""
        canvas = self._driver.page.canvas
        at = QPointF(self._driver.place_of(x, y))
        event = QTabletEvent(
            kind, self._device, at, QPointF(canvas.mapToGlobal(at)), self._pressure if down else 0.0,
            0.0, 0.0, 0.0, 0.0, 0.0, Qt.KeyboardModifier.NoModifier, button, buttons,
        )  # fmt: skip
        QApplication.sendEvent(canvas, event)

    def tap(self, x: float, y: float, held: Qt.MouseButton = NONE) -> None:
        """Tip down and up, another button held meanwhile."""
        self.send(PRESS, x, y, LEFT, LEFT | held)
        self.send(RELEASE, x, y, LEFT, held)

    def drag(self, *places: tuple[float, float], held: Qt.MouseButton = NONE) -> None:
        """Tip down at the first place, over the others, up at the last."""
        self.send(PRESS, *places[0], LEFT, LEFT | held)
        for place in places[1:]:
            self.send(MOVE, *place, NONE, LEFT | held)
        self.send(RELEASE, *places[-1], LEFT, held)

    def hover(self, x: float, y: float, held: Qt.MouseButton = NONE) -> None:
        """Move above the glass."""
        self.send(MOVE, x, y, NONE, held, down=False)


def count(driver: WindowDriver) -> int:
    """Points charted."""
    return driver.page.model.tally().total.about_points


def test_a_pen_that_sends_no_pressure_places_and_draws(driver: WindowDriver) -> None:
    pen = Pen(driver, pressure=0.0, capability=PLAIN)
    pen.tap(60, 0)
    assert count(driver) == 1
    driver.key(Qt.Key.Key_B)
    pen.drag((40, 40), (60, 40), (90, 40))
    assert count(driver) > 2


def test_the_barrel_button_erases_while_it_is_held(driver: WindowDriver) -> None:
    pen = Pen(driver)
    for x in (40, 60, 80):
        pen.tap(x, 0)
    pen.send(PRESS, 60, 20, RIGHT, RIGHT, down=False)
    assert count(driver) == 3, "pressed in the air it only changes the tool"
    assert driver.page.canvas.tool() is driver.page.tools["erase"]
    pen.tap(60, 0, held=RIGHT)
    assert count(driver) == 2
    pen.send(RELEASE, 60, 20, RIGHT, NONE, down=False)
    pen.hover(62, 20)
    assert driver.page.canvas.tool() is driver.page.tools["place"]
    pen.tap(60, 0)
    assert count(driver) == 3


def test_a_barrel_press_that_stands_for_the_tip_erases_too(driver: WindowDriver) -> None:
    pen = Pen(driver, pressure=0.0, capability=PLAIN)
    pen.tap(60, 0)
    pen.send(PRESS, 60, 0, RIGHT, RIGHT)
    pen.send(RELEASE, 60, 0, RIGHT, NONE)
    assert count(driver) == 0
    pen.tap(60, 0)
    assert count(driver) == 1, "and the next tap places again"


def test_the_other_end_of_the_pen_erases(driver: WindowDriver) -> None:
    Pen(driver).tap(60, 0)
    end = Pen(driver, kind=QPointingDevice.PointerType.Eraser)
    end.hover(60, 5)
    end.tap(60, 0)
    assert count(driver) == 0
    Pen(driver).tap(70, 0)
    assert count(driver) == 1


def test_a_sweep_erases_what_it_passes_in_one_step(driver: WindowDriver) -> None:
    pen = Pen(driver)
    for x in (40, 60, 80):
        pen.tap(x, 0)
    pen.tap(60, 90)
    pen.drag((30, 0), (55, 0), (90, 0), held=RIGHT)
    assert count(driver) == 1
    driver.page.model.undo()
    assert count(driver) == 4


def test_hovering_shows_what_lies_under_the_pen(driver: WindowDriver) -> None:
    canvas = driver.page.canvas
    Pen(driver).hover(60, 0)
    target = canvas.target()
    assert target is not None
    assert target.region_id == "chest.left"
    assert count(driver) == 0


def test_a_stroke_whose_end_never_came_is_kept(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_B)
    pen = Pen(driver)
    pen.send(PRESS, 40, 0, LEFT, LEFT)
    for x in (50, 60, 70, 80):
        pen.send(MOVE, x, 0, NONE, LEFT)
    assert count(driver) == 0
    pen.hover(80, 30)
    assert count(driver) > 2
    pen.hover(90, 60)
    driver.page.model.undo()
    assert count(driver) == 0, "one step"


def test_a_press_whose_end_never_came_places_nothing(driver: WindowDriver) -> None:
    pen = Pen(driver)
    pen.send(PRESS, 40, 0, LEFT, LEFT)
    pen.hover(80, 30)
    assert count(driver) == 0
    pen.tap(60, 0)
    assert count(driver) == 1


class Glass:
    """Fingers on the canvas, px from (60, 0)."""

    def __init__(self, driver: WindowDriver) -> None:
        self._canvas = driver.page.canvas
        self._from = driver.place_of(60, 0)
        self._device = QTest.createTouchDevice()

    def step(self, **fingers: tuple[int, int]) -> None:
        """One event: press_0=(x, y), move_1=(x, y), release_0=(x, y) …"""
        sequence = QTest.touchEvent(self._canvas, self._device, False)
        for name, (x, y) in fingers.items():
            what, number = name.split("_")
            getattr(sequence, what)(int(number), self._from + QPoint(x, y), self._canvas)
        sequence.commit()

    def cancel(self) -> None:
        """The system takes the touch away."""
        QApplication.sendEvent(self._canvas, QTouchEvent(QEvent.Type.TouchCancel, self._device))


def test_two_fingers_undo_and_three_redo(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    glass = Glass(driver)
    glass.step(press_0=(0, 0))
    glass.step(move_0=(0, 0), press_1=(80, 0))
    glass.step(release_0=(0, 0), move_1=(80, 0))
    glass.step(release_1=(80, 0))
    assert count(driver) == 0
    glass.step(press_0=(0, 0), press_1=(80, 0), press_2=(160, 0))
    glass.step(release_0=(0, 0), release_1=(80, 0), release_2=(160, 0))
    assert count(driver) == 1


def test_two_fingers_zoom_about_the_place_between_them(driver: WindowDriver) -> None:
    canvas, glass = driver.page.canvas, Glass(driver)
    middle = QPointF(driver.place_of(60, 0))
    before = canvas.context().to_mm(middle)
    glass.step(press_0=(-40, 0), press_1=(40, 0))
    for reach in (50, 60, 70, 80):
        glass.step(move_0=(-reach, 0), move_1=(reach, 0))
    glass.step(release_0=(-80, 0), release_1=(80, 0))
    assert canvas.zoom() == pytest.approx(2.0, abs=0.02)
    assert canvas.context().to_mm(middle) == pytest.approx(before, abs=1.0)
    assert count(driver) == 0


def test_two_fingers_pan(driver: WindowDriver) -> None:
    canvas, glass = driver.page.canvas, Glass(driver)
    canvas.zoom_by(3.0)
    before = canvas.context().origin_mm
    glass.step(press_0=(-40, 0), press_1=(40, 0))
    for way in (20, 40, 60):
        glass.step(move_0=(way - 40, way), move_1=(way + 40, way))
    glass.step(release_0=(20, 60), release_1=(100, 60))
    after, scale = canvas.context().origin_mm, canvas.context().scale
    assert (before[0] - after[0]) * scale == pytest.approx(60, abs=1)
    assert (after[1] - before[1]) * scale == pytest.approx(60, abs=1)


def test_a_touch_that_never_ends_spoils_neither_mouse_nor_pen_nor_the_next_touch(driver: WindowDriver) -> None:
    canvas, glass = driver.page.canvas, Glass(driver)
    before = canvas.context().origin_mm
    glass.step(press_0=(0, 0))
    driver.hover(20, 20)
    driver.hover(60, 60)
    assert canvas.context().origin_mm == before, "the mouse does not drag what a finger holds"
    driver.tap(60, 0)
    Pen(driver).tap(80, 0)
    assert count(driver) == 2
    glass.cancel()
    assert count(driver) == 2, "a touch that was taken away taps nothing"
    canvas.gestures.pen_only = False
    glass.step(press_0=(0, 60))
    glass.step(release_0=(0, 60))
    assert count(driver) == 3


def test_pen_only_ignores_finger_and_palm_altogether(driver: WindowDriver) -> None:
    canvas, glass = driver.page.canvas, Glass(driver)
    Pen(driver).tap(60, 0)
    assert canvas.gestures.pen_only, "on by itself once a pen was seen"
    before, zoom = canvas.context().origin_mm, canvas.zoom()
    glass.step(press_0=(0, 0), press_1=(60, 0))
    glass.step(move_0=(90, 40), move_1=(220, 40))
    glass.step(release_0=(90, 40), release_1=(220, 40))
    glass.step(press_0=(0, 0), press_1=(80, 0))
    glass.step(release_0=(0, 0), release_1=(80, 0))
    assert (canvas.context().origin_mm, canvas.zoom(), count(driver)) == (before, zoom, 1)


def test_wheel_and_keys_zoom_at_the_pen(driver: WindowDriver) -> None:
    canvas = driver.page.canvas
    at = QPointF(driver.place_of(60, 40))
    under = canvas.context().to_mm(at)
    wheel = QWheelEvent(
        at, QPointF(canvas.mapToGlobal(at)), QPoint(), QPoint(0, 120), NONE, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, wheel)
    assert canvas.zoom() > 1.1
    assert canvas.context().to_mm(at) == pytest.approx(under, abs=0.5)
    Pen(driver).hover(60, 40)
    zoom = canvas.zoom()
    driver.key(Qt.Key.Key_Plus)
    assert canvas.zoom() == pytest.approx(zoom * 1.25)
    assert canvas.context().to_mm(at) == pytest.approx(under, abs=1.5)
    driver.key(Qt.Key.Key_Minus)
    driver.key(Qt.Key.Key_0)
    assert canvas.zoom() == 1.0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from((PRESS, MOVE, RELEASE)), st.integers(20, 90), st.sampled_from((NONE, LEFT, RIGHT))),
        max_size=12,
    )
)
def test_no_order_of_pen_events_leaves_the_canvas_stuck(
    driver: WindowDriver, steps: list[tuple[QEvent.Type, int, Qt.MouseButton]]
) -> None:
    pen = Pen(driver)
    for kind, x, buttons in steps:
        pen.send(kind, x, 0, buttons if kind != MOVE else NONE, buttons if kind != RELEASE else NONE)
    pen.hover(60, 150)
    pen.hover(60, 150)
    before = count(driver)
    assert driver.page.canvas.tool() is driver.page.tools["place"]
    pen.tap(60, 120)
    assert count(driver) == before + 1


def test_a_hovering_pen_shows_the_readout_though_the_mouse_is_elsewhere(driver: WindowDriver) -> None:
    canvas = driver.page.canvas
    QCursor.setPos(driver.window.mapToGlobal(QPoint(4, 4)))
    driver.wait(60)
    canvas.settle_now()
    before = canvas.grab().toImage()
    Pen(driver).hover(60, 0)
    assert canvas.gestures.pen_here
    driver.wait(200)
    assert canvas.grab().toImage() != before


def test_a_pinch_on_a_touchpad_zooms_there(driver: WindowDriver) -> None:
    canvas = driver.page.canvas
    at = QPointF(driver.place_of(60, 40))
    under = canvas.context().to_mm(at)
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2, at, at,
        QPointF(canvas.mapToGlobal(at)), 0.5, QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(canvas, pinch)
    assert canvas.zoom() == pytest.approx(1.5)
    assert canvas.context().to_mm(at) == pytest.approx(under, abs=0.5)


def test_pen_only_that_was_switched_off_stays_off(driver: WindowDriver) -> None:
    canvas, pen = driver.page.canvas, Pen(driver)
    pen.hover(60, 0)
    assert canvas.gestures.pen_only, "before the hand comes down"
    driver.page.tools_bar.show_pen_only(False)
    assert not canvas.gestures.pen_only
    pen.tap(60, 0)
    pen.tap(70, 0)
    assert not canvas.gestures.pen_only
