"""The plan in the window: tap, hold, drag and loop; by region and in all; undo; what is drawn; keys alone."""

from datetime import timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.marks import InjectionSet, Mark, Origin
from mesomap.domain.plan import PlanOutcome
from mesomap.ui.canvas.held import HOLD_MS

CONTROL = Qt.KeyboardModifier.ControlModifier
PLACES = [(60, 0), (80, 30), (-60, 20)]
DONE, OPEN, SKIPPED, MOVED = PlanOutcome.DONE, PlanOutcome.PLANNED, PlanOutcome.SKIPPED, PlanOutcome.MOVED


@pytest.fixture
def second_visit(driver: WindowDriver) -> WindowDriver:
    """The next visit after one with two points on the left and one on the right of the chest."""
    for place in PLACES:
        driver.tap(*place)
    practice, first = driver.window.desk.practice, driver.page.model.service.session
    assert practice is not None
    session = practice.new_session(
        first.patient_id, driver.page.model.atlas, started_at=first.started_at + timedelta(days=28)
    )
    driver.window.open_session(session.id)
    driver.choose_view("body_front")
    return driver


@pytest.fixture
def planned(second_visit: WindowDriver) -> WindowDriver:
    """All of last time as a plan."""
    second_visit.click(second_visit.page.tools_bar.last_time_button())
    second_visit.click(second_visit.page.last_time.plan_button())
    return second_visit


def outcomes(driver: WindowDriver) -> list[PlanOutcome]:
    """What became of each planned point."""
    return [outcome for planned in driver.page.model.plan.marks for outcome in planned.outcomes]


def a_set(mark: Mark) -> InjectionSet:
    assert isinstance(mark, InjectionSet)
    return mark


def hold(driver: WindowDriver, x_mm: float, y_mm: float) -> None:
    """Press at a place of the view, stay, and let go."""
    canvas, at = driver.page.canvas, driver.place_of(x_mm, y_mm)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.qWait(HOLD_MS + 150)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    driver.wait()


def drag(driver: WindowDriver, *places_mm: tuple[float, float]) -> None:
    """Press at the first place, wander over the others, leave at the last."""
    canvas = driver.page.canvas
    places = [driver.place_of(x, y) for x, y in places_mm]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, places[0])
    for a, b in pairwise(places):
        for step in range(1, 5):
            QTest.mouseMove(canvas, a + QPoint(*(((b - a) * step / 4).toTuple())))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, places[-1])
    driver.wait()


def picture(driver: WindowDriver) -> QImage:
    """The canvas as it shows now."""
    driver.page.canvas.settle_now()
    return driver.page.canvas.grab().toImage()


def differs_at(driver: WindowDriver, before: QImage, after: QImage, x_mm: float, y_mm: float) -> bool:
    """Whether two pictures differ around a place."""
    at = driver.place_of(x_mm, y_mm) * before.devicePixelRatio()
    around = [at + QPoint(dx, dy) for dx in range(-6, 7) for dy in range(-6, 7)]
    return any(before.pixel(place) != after.pixel(place) for place in around)


def test_two_taps_lay_the_plan_and_the_third_is_the_first_mark(planned: WindowDriver) -> None:
    page = planned.page
    assert page.model.scene("body_front").visible_count == 0
    assert page.canvas.tool() is page.tools["plan"]
    assert page.plan.bar.words() == "0 of 3 done, 3 open"
    assert page.model.overlays["last_session"] is False
    planned.tap(60, 0)
    mark = page.model.marks[0]
    last = page.model.last_time.last
    assert last is not None
    assert (mark.origin, mark.dose) == (Origin.TAP, last.marks[0].dose)
    assert a_set(mark).points == a_set(last.marks[0]).points
    assert page.plan.bar.words() == "1 of 3 done, 2 open"
    planned.key(Qt.Key.Key_Z, CONTROL)
    assert outcomes(planned) == [OPEN] * 3
    assert page.model.marks == ()


