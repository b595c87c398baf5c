"""The distance at the pen is worked out beside the window; a figure of before never stands for long."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.atlas import Atlas
from mesomap.domain.place import SkinPoint
from mesomap.ui.canvas.nearest_gap import NearestGap
from mesomap.ui.canvas.tools.tool import Target


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Ways along the skin are found only while it is set."""
    go, distance = threading.Event(), Atlas.distance_mm
    go.set()

    def slow(atlas: Atlas, a: SkinPoint, b: SkinPoint) -> float:
        assert threading.current_thread() is not threading.main_thread(), "the window would stand still"
        go.wait(60)
        return distance(atlas, a, b)

    monkeypatch.setattr(Atlas, "distance_mm", slow)
    yield go
    go.set()


@pytest.fixture
def gap(driver: WindowDriver) -> NearestGap:
    """One of its own, on a session with a point at (60, 0)."""
    driver.tap(60, 0)
    driver.page.canvas._gap.stop()
    return NearestGap(driver.page.model, driver.page.canvas)


def target(driver: WindowDriver, x: float, y: float) -> Target:
    canvas = driver.page.canvas
    return canvas._targeting.at(canvas.context(), canvas.context().point_px(x, y))


def test_the_figure_comes_and_is_that_of_the_skin(
    qtbot: QtBot, driver: WindowDriver, held: threading.Event, gap: NearestGap
) -> None:
    here = target(driver, 70, 0)
    assert gap.words("body_front", here) == "…"
    qtbot.waitUntil(lambda: gap.words("body_front", here) != "…")
    shown = float(gap.words("body_front", here).removesuffix(" mm"))
    assert shown == pytest.approx(10 * driver.page.model.length_factor, rel=0.1)
    assert held.is_set()


def test_the_one_of_before_stands_for_a_moment_only(
    qtbot: QtBot, driver: WindowDriver, held: threading.Event, gap: NearestGap
) -> None:
    near, far = target(driver, 70, 0), target(driver, 80, 0)
    gap.words("body_front", near)
    qtbot.waitUntil(lambda: gap.words("body_front", near) != "…")
    before = gap.words("body_front", near)
    held.clear()
    with qtbot.waitSignal(gap.came):
        assert gap.words("body_front", far) == before
    assert gap.words("body_front", far) == "…"
    held.set()
    qtbot.waitUntil(lambda: gap.words("body_front", far) not in ("…", before))


def test_only_the_newest_place_counts(
    qtbot: QtBot, driver: WindowDriver, held: threading.Event, gap: NearestGap
) -> None:
    held.clear()
    places = [target(driver, x, 0) for x in (70, 80, 90, 100)]
    for place in places:
        gap.words("body_front", place)
        driver.wait(5)
    held.set()
    qtbot.waitUntil(lambda: gap.words("body_front", places[-1]) != "…")
    known = gap._known
    assert known is not None
    assert known[0][0] == places[-1].skin


def test_without_a_point_there_is_nothing_to_say(driver: WindowDriver) -> None:
    gap = NearestGap(driver.page.model, driver.page.canvas)
    assert gap.words("body_front", target(driver, 70, 0)) == ""


def test_a_picture_of_the_window_waits_for_it(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    driver.hover(75, 0)
    canvas = driver.page.canvas
    canvas.settle_now()
    place = canvas.target()
    assert place is not None
    rows = dict(canvas._readout.rows(canvas.context(), place))
    assert rows["To nearest point"].endswith(" mm")
