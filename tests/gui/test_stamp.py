"""Stamp in the window: a plate on the skin by one tap, turned by a drag, remembered."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.atlas import SkinArray
from mesomap.domain.marks import InjectionSet, Origin
from mesomap.services.stamping import Plate
from mesomap.ui.canvas.tools.stamp import StampTool
from tests.gui.test_select import CONTROL, drag


def enter_pitch(driver: WindowDriver, text: str) -> None:
    """Type the distance from needle to needle."""
    field = driver.page.cards.stamp_card.pitch().field()
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    driver.wait()


@pytest.fixture
def stamper(driver: WindowDriver) -> WindowDriver:
    """The stamp tool with a plate of 3 × 3 needles, 10 mm apart."""
    driver.choose_tool("stamp")
    enter_pitch(driver, "10")
    return driver


def places(driver: WindowDriver) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    """View places (N, 2) of the only mark."""
    (mark,) = driver.page.model.marks
    assert isinstance(mark, InjectionSet)
    return driver.page.model.atlas.project("body_front", SkinArray.of(mark.points)).xy


def test_one_tap_places_all_needles_and_one_undo_takes_them_back(stamper: WindowDriver) -> None:
    stamper.tap(60, 0)
    (mark,) = stamper.page.model.marks
    assert isinstance(mark, InjectionSet)
    assert (mark.origin, mark.count, mark.volume_ml, mark.dose.technique) == (Origin.STAMP, 9, 0.05, "papule")
    assert places(stamper).mean(axis=0) == pytest.approx((60, 0), abs=1)
    assert "Stamped 9" in stamper.page.model.last_action
    stamper.key(Qt.Key.Key_Z, CONTROL)
    assert not any(stamper.page.model.marks)


def test_nothing_is_stamped_before_the_distance_is_entered(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_S)
    driver.tap(60, 0)
    assert not any(driver.page.model.marks)
    assert "distance" in driver.page.floating.hint_text()


def test_a_drag_turns_the_plate_around_the_place_touched_first(stamper: WindowDriver) -> None:
    button = stamper.page.cards.stamp_card.plate_button(1, 5)
    assert button is not None
    stamper.click(button)
    drag(stamper, (60, 0), (60, 40))
    xy = places(stamper)
    assert len(xy) == 5
    assert np.ptp(xy[:, 0]) < 2
    assert np.ptp(xy[:, 1]) * stamper.page.model.length_factor == pytest.approx(40, rel=0.03)
    assert xy.mean(axis=0) == pytest.approx((60, 0), abs=1.5)


def test_escape_lifts_the_plate_off_and_turns_it_back(stamper: WindowDriver) -> None:
    drag(stamper, (60, 0), (60, 40), drop=False)
    tool = stamper.page.canvas.tool()
    assert isinstance(tool, StampTool)
    assert tool.angle_deg == pytest.approx(90, abs=2)
    stamper.key(Qt.Key.Key_Escape)
    at = stamper.place_of(60, 40)
    QTest.mouseRelease(stamper.page.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert tool.angle_deg == 0
    assert not any(stamper.page.model.marks)


def test_arrow_keys_turn_the_plate_and_the_card_says_so(stamper: WindowDriver) -> None:
    for _ in range(3):
        stamper.key(Qt.Key.Key_Left)
    assert "15°" in stamper.page.cards.stamp_card.words()
    assert "9 needles" in stamper.page.cards.stamp_card.words()


def test_the_plate_is_remembered_once_it_was_used(stamper: WindowDriver) -> None:
    practice = stamper.page.model.service.practice
    assert practice.setting("stamp_plate") is None
    stamper.tap(60, 0)
    assert Plate.from_setting(practice.setting("stamp_plate")) == Plate(3, 3, 10.0)


def test_a_density_technique_is_not_stamped(stamper: WindowDriver) -> None:
    stamper.click(stamper.page.dose.technique_button("nappage"))
    stamper.key(Qt.Key.Key_S)
    stamper.tap(60, 0)
    assert not any(stamper.page.model.marks)
    assert "area" in stamper.page.floating.hint_text()