def test_hold_skips_and_a_tap_opens_it_again(planned: WindowDriver) -> None:
    hold(planned, 80, 30)
    assert outcomes(planned) == [OPEN, SKIPPED, OPEN]
    assert planned.page.model.marks == ()
    planned.tap(80, 30)
    assert outcomes(planned) == [OPEN] * 3
    planned.click(planned.page.plan.bar.track.button("skip") or planned.page.plan.bar.regions)
    planned.tap(60, 0)
    hold(planned, 80, 30)
    assert outcomes(planned) == [SKIPPED, DONE, OPEN]


def test_a_finger_holds_too_unless_only_the_pen_counts(planned: WindowDriver) -> None:
    canvas, device, at = planned.page.canvas, QTest.createTouchDevice(), planned.place_of(80, 30)
    for pen_only in (True, False):
        canvas.gestures.pen_only = pen_only
        QTest.touchEvent(canvas, device, False).press(0, at, canvas).commit()
        QTest.qWait(HOLD_MS + 150)
        QTest.touchEvent(canvas, device, False).release(0, at, canvas).commit()
        assert outcomes(planned)[1] is (OPEN if pen_only else SKIPPED)
    assert planned.page.model.marks == ()


def test_a_pen_taps_and_holds(planned: WindowDriver) -> None:
    canvas = planned.page.canvas
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for x, y, wait_ms in ((60, 0, 0), (80, 30, HOLD_MS + 150)):
        at = QPointF(planned.place_of(x, y))
        for kind, buttons in ((QEvent.Type.TabletPress, left), (QEvent.Type.TabletRelease, none)):
            event = QTabletEvent(
                kind, QPointingDevice.primaryPointingDevice(), at, QPointF(canvas.mapToGlobal(at)),
                0.5, 0.0, 0.0, 0.0, 0.0, 0.0, Qt.KeyboardModifier.NoModifier, left, buttons,
            )  # fmt: skip
            QApplication.sendEvent(canvas, event)
            if buttons == left:
                QTest.qWait(wait_ms)
    assert outcomes(planned) == [DONE, SKIPPED, OPEN]


def test_a_drag_moves_a_place_and_escape_would_leave_it(planned: WindowDriver) -> None:
    drag(planned, (60, 0), (64, -30))
    assert outcomes(planned) == [MOVED, OPEN, OPEN]
    (mark,) = planned.page.model.marks
    x, y = planned.page.model.scene("body_front").points.xy[0].tolist()
    assert (x, y) == pytest.approx((64, -30), abs=1.5)
    assert planned.page.model.plan.words() == "0 of 3 done, 1 moved, 2 open"
    drag(planned, (80, 30), (172, 0))
    assert planned.page.model.marks == (mark,)
    assert "Off the body" in planned.page.floating.hint_text()


def test_a_loop_confirms_what_it_holds_in_one_step(planned: WindowDriver) -> None:
    drag(planned, (40, -20), (100, -20), (100, 50), (40, 50), (40, -18))
    assert outcomes(planned) == [DONE, DONE, OPEN]
    assert {mark.origin for mark in planned.page.model.marks} == {Origin.REPEAT}
    planned.key(Qt.Key.Key_Z, CONTROL)
    assert outcomes(planned) == [OPEN] * 3
    drag(planned, (0, -60), (20, -60), (20, -40), (0, -58))
    assert "Nothing open" in planned.page.floating.hint_text()


def test_what_is_settled_or_not_planned_is_told(planned: WindowDriver) -> None:
    planned.tap(60, 0)
    planned.tap(60, 0)
    assert "Done already" in planned.page.floating.hint_text()
    planned.tap(0, -60)
    assert planned.page.floating.hint_text() == "Nothing planned here"
    assert len(planned.page.model.marks) == 1


def test_by_region_and_the_rest_at_once(planned: WindowDriver) -> None:
    page = planned.page
    planned.click(page.plan.bar.regions)
    card = page.plan.card
    assert card.isVisible()
    left, right = card.row("chest.left"), card.row("chest.right")
    assert left.text().endswith("0 of 2 done, 2 open")
    planned.click(left.confirm)
    assert outcomes(planned) == [DONE, DONE, OPEN]
    assert card.words() == "2 of 3 done, 1 open"
    assert not left.confirm.isVisible()
    planned.click(right.skip)
    assert outcomes(planned) == [DONE, DONE, SKIPPED]
    assert not card.all_button.isEnabled()
    planned.click(right.reopen)
    planned.click(card.all_button)
    assert outcomes(planned) == [DONE] * 3
    assert not card.isVisible()
    assert page.canvas.hasFocus()


