"""The mark sheet in the window: what marks carry, changed for one or for many, as one step."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.domain.needle import DeviceKind, Insertion, Needle
from mesomap.ui.dialogs.mark_sheet import MarkSheet

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def slow_double_tap() -> Iterator[None]:
    """A slow machine still makes a double tap."""
    before = QApplication.doubleClickInterval()
    QApplication.setDoubleClickInterval(5000)
    yield
    QApplication.setDoubleClickInterval(before)


def a_set(mark: Mark) -> InjectionSet:
    assert isinstance(mark, InjectionSet)
    return mark


def sheet_of(driver: WindowDriver) -> MarkSheet:
    sheet = driver.page.mark_sheets.sheet
    assert sheet is not None
    return sheet


def typed(field: QLineEdit, text: str) -> None:
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def pressed(driver: WindowDriver, button: QWidget | None) -> None:
    assert button is not None
    driver.click(button)


def test_a_double_tap_opens_the_sheet_of_the_point_and_one_change_is_one_step(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    driver.tap(-60, 0)
    before = driver.page.model.marks
    driver.choose_tool("select")
    driver.tap(60, 0)
    driver.tap(60, 0)
    sheet = sheet_of(driver)
    assert "1 point" in sheet.title()
    assert "Origin: tap" in sheet.history()
    assert not sheet.button("record").isEnabled()
    typed(sheet.depth_part.steppers["depth_mm"].field(), "3.5")
    pressed(driver, sheet.mixture.letters.button("C"))
    driver.click(sheet.layer.chips["hypodermis"])
    sheet.remark.field.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(sheet.remark.field, "bled a little")
    assert sheet.button("record").text() == "Record 4 changes"
    driver.click(sheet.button("record"))
    assert driver.page.mark_sheets.sheet is None
    mark, other = driver.page.model.marks
    assert (mark.id, mark.dose.depth_mm, mark.dose.mixture) == (before[0].id, 3.5, "C")
    assert (mark.dose.intended_layer, mark.remark) == ("hypodermis", "bled a little")
    assert (mark.origin, mark.entered_at, mark.done_at) == (before[0].origin, before[0].entered_at, before[0].done_at)
    assert other == before[1]
    driver.key(Qt.Key.Key_Z, CONTROL)
    assert driver.page.model.marks == before


def test_enter_opens_the_sheet_and_escape_leaves_everything_as_it_was(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    before = driver.page.model.marks
    driver.choose_tool("select")
    driver.tap(60, 0)
    driver.key(Qt.Key.Key_Return)
    sheet = sheet_of(driver)
    typed(sheet.volume.each.field(), "0.5")
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    driver.wait()
    assert driver.page.mark_sheets.sheet is None
    assert driver.page.model.marks == before


def test_several_marks_keep_what_differs_and_share_what_is_changed(driver: WindowDriver) -> None:
    driver.tap(40, 0)
    driver.set_values(4.0, 0.1, 20.0)
    driver.tap(80, 0)
    driver.choose_tool("select")
    driver.tap(40, 0)
    driver.tap(80, 0)
    driver.click(driver.page.selection_bar.button("details"))
    sheet = sheet_of(driver)
    assert sheet.depth_part.steppers["depth_mm"].value() is None
    assert sheet.volume.each.value() is None
    driver.click(sheet.needle.chip)
    pressed(driver, sheet.needle.form.gauge.pick(30))
    pressed(driver, sheet.needle.form.length.pick(4))
    driver.click(sheet.button("record"))
    marks = [a_set(mark) for mark in driver.page.model.marks]
    assert [mark.dose.depth_mm for mark in marks] == [2.0, 4.0]
    assert [mark.volume_ml for mark in marks] == [0.05, 0.1]
    assert {mark.dose.needle for mark in marks} == {Needle(gauge=30, length_mm=4.0)}
    driver.key(Qt.Key.Key_Z, CONTROL)
    assert {mark.dose.needle for mark in driver.page.model.marks} == {None}


def test_a_total_of_several_is_divided_by_their_points(driver: WindowDriver) -> None:
    for x in (40, 60, 80, 90):
        driver.tap(x, 0)
    driver.choose_tool("select")
    for x in (40, 60, 80, 90):
        driver.tap(x, 0)
    driver.click(driver.page.selection_bar.button("details"))
    sheet = sheet_of(driver)
    pressed(driver, sheet.volume.ways.button("total"))
    typed(sheet.volume.total.field(), "2")
    driver.click(sheet.button("record"))
    assert [a_set(mark).given_total_ml for mark in driver.page.model.marks] == [0.5] * 4
    assert {a_set(mark).volume_ml for mark in driver.page.model.marks} == {None}
    assert driver.page.model.tally().total.volume_ml == pytest.approx(2.0)


def test_what_no_needle_can_do_is_said_at_the_field_and_not_recorded(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    driver.choose_tool("select")
    driver.tap(60, 0)
    driver.key(Qt.Key.Key_Return)
    sheet = sheet_of(driver)
    driver.click(sheet.needle.chip)
    typed(sheet.needle.form.length.field(), "1.5")
    assert "more than the needle is long" in sheet.error()
    assert not sheet.button("record").isEnabled()
    typed(sheet.depth_part.steppers["depth_mm"].field(), "1.2")
    assert sheet.error() == ""
    driver.click(sheet.button("record"))
    (mark,) = driver.page.model.marks
    assert mark.dose.depth_mm == 1.2


def test_depth_by_the_needle_follows_from_length_and_angle(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    driver.choose_tool("select")
    driver.tap(60, 0)
    driver.key(Qt.Key.Key_Return)
    sheet = sheet_of(driver)
    pressed(driver, sheet.depth_part.ways.button("needle"))
    typed(sheet.depth_part.steppers["inserted_mm"].field(), "4")
    typed(sheet.depth_part.steppers["angle_deg"].field(), "30")
    assert "2.0 mm = inserted" in sheet.depth_part.layer_words()
    driver.click(sheet.button("record"))
    (mark,) = driver.page.model.marks
    assert mark.dose.insertion == Insertion(inserted_mm=4.0, angle_deg=30.0)
    assert mark.dose.depth_mm == pytest.approx(2.0)


def test_what_was_recorded_can_be_taken_back(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    driver.choose_tool("select")
    driver.tap(60, 0)
    driver.key(Qt.Key.Key_Return)
    sheet = sheet_of(driver)
    for field in (sheet.depth_part.steppers["depth_mm"].field(), sheet.volume.each.field()):
        field.setFocus(Qt.FocusReason.MouseFocusReason)
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClick(field, Qt.Key.Key_Return)
    pressed(driver, sheet.mixture.letters.button("-"))
    driver.click(sheet.button("record"))
    (mark,) = driver.page.model.marks
    assert (mark.dose.depth_mm, mark.dose.mixture, a_set(mark).volume_ml) == (None, None, None)


def test_an_area_record_takes_device_and_total(driver: WindowDriver) -> None:
    driver.click(driver.page.dose.technique_button("nappage"))
    driver.set_values(1.0, 0.01, 15.0)
    driver.tap(60, 0)
    driver.key(Qt.Key.Key_Return)
    driver.choose_tool("select")
    driver.tap(60, 20)
    driver.key(Qt.Key.Key_Return)
    sheet = sheet_of(driver)
    driver.click(sheet.device.chip)
    driver.click(sheet.device.form.kind_button(DeviceKind.GUN))
    typed(sheet.device.form.field("model"), "Model U")
    typed(sheet.device.form.field("shots"), "120")
    typed(sheet.volume.total.field(), "3")
    driver.click(sheet.button("record"))
    (mark,) = driver.page.model.marks
    assert isinstance(mark, AreaRecord)
    assert mark.total_ml == 3.0
    assert mark.dose.device is not None
    assert (mark.dose.device.kind, mark.dose.device.model, mark.dose.device.shots) == (DeviceKind.GUN, "Model U", 120)


def test_done_at_can_be_earlier_but_not_in_the_future(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    entered = driver.page.model.marks[0].entered_at
    driver.choose_tool("select")
    driver.tap(60, 0)
    driver.key(Qt.Key.Key_Return)
    sheet = sheet_of(driver)
    tomorrow = datetime.now().astimezone() + timedelta(days=1)
    typed(sheet.done_at.day, f"{tomorrow:%Y-%m-%d}")
    assert "future" in sheet.error()
    typed(sheet.done_at.day, "2026-01-02")
    typed(sheet.done_at.clock, "09:15")
    driver.click(sheet.button("record"))
    (mark,) = driver.page.model.marks
    assert mark.done_at.astimezone().strftime("%Y-%m-%d %H:%M") == "2026-01-02 09:15"
    assert mark.entered_at == entered


def test_a_tap_beside_a_sheet_with_changes_does_not_throw_them_away(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    driver.choose_tool("select")
    driver.tap(60, 0)
    driver.key(Qt.Key.Key_Return)
    sheet = sheet_of(driver)
    typed(sheet.depth_part.steppers["depth_mm"].field(), "3")
    driver.click(sheet, QPoint(4, 4))
    assert driver.page.mark_sheets.sheet is sheet
    driver.click(sheet.button("cancel"))
    assert driver.page.mark_sheets.sheet is None
    assert driver.page.model.marks[0].dose.depth_mm == 2.0
