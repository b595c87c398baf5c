"""The syringe panel in the window: what is tapped there is carried by the next mark and remembered."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.marks import InjectionSet, Mark
from mesomap.domain.needle import Device, DeviceKind, Insertion, Needle
from mesomap.services import Practice
from mesomap.ui.dose_choice import VolumeBy
from tests.gui.conftest import PASSPHRASE


def a_set(mark: Mark) -> InjectionSet:
    assert isinstance(mark, InjectionSet)
    return mark


def typed(driver: WindowDriver, field: QLineEdit, text: str) -> None:
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    driver.wait(10)


def pressed(driver: WindowDriver, button: QWidget | None) -> None:
    assert button is not None
    driver.click(button)


def last(driver: WindowDriver) -> InjectionSet:
    return a_set(driver.page.model.marks[-1])


def test_what_was_drawn_up_counts_down_and_goes_below_zero_without_stopping(driver: WindowDriver) -> None:
    head = driver.page.dose.head
    driver.click(head.left_button())
    driver.click(driver.page.dosing.drawn.size_chip(1.0))
    driver.page.dosing.put_away()
    (mixture,) = driver.page.model.service.session.mixtures
    assert mixture.drawn_ml == 1.0
    assert "1.00 mL left of 1 mL" in head.left_button().accessibleName()
    driver.tap(60, 0)
    assert "0.95 mL" in head.left_button().accessibleName()
    driver.set_values(2.0, 0.7, 20.0)
    driver.tap(70, 0)
    driver.tap(80, 0)
    assert len(driver.page.model.marks) == 3
    assert "−0.45 mL" in head.left_button().accessibleName()
    assert head.shortage() == "Syringe A: 0.45 mL more recorded than drawn up."
    for _ in range(2):
        driver.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert head.shortage() == ""
    assert "0.95 mL" in head.left_button().accessibleName()


def test_the_depth_follows_from_needle_and_angle_and_stays_known_as_such(driver: WindowDriver, home: Path) -> None:
    depth = driver.page.dose.depth_group
    driver.click(depth.other_way_button())
    typed(driver, driver.page.dose.field("inserted_mm"), "4")
    pressed(driver, depth.angles.button("30"))
    driver.tap(60, 0)
    assert last(driver).dose.insertion == Insertion(inserted_mm=4.0, angle_deg=30.0)
    assert last(driver).dose.depth_mm == pytest.approx(2.0)
    driver.click(depth.other_way_button())
    pressed(driver, depth.depths.button("1.5"))
    driver.tap(70, 0)
    assert (last(driver).dose.insertion, last(driver).dose.depth_mm) == (None, 1.5)
    marks, session_id = driver.page.model.marks, driver.page.model.service.session.id
    driver.window.lock()
    with Practice.open(home, PASSPHRASE) as again:
        assert again.marks(session_id) == marks


def test_more_than_the_needle_is_long_is_said_at_the_field_and_not_recorded(driver: WindowDriver) -> None:
    page = driver.page
    driver.click(page.dose.carry.chip("needle"))
    pressed(driver, page.dosing.needle.form.length.pick(4))
    page.dosing.put_away()
    typed(driver, page.dose.field("depth_mm"), "4.5")
    assert page.dose.depth_group.error() == "The depth 4.5 mm is more than the needle is long (4 mm)."
    driver.tap(60, 0)
    assert page.model.marks == ()
    assert "more than the needle is long" in page.floating.hint_text()
    typed(driver, page.dose.field("depth_mm"), "4")
    assert page.dose.depth_group.error() == ""
    driver.tap(60, 0)
    assert last(driver).dose.needle == Needle(length_mm=4.0)


def test_a_needle_used_before_is_one_tap_and_comes_back_with_its_technique(driver: WindowDriver) -> None:
    page = driver.page
    driver.click(page.dose.carry.chip("needle"))
    form = page.dosing.needle.form
    pressed(driver, form.gauge.pick(30))
    typed(driver, form.length.field(), "4")
    typed(driver, form.lot, "L-4711")
    QTest.keyClick(page.dosing.needle, Qt.Key.Key_Escape)
    assert not page.dosing.needle.isVisible()
    needle = Needle(gauge=30, length_mm=4.0, lot="L-4711")
    driver.tap(60, 0)
    assert last(driver).dose.needle == needle
    driver.click(page.dose.technique_button("point_by_point"))
    assert page.model.choice.values.needle is None
    driver.click(page.dose.carry.chip("needle"))
    driver.click(page.dosing.needle.used_chip(0))
    assert not page.dosing.needle.isVisible()
    driver.tap(70, 0)
    assert last(driver).dose.needle == needle
    driver.click(page.dose.technique_button("papule"))
    assert page.model.choice.values.needle == needle
    assert page.dose.carry.chip("needle").value() == "30G 4 mm, lot L-4711"


def test_a_gun_with_its_shots_and_the_layer_meant_are_carried(driver: WindowDriver) -> None:
    page = driver.page
    driver.click(page.dose.carry.chip("device"))
    form = page.dosing.device.form
    driver.click(form.kind_button(DeviceKind.GUN))
    typed(driver, form.field("model"), "Model U")
    typed(driver, form.field("shots"), "many")
    assert "no number of shots" in form.error()
    typed(driver, form.field("shots"), "120")
    driver.click(page.dose.carry.chip("layer"))
    assert not page.dosing.device.isVisible()
    driver.click(page.dosing.layer.chip("dermis"))
    driver.tap(60, 0)
    assert last(driver).dose.device == Device(kind=DeviceKind.GUN, model="Model U", shots=120)
    assert last(driver).dose.intended_layer == "dermis"
    driver.tap(70, 0)
    assert last(driver).dose.device == Device(kind=DeviceKind.GUN, model="Model U"), "shots are read anew each time"


def test_total_only_and_dry_are_one_tap_each(driver: WindowDriver) -> None:
    page = driver.page
    pressed(driver, page.dose.amount.way_button(VolumeBy.TOTAL))
    typed(driver, page.dose.field("total_ml"), "2")
    driver.choose_tool("fill")
    driver.tap(60, 0)
    driver.key(Qt.Key.Key_Return)
    mark = last(driver)
    assert (mark.volume_ml, mark.given_total_ml, mark.total_ml) == (None, 2.0, 2.0)
    assert page.model.tally().total.volume_ml == pytest.approx(2.0)
    pressed(driver, page.dose.amount.way_button(VolumeBy.DRY))
    driver.choose_tool("place")
    driver.tap(-60, 0)
    assert (last(driver).volume_ml, last(driver).total_ml) == (0.0, 0.0)
    pressed(driver, page.dose.amount.way_button(VolumeBy.TOTAL))
    driver.tap(-60, 30)
    assert (last(driver).volume_ml, last(driver).total_ml) == (None, None)


def test_an_emptied_field_means_not_recorded(driver: WindowDriver) -> None:
    for name in ("depth_mm", "volume_ml"):
        field = driver.page.dose.field(name)
        field.setFocus(Qt.FocusReason.MouseFocusReason)
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClick(field, Qt.Key.Key_Return)
    driver.tap(60, 0)
    assert (last(driver).dose.depth_mm, last(driver).volume_ml) == (None, None)


def test_a_key_steps_what_is_entered(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_BracketRight)
    assert driver.page.model.choice.values.depth_mm == 2.1
    driver.click(driver.page.dose.depth_group.other_way_button())
    typed(driver, driver.page.dose.field("inserted_mm"), "4")
    pressed(driver, driver.page.dose.depth_group.angles.button("90"))
    driver.key(Qt.Key.Key_BracketLeft)
    assert driver.page.model.choice.values.inserted_mm == 3.9
    assert driver.page.model.choice.values.depth_mm == pytest.approx(3.9)


def test_the_skin_shown_is_that_under_the_pen(driver: WindowDriver) -> None:
    driver.hover(60, 0)
    first = driver.page.dose.depth_group.section.place()
    assert first
    driver.hover(-60, 0)
    assert driver.page.dose.depth_group.section.place() != first


@pytest.mark.parametrize("size", [(1180, 720), (1280, 720), (1440, 900)])
def test_nothing_of_the_panel_is_cut_off_with_eight_mixtures(driver: WindowDriver, size: tuple[int, int]) -> None:
    driver.window.resize(*size)
    for letter in "ABCDEFGH":
        driver.page.model.name_mixture(letter, f"Mixture {letter} with quite a long name")
    driver.wait()
    dose = driver.page.dose
    assert dose.minimumSizeHint().width() <= dose.width() <= driver.page.panel.width()
    area = next(found for found in driver.page.panel.findChildren(QScrollArea) if found.widget() is dose)
    assert area.height() >= dose.minimumSizeHint().height() or area.verticalScrollBar().maximum() > 0
    assert driver.page.tally.height() >= 60
