"""Hide and lock: nothing of a patient is seen, a PIN brings the same place back, wrong ones end at the passphrase."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.errors import BadInputError
from mesomap.domain.person import Person, Role
from mesomap.services import Practice
from mesomap.services.hiding import Watch
from mesomap.ui.controls.buttons import SegmentButton
from mesomap.ui.dialogs.patient_dialog import PatientDialog
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.cover import Cover
from tests.gui.conftest import PASSPHRASE

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def team(window: MainWindow) -> tuple[Practice, Person, Person]:
    """A doctor at the computer and an assistant."""
    practice = window.desk.practice
    assert practice is not None
    doctor = practice.people.add("Dr. A. Beispiel", roles=tuple(Role), pin="4711")
    practice.people.begin()
    return practice, doctor, practice.people.add("Mia", roles=(Role.CHART,), pin="8642")


def cover_of(window: MainWindow) -> Cover:
    assert window.guard.cover is not None
    return window.guard.cover


def enter(window: MainWindow, secret: str) -> None:
    field = cover_of(window).findChildren(QLineEdit)[0]
    QTest.keyClicks(field, secret)
    QTest.keyClick(field, Qt.Key.Key_Return)


def seen_texts(window: MainWindow) -> list[str]:
    """Texts of every label on the screen that nothing lies over."""
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def test_hiding_shows_nothing_of_a_patient_and_the_pin_brings_the_same_place_back(driver: WindowDriver) -> None:
    window = driver.window
    team(window)
    driver.tap(60, 0)
    page, marks = window.charting, driver.page.model.marks
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.guard.is_hidden
    assert not driver.page.isVisible()
    assert window.windowTitle() == "MesoMap"
    assert not any("Beispiel, A" in text or "Anna" in text for text in seen_texts(window))
    # Keys do nothing to what is covered.
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.charting is page
    assert driver.page.model.marks == marks
    enter(window, "4711")
    assert not window.guard.is_hidden
    assert window.charting is page
    assert driver.page.isVisible()
    assert str(driver.page.model.service.session.number) in window.windowTitle()
    driver.tap(70, 0)
    assert len(driver.page.model.marks) == len(marks) + 1


def test_the_pad_takes_digits_and_somebody_else_takes_over(driver: WindowDriver) -> None:
    window = driver.window
    practice, _doctor, mia = team(window)
    window.guard.hide()
    cover = cover_of(window)
    cover._who.setCurrentIndex(cover._who.findData(str(mia.id)))
    for digit in "8642":
        key = next(k for k in cover._pad.findChildren(SegmentButton) if k.text() == digit)
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    QTest.mouseClick(cover._button, Qt.MouseButton.LeftButton)
    assert practice.people.current == mia
    driver.tap(60, 0)
    assert len(driver.page.model.marks) == 1


def test_five_wrong_pins_lock_and_the_passphrase_returns_to_the_same_place(
    qtbot: QtBot, driver: WindowDriver
) -> None:
    window = driver.window
    practice, _doctor, _mia = team(window)
    window.guard.gate._clock = lambda: 0.0
    driver.choose_view("body_back")
    session_id = driver.page.model.service.session.id
    window.guard.hide()
    for turn in range(5):
        assert window.guard.is_hidden
        window.guard.gate._open_at = 0.0
        cover_of(window)._busy(False)
        enter(window, "1357")
        assert turn == 4 or "tries are left" in cover_of(window).error_text() or turn == 3
    assert window.desk.practice is None
    assert window.unlock.isVisible()
    with pytest.raises(BadInputError, match="closed"):
        practice.patients()
    field = window.unlock.findChildren(QLineEdit)[0]
    QTest.keyClicks(field, PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.guard.is_hidden, timeout=8000)
    enter(window, "4711")
    assert window.charting is not None
    assert window.charting.model.service.session.id == session_id
    assert window.charting.model.view_key == "body_back"


def test_a_wrong_pin_makes_the_next_one_wait(driver: WindowDriver) -> None:
    window = driver.window
    team(window)
    window.guard.hide()
    enter(window, "1357")
    enter(window, "1358")
    assert not cover_of(window)._button.isEnabled()
    enter(window, "4711")
    assert window.guard.is_hidden


def test_a_form_that_is_open_is_covered_too_and_comes_back(window: MainWindow) -> None:
    team(window)
    seen: list[bool] = []

    def hide_and_return() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PatientDialog)
        field = next(f for f in dialog.findChildren(QLineEdit) if f.accessibleName() == "Family name")
        field.setText("Exemple")
        window.guard.hide()
        cover = cover_of(window)
        seen.append(cover.parent() is dialog and cover.geometry() == dialog.rect())
        QTest.keyClick(cover, Qt.Key.Key_Escape)
        dialog.close()
        seen.append(dialog.isVisible())
        enter(window, "4711")
        seen.append(not window.guard.is_hidden and field.text() == "Exemple")
        dialog.done(0)

    QTimer.singleShot(50, hide_and_return)
    window.ask_new_patient("Chloé")
    assert seen == [True, True, True]


def test_a_form_that_closes_by_itself_leaves_the_window_covered(window: MainWindow) -> None:
    team(window)

    def hide_and_close() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PatientDialog)
        window.guard.hide()
        QTimer.singleShot(50, lambda: dialog.done(0))

    QTimer.singleShot(50, hide_and_close)
    window.ask_new_patient("Chloé")
    QApplication.processEvents()
    assert cover_of(window).isVisible()
    assert not window.patients.isVisible()
    enter(window, "4711")
    assert window.patients.isVisible()


def test_locking_takes_open_forms_away(window: MainWindow) -> None:
    QTimer.singleShot(50, window.lock)
    window.ask_new_patient("Chloé")
    assert window.desk.practice is None
    assert window.unlock.isVisible()


def test_nobody_there_hides_and_sleep_locks(driver: WindowDriver) -> None:
    window = driver.window
    team(window)
    # At noon: another day would lock as well.
    steady, wall = [0.0], [datetime(2026, 3, 2, 12, tzinfo=UTC)]
    watch = window.guard.watch = Watch(lambda: steady[0], lambda: wall[0])

    def run(seconds: float) -> None:
        steady[0] += seconds
        wall[0] += timedelta(seconds=seconds)
        window.guard.look()

    run(6 * 60)
    assert not window.guard.is_hidden, "a session is open: half an hour is allowed"
    watch.touch()
    run(29 * 60)
    assert not window.guard.is_hidden
    run(61)
    assert window.guard.is_hidden
    window.guard.show_again()
    window.show_patients()
    run(5 * 60)
    assert window.guard.is_hidden
    wall[0] += timedelta(minutes=20)
    run(5)
    assert window.desk.practice is None


def test_where_nobody_is_recorded_the_passphrase_uncovers(qtbot: QtBot, window: MainWindow) -> None:
    window.guard.hide()
    enter(window, "something else")
    qtbot.waitUntil(lambda: bool(cover_of(window).error_text()), timeout=8000)
    enter(window, PASSPHRASE)
    qtbot.waitUntil(lambda: not window.guard.is_hidden, timeout=8000)
    assert window.patients.isVisible()


def test_the_cover_can_lock(window: MainWindow) -> None:
    window.guard.hide()
    button = next(b for b in cover_of(window).findChildren(QPushButton) if b.text() == "Lock")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.desk.practice is None
