"""The view a session opens at, in the real window."""

from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.session import Session
from mesomap.services.framing import edit_frame
from mesomap.services.pain_drawing import place_trigger_point
from mesomap.ui.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def begun(window: MainWindow, after: Session, days: int = 28) -> UUID:
    practice = window.desk.practice
    assert practice is not None
    later = after.started_at + timedelta(days=days)
    return practice.new_session(after.patient_id, window.desk.atlas(), started_at=later).id


def opened(window: MainWindow, session_id: UUID, *, ahead: bool = False) -> WindowDriver:
    window.show_patients()
    if ahead:
        window.spare.make()
    window.open_session(session_id)
    driver = WindowDriver(window)
    driver.wait()
    return driver


def shown(driver: WindowDriver) -> str:
    """The view that canvas and strip show, of one mind."""
    page = driver.page
    key = page.canvas.context().view_key
    assert page.model.view_key == key
    assert [k for k in page.strip.order() if page.strip.thumbnail(k).isChecked()] == [key]
    return key


@pytest.mark.parametrize("ahead", [False, True])
def test_it_opens_where_its_marks_lie_with_all_of_them_shown(driver: WindowDriver, ahead: bool) -> None:
    driver.choose_view("body_back")
    driver.tap(60, 0)
    driver.tap(-60, 20)
    session = driver.page.model.service.session
    hand = opened(driver.window, session.id, ahead=ahead)
    assert shown(hand) == "body_back"
    assert "2 points" in hand.page.canvas.accessibleName()


def test_a_new_session_opens_where_the_last_one_was(driver: WindowDriver) -> None:
    driver.choose_view("body_back")
    driver.tap(60, 0)
    hand = opened(driver.window, begun(driver.window, driver.page.model.service.session))
    assert shown(hand) == "body_back"
    assert hand.page.model.marks == ()


def test_a_drawn_complaint_leads_there(driver: WindowDriver) -> None:
    model = driver.page.model
    skin = model.atlas.locate_one("body_back", 60.0, 0.0)
    assert skin is not None
    place_trigger_point(model.service, skin)
    assert shown(opened(driver.window, model.service.session.id)) == "body_back"


def test_nothing_known_is_the_face(driver: WindowDriver) -> None:
    session = driver.page.model.service.session
    assert shown(opened(driver.window, session.id)) == "head_front"


def test_saying_why_leads_there_as_long_as_nothing_has_begun(driver: WindowDriver) -> None:
    hand = opened(driver.window, driver.page.model.service.session.id)
    edit_frame(hand.page.model.service, indication_keys=("elbow_pain",))
    assert shown(hand) == "body_front"
    hand.page.model.undo()
    assert shown(hand) == "head_front"
    hand.tap(0, 200)
    edit_frame(hand.page.model.service, indication_keys=("elbow_pain",))
    assert shown(hand) == "head_front"


def test_the_view_stays_where_a_person_went(driver: WindowDriver) -> None:
    driver.choose_view("body_back")
    edit_frame(driver.page.model.service, indication_keys=("elbow_pain",))
    assert shown(driver) == "body_back"
    driver.tap(60, 0)
    driver.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert shown(driver) == "body_back"
