"""Marks that take long to paint are painted beside the window; what is placed meanwhile shows at once and stays."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.canvas import beside_layer
from mesomap.ui.canvas.canvas import Canvas


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every picture of the marks counts as slow."""
    monkeypatch.setattr(beside_layer, "PATIENCE_MS", -1.0)


def _settle(qtbot: QtBot, canvas: Canvas) -> None:
    qtbot.waitUntil(lambda: canvas._marks_picture.fresh(canvas.context()))


def _marks(canvas: Canvas) -> QImage:
    """The picture of the marks alone, as the canvas would draw it."""
    picture = QImage(canvas.size(), QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(0)
    painter = QPainter(picture)
    canvas._marks_picture.draw(painter, canvas.context())
    painter.end()
    return picture


def _drawn(picture: QImage, at: QPointF) -> bool:
    return any(
        picture.pixelColor(round(at.x()) + dx, round(at.y()) + dy).alpha() > 200
        for dx in range(-4, 5)
        for dy in range(-4, 5)
    )


def test_a_tap_shows_at_once_and_is_still_there_when_the_whole_picture_comes(
    qtbot: QtBot, driver: WindowDriver
) -> None:
    canvas = driver.page.canvas
    x, y = driver.middle_of("chest.left")
    driver.tap(x, y)
    _settle(qtbot, canvas)
    second = QPointF(driver.place_of(x + 30, y))
    assert not _drawn(_marks(canvas), second)
    driver.tap(x + 30, y)
    assert _drawn(_marks(canvas), second), "seen before anything was worked out anew"
    _settle(qtbot, canvas)
    assert _drawn(_marks(canvas), second)


def test_painted_beside_is_painted_the_same(qtbot: QtBot, driver: WindowDriver) -> None:
    canvas = driver.page.canvas
    x, y = driver.middle_of("chest.left")
    for step in range(4):
        driver.tap(x + 20 * step, y)
    _settle(qtbot, canvas)
    beside = _marks(canvas)
    canvas.settle_now()
    assert _marks(canvas) == beside


def test_an_erased_point_goes(qtbot: QtBot, driver: WindowDriver) -> None:
    canvas = driver.page.canvas
    x, y = driver.middle_of("chest.left")
    at = QPointF(driver.place_of(x, y))
    driver.tap(x, y)
    _settle(qtbot, canvas)
    driver.page.model.undo()
    _settle(qtbot, canvas)
    assert not _drawn(_marks(canvas), at)
