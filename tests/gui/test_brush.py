"""Brush in the window: points along a stroke, swaths, Escape, undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.marks import AreaRecord, InjectionSet, Origin
from tests.gui.test_select import CONTROL, drag


def test_a_stroke_lays_points_at_the_spacing_in_one_step(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_B)
    drag(driver, (30, 0), (90, 0), (90, 40))
    (mark,) = driver.page.model.marks
    assert isinstance(mark, InjectionSet)
    assert mark.origin is Origin.BRUSH
    assert mark.count >= 4
    spacing = driver.page.model.tally().regions[0].spacing_mm
    assert spacing is not None
    assert spacing.median == pytest.approx(20, rel=0.05)
    assert mark.volume_ml == 0.05
    driver.key(Qt.Key.Key_Z, CONTROL)
    assert driver.page.model.marks == ()


def test_escape_drops_the_stroke_under_way(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_B)
    drag(driver, (30, 0), (90, 0), drop=False)
    driver.key(Qt.Key.Key_Escape)
    at = driver.place_of(90, 0)
    QTest.mouseRelease(driver.page.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert driver.page.model.marks == ()


def test_without_a_spacing_the_brush_asks_for_it(driver: WindowDriver) -> None:
    driver.click(driver.page.dose.technique_button("point_by_point"))
    driver.key(Qt.Key.Key_B)
    drag(driver, (30, 0), (90, 0))
    assert driver.page.model.marks == ()
    assert "spacing" in driver.page.floating.hint_text()


def test_a_density_technique_brushes_a_swath_of_the_shown_width(driver: WindowDriver) -> None:
    page = driver.page
    driver.key(Qt.Key.Key_B)
    driver.click(page.dose.technique_button("nappage"))
    driver.set_values(1.0, 0.01, 6.0)
    assert page.canvas.tool() is page.brush
    assert page.brush_bar.words() == "Width 20 mm"
    driver.click(page.brush_bar.wider)
    driver.key(Qt.Key.Key_Up)
    assert page.brush_bar.words() == "Width 24 mm"
    drag(driver, (60, -30), (60, 30))
    (area,) = page.model.marks
    assert isinstance(area, AreaRecord)
    assert (area.origin, area.region_ids) == (Origin.BRUSH, ("chest.left",))
    length_mm = 62 * page.model.length_factor
    treated = page.model.tally().total.treated_cm2
    assert treated == pytest.approx((length_mm * 24 + 3.14 * 144) / 100, rel=0.06)
    driver.key(Qt.Key.Key_P)
    assert page.brush_bar.words() == ""


def test_beside_the_body_nothing_is_brushed(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_B)
    drag(driver, (-175, 200), (-170, 240))
    assert driver.page.model.marks == ()
    assert "Off the body" in driver.page.floating.hint_text()
