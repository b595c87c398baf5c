"""A tap repaints no more than it must before it shows; everything else follows and is the same as ever."""

from collections.abc import Iterable, Iterator
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.canvas.canvas import Canvas


def _boxes(region: QRegion) -> list[QRect]:
    return [QRect(box) for box in cast(Iterable[QRect], region)]


class Painted(QObject):
    """Notes how large every painted part of the canvas was, as a share of it."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self.shares: list[float] = []
        self._canvas = canvas
        canvas.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See QObject."""
        if isinstance(event, QPaintEvent):
            size = sum(box.width() * box.height() for box in _boxes(event.region()))
            self.shares.append(size / (self._canvas.width() * self._canvas.height()))
        return False


@pytest.fixture
def painted(qtbot: QtBot, driver: WindowDriver) -> Iterator[Painted]:
    """The canvas at rest, a first point placed; what belongs to a tap but may follow waits until it is told to."""
    canvas = driver.page.canvas
    driver.tap(*driver.middle_of("chest.left"))
    canvas._after_press.setInterval(1_000_000)
    parts = (lambda: canvas._body.busy, lambda: canvas._gap.busy)
    at_work = (canvas._settle.isActive, *parts, canvas._after_press.isActive)
    canvas._after_press.start(0)
    qtbot.waitUntil(lambda: canvas.is_fresh() and not any(busy() for busy in at_work))
    canvas._after_press.setInterval(1_000_000)
    # The distance at the pen is worked out beside the window and repaints when it comes.
    canvas._gap.blockSignals(True)
    yield Painted(canvas)
    canvas._after_press.stop()


def place(driver: WindowDriver, aside: int) -> QPoint:
    x, y = driver.middle_of("chest.left")
    return driver.place_of(x + aside, y)


def test_pen_down_and_up_repaint_a_small_part(driver: WindowDriver, painted: Painted) -> None:
    canvas, at = driver.page.canvas, place(driver, 25)
    QApplication.processEvents()
    painted.shares.clear()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QApplication.processEvents()
    assert painted.shares
    assert max(painted.shares) < 0.02, "the coming mark"
    painted.shares.clear()
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert len(driver.page.model.marks) == 2
    QApplication.processEvents()
    assert painted.shares
    assert max(painted.shares) < 0.02, "the mark"


def test_all_of_it_follows(qtbot: QtBot, driver: WindowDriver, painted: Painted) -> None:
    canvas, at = driver.page.canvas, place(driver, 25)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QApplication.processEvents()
    assert not canvas.is_fresh()
    canvas._after_press.start(0)
    qtbot.waitUntil(canvas.is_fresh)
    qtbot.waitUntil(lambda: bool(painted.shares) and max(painted.shares) > 0.9)


def test_a_point_placed_in_haste_looks_as_one_that_was_painted_with_all(
    qtbot: QtBot, driver: WindowDriver, painted: Painted
) -> None:
    assert painted.shares is not None
    canvas, at = driver.page.canvas, place(driver, 25)
    driver.page.model.toggle_overlay("coverage", False)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseMove(canvas, QPoint(5, 5))
    near = canvas.grab().copy(at.x() - 10, at.y() - 10, 20, 20).toImage()
    canvas._after_press.start(0)
    qtbot.waitUntil(canvas.is_fresh)
    assert canvas.grab().copy(at.x() - 10, at.y() - 10, 20, 20).toImage() == near


def test_what_panels_say_comes_with_the_next_turn(qtbot: QtBot, driver: WindowDriver, painted: Painted) -> None:
    assert painted.shares is not None
    canvas = driver.page.canvas
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place(driver, 25))
    qtbot.waitUntil(lambda: driver.page.model.figures.latest is not None)
    qtbot.waitUntil(lambda: driver.page.model.tally().total.about_points == 2)
    qtbot.waitUntil(lambda: "2 points" in canvas.accessibleName())
