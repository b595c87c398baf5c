"""Unlock, patients, themes, and what must hold for every page."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from mesomap.app.application import make_application
from mesomap.app.offscreen_drive import WindowDriver
from mesomap.atlas import Atlas
from mesomap.services import Practice
from mesomap.ui.desk import Desk
from mesomap.ui.dialogs.patient_dialog import PatientDialog
from mesomap.ui.main_window import MainWindow
from mesomap.ui.theme import theme
from tests.gui.conftest import PASSPHRASE
from tests.records import CHEAP

#: The platform without a screen says this for every dialog with a least size; it is not ours to mend.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

NASTY = "<img src=x onerror=1><b>Anna</b>"


def unlocked(qtbot: QtBot, home: Path, atlas: Atlas, passphrase: str) -> MainWindow:
    """A window in which the passphrase was typed and confirmed."""
    make_application()
    made = MainWindow(Desk(home, open_body=lambda _body: atlas))
    made.show()
    qtbot.waitExposed(made)
    field = made.unlock.findChildren(QLineEdit)[0]
    QTest.keyClicks(field, passphrase)
    QTest.keyClick(field, Qt.Key.Key_Return)
    return made


def test_the_right_passphrase_opens_the_patient_list(qtbot: QtBot, home: Path, atlas: Atlas) -> None:
    Practice.create(home, PASSPHRASE, cost=CHEAP).close()
    made = unlocked(qtbot, home, atlas, PASSPHRASE)
    qtbot.waitUntil(lambda: made.patients.isVisible(), timeout=5000)
    made.close()


def test_a_wrong_passphrase_is_said_in_a_sentence(qtbot: QtBot, home: Path, atlas: Atlas) -> None:
    Practice.create(home, PASSPHRASE, cost=CHEAP).close()
    made = unlocked(qtbot, home, atlas, "something else")
    qtbot.waitUntil(lambda: bool(made.unlock.error_text()), timeout=5000)
    assert made.unlock.isVisible()
    assert made.desk.practice is None
    made.close()


def test_locking_closes_the_practice_and_hides_every_name(window: MainWindow, home: Path) -> None:
    window.lock()
    assert window.unlock.isVisible()
    assert window.desk.practice is None
    Practice.open(home, PASSPHRASE).close()


def test_search_shows_who_fits(window: MainWindow) -> None:
    practice = window.desk.practice
    assert practice is not None
    practice.new_patient(family_name="Weber", given_name="Jan")
    field = window.patients.findChildren(QLineEdit)[0]
    QTest.keyClicks(field, "web")
    assert window.patients.names() == ["Jan Weber"]
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert len(window.patients.names()) == 2


def test_a_new_patient_is_recorded_and_chosen(window: MainWindow) -> None:
    def fill_in() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PatientDialog)
        fields = {field.accessibleName(): field for field in dialog.findChildren(QLineEdit)}
        QTest.keyClicks(fields["Family name"], "Exemple")
        QTest.keyClicks(fields["Date of birth"], "1990-02-31")
        QTest.keyClick(fields["Family name"], Qt.Key.Key_Return)
        assert "not a date" in dialog.error_text()
        fields["Date of birth"].clear()
        QTest.keyClicks(fields["Date of birth"], "1990-02-28")
        QTest.keyClicks(fields["Allergies"], "latex, nickel")
        QTest.keyClick(fields["Family name"], Qt.Key.Key_Return)

    QTimer.singleShot(50, fill_in)
    window.ask_new_patient("Chloé")
    practice = window.desk.practice
    assert practice is not None
    (made,) = practice.patients("Exemple")
    assert made.allergies == ("latex", "nickel")


def test_a_session_starts_from_the_patient_card_without_a_question(window: MainWindow) -> None:
    button = next(b for b in window.patients.card.findChildren(QPushButton) if b.text() == "Start a session")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.charting is not None
    session = window.charting.model.service.session
    assert window.charting.frame.offer.is_shown()
    # A second start a moment later leaves no empty record behind.
    window.ask_new_session(session.patient_id)
    assert window.charting.model.service.session.id == session.id


def test_names_are_plain_text_on_every_label(window: MainWindow) -> None:
    practice = window.desk.practice
    assert practice is not None
    patient = practice.new_patient(family_name=NASTY, given_name=NASTY, allergies=(NASTY,))
    session = practice.new_session(patient.id, window.desk.atlas(), indication=NASTY)
    window.show_patients()
    window.patients.choose(patient.id)
    window.open_session(session.id)
    labels = window.findChildren(QLabel)
    assert labels
    assert [x.text() for x in labels if x.textFormat() is not Qt.TextFormat.PlainText] == []


def test_the_amber_banner_shows_only_recorded_allergies(driver: WindowDriver) -> None:
    assert not driver.page.top.allergy_visible()
    practice = driver.window.desk.practice
    assert practice is not None
    patient = practice.new_patient(family_name="B", given_name="C", allergies=("latex",))
    driver.window.open_session(practice.new_session(patient.id, driver.window.desk.atlas()).id)
    assert driver.page.top.allergy_visible()


def test_both_themes_paint_and_differ(driver: WindowDriver, tmp_path: Path) -> None:
    driver.tap(60, 0)
    driver.picture(tmp_path / "light.png")
    theme.use("dark")
    driver.picture(tmp_path / "dark.png")
    image = driver.window.grab().toImage()
    assert image.pixelColor(600, 20).lightness() < 60
    assert (tmp_path / "light.png").read_bytes() != (tmp_path / "dark.png").read_bytes()


class PaintCounter(QObject):
    """Counts paint events of the widgets it watches."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return super().eventFilter(watched, event)


def test_a_tap_repaints_the_canvas_a_few_times_only(driver: WindowDriver, qtbot: QtBot) -> None:
    counter = PaintCounter()
    driver.page.canvas.installEventFilter(counter)
    driver.tap(60, 0)
    qtbot.wait(200)
    driver.page.canvas.removeEventFilter(counter)
    assert 1 <= counter.count <= 12


def test_a_paint_of_a_thousand_points_makes_few_calls(driver: WindowDriver) -> None:
    driver.set_values(2.0, 0.05, 7.0)
    driver.choose_tool("fill")
    driver.tap(60, 0)
    driver.key(Qt.Key.Key_Return)
    assert driver.page.model.scene("body_front").visible_count > 1000
    driver.page.canvas.zoom_by(2.0)
    driver.page.canvas.settle_now()
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "c_call"

    sys.setprofile(count)
    try:
        driver.page.canvas.grab()
    finally:
        sys.setprofile(None)
    assert 10 < calls < 20_000


def test_many_calls_into_qt_leave_the_process_alive(driver: WindowDriver) -> None:
    canvas = driver.page.canvas
    for _ in range(25_000):
        canvas.update()
    assert canvas.isVisible()


def test_every_button_has_a_name_for_screen_readers(driver: WindowDriver) -> None:
    from PySide6.QtWidgets import QAbstractButton

    unnamed = [
        type(button).__name__
        for button in driver.window.findChildren(QAbstractButton)
        if not (button.accessibleName() or button.text())
    ]
    assert unnamed == []
