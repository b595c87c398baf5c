"""Letters of the sides and the scale bar are painted once and kept: they look as if drawn each time."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.render.context import RenderContext
from mesomap.ui.canvas.fixtures import Fixtures, _Look
from mesomap.ui.theme import theme


def pixels(driver: WindowDriver) -> npt.NDArray[np.int16]:
    """The canvas as it is shown, (H, W, 4)."""
    image = driver.page.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).astype(np.int16)


def drawn(driver: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> npt.NDArray[np.int16]:
    """The same with nothing kept."""

    def each_time(
        _self: Fixtures,
        painter: QPainter,
        context: RenderContext,
        _what: object,
        at: QPointF,
        _room: QRectF,
        look: _Look,
    ) -> None:
        look(painter, context, at)

    with monkeypatch.context() as patch:
        patch.setattr(Fixtures, "_stamp", each_time)
        return pixels(driver)


def test_what_is_kept_looks_as_drawn_in_any_size_theme_and_zoom(
    driver: WindowDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    changes: list[Callable[[], object]] = [
        lambda: None,
        lambda: driver.window.resize(1283, 803),
        lambda: theme.use("dark"),
        lambda: driver.page.canvas.zoom_by(2.0),
    ]
    for change in changes:
        change()
        driver.page.canvas.settle_now()
        pixels(driver)
        kept = pixels(driver)
        assert np.abs(kept - drawn(driver, monkeypatch)).max() <= 8, "nothing but rounding"
        seen.append(kept)
    foot, last = (picture[-60:, :260] for picture in seen[-2:])
    assert (foot != last).any(), "the bar follows the zoom"


def test_a_profile_shows_no_letters(driver: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[tuple[object, ...]] = []
    stamp = Fixtures._stamp

    def noted(
        self: Fixtures,
        painter: QPainter,
        context: RenderContext,
        what: tuple[object, ...],
        at: QPointF,
        room: QRectF,
        look: _Look,
    ) -> None:
        kept.append(what)
        stamp(self, painter, context, what, at, room, look)

    monkeypatch.setattr(Fixtures, "_stamp", noted)
    pixels(driver)
    assert {what[0] for what in kept} >= {"R", "L"}
    profile = next(view.key for view in driver.page.model.atlas.views if not view.left_letter)
    driver.page.model.choose_view(profile)
    kept.clear()
    pixels(driver)
    assert not {what[0] for what in kept} & {"R", "L", ""}
