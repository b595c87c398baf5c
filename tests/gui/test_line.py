"""Line in the window: entry, direction and length by a drag or by two taps."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.atlas import SkinArray
from mesomap.domain.marks import InjectionSet, Origin
from tests.gui.test_select import CONTROL, drag


def ends_of(driver: WindowDriver) -> list[tuple[float, float]]:
    """View places of the first and the last point of the only mark."""
    (mark,) = driver.page.model.marks
    assert isinstance(mark, InjectionSet)
    xy = driver.page.model.atlas.project("body_front", SkinArray.of(mark.points)).xy
    return [(float(xy[k, 0]), float(xy[k, 1])) for k in (0, -1)]


@pytest.fixture
def threading(driver: WindowDriver) -> WindowDriver:
    """The line tool with a linear technique, 20 mm apart."""
    driver.click(driver.page.dose.technique_button("linear_retrograde"))
    driver.set_values(4.0, 0.05, 20.0)
    driver.key(Qt.Key.Key_L)
    return driver


def test_a_drag_lays_a_line_from_its_entry_to_its_end(threading: WindowDriver) -> None:
    drag(threading, (40, 0), (100, 30))
    (mark,) = threading.page.model.marks
    assert isinstance(mark, InjectionSet)
    assert (mark.origin, mark.dose.technique, mark.volume_ml) == (Origin.LINE, "linear_retrograde", 0.05)
    entry, end = ends_of(threading)
    assert entry == pytest.approx((40, 0), abs=1)
    assert end == pytest.approx((100, 30), abs=1)
    spacing = threading.page.model.tally().regions[0].spacing_mm
    assert spacing is not None
    assert spacing.median == pytest.approx(20, rel=0.1)
    assert "Line of" in threading.page.model.last_action
    threading.key(Qt.Key.Key_Z, CONTROL)
    assert threading.page.model.marks == ()


def test_two_taps_do_the_same_and_the_direction_is_kept(threading: WindowDriver) -> None:
    threading.tap(100, 30)
    assert threading.page.model.marks == ()
    threading.tap(40, 0)
    entry, end = ends_of(threading)
    assert entry == pytest.approx((100, 30), abs=1)
    assert end == pytest.approx((40, 0), abs=1)


def test_escape_drops_the_line_under_way(threading: WindowDriver) -> None:
    drag(threading, (40, 0), (100, 30), drop=False)
    threading.key(Qt.Key.Key_Escape)
    at = threading.place_of(100, 30)
    QTest.mouseRelease(threading.page.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    threading.tap(60, 0)
    assert threading.page.model.marks == ()


def test_an_end_off_the_body_is_refused(threading: WindowDriver) -> None:
    drag(threading, (40, 0), (175, 0))
    assert threading.page.model.marks == ()
    assert "Off the body" in threading.page.floating.hint_text()


def test_a_density_technique_is_not_charted_as_a_line(driver: WindowDriver) -> None:
    driver.click(driver.page.dose.technique_button("nappage"))
    driver.key(Qt.Key.Key_L)
    drag(driver, (40, 0), (100, 30))
    assert driver.page.model.marks == ()
    assert "area" in driver.page.floating.hint_text()


def test_a_selected_line_says_how_long_it_is(threading: WindowDriver) -> None:
    drag(threading, (40, 0), (100, 30))
    told = threading.page.model.last_action.split(" mm")[0].removeprefix("Line of ")
    threading.key(Qt.Key.Key_V)
    drag(threading, (20, -30), (130, -30), (130, 60), (20, 60), (20, -28))
    words = threading.page.selection_bar.words()
    measured = words.split("line of ")[1].removesuffix(" mm")
    assert float(measured) == pytest.approx(float(told), abs=0.3)
