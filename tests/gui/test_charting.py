"""Charting in the window: what a tap does, what is stored, what undo gives back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.marks import AreaRecord, InjectionSet, Origin
from mesomap.services import Practice
from tests.gui.conftest import PASSPHRASE

OFF_BODY = (-170.0, 240.0)


def test_one_tap_places_one_injection_and_it_is_stored(driver: WindowDriver, home: Path) -> None:
    driver.tap(60, 0)
    (mark,) = driver.page.model.marks
    assert isinstance(mark, InjectionSet)
    assert mark.origin is Origin.TAP
    assert mark.region_ids == ("chest.left",)
    assert (mark.dose.technique, mark.dose.mixture, mark.dose.depth_mm) == ("papule", "A", 2.0)
    assert mark.volume_ml == 0.05
    assert "Saved" in driver.page.top.saved_text()
    session_id = driver.page.model.service.session.id
    driver.window.lock()
    with Practice.open(home, PASSPHRASE) as again:
        assert again.marks(session_id) == (mark,)


def test_a_tap_lands_where_the_pointer_is(driver: WindowDriver) -> None:
    driver.page.canvas.zoom_by(3.0, QPointF(driver.place_of(40, 30)))
    driver.tap(42.0, 31.0)
    points = driver.page.model.scene("body_front").points
    assert points.xy[0] == pytest.approx((42.0, 31.0), abs=0.8)


def test_off_the_body_nothing_is_placed_and_a_hint_says_so(driver: WindowDriver) -> None:
    driver.tap(*OFF_BODY)
    assert driver.page.model.marks == ()
    assert "Off the body" in driver.page.floating.hint_text()


def test_without_depth_and_volume_the_tap_is_recorded_as_not_recorded(driver: WindowDriver) -> None:
    driver.click(driver.page.dose.technique_button("point_by_point"))
    driver.tap(60, 0)
    (mark,) = driver.page.model.marks
    assert isinstance(mark, InjectionSet)
    assert mark.dose.depth_mm is None
    assert mark.volume_ml is None


def test_values_come_back_with_their_technique_and_are_never_borrowed(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    driver.click(driver.page.dose.technique_button("point_by_point"))
    assert driver.page.model.choice.values.depth_mm is None
    driver.click(driver.page.dose.technique_button("papule"))
    assert driver.page.model.choice.values.depth_mm == 2.0
    assert driver.page.model.choice.values.volume_ml == 0.05


def test_a_fill_is_shown_first_and_recorded_by_the_second_tap(driver: WindowDriver) -> None:
    driver.choose_tool("fill")
    driver.tap(60, 0)
    assert not any(driver.page.model.marks)
    assert "points" in driver.page.cards.fill_card.words()
    assert "Tap again" in driver.page.floating.hint_text()
    driver.tap(60, 0)
    (mark,) = driver.page.model.marks
    assert isinstance(mark, InjectionSet)
    assert mark.origin is Origin.FILL
    assert mark.count > 20
    assert mark.outline


def test_escape_drops_a_shown_fill(driver: WindowDriver) -> None:
    driver.choose_tool("fill")
    driver.tap(60, 0)
    driver.key(Qt.Key.Key_Escape)
    driver.key(Qt.Key.Key_Return)
    assert driver.page.model.marks == ()


def test_a_density_technique_fills_as_one_area_record(driver: WindowDriver) -> None:
    driver.click(driver.page.dose.technique_button("nappage"))
    driver.set_values(1.0, 0.01, 15.0)
    assert driver.page.canvas.tool() is driver.page.tools["fill"]
    driver.tap(60, 0)
    driver.key(Qt.Key.Key_Return)
    (mark,) = driver.page.model.marks
    assert isinstance(mark, AreaRecord)
    assert mark.about_n
    assert mark.about_n > 20


def test_undo_and_redo_by_key_give_back_the_same_marks(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    driver.tap(70, 10)
    both = driver.page.model.marks
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    driver.key(Qt.Key.Key_Z, control)
    assert driver.page.model.marks == both[:1]
    driver.key(Qt.Key.Key_Z, control)
    assert driver.page.model.marks == ()
    driver.key(Qt.Key.Key_Z, control | shift)
    driver.key(Qt.Key.Key_Z, control | shift)
    assert driver.page.model.marks == both


def test_erase_takes_the_point_under_the_pointer(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    driver.tap(-60, 0)
    driver.choose_tool("erase")
    driver.tap(60, 0)
    (left,) = driver.page.model.marks
    assert isinstance(left, InjectionSet)
    assert left.region_ids == ("chest.right",)


def test_marks_show_in_every_view_that_sees_them(driver: WindowDriver) -> None:
    driver.tap(100, 0)
    model = driver.page.model
    assert [model.scene(key).visible_count for key in ("body_front", "body_left", "body_back")] == [1, 1, 0]
    driver.choose_view("body_back")
    assert model.view_key == "body_back"


def test_the_tally_follows_every_tap(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    driver.tap(60, 20)
    total = driver.page.model.tally().total
    assert total.about_points == 2
    assert total.volume_ml == pytest.approx(0.1)
    assert total.covered_cm2 is not None
    assert total.covered_cm2 > 1
    assert "2 points" in driver.page.tally.sentence(0)


def test_keys_choose_tool_mixture_and_zoom(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_F)
    assert driver.page.canvas.tool() is driver.page.tools["fill"]
    driver.key(Qt.Key.Key_3)
    assert driver.page.model.choice.mixture == "C"
    driver.key(Qt.Key.Key_Plus)
    assert driver.page.canvas.zoom() == pytest.approx(1.25)
    driver.key(Qt.Key.Key_0)
    assert driver.page.canvas.zoom() == 1.0
    driver.key(Qt.Key.Key_BracketRight)
    assert driver.page.model.choice.values.depth_mm == pytest.approx(2.1)


def test_a_text_field_keeps_single_letters(driver: WindowDriver) -> None:
    field = driver.page.dose.name_field()
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClicks(field, "fpe3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "fpe3"
    assert driver.page.canvas.tool() is driver.page.tools["place"]
    mixture = driver.page.model.service.session.mixture("A")
    assert mixture is not None
    assert mixture.name == "fpe3"


def test_after_a_value_was_entered_the_letters_work_again(driver: WindowDriver) -> None:
    field = driver.page.dose.field("depth_mm")
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    field.selectAll()
    QTest.keyClicks(field, "3,5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert driver.page.model.choice.values.depth_mm == 3.5
    QTest.keyClick(driver.window.focusWidget(), Qt.Key.Key_E)
    assert driver.page.canvas.tool() is driver.page.tools["erase"]


def test_escape_in_a_field_gives_the_old_value_back(driver: WindowDriver) -> None:
    field = driver.page.dose.field("volume_ml")
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    field.selectAll()
    QTest.keyClicks(field, "9")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert driver.page.model.choice.values.volume_ml == 0.05
    assert field.text() == "0.05 mL"


def test_nonsense_in_a_field_changes_nothing(driver: WindowDriver) -> None:
    field = driver.page.dose.field("spacing_mm")
    for text in ("abc", "-4", "nan", "1e9999"):
        field.setFocus(Qt.FocusReason.MouseFocusReason)
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        value = driver.page.model.choice.values.spacing_mm
        assert value is not None
        assert 0 <= value <= 200


def test_with_space_held_a_press_places_nothing(driver: WindowDriver) -> None:
    canvas = driver.page.canvas
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    driver.tap(60, 0)
    assert not any(driver.page.model.marks)
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    driver.tap(60, 0)
    assert len(driver.page.model.marks) == 1


def test_a_drag_pans_and_places_nothing(driver: WindowDriver) -> None:
    canvas = driver.page.canvas
    before = canvas.context().origin_mm
    start = driver.place_of(60, 0)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for step in range(1, 6):
        QTest.mouseMove(canvas, start + QPoint(12 * step, 0))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start + QPoint(60, 0))
    assert driver.page.model.marks == ()
    assert canvas.context().origin_mm[0] < before[0]


def test_a_pen_tap_places_too(driver: WindowDriver) -> None:
    canvas = driver.page.canvas
    at = QPointF(driver.place_of(60, 0))
    for kind, buttons in (
        (QEvent.Type.TabletPress, Qt.MouseButton.LeftButton),
        (QEvent.Type.TabletRelease, Qt.MouseButton.NoButton),
    ):
        event = QTabletEvent(
            kind, QPointingDevice.primaryPointingDevice(), at, QPointF(canvas.mapToGlobal(at)),
            0.5, 0.0, 0.0, 0.0, 0.0, 0.0, Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, buttons,
        )  # fmt: skip
        QApplication.sendEvent(canvas, event)
    assert len(driver.page.model.marks) == 1


def finger_tap(canvas: QWidget, device: QPointingDevice, at: QPoint) -> None:
    """One finger down and up."""
    for step in ("press", "release"):
        sequence = QTest.touchEvent(canvas, device, False)
        getattr(sequence, step)(0, at, canvas)
        sequence.commit()


def test_a_finger_tap_places_unless_pen_only(driver: WindowDriver) -> None:
    canvas = driver.page.canvas
    device = QTest.createTouchDevice()
    finger_tap(canvas, device, driver.place_of(60, 0))
    assert len(driver.page.model.marks) == 1
    canvas.gestures.pen_only = True
    finger_tap(canvas, device, driver.place_of(60, 0))
    assert len(driver.page.model.marks) == 1


def test_the_window_follows_a_radius_that_the_practice_sets(driver: WindowDriver) -> None:
    driver.tap(60.0, 0.0)
    model = driver.page.model
    before = model.tally()
    model.service.practice.set_effect_radius_mm("papule", 4.0)
    assert model.tally().total.radii_mm == (4.0,)
    assert model.tally().total.covered_cm2 != before.total.covered_cm2
    assert model.tally() == model.service.tally()
