"""An area drawn by hand finds what it needs ready: the first one in a view does not hold the window."""

from functools import partial
from pathlib import Path
from threading import current_thread, main_thread

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.atlas import Atlas, open_atlas
from mesomap.atlas.grid import TriangleGrid
from mesomap.atlas.records import Floats
from tests.gui.hands import until
from tests.synthetic_atlas import write_synthetic_atlas

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def atlas(tmp_path: Path) -> Atlas:
    """A body nobody has drawn on yet."""
    return open_atlas(write_synthetic_atlas(tmp_path / "atlas" / "body_atlas"))


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One for every finder of skin that is built in the window's own thread."""
    found: list[int] = []
    build = TriangleGrid.__init__

    def counted(self: TriangleGrid, xy: Floats, z: Floats | None = None) -> None:
        if current_thread() is main_thread():
            found.append(len(xy))
        build(self, xy, z)

    monkeypatch.setattr(TriangleGrid, "__init__", counted)
    return found


def loop(driver: WindowDriver, x: float, y: float, half: float) -> None:
    """A square loop drawn by the mouse."""
    canvas, button = driver.page.canvas, Qt.MouseButton.LeftButton
    corners = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
    places = [driver.place_of(*corner) for corner in corners]
    QTest.mousePress(canvas, button, pos=places[0])
    for place in [places[0] + QPoint(6, 0), *places[1:], places[0]]:
        QTest.mouseMove(canvas, place)
        driver.wait(10)
    QTest.mouseRelease(canvas, button, pos=places[0])
    driver.wait()


def test_the_first_complaint_in_a_view_builds_nothing_in_the_windows_thread(
    driver: WindowDriver, held: list[int]
) -> None:
    page = driver.page
    page.use_tool("complaint")
    for view in ("body_front", "body_back"):
        driver.choose_view(view)
        until(partial(page.loops.ready, view))
        held.clear()
        loop(driver, 60.0, 0.0, 25.0)
        assert not held
    assert len(page.model.service.complaints) == 2


def test_without_such_a_tool_nothing_is_made(driver: WindowDriver) -> None:
    driver.choose_view("body_back")
    driver.wait(400)
    assert not driver.page.loops.ready("body_back")
    assert not driver.page.loops.ready("body_front")


def test_a_brush_that_lays_points_makes_nothing_ahead(driver: WindowDriver) -> None:
    page = driver.page
    page.model.choose_technique("papule")
    page.use_tool("brush")
    driver.wait(400)
    assert not page.loops.ready("body_front")
    page.model.choose_technique("nappage")
    page.use_tool("brush")
    until(lambda: page.loops.ready("body_front"))


def test_a_loop_drawn_at_once_is_recorded_all_the_same(driver: WindowDriver) -> None:
    page = driver.page
    page.use_tool("complaint")
    loop(driver, 60.0, 0.0, 25.0)
    assert len(page.model.service.complaints) == 1
    until(lambda: page.loops.ready("body_front"))


def test_a_page_that_is_left_wants_nothing_more(driver: WindowDriver) -> None:
    page = driver.page
    page.use_tool("complaint")
    driver.window.show_patients()
    driver.wait(400)
    assert not page.loops.ready("body_front")
