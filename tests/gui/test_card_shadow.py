"""The shadow of a card looks as Qt's own, and is blurred once for a size."""

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.canvas import card_shadow
from mesomap.ui.canvas.card_shadow import CardShadow


def pixels(driver: WindowDriver) -> npt.NDArray[np.int16]:
    """The canvas with its cards, (H, W, 4)."""
    image = driver.page.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).astype(np.int16)


def cards(driver: WindowDriver) -> list[QFrame]:
    frames = driver.page.canvas.findChildren(QFrame)
    return [frame for frame in frames if isinstance(frame.graphicsEffect(), CardShadow)]


def test_it_looks_as_the_one_of_qt(driver: WindowDriver) -> None:
    driver.page.canvas.settle_now()
    driver.wait()
    ours = pixels(driver)
    floating = cards(driver)
    assert sum(card.isVisible() for card in floating) >= 3
    for card in floating:
        shadow = QGraphicsDropShadowEffect(card)
        shadow.setBlurRadius(18)
        shadow.setOffset(0, 3)
        shadow.setColor(QColor(0, 0, 0, 26))
        card.setGraphicsEffect(shadow)
    assert np.abs(ours - pixels(driver)).max() <= 3


def test_it_is_blurred_once_for_a_size(driver: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    driver.page.canvas.settle_now()
    driver.wait()
    made: list[tuple[float, float, float]] = []
    shadow = card_shadow._shadow

    def counted(width: float, height: float, dpr: float) -> QPixmap:
        made.append((width, height, dpr))
        return shadow(width, height, dpr)

    monkeypatch.setattr(card_shadow, "_shadow", counted)
    first = pixels(driver)
    made.clear()
    assert (pixels(driver) == first).all()
    assert not made
    driver.page.floating.show_title("A much longer name", "7 points")
    driver.wait()
    assert (pixels(driver) != first).any(), "the card itself is painted as it is now"
    assert len(made) == 1
    driver.page.floating.show_title("Another, and then the long one again", "7 points")
    driver.wait()
    pixels(driver)
    driver.page.floating.show_title("A much longer name", "7 points")
    driver.wait()
    pixels(driver)
    assert len(made) == 2, "sizes come again as views do"
