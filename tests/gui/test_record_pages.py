"""The patient's page and the practice's page: opened from the list, left again, locked."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.patient import PatientPage
from mesomap.ui.pages.practice import PracticePage


def _press(root: QWidget, words: str) -> None:
    (button,) = (b for b in root.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(root))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_record_of_the_chosen_patient_opens_and_lists_the_sessions(driver: WindowDriver) -> None:
    window = driver.window
    window.show_patients()
    _press(window.patients, "Open record")
    page = window.records.page
    assert isinstance(page, PatientPage)
    assert page.isVisible()
    _press(page, "Continue")
    assert window.charting is not None
    assert window.records.page is None


def test_the_practice_page_opens_and_back_leads_to_the_patients(window: MainWindow) -> None:
    _press(window.patients, "Practice")
    page = window.records.page
    assert isinstance(page, PracticePage)
    assert page.section("about") is not None
    page.bar.back.emit()
    assert window.records.page is None
    assert window.patients.isVisible()


def test_locking_on_the_record_closes_it(window: MainWindow) -> None:
    _press(window.patients, "Open record")
    window.lock()
    assert window.records.page is None
    assert window.unlock.isVisible()


def test_a_session_begins_from_the_record(window: MainWindow) -> None:
    _press(window.patients, "Open record")
    page = window.records.page
    assert page is not None
    _press(page, "New session")
    assert window.charting is not None