def test_what_was_left_out_can_be_planned_later(second_visit: WindowDriver) -> None:
    page = second_visit.page
    second_visit.click(page.tools_bar.last_time_button())
    second_visit.click(page.last_time.row("chest.left"))
    second_visit.click(page.last_time.plan_button())
    assert page.model.plan.words() == "0 of 1 done, 1 open"
    second_visit.click(page.plan.bar.regions)
    second_visit.click(page.plan.card.more_button)
    assert page.last_time.plan_button().text() == "Plan 2 points"
    second_visit.click(page.last_time.plan_button())
    assert page.model.plan.words() == "0 of 3 done, 3 open"


def test_keys_alone_confirm_all_and_escape_puts_the_card_away(planned: WindowDriver) -> None:
    page = planned.page
    planned.key(Qt.Key.Key_A)
    QTest.keyClick(page.plan.card.all_button, Qt.Key.Key_Escape)
    assert not page.plan.card.isVisible()
    planned.key(Qt.Key.Key_A)
    assert page.plan.card.all_button.hasFocus()
    QTest.keyClick(page.plan.card.all_button, Qt.Key.Key_Space)
    assert outcomes(planned) == [DONE] * 3


def test_erasing_a_done_point_opens_its_place(planned: WindowDriver) -> None:
    planned.tap(60, 0)
    planned.choose_tool("erase")
    planned.tap(60, 0)
    assert planned.page.model.marks == ()
    assert outcomes(planned) == [OPEN] * 3
    assert planned.page.plan.bar.words() == ""
    planned.key(Qt.Key.Key_Y)
    assert planned.page.plan.bar.words() == "0 of 3 done, 3 open"


def test_open_skipped_and_moved_places_are_drawn_each_its_own_way(planned: WindowDriver) -> None:
    opened = picture(planned)
    hold(planned, 80, 30)
    skipped = picture(planned)
    assert differs_at(planned, opened, skipped, 80, 30)
    drag(planned, (60, 0), (60, -40))
    moved = picture(planned)
    assert differs_at(planned, opened, moved, 60, 0)
    assert differs_at(planned, opened, moved, 60, -20), "the way to the new place"
    assert differs_at(planned, opened, moved, 60, -40)
    while planned.page.model.service.undo_name != "Plan as last time":
        planned.key(Qt.Key.Key_Z, CONTROL)
    assert not differs_at(planned, opened, picture(planned), 80, 30)
    planned.key(Qt.Key.Key_Z, CONTROL)
    assert differs_at(planned, opened, picture(planned), -60, 20), "the plan is gone with its step"


def test_the_tally_says_what_is_open_in_a_region(planned: WindowDriver) -> None:
    page = planned.page
    planned.tap(60, 0)
    page.model.figures.finish()
    planned.wait()
    assert page.tally.sentence(0).endswith("Of the plan: 1 open")
    planned.tap(80, 30)
    page.model.figures.finish()
    planned.wait()
    assert "Of the plan" not in page.tally.sentence(0)


def test_a_plan_is_there_again_when_the_session_is_opened_again(planned: WindowDriver) -> None:
    planned.tap(60, 0)
    session = planned.page.model.service.session.id
    planned.window.show_patients()
    planned.window.open_session(session)
    assert planned.page.model.plan.words() == "1 of 3 done, 2 open"


def test_the_plan_shows_on_the_heat_map(planned: WindowDriver) -> None:
    page = planned.page
    planned.tap(*PLACES[0])
    planned.click(page.floating.overlay_button("heat"))
    page.canvas.heat.finish()
    with_plan = picture(planned)
    for _ in range(2):
        page.model.undo()
    assert not page.model.plan.exists
    page.canvas.heat.finish()
    assert differs_at(planned, with_plan, picture(planned), *PLACES[2])
