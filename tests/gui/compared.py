"""Visits to be compared, charted by hand in the window."""

from uuid import UUID

from PySide6.QtWidgets import QApplication

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.compare.page import ComparePage
from mesomap.ui.main_window import MainWindow


def three_visits(driver: WindowDriver) -> ComparePage:
    """Three visits of one patient: 3 points, the same but one and one more, nothing; compared are the first two."""
    window = driver.window
    practice = window.desk.practice
    assert practice is not None
    patient = practice.patients()[0]
    for places in (((0, 0), (20, 0), (40, 0)), ((0, 0), (20, 0), (40, 30))):
        session = practice.new_session(patient.id, window.desk.atlas())
        window.open_session(session.id)
        driver.choose_view("body_front")
        driver.click(driver.page.dose.technique_button("papule"))
        x, y = driver.middle_of("chest.left")
        for dx, dy in places:
            driver.tap(x + dx, y + dy)
    window.show_patients()
    window.records.open_comparison(patient.id)
    found = window.records.page
    assert isinstance(found, ComparePage)
    found.finish()
    return found


def opened_again(page: ComparePage) -> ComparePage:
    """The page of the same patient, opened anew."""
    window = page.window()
    assert isinstance(window, MainWindow)
    window.records.open_comparison(page.context.patient.id)
    again = window.records.page
    assert isinstance(again, ComparePage)
    return again


def numbers(page: ComparePage) -> tuple[int, int]:
    """Numbers of the two sessions that are compared."""
    page.finish()
    comparison = page.model.comparison
    assert comparison is not None
    return comparison.before.session.number, comparison.after.session.number


def number(page: ComparePage, session_id: UUID) -> int:
    """The number of a session."""
    return page.context.practice.session(session_id).number


def widen(page: ComparePage) -> None:
    """A window in which two maps have room."""
    page.window().resize(1440, 900)
    QApplication.processEvents()
