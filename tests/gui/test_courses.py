"""Protocols, courses, costs, find and numbers in the real window, by pointer and keys."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
)

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.course import Course
from mesomap.domain.mixture import MixtureLine
from mesomap.domain.protocol import Protocol, ProtocolStep
from mesomap.services import Practice, costs, courses, protocols, receipts
from mesomap.services.shelf import add_favourite
from mesomap.ui.courses.course_tab import PatientCourses
from mesomap.ui.courses.due_section import DueSection
from mesomap.ui.courses.protocols_section import ProtocolsSection
from mesomap.ui.courses.receipt_form import ReceiptForm
from mesomap.ui.dialogs.ask_form import AskForm
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.patient import PatientPage
from tests.gui.hands import practice_of, press, section_of, tab_of, until
from tests.gui.test_accessible import unnamed

STEP = ProtocolStep(regions=("chest", "tail"), technique="papule", spacing_mm=40.0, mixture_words="Example")


def _in_form(entries: dict[str, str], seen: list[str]) -> None:
    """When the next form opens: type into its fields by their keys, press its button, note what it says."""

    def fill() -> None:
        form = QApplication.activeModalWidget()
        if form is None:
            # A slow machine opens it later.
            QTimer.singleShot(20, fill)
            return
        assert isinstance(form, AskForm)
        try:
            for key, text in entries.items():
                editor = form.field(key).editor
                if isinstance(editor, QLineEdit | QPlainTextEdit):
                    editor.setFocus()
                    editor.selectAll()
                    QTest.keyClicks(editor, text)
                else:
                    form.field(key).set_text(text)
            QTest.mouseClick(form.button, Qt.MouseButton.LeftButton)
            seen.append(form.error())
        finally:
            if form.isVisible():
                form.reject()

    QTimer.singleShot(50, fill)


def _protocol(practice: Practice) -> Protocol:
    return protocols.save_protocol(practice, replace(protocols.new_protocol(), name="Chest", steps=(STEP,)))


def _course(window: MainWindow, days_ago: int = 20) -> Course:
    practice = practice_of(window)
    first = date.today() - timedelta(days=days_ago)
    patient = practice.patients()[0]
    return courses.begin_course(practice, patient.id, _protocol(practice), count=3, first=first, interval_days=14)


def _tab(window: MainWindow) -> PatientCourses:
    return tab_of(window, PatientCourses, "course")


def test_a_course_is_planned_after_a_protocol(window: MainWindow) -> None:
    protocol = _protocol(practice_of(window))
    tab = _tab(window)
    seen: list[str] = []
    _in_form({"protocol": str(protocol.id), "count": "none", "interval": "7"}, seen)
    press(tab, "Plan a course")
    assert seen == ["“none” is no number of sessions. Enter a whole number."]
    _in_form({"protocol": str(protocol.id), "count": "4", "first": "2026-03-02", "interval": "7"}, seen)
    press(tab, "Plan a course")
    (course,) = courses.courses_of(practice_of(window), practice_of(window).patients()[0].id)
    assert [visit.due for visit in course.visits][-1] == date(2026, 3, 23)
    assert "Chest" in tab.cards[0].course.protocol_name
    assert tab.cards[0].state.text() == "Overdue"


def test_a_session_starts_as_the_next_of_its_course_and_is_planned(window: MainWindow) -> None:
    _course(window)
    tab = _tab(window)
    press(tab, "Start", "Session 1 of 3")
    hand = WindowDriver(window)
    service = hand.page.model.service
    place = courses.place_of(service.practice, service.session.id)
    assert place is not None
    assert (place.number, place.planned) == (1, 3)
    hand.wait()
    hand.click(hand.page.tools_bar.last_time_button())
    card = hand.page.plan.protocol.card
    assert card.isVisible()
    until(card.plan_button.isEnabled)
    assert "region “tail”" in card._notes.text()
    assert card.needs.text().startswith("A: ")
    assert "volume not stated" in card.needs.text()
    field = card.step(0).field("volume_ml")
    field.setFocus()
    QTest.keyClicks(field, "0,05")
    QTest.keyClick(field, Qt.Key.Key_Return)
    until(lambda: "mL" in card.needs.text() and "not stated" not in card.needs.text())
    button = card.syringe.button("2")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "of 2 mL" in card.needs.text()
    QTest.mouseClick(card.row("chest.left"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(card.plan_button, Qt.MouseButton.LeftButton)
    assert not card.isVisible()
    assert {region for plan in service.planned for region in plan.mark.region_ids} == {"chest.right"}
    assert hand.page.canvas.tool() is hand.page.plan.tool
    hand.page.plan.toggle_card()
    assert hand.page.plan.card.isVisible()


def test_a_session_that_began_alone_joins_the_course_when_its_plan_is_laid(driver: WindowDriver) -> None:
    _course(driver.window)
    service = driver.page.model.service
    assert courses.place_of(service.practice, service.session.id) is None
    driver.page.plan.toggle_card()
    card = driver.page.plan.protocol.card
    assert not card.last_button.isVisible()
    until(card.plan_button.isEnabled)
    QTest.keyClick(card, Qt.Key.Key_Return)
    place = courses.place_of(service.practice, service.session.id)
    assert place is not None
    assert place.number == 1


def test_escape_puts_the_protocol_away_and_nothing_is_recorded(driver: WindowDriver) -> None:
    _course(driver.window)
    driver.page.plan.toggle_card()
    card = driver.page.plan.protocol.card
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert driver.page.model.service.planned == ()


def test_sessions_are_moved_left_out_and_explained(window: MainWindow) -> None:
    course = _course(window, days_ago=0)
    tab = _tab(window)
    seen: list[str] = []
    _in_form({"reason": ""}, seen)
    press(tab, "Leave out", "Session 2 of 3")
    assert seen == ["Say in a few words why the session is left out."]
    _in_form({"reason": "on holiday"}, seen)
    press(tab, "Leave out", "Session 2 of 3")
    later = date.today() + timedelta(days=3)
    _in_form({"day": later.isoformat()}, seen)
    press(tab, "Day", "Session 1 of 2")
    (kept,) = courses.courses_of(practice_of(window), course.patient_id or course.id)
    assert kept.visits[1].left_out
    assert [visit.due for visit in kept.visits if visit.is_open] == [later, later + timedelta(days=14)]
    press(tab, "Finish")
    assert tab.cards[0].state.text() == "Finished"


def test_a_session_is_priced_paid_and_receipted(
    driver: WindowDriver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window, path = driver.window, tmp_path / "receipt.pdf"
    window.show_patients()
    tab = _tab(window)
    seen: list[str] = []
    _in_form({"amount": "1.200,00", "currency": "eur"}, seen)
    press(tab.costs, "Price")
    assert "not an amount" in seen[0]
    _in_form({"amount": "120,50", "currency": "eur"}, seen)
    press(tab.costs, "Price")
    assert tab.costs.open_words.text() == "Open: EUR\u00a0120.50"
    _in_form({}, seen)
    press(tab.costs, "Payment", "Session")
    assert tab.costs.open_words.text() == "Nothing open"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), "PDF on A5 (*.pdf)"))
    press(tab.costs, "Receipt")
    until(path.exists)
    until(lambda: path.stat().st_size > 0)
    assert path.read_bytes().startswith(b"%PDF")
    assert any(b.text() == "Receipt 1" for b in tab.costs.findChildren(QPushButton))


def test_a_receipt_is_corrected_and_the_old_one_stays(
    driver: WindowDriver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window, saved = driver.window, iter(tmp_path / f"{n}.pdf" for n in range(1, 4))
    paths: list[Path] = []

    def save_as(*_args: object) -> tuple[str, str]:
        paths.append(next(saved))
        return str(paths[-1]), "PDF on A4 (*.pdf)"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save_as)
    window.show_patients()
    tab = _tab(window)
    seen: list[str] = []
    for amount in ("12", "40"):
        _in_form({"amount": amount, "currency": "eur", "words": f"paid {amount}"}, seen)
        QTest.mouseClick(tab.costs.pay, Qt.MouseButton.LeftButton)
    press(tab.costs, "One receipt for 2 payments")

    def correct() -> None:
        form = QApplication.activeModalWidget()
        if form is None:
            QTimer.singleShot(20, correct)
            return
        assert isinstance(form, ReceiptForm)
        try:
            chips = {row.line_words(): row.chip for row in form.rows}
            QTest.mouseClick(chips["paid 12"], Qt.MouseButton.LeftButton)
            QTest.mouseClick(form.button, Qt.MouseButton.LeftButton)
            seen.append(form.error())
            reason = form.field("reason").editor
            reason.setFocus()
            QTest.keyClicks(reason, "12 was hers")
            QTest.mouseClick(form.button, Qt.MouseButton.LeftButton)
        finally:
            if form.isVisible():
                form.reject()

    QTimer.singleShot(50, correct)
    press(tab.costs, "Correct", "Receipt 1")
    assert seen[-1] == "Say in a few words why the receipt is corrected."
    practice = practice_of(window)
    new, old = receipts.receipts_of(practice, practice.patients()[0].id)
    assert (new.number, new.corrects, [line.words for line in new.lines]) == (2, old.id, ["paid 40"])
    assert (old.number, [line.words for line in old.lines]) == (1, ["paid 12", "paid 40"])
    press(tab.costs, "Save", "Receipt 1")
    labels = [label.text() for label in tab.costs.findChildren(QLabel) if label.isVisibleTo(tab)]
    assert "Replaces receipt 1: 12 was hers" in labels
    assert "No longer valid: replaced by receipt 2" in labels
    until(lambda: len(paths) == 3 and all(path.exists() and path.read_bytes().startswith(b"%PDF") for path in paths))
    buttons = [b for b in tab.costs.findChildren(QPushButton) if b.isVisibleTo(tab)]
    assert [b.accessibleName() for b in buttons if b.objectName() == "correct"] == ["Correct: Receipt 2"]
    assert [b.text() for b in buttons if b.objectName() == "receipt"] == ["Receipt 2", "Receipt"]


def test_planned_sessions_lead_to_the_patient(window: MainWindow) -> None:
    _course(window)
    section = section_of(window, "due")
    assert isinstance(section, DueSection)
    until(lambda: section.card.findChild(QPushButton, "open0") is not None)
    labels = [label.text() for label in section.card.findChildren(QLabel)]
    assert any("Chest · Session 1 of 3 · overdue since" in text for text in labels)
    button = section.card.findChild(QPushButton, "open0")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert isinstance(window.records.page, PatientPage)


def test_a_session_says_which_one_of_its_course_it_is_and_what_is_paid(driver: WindowDriver) -> None:
    window = driver.window
    practice, service = practice_of(window), driver.page.model.service
    course = _course(window)
    driver.page.plan.toggle_card()
    card = driver.page.plan.protocol.card
    until(card.plan_button.isEnabled)
    QTest.mouseClick(card.plan_button, Qt.MouseButton.LeftButton)
    assert driver.page.top._session.line().endswith("Session 1 of 3")
    driver.page.plan.toggle_card()
    seen: list[str] = []
    _in_form({"words": "Left side sore: left out"}, seen)
    QTest.mouseClick(driver.page.plan.card.deviation_button, Qt.MouseButton.LeftButton)
    assert practice.entry(Course, course.id).visits[0].deviation == "Left side sore: left out"
    costs.set_price(practice, service.patient.id, Decimal("300"), "EUR", course_id=course.id)
    window.records.open_patient(service.patient.id)
    page = window.records.page
    assert page is not None
    texts = [label.accessibleName() or label.text() for label in page.findChildren(QLabel)]
    assert any("Session 1 of 3 · EUR\u00a0300.00, not paid" in text for text in texts)


def test_the_protocol_stands_beside_last_time_where_the_course_goes_on(driver: WindowDriver) -> None:
    window = driver.window
    course, practice = _course(window), practice_of(window)
    driver.tap(60, 0)
    courses.join(practice, course, driver.page.model.service.session.id)
    second = practice.new_session(practice.patients()[0].id, window.desk.atlas())
    window.open_session(second.id)
    driver.wait()
    driver.page.plan.toggle_card()
    assert driver.page.last_time.isVisible()
    QTest.mouseClick(driver.page.last_time.protocol_button, Qt.MouseButton.LeftButton)
    card = driver.page.plan.protocol.card
    assert card.isVisible()
    assert not driver.page.last_time.isVisible()
    QTest.mouseClick(card.last_button, Qt.MouseButton.LeftButton)
    assert driver.page.last_time.isVisible()
    assert not card.isVisible()


def test_the_patient_list_says_what_is_overdue(window: MainWindow) -> None:
    _course(window)
    window.show_patients()
    row = window.patients.card._row
    assert row is not None
    assert row.course is not None
    assert window.patients.card._course.isVisible()
    assert window.patients.card._course.text() == "Session 1 of 3"


def test_a_protocol_is_written_with_the_names_of_regions(window: MainWindow) -> None:
    favourite = add_favourite(practice_of(window), "House mixture", (MixtureLine(product_name="Saline"),))
    section = section_of(window, "protocols")
    assert isinstance(section, ProtocolsSection)
    press(section, "New")
    editor = section.editor
    assert editor is not None
    QTest.keyClicks(editor.name.editor, "Own chest")
    press(editor, "Add a step")
    press(editor, "Save")
    assert editor.error() == "Step 1 of the protocol has no region. Choose at least one."
    step = editor.steps[0]
    # Set, not typed: the list that opens under the field cannot take the keys without a screen.
    step.regions.editor.setText(window.desk.atlas().region("chest.left").name().upper())
    QTest.keyClick(step.regions.editor, Qt.Key.Key_Return)
    assert step.regions.values() == ("chest",)
    step.technique.set_text("papule")
    step.words.set_text("House mixture")
    QTest.keyClicks(step.numbers["spacing_mm"].editor, "20")
    QTest.keyClicks(step.numbers["depth_mm"].editor, "deep")
    press(editor, "Save")
    assert "not a depth" in editor.error()
    step.numbers["depth_mm"].set_text("2,5")
    press(editor, "Save")
    (kept,) = protocols.protocols(practice_of(window))
    assert (kept.name, kept.steps[0].spacing_mm, kept.steps[0].depth_mm) == ("Own chest", 20.0, 2.5)
    assert kept.steps[0].volume_ml is None
    assert (kept.steps[0].mixture_words, kept.steps[0].mixture_id) == ("House mixture", favourite.id)


def test_examples_are_added_and_one_is_withdrawn(window: MainWindow) -> None:
    section = section_of(window, "protocols")
    assert isinstance(section, ProtocolsSection)
    press(section, "Add the shipped examples")
    count = len(protocols.protocols(practice_of(window)))
    assert count >= 10
    press(section, "Open")
    assert section.editor is not None
    seen: list[str] = []
    _in_form({"reason": "not offered here"}, seen)
    press(section.editor, "Withdraw")
    assert len(protocols.protocols(practice_of(window))) == count - 1


def test_every_control_has_a_name_and_a_finger_fits(window: MainWindow) -> None:
    _course(window)
    assert unnamed(_tab(window)) == []
    for key in ("protocols", "find", "numbers", "due"):
        section = section_of(window, key)
        if isinstance(section, ProtocolsSection):
            section.open(protocols.protocols(practice_of(window))[0])
        QApplication.processEvents()
        assert unnamed(section) == []
        small = [
            b.text() or b.accessibleName()
            for b in section.findChildren(QAbstractButton)
            if b.isVisible() and min(b.width(), b.height()) < 38
        ]
        assert small == []
