"""What surrounds a session: offered at the beginning, one tap from the bar, every edit one step."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton, QWidget

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.clock import now
from mesomap.domain.session import Session
from mesomap.services import Practice
from mesomap.services.framing import edit_frame
from mesomap.ui.dialogs.frame_sheet import FrameSheet
from mesomap.ui.main_window import MainWindow
from tests.gui.conftest import PASSPHRASE
from tests.gui.test_select import CONTROL

LONG = "Maximiliane-Friederike von Hohenstein-Rothenburg zu Sonnenberg " * 3 + "Ärztin"


def session_of(driver: WindowDriver) -> Session:
    return driver.page.model.service.session


def open_sheet(driver: WindowDriver) -> FrameSheet:
    driver.click(driver.page.top.session_chip())
    sheet = driver.page.frame.sheet
    assert sheet is not None
    assert sheet.isVisible()
    return sheet


def enter(driver: WindowDriver, field: QLineEdit, text: str) -> None:
    """Type into a field and leave it with the tabulator, as a person does."""
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    field.selectAll()
    QTest.keyClicks(field, text) if text else QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    driver.wait(10)


def line(editor: object) -> QLineEdit:
    assert isinstance(editor, QLineEdit)
    return editor


def test_a_known_patient_is_charted_three_taps_after_the_list_and_the_offer_goes_by_itself(window: MainWindow) -> None:
    driver = WindowDriver(window)
    window.patients.choose(window.desk.rows("")[0].patient.id)
    button = next(b for b in window.patients.card.findChildren(QPushButton) if b.text() == "Start a session")
    driver.click(button)
    page = driver.page
    assert page.frame.offer.is_shown()
    driver.click(page.strip.thumbnail("body_front"))
    driver.tap(60, 0)
    assert len(page.model.marks) == 1
    assert not page.frame.offer.is_shown()
    assert session_of(driver).indication == ""


def test_one_tap_on_the_offer_says_why(driver: WindowDriver) -> None:
    offer = driver.page.frame.offer
    key = driver.page.frame.framing.indications()[0]
    driver.click(offer.chip(key))
    assert session_of(driver).frame.indication_keys == (key,)
    assert not offer.is_shown()
    assert driver.page.top.session_chip().title().endswith("Mesolift")
    driver.key(Qt.Key.Key_Z, CONTROL)
    assert session_of(driver).indication == ""
    assert offer.is_shown()
    driver.click(offer.close_button())
    assert not offer.is_shown()


def test_the_reason_of_the_last_session_is_offered_first(driver: WindowDriver) -> None:
    service = driver.page.model.service
    edit_frame(service, indication="Knee pain, 2 of 5", indication_keys=("knee_pain",))
    driver.window.ask_new_session(service.patient.id)
    assert session_of(driver).id != service.session.id
    driver.click(driver.page.frame.offer.chip("last"))
    session = session_of(driver)
    assert (session.indication, session.frame.indication_keys) == ("Knee pain", ("knee_pain",))


def test_every_field_is_recorded_as_one_step_and_undone_one_by_one(driver: WindowDriver) -> None:
    sheet = open_sheet(driver)
    driver.click(sheet.fields["antisepsis"].chip("Octenidine"))
    driver.click(sheet.fields["reaction"].chip("Redness"))
    driver.click(sheet.fields["reaction"].chip("Wheals"))
    enter(driver, sheet.fields["place"].editor, "Room 3")
    enter(driver, line(sheet.who.name.editor), "Dr Example")
    enter(driver, line(sheet.who.qualification.editor), "Physician")
    frame = session_of(driver).frame
    assert (frame.antisepsis, frame.reaction, frame.place) == ("Octenidine", "Redness, Wheals", "Room 3")
    assert (session_of(driver).practitioner, frame.qualification) == ("Dr Example", "Physician")
    assert frame.anaesthesia == ""
    names = []
    for _ in range(6):
        QTest.keyClick(sheet, Qt.Key.Key_Z, CONTROL)
        names.append(session_of(driver).frame.reaction)
    assert not driver.page.model.service.can_undo
    assert names == ["Redness, Wheals"] * 3 + ["Redness", "", ""]
    assert sheet.fields["antisepsis"].editor.text() == ""
    assert not sheet.fields["antisepsis"].chip("Octenidine").isChecked()


def test_a_chip_tapped_again_takes_its_word_away_and_leaves_own_words(driver: WindowDriver) -> None:
    sheet = open_sheet(driver)
    enter(driver, sheet.fields["reaction"].editor, "warm cheeks")
    driver.click(sheet.fields["reaction"].chip("Redness"))
    assert session_of(driver).frame.reaction == "warm cheeks, Redness"
    driver.click(sheet.fields["reaction"].chip("Redness"))
    assert session_of(driver).frame.reaction == "warm cheeks"
    assert sheet.fields["reaction"].words()[0] == "warm cheeks"


def test_late_charting_is_shown_on_the_sheet_and_in_the_bar(driver: WindowDriver) -> None:
    sheet = open_sheet(driver)
    assert sheet.late_text() == ""
    before = now() - timedelta(days=2)
    enter(driver, line(sheet.times.day.editor), before.strftime("%d.%m.%Y"))
    enter(driver, line(sheet.times.start.editor), "1420")
    assert session_of(driver).started_at.astimezone().strftime("%H:%M") == "14:20"
    assert line(sheet.times.start.editor).text() == "14:20"
    assert "14:20 · entered" in sheet.late_text()
    assert "entered" in driver.page.top.session_chip().line()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert driver.page.frame.sheet is None
    driver.tap(60, 0)
    (mark,) = driver.page.model.marks
    assert mark.done_at == session_of(driver).started_at
    assert mark.entered_at > mark.done_at + timedelta(days=1)


def test_impossible_times_are_said_at_their_field_and_not_recorded(driver: WindowDriver) -> None:
    sheet = open_sheet(driver)
    started = session_of(driver).started_at
    tomorrow = (now() + timedelta(days=1)).date().isoformat()
    enter(driver, line(sheet.times.day.editor), tomorrow)
    assert "future" in sheet.times.day.error()
    enter(driver, line(sheet.times.day.editor), "31.02.2026")
    assert "does not exist" in sheet.times.day.error()
    enter(driver, line(sheet.times.day.editor), started.astimezone().date().isoformat())
    assert sheet.times.day.error() == ""
    enter(driver, line(sheet.times.start.editor), "27:00")
    assert "not a time of day" in sheet.times.start.error()
    assert session_of(driver).started_at == started
    yesterday = (started - timedelta(days=1)).date().isoformat()
    enter(driver, line(sheet.times.end.editor), f"{yesterday} 10:00")
    assert "before the start" in sheet.times.end.error()
    assert session_of(driver).frame.ended_at is None
    driver.click(sheet.times.now)
    assert sheet.times.end.error() == ""
    assert session_of(driver).frame.ended_at is not None


def test_the_whole_list_of_indications_is_one_tap_away(driver: WindowDriver) -> None:
    sheet = open_sheet(driver)
    assert len(sheet.indication.shown_keys()) < 10
    driver.click(sheet.indication.more_button())
    assert len(sheet.indication.shown_keys()) >= 30
    driver.wait(20)
    driver.click(sheet.indication.chip("sciatica"))
    driver.click(sheet.indication.chip("low_back_pain"))
    enter(driver, sheet.indication.own, "2 of 5")
    session = session_of(driver)
    assert session.indication == "Sciatica, Low back pain, 2 of 5"
    assert session.frame.indication_keys == ("sciatica", "low_back_pain")
    driver.click(sheet.indication.more_button())
    assert {"sciatica", "low_back_pain"} <= set(sheet.indication.shown_keys())


def test_practitioners_are_one_tap_the_second_time(driver: WindowDriver) -> None:
    sheet = open_sheet(driver)
    for name, qualification in (("Dr A", "GP"), ("Dr B", "Dermatologist")):
        enter(driver, line(sheet.who.name.editor), name)
        enter(driver, line(sheet.who.qualification.editor), qualification)
    driver.click(sheet.who.chip("Dr A"))
    session = session_of(driver)
    assert (session.practitioner, session.frame.qualification) == ("Dr A", "GP")
    driver.click(sheet.who.forget)
    assert [one.name for one in driver.page.frame.framing.practitioners()] == ["Dr B"]
    assert session_of(driver).practitioner == "Dr A"


@pytest.mark.parametrize("size", [(1180, 700), (1280, 720), (1440, 900)])
def test_long_texts_stay_inside_the_sheet(driver: WindowDriver, size: tuple[int, int]) -> None:
    driver.window.resize(*size)
    driver.wait(20)
    sheet = open_sheet(driver)
    for field in sheet.fields.values():
        enter(driver, field.editor, LONG[:200])
    enter(driver, line(sheet.who.name.editor), LONG[:200])
    enter(driver, sheet.indication.own, LONG[:200])
    driver.wait(30)
    room = sheet.rect()
    for button in sheet.findChildren(QAbstractButton):
        if button.isVisible():
            left = button.mapTo(sheet, QPoint(0, 0)).x()
            assert left >= 0
            assert left + button.width() <= room.width(), button.accessibleName()
            assert button.height() >= 38
            assert button.accessibleName() or button.text()
    assert all(field.accessibleName() for field in sheet.findChildren(QLineEdit))
    # nothing is wider than the column it scrolls in
    area = sheet.indication.parentWidget()
    assert area is not None
    view = area.parentWidget()
    assert view is not None
    assert area.width() <= view.width()


def test_the_sheet_is_filled_in_by_the_keyboard_alone(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_I, CONTROL)
    sheet = driver.page.frame.sheet
    assert sheet is not None
    chip = sheet.fields["anaesthesia"].chip("Cold pack")
    order: list[QWidget] = []
    for _ in range(80):
        if chip.hasFocus():
            break
        focused = driver.window.focusWidget()
        assert focused is not None
        assert sheet.isAncestorOf(focused)
        order.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    QTest.keyClick(chip, Qt.Key.Key_Space)
    assert session_of(driver).frame.anaesthesia == "Cold pack"
    places = [sheet.times.day.editor, sheet.who.name.editor, sheet.fields["place"].chip("Practice")]
    assert [order.index(place) for place in places] == sorted(order.index(place) for place in places)
    done = next(b for b in sheet.findChildren(QPushButton) if b.text() == "Done")
    done.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(done, Qt.Key.Key_Tab)
    focused = driver.window.focusWidget()
    assert focused is not None
    assert sheet.isAncestorOf(focused)
    QTest.keyClick(chip, Qt.Key.Key_Escape)
    assert driver.page.frame.sheet is None
    assert driver.page.canvas.hasFocus()


def test_a_tap_beside_the_sheet_closes_it_and_charts_nothing(driver: WindowDriver) -> None:
    sheet = open_sheet(driver)
    driver.click(sheet, QPoint(6, 300))
    assert driver.page.frame.sheet is None
    assert driver.page.model.marks == ()


def test_the_complaint_is_reached_from_the_sheet(driver: WindowDriver) -> None:
    sheet = open_sheet(driver)
    button = next(b for b in sheet.findChildren(QPushButton) if b.text() == "Draw the complaint")
    driver.click(button)
    assert driver.page.frame.sheet is None
    assert driver.page.complaint.is_on()


def test_what_is_being_typed_is_recorded_when_the_sheet_or_the_practice_is_closed(
    driver: WindowDriver, home: Path
) -> None:
    field = open_sheet(driver).fields["place"].editor
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClicks(field, "Room 9")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert driver.page.frame.sheet is None
    assert session_of(driver).frame.place == "Room 9"
    session_id = session_of(driver).id
    field = open_sheet(driver).fields["reaction"].editor
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClicks(field, "warm")
    driver.window.lock()
    with Practice.open(home, PASSPHRASE) as practice:
        assert practice.session(session_id).frame.reaction == "warm"


def test_enter_in_a_field_records_it_and_keeps_the_sheet(driver: WindowDriver) -> None:
    sheet = open_sheet(driver)
    field = sheet.fields["anaesthesia"].editor
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClicks(field, "ice")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert session_of(driver).frame.anaesthesia == "ice"
    assert driver.page.frame.sheet is sheet
    assert driver.page.model.service.undo_name == "Edit frame"


def test_a_remark_of_many_lines_is_recorded_when_it_is_left(driver: WindowDriver) -> None:
    sheet = open_sheet(driver)
    sheet.remark.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClicks(sheet.remark, "first")
    QTest.keyClick(sheet.remark, Qt.Key.Key_Return)
    QTest.keyClicks(sheet.remark, "second")
    QTest.keyClick(sheet.remark, Qt.Key.Key_Tab)
    assert session_of(driver).remark == "first\nsecond"
    driver.page.model.undo()
    assert session_of(driver).remark == ""
    assert sheet.remark.toPlainText() == ""


def test_a_card_of_a_tool_goes_before_the_offer(driver: WindowDriver) -> None:
    page = driver.page
    offer = page.frame.offer
    assert offer.is_shown()
    driver.choose_tool("fill")
    driver.tap(*driver.middle_of("chest.left"))
    assert page.cards.fill_card.words()
    assert not offer.is_shown()
    driver.key(Qt.Key.Key_Escape)
    assert not page.cards.fill_card.words()
    assert offer.is_shown()
    driver.tap(*driver.middle_of("chest.left"))
    driver.key(Qt.Key.Key_Return)
    assert page.model.marks
    assert not offer.is_shown()
