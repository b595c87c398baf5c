"""The complaint drawn in the window: areas, intensity, trigger points, undo, restart; apart from every injection."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.complaint import ComplaintKind
from mesomap.services import ChartingService, Practice
from tests.gui.conftest import PASSPHRASE
from tests.gui.test_pointers import NONE, PRESS, RELEASE, RIGHT, Pen
from tests.gui.test_select import CONTROL, drag

SHIFT = Qt.KeyboardModifier.ShiftModifier
LOW = ((-40, -60), (-40, -20), (-10, -20), (-10, -60), (-40, -60))
OTHER = ((20, -60), (20, -20), (60, -20), (60, -60), (20, -60))


@pytest.fixture
def painter(driver: WindowDriver) -> WindowDriver:
    """A hand that has chosen the complaint, on the back."""
    driver.choose_view("body_back")
    driver.choose_tool("complaint")
    return driver


def complaints(driver: WindowDriver) -> list[tuple[str, int | None, str]]:
    found = driver.page.model.service.complaints
    return [(one.kind.value, one.intensity, one.quality) for one in found]


def test_a_low_back_pain_drawing_with_two_areas_and_a_trigger_point_survives_a_restart(
    painter: WindowDriver, home: Path
) -> None:
    card = painter.page.complaint.card
    assert card.isVisible()
    drag(painter, *LOW)
    painter.click(card.intensity_button(7))
    drag(painter, *OTHER)
    painter.click(card.intensity_button(3))
    painter.click(card.chip("burning"))
    button = card.mode_button("point")
    assert button is not None
    painter.click(button)
    painter.tap(-25, -40)
    painter.click(card.intensity_button(9))
    drawn = [("area", 7, ""), ("area", 3, "burning"), ("trigger_point", 9, "")]
    assert complaints(painter) == drawn
    assert [row.complaint.intensity for row in card.rows()] == [7, 3, 9]
    assert "cm²" in card.rows()[0].accessibleName()
    painter.key(Qt.Key.Key_Z, CONTROL)
    assert complaints(painter)[-1] == ("trigger_point", None, "")
    painter.key(Qt.Key.Key_Z, CONTROL)
    assert complaints(painter) == drawn[:2]
    painter.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    painter.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert complaints(painter) == drawn
    model = painter.page.model
    session_id, body = model.service.session.id, model.atlas
    assert model.marks == ()
    painter.window.lock()
    with Practice.open(home, PASSPHRASE) as practice:
        again = ChartingService(practice, body, session_id)
        assert [(c.kind.value, c.intensity, c.quality) for c in again.complaints] == drawn
        again.undo()
        assert again.complaints[-1].intensity is None


def test_a_tap_selects_an_area_to_change_or_erase_it(painter: WindowDriver) -> None:
    page = painter.page
    drag(painter, *LOW)
    drag(painter, *OTHER)
    painter.tap(-25, -40)
    chosen = page.complaint.pain.selected()
    assert chosen is not None
    assert chosen.id == page.model.service.complaints[0].id
    painter.key(Qt.Key.Key_4)
    painter.key(Qt.Key.Key_Up)
    assert [one.intensity for one in page.model.service.complaints] == [5, None]
    painter.click(page.complaint.card.erase_button())
    assert len(page.model.service.complaints) == 1
    painter.key(Qt.Key.Key_Z, CONTROL)
    assert {one.intensity for one in page.model.service.complaints} == {5, None}
    painter.tap(-100, 60)
    assert page.complaint.pain.selected() is None


def test_overlapping_areas_are_reached_one_after_the_other(painter: WindowDriver) -> None:
    pain = painter.page.complaint.pain
    drag(painter, *LOW)
    drag(painter, (-60, -70), (-60, -10), (0, -10), (0, -70), (-60, -70))
    first, second = painter.page.model.service.complaints
    pain.select(None)
    painter.tap(-25, -40)
    assert pain.selected() == second
    painter.tap(-25, -40)
    assert pain.selected() == first


def test_escape_drops_the_loop_then_the_selection_then_leaves(painter: WindowDriver) -> None:
    page = painter.page
    drag(painter, *LOW)
    drag(painter, *OTHER[:3], drop=False)
    painter.key(Qt.Key.Key_Escape)
    at = painter.place_of(*OTHER[2])
    QTest.mouseRelease(page.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert len(page.model.service.complaints) == 1
    assert page.complaint.pain.selected() is None
    assert page.complaint.is_on()
    painter.key(Qt.Key.Key_Escape)
    assert not page.complaint.is_on()
    assert page.canvas.tool() is page.tools["place"]


def test_a_brush_stroke_that_begins_in_the_selected_area_widens_it(painter: WindowDriver) -> None:
    page = painter.page
    drag(painter, *LOW)
    before = page.complaint.pain.words.area_cm2(page.model.service.complaints[0])
    button = page.complaint.card.mode_button("brush")
    assert button is not None
    painter.click(button)
    painter.click(page.complaint.card.narrower)
    assert page.complaint.pain.width_mm == 25
    drag(painter, (-25, -40), (20, -40), (40, -40))
    (wider,) = page.model.service.complaints
    assert page.complaint.pain.words.area_cm2(wider) > before + 5
    drag(painter, (80, 60), (90, 90))
    assert len(page.model.service.complaints) == 2


def test_injection_tools_never_touch_the_pain_drawing(painter: WindowDriver) -> None:
    page = painter.page
    drag(painter, *LOW)
    painter.key(Qt.Key.Key_7)
    painter.key(Qt.Key.Key_E)
    assert not page.complaint.is_on()
    painter.tap(-25, -40)
    assert "No point here" in page.floating.hint_text()
    painter.key(Qt.Key.Key_P)
    painter.tap(-25, -40)
    assert len(page.model.marks) == 1
    assert page.model.tally().total.about_points == 1
    painter.key(Qt.Key.Key_V)
    painter.tap(-14, -23)
    assert page.select.selected == {}
    assert complaints(painter) == [("area", 7, "")]


def test_the_faint_drawing_is_one_tap_on_or_off(painter: WindowDriver) -> None:
    page = painter.page
    switch = page.floating.overlay_button("complaint")
    assert not switch.isVisible()
    drag(painter, *LOW)
    painter.key(Qt.Key.Key_9)
    painter.key(Qt.Key.Key_P)
    assert switch.isVisible()
    shown = drawn_part(painter)
    painter.click(switch)
    assert drawn_part(painter) != shown
    painter.key(Qt.Key.Key_K)
    assert drawn_part(painter) == shown


def drawn_part(driver: WindowDriver) -> QImage:
    """The canvas where LOW lies, the pointer elsewhere."""
    canvas = driver.page.canvas
    driver.hover(-172, 240)
    canvas.settle_now()
    box = QRect(driver.place_of(-45, -15), driver.place_of(-5, -65))
    return canvas.grab(box).toImage()


def test_own_words_and_values_chosen_before_go_to_the_next_area(painter: WindowDriver) -> None:
    card = painter.page.complaint.card
    painter.click(card.intensity_button(6))
    field = card.words_field()
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClicks(field, "like ants")
    QTest.keyClick(field, Qt.Key.Key_Return)
    drag(painter, *LOW)
    assert complaints(painter) == [("area", 6, "like ants")]
    painter.click(card.chip("dull"))
    assert complaints(painter) == [("area", 6, "like ants, dull")]
    drag(painter, *OTHER)
    assert complaints(painter)[1] == ("area", None, "")


def test_a_row_of_the_list_shows_its_complaint_in_a_view_that_sees_it(painter: WindowDriver) -> None:
    page = painter.page
    drag(painter, *LOW)
    painter.choose_view("body_front")
    painter.tap(60, 0)
    assert page.complaint.pain.selected() is None
    assert page.model.view_key == "body_front"
    painter.click(page.complaint.card.rows()[0])
    assert page.model.view_key == "body_back"
    assert page.complaint.pain.selected() == page.model.service.complaints[0]


def test_the_barrel_button_erases_complaints_and_no_marks(painter: WindowDriver) -> None:
    page = painter.page
    drag(painter, *LOW)
    painter.key(Qt.Key.Key_P)
    painter.tap(-25, -40)
    painter.choose_tool("complaint")
    pen = Pen(painter)
    pen.send(PRESS, -25, -40, RIGHT, RIGHT, down=False)
    pen.tap(-25, -40, RIGHT)
    pen.send(RELEASE, -25, -40, RIGHT, NONE, down=False)
    pen.hover(-20, -40)
    assert page.model.service.complaints == ()
    assert len(page.model.marks) == 1
    assert page.complaint.is_on()
    painter.key(Qt.Key.Key_Z, CONTROL)
    pen.tap(-25, -40)
    assert page.complaint.pain.selected() is not None
    assert len(page.model.service.complaints) == 1


def test_the_outlines_of_last_time_are_one_tap(painter: WindowDriver) -> None:
    drag(painter, *LOW)
    painter.key(Qt.Key.Key_8)
    assert not painter.page.complaint.card.repeat_button().isVisible()
    practice = painter.page.model.service.practice
    later = practice.new_session(painter.page.model.service.patient.id, painter.page.model.atlas)
    painter.window.open_session(later.id)
    painter.choose_tool("complaint")
    painter.click(painter.page.complaint.card.repeat_button())
    assert complaints(painter) == [("area", None, "")]
    assert not painter.page.complaint.card.repeat_button().isVisible()
    painter.key(Qt.Key.Key_Z, CONTROL)
    assert complaints(painter) == []


def test_mirror_live_does_not_double_the_complaint(painter: WindowDriver) -> None:
    painter.key(Qt.Key.Key_X, SHIFT)
    drag(painter, *LOW)
    (one,) = painter.page.model.service.complaints
    assert one.kind is ComplaintKind.AREA


def test_beside_the_body_nothing_is_drawn(painter: WindowDriver) -> None:
    drag(painter, (-175, 200), (-170, 240), (-165, 210))
    assert painter.page.model.service.complaints == ()
    assert "off the body" in painter.page.floating.hint_text().lower()
