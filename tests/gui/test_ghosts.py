"""Ghosts of earlier sessions under the marks: stepped through by arrows and keys."""

import pytest
from PySide6.QtCore import Qt

from mesomap.app.offscreen_drive import WindowDriver


@pytest.fixture
def third(driver: WindowDriver) -> WindowDriver:
    """The third session of a patient; one point in the first, two in the second."""
    window = driver.window
    practice = window.desk.practice
    assert practice is not None
    patient = practice.patients()[0]
    x, y = driver.middle_of("chest.left")
    driver.tap(x, y)
    for count in (2, 0):
        session = practice.new_session(patient.id, window.desk.atlas())
        window.open_session(session.id)
        driver.choose_view("body_front")
        driver.click(driver.page.dose.technique_button("papule"))
        for number in range(count):
            driver.tap(x + 25 * (number + 1), y)
    return driver


def _ghosts(driver: WindowDriver) -> int:
    return len(driver.page.model.ghosts.scene("body_front").points)


def test_the_last_session_comes_first_and_arrows_lead_further_back(third: WindowDriver) -> None:
    page = third.page
    assert page.ghost_bar.words() == ""
    third.key(Qt.Key.Key_G)
    assert page.ghost_bar.words().startswith("Session 2")
    assert _ghosts(third) == 2
    third.click(page.ghost_bar.back)
    assert page.ghost_bar.words().startswith("Session 1")
    assert _ghosts(third) == 1
    assert not page.ghost_bar.back.isEnabled()
    third.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert _ghosts(third) == 2
    third.key(Qt.Key.Key_G)
    assert not page.ghost_bar.card.isVisible()


def test_another_session_begins_with_its_own_last_one(third: WindowDriver) -> None:
    third.key(Qt.Key.Key_G)
    third.click(third.page.ghost_bar.back)
    practice = third.window.desk.practice
    assert practice is not None
    session = practice.new_session(practice.patients()[0].id, third.window.desk.atlas())
    third.window.open_session(session.id)
    third.page.model.toggle_overlay("last_session")
    assert third.page.ghost_bar.words().startswith("Session 2")


def test_the_bar_keeps_clear_of_the_legend_of_the_heat_map(third: WindowDriver) -> None:
    third.key(Qt.Key.Key_G)
    third.key(Qt.Key.Key_D)
    page = third.page
    assert page.heat_legend.card.isVisible()
    assert not page.heat_legend.card.geometry().intersects(page.ghost_bar.card.geometry())
