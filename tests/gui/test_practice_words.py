"""The practice's own questions, consent texts and sheets, edited by real events."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from mesomap.domain.consent import ConsentKind, ConsentText
from mesomap.services import Practice
from mesomap.services.advice_sheets import advice_sheets, give_sheet
from mesomap.services.cautions import questions
from mesomap.services.consents import consent_texts
from mesomap.services.follow_ups import due_weeks
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.practice_questions import PracticeQuestions
from mesomap.ui.pages.practice_texts import AdviceSheets, ConsentTexts
from mesomap.ui.text_papers import sheet_pdf, write_file
from tests.gui.hands import section_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LEFT = Qt.MouseButton.LeftButton


def enter(editor: QWidget, text: str) -> None:
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def test_own_question_is_added_and_one_is_not_asked_any_more(window: MainWindow, practice: Practice) -> None:
    page = section_of(window, "questions")
    assert isinstance(page, PracticeQuestions)
    enter(page.own.editor, "Contact lenses")
    QTest.mouseClick(page.rows["gallstones"].asked, LEFT)
    enter(page.rows["allergy"].text, "Allergies of any kind")
    asked = {one.key: one.text for one in questions(practice)}
    assert "gallstones" not in asked
    assert asked["allergy"] == "Allergies of any kind"
    assert "Contact lenses" in asked.values()


def test_weeks_of_follow_ups_are_chosen_and_nonsense_is_said(window: MainWindow, practice: Practice) -> None:
    page = section_of(window, "questions")
    assert isinstance(page, PracticeQuestions)
    enter(page.weeks.editor, "two")
    QTest.mouseClick(page.weeks_button, LEFT)
    assert "not a number of weeks" in page.weeks.error()
    enter(page.weeks.editor, "12, 1; 4")
    QTest.mouseClick(page.weeks_button, LEFT)
    assert due_weeks(practice) == (1, 4, 12)


def test_consent_text_is_written_in_two_languages(window: MainWindow, practice: Practice) -> None:
    page = section_of(window, "consent_texts")
    assert isinstance(page, ConsentTexts)
    QTest.mouseClick(page.save_button, LEFT)
    assert "no title" in page.error.text()
    enter(page.title.editor, "Photographs")
    QTest.keyClicks(page.body, "I agree.")
    page.consent.set_text(ConsentKind.PHOTO.value)
    enter(page.months.editor, "24")
    QTest.mouseClick(page.save_button, LEFT)
    QTest.mouseClick(page.other_language, LEFT)
    page.language.set_text("fr")
    enter(page.title.editor, "Photographies")
    QTest.keyClicks(page.body, "Vu.")
    QTest.mouseClick(page.save_button, LEFT)
    english, french = sorted(consent_texts(practice, ConsentKind.PHOTO), key=lambda text: text.language)
    assert english.series == french.series
    assert (english.valid_months, french.title, french.version) == (24, "Photographies", 1)
    QTest.mouseClick(page.aside, LEFT)
    assert consent_texts(practice) == (english,)


def test_sheet_that_was_given_gets_a_new_version(window: MainWindow, practice: Practice) -> None:
    page = section_of(window, "advice_sheets")
    assert isinstance(page, AdviceSheets)
    enter(page.title.editor, "After")
    QTest.keyClicks(page.body, "Words.")
    QTest.mouseClick(page.save_button, LEFT)
    (sheet,) = advice_sheets(practice)
    assert "can still be changed" in page.state.text()
    give_sheet(practice, practice.patients()[0].id, sheet)
    QTest.keyClicks(page.body, " More.")
    QTest.mouseClick(page.save_button, LEFT)
    (sheet,) = advice_sheets(practice)
    assert sheet.version == 2
    assert page.list.count() == 1
    assert practice.verify().ok


def test_sheet_is_written_as_a_file_beside_the_window(window: MainWindow, practice: Practice, tmp_path: Path) -> None:
    page = section_of(window, "advice_sheets")
    assert isinstance(page, AdviceSheets)
    enter(page.title.editor, "After")
    QTest.keyClicks(page.body, "Words.")
    QTest.mouseClick(page.save_button, LEFT)
    (sheet,) = advice_sheets(practice)
    held = window.records.page
    assert held is not None
    write_file(held.context, tmp_path / "sheet.pdf", lambda: sheet_pdf(held.context, sheet, None))
    held.context.beside.finish()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_months_that_are_none_are_said(window: MainWindow, practice: Practice) -> None:
    page = section_of(window, "consent_texts")
    assert isinstance(page, ConsentTexts)
    enter(page.title.editor, "Treatment")
    QTest.keyClicks(page.body, "I agree.")
    for wrong in ("soon", "0", "900"):
        enter(page.months.editor, wrong)
        QTest.mouseClick(page.save_button, LEFT)
        assert "months" in page.error.text()
    assert practice.entries(ConsentText) == ()
