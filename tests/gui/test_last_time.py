"""As last time in the window: two taps, less the regions left out, ghosts on the canvas."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.marks import InjectionSet, Origin


@pytest.fixture
def second_visit(driver: WindowDriver) -> WindowDriver:
    """The window at the next visit of a patient with a point on either side of the chest."""
    driver.tap(60, 0)
    driver.tap(-60, 20)
    practice, first = driver.window.desk.practice, driver.page.model.service.session
    assert practice is not None
    session = practice.new_session(
        first.patient_id, driver.page.model.atlas, started_at=first.started_at + timedelta(days=28)
    )
    driver.window.open_session(session.id)
    driver.choose_view("body_front")
    return driver


def picture(driver: WindowDriver) -> QImage:
    """The canvas as it shows now."""
    driver.page.canvas.settle_now()
    return driver.page.canvas.grab().toImage()


def origins(driver: WindowDriver) -> list[Origin]:
    """How the marks of the session came to be."""
    return [mark.origin for mark in driver.page.model.marks]


def test_two_taps_chart_the_last_session_and_one_undo_takes_it_back(second_visit: WindowDriver) -> None:
    page = second_visit.page
    assert page.model.marks == ()
    second_visit.click(page.tools_bar.last_time_button())
    assert page.model.marks == ()
    assert page.last_time.plan_button().text() == "Plan 2 points"
    second_visit.click(page.last_time.done_button())
    assert not page.last_time.isVisible()
    assert origins(second_visit) == [Origin.REPEAT, Origin.REPEAT]
    assert page.model.scene("body_front").visible_count == 2
    assert page.model.last_action == "As last time: 2 points"
    assert page.model.plan.words() == "2 of 2 done"
    assert page.canvas.hasFocus()
    second_visit.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.model.marks == ()
    assert not page.model.plan.exists


def test_less_these_by_keys_alone(second_visit: WindowDriver) -> None:
    page = second_visit.page
    second_visit.key(Qt.Key.Key_A)
    assert page.last_time.plan_button().hasFocus()
    left, right = page.last_time.row("chest.left"), page.last_time.row("chest.right")
    assert "1 points" in left.accessibleName()
    left.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(left, Qt.Key.Key_Space)
    assert (left.isChecked(), right.isChecked(), page.last_time.all_row().isChecked()) == (False, True, False)
    assert page.last_time.plan_button().text() == "Plan 1 point"
    QTest.keyClick(left, Qt.Key.Key_Return)
    (planned,) = page.model.plan.marks
    assert isinstance(planned.mark, InjectionSet)
    assert planned.mark.region_ids == ("chest.right",)
    assert page.model.marks == ()
    assert page.canvas.hasFocus()
    assert page.canvas.tool() is page.tools["plan"]


def test_no_region_chosen_leaves_nothing_to_confirm(second_visit: WindowDriver) -> None:
    page = second_visit.page
    second_visit.click(page.tools_bar.last_time_button())
    second_visit.click(page.last_time.all_row())
    assert not page.last_time.plan_button().isEnabled()
    assert not page.last_time.done_button().isEnabled()
    QTest.keyClick(page.last_time, Qt.Key.Key_Return)
    assert page.last_time.isVisible()
    assert page.model.marks == ()
    second_visit.click(page.last_time.all_row())
    assert page.last_time.plan_button().text() == "Plan 2 points"


def test_ghosts_show_where_last_time_was_and_are_never_touched(second_visit: WindowDriver) -> None:
    page = second_visit.page
    before = picture(second_visit)
    second_visit.click(page.floating.overlay_button("last_session"))
    after = picture(second_visit)
    at = second_visit.place_of(-60, 20) * before.devicePixelRatio()
    around = [at + QPoint(dx, dy) for dx in range(-5, 6) for dy in range(-5, 6)]
    assert any(before.pixel(place) != after.pixel(place) for place in around)
    second_visit.choose_tool("erase")
    second_visit.tap(60, 0)
    assert page.model.last_time.last is not None
    assert len(page.model.last_time.last.marks) == 2
    second_visit.key(Qt.Key.Key_G)
    assert not page.floating.overlay_button("last_session").isChecked()
    gone = picture(second_visit)
    assert all(before.pixel(place) == gone.pixel(place) for place in around)


def test_a_first_visit_says_that_there_is_none(driver: WindowDriver) -> None:
    page = driver.page
    driver.click(page.tools_bar.last_time_button())
    assert not page.last_time.isVisible()
    assert page.floating.hint_text() == "No earlier session of this patient"
    driver.click(page.floating.overlay_button("last_session"))
    assert not page.floating.overlay_button("last_session").isChecked()
    assert page.model.overlays["last_session"] is False


def test_another_mixture_under_the_same_letter_is_told(driver: WindowDriver) -> None:
    service = driver.page.model.service
    service.set_mixture("A", "Procaine")
    driver.tap(60, 0)
    practice = driver.window.desk.practice
    assert practice is not None
    started = service.session.started_at + timedelta(days=7)
    session = practice.new_session(service.patient.id, service.atlas, started_at=started)
    driver.window.open_session(session.id)
    page = driver.page
    driver.wait()
    page.model.name_mixture("A", "Saline")
    driver.click(page.tools_bar.last_time_button())
    assert page.last_time.notes_text() == "A was Procaine; here it is Saline"


def test_three_taps_from_a_known_patient_to_the_first_mark_with_last_times_settings(driver: WindowDriver) -> None:
    driver.click(driver.page.dose.technique_button("point_by_point"))
    driver.set_values(4.0, 0.03, 20.0)
    driver.key(Qt.Key.Key_2)
    driver.tap(60, 0)
    (last,) = driver.page.model.marks
    window = driver.window
    window.show_patients()
    start = next(b for b in window.patients.findChildren(QPushButton) if b.text() == "Start a session")
    driver.click(start)
    assert driver.page.model.marks == ()
    driver.choose_view("body_front")
    driver.tap(60, 0)
    mark = driver.page.model.service.marks[0]
    assert isinstance(last, InjectionSet)
    assert isinstance(mark, InjectionSet)
    assert mark.session_id != last.session_id
    assert (mark.dose, mark.volume_ml, mark.origin) == (last.dose, last.volume_ml, Origin.TAP)
