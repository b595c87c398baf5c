"""Sign, amend and void at the charting page by real events."""

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.person import Role
from mesomap.domain.session import SessionStatus
from mesomap.services.signing import last_signature
from mesomap.ui.main_window import MainWindow
from mesomap.ui.trust.history_dialog import HistoryDialog
from mesomap.ui.trust.reason_dialog import ReasonDialog, VoidDialog
from mesomap.ui.trust.sign_dialog import SignDialog
from tests.gui.hands import practice_of, press, until

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

D = TypeVar("D", bound=QDialog)


def dialog_of(window: MainWindow, kind: type[D]) -> D:
    found = window.signing.dialog
    assert isinstance(found, kind)
    return found


def let_work(window: MainWindow) -> None:
    """Wait for the paper, which is made in another thread, without holding Python's lock."""
    until(lambda: not window.beside.busy)


def sign(driver: WindowDriver, pin: str = "4711") -> None:
    window = driver.window
    press(driver.page.top, "Sign")
    dialog = dialog_of(window, SignDialog)
    QTest.keyClicks(dialog._pin, pin)
    press(dialog, "Sign")
    let_work(window)


@pytest.fixture
def hand(driver: WindowDriver) -> WindowDriver:
    """A doctor at the computer, two points charted."""
    people = practice_of(driver.window).people
    people.add("Dr. A. Beispiel", qualification="GP", roles=tuple(Role), pin="4711")
    people.begin()
    driver.tap(60, 0)
    driver.tap(70, 0)
    return driver


def test_a_session_is_signed_shown_so_and_closed(hand: WindowDriver) -> None:
    window = hand.window
    press(hand.page.top, "Sign")
    dialog = dialog_of(window, SignDialog)
    QTest.keyClicks(dialog._pin, "1357")
    press(dialog, "Sign")
    assert "PIN" in dialog.error_text()
    QTest.keyClicks(dialog._pin, "4711")
    press(dialog, "Sign")
    let_work(window)
    session = hand.page.model.service.session
    assert session.status is SessionStatus.SIGNED
    assert hand.page.top.saved_text().startswith("Signed ")
    assert not hand.page.tools_bar.isEnabled()
    before = hand.page.model.marks
    hand.tap(80, 0)
    hand.key(Qt.Key.Key_P)
    hand.tap(80, 0)
    assert hand.page.model.marks == before
    signature = last_signature(practice_of(window), session.id)
    assert signature is not None
    assert signature.missing
    (document,) = practice_of(window).signed_documents(session.id)
    paper = practice_of(window).attachment(document.pdf_digest)
    assert paper.data.startswith(b"%PDF")
    assert practice_of(window).verify().ok


def test_where_nobody_signs_yet_the_dialog_records_who(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    press(driver.page.top, "Sign")
    dialog = dialog_of(driver.window, SignDialog)
    press(dialog, "Sign")
    assert dialog.error_text()
    fields = {field.accessibleName(): field for field in dialog.findChildren(QLineEdit)}
    QTest.keyClicks(fields["Your name"], "Dr. B. Beispiel")
    QTest.keyClicks(fields["New PIN"], "4711")
    press(dialog, "Sign")
    let_work(driver.window)
    assert driver.page.model.service.session.status is SessionStatus.SIGNED
    (person,) = practice_of(driver.window).people.all()
    assert person.may(Role.ADMINISTER)


def test_amending_asks_why_and_the_history_tells_what_changed(hand: WindowDriver, tmp_path: Path) -> None:
    window = hand.window
    sign(hand)
    press(hand.page.top, "Amend")
    ask = dialog_of(window, ReasonDialog)
    press(ask, "Amend")
    assert "few words" in ask.error_text()
    QTest.keyClicks(ask.findChildren(QPlainTextEdit)[0], "a point was forgotten")
    press(ask, "Amend")
    assert hand.page.model.service.session.status is SessionStatus.AMENDING
    assert hand.page.top.saved_text() == "Being amended"
    hand.tap(60, 20)
    sign(hand)
    assert hand.page.top.saved_text().startswith("Amended ")
    hand.click(window.signing.history_button)
    history = dialog_of(window, HistoryDialog)
    assert history.list.count() == 2
    texts = " ".join(words for _role, words in history._lines(history._versions[1]))
    assert "a point was forgotten" in texts
    assert "Added: " in texts
    history.grab()
    assert "1 added" in history.view.accessibleName()
    paper = tmp_path / "first.pdf"
    window.signing.ask_file = lambda _name: str(paper)
    history.list.setCurrentRow(1)
    press(history, "Save PDF as signed …")
    assert paper.read_bytes().startswith(b"%PDF")
    history.reject()


def test_the_wrong_patient_is_voided_and_copied_to_the_right_one(hand: WindowDriver) -> None:
    window, practice = hand.window, practice_of(hand.window)
    right = practice.new_patient(family_name="Weber", given_name="Jan", height_cm=190, weight_kg=90)
    sign(hand)
    old = hand.page.model.service.session.id
    hand.click(window.signing.history_button)
    press(dialog_of(window, HistoryDialog), "Void session …")
    ask = dialog_of(window, VoidDialog)
    QTest.keyClicks(ask.findChildren(QPlainTextEdit)[0], "wrong patient")
    QTest.mouseClick(ask.wrong, Qt.MouseButton.LeftButton)
    press(ask, "Void and copy")
    assert "right patient" in ask.error_text()
    QTest.keyClicks(ask.search, "web")
    ask.list.setCurrentRow(0)
    press(ask, "Void and copy")
    session = hand.page.model.service.session
    assert session.patient_id == right.id
    assert session.status is SessionStatus.DRAFT
    assert len(hand.page.model.marks) == 2
    assert practice.session(old).status is SessionStatus.VOIDED
    window.open_session(old)
    assert hand.page.top.saved_text() == "Voided"


def test_an_assistant_is_told_that_somebody_else_signs(hand: WindowDriver) -> None:
    people = practice_of(hand.window).people
    mia = people.add("Mia", roles=(Role.CHART,), pin="8642")
    people.come(mia, "8642")
    press(hand.page.top, "Sign")
    assert hand.window.signing.dialog is None
    assert hand.page.model.service.session.status is SessionStatus.DRAFT
