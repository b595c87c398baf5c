"""Cautions and consents on the patient's page by real events: answers, comments, pen strokes, scans, withdrawal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from mesomap.commands.entries import EditEntry
from mesomap.domain.caution import Answer, CautionAnswer
from mesomap.domain.clock import now
from mesomap.domain.consent import Consent, ConsentKind, ConsentText, SignedWith, Standing
from mesomap.domain.patient import Patient
from mesomap.services import Practice
from mesomap.services.cautions import answer_all, questions
from mesomap.services.consents import sign, states
from mesomap.services.demo_ink import demo_signature, ink_png
from mesomap.services.practice_texts import change_text, new_text
from mesomap.ui.before.paper_dialog import PaperDialog
from mesomap.ui.before.signature_pad import SignaturePad
from mesomap.ui.before.signing_dialog import SigningDialog
from mesomap.ui.before.standing_strip import StandingStrip
from mesomap.ui.before.withdraw_dialog import WithdrawDialog
from mesomap.ui.controls.chips import StateChip
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.patient import PatientPage
from mesomap.ui.pages.patient_before import PatientBefore

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PRESS, MOVE, RELEASE = QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease
STROKE = ((40, 60), (80, 20), (140, 90), (220, 40), (300, 70))
D = TypeVar("D", bound=QWidget)


@pytest.fixture
def text(practice: Practice) -> ConsentText:
    return new_text(practice, ConsentText, title="Treatment", language="en", body="I was told.", valid_months=12)


def before_tab(window: MainWindow, patient: Patient) -> PatientBefore:
    window.records.open_patient(patient.id, "before")
    page = window.records.page
    assert isinstance(page, PatientPage)
    tab = page.tab("before")
    assert isinstance(tab, PatientBefore)
    QApplication.processEvents()
    return tab


def click(widget: QWidget | None) -> None:
    assert widget is not None
    assert widget.isVisible()
    QTest.mouseClick(widget, LEFT)


def press(root: QWidget, words: str) -> None:
    click(next(b for b in root.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(root)))


def in_dialog(kind: type[D], act: Callable[[D], None]) -> None:
    """Do something in the dialog that opens next; it must be closed by it."""

    def step() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        try:
            act(dialog)
        finally:
            if QApplication.activeModalWidget() is dialog:
                dialog.close()

    QTimer.singleShot(0, step)


def draw(pad: SignaturePad, *, pen: bool) -> None:
    """One stroke with the pen, with pressure, or with the mouse."""
    places = [QPointF(x, y) for x, y in STROKE]
    if not pen:
        QTest.mousePress(pad, LEFT, Qt.KeyboardModifier.NoModifier, places[0].toPoint())
        for place in places[1:]:
            QTest.mouseMove(pad, place.toPoint())
        QTest.mouseRelease(pad, LEFT, Qt.KeyboardModifier.NoModifier, places[-1].toPoint())
        return
    stylus = QPointingDevice(
        "pen", 7, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Pressure | QInputDevice.Capability.Position, 1, 3,
    )  # fmt: skip
    kinds = [(PRESS, LEFT, LEFT), *[(MOVE, NONE, LEFT)] * (len(places) - 1), (RELEASE, LEFT, NONE)]
    for number, (kind, button, buttons) in enumerate(kinds):
        at = places[min(number, len(places) - 1)]
        pressure = 0.2 + 0.15 * number if buttons is LEFT else 0.0
        event = QTabletEvent(
            kind, stylus, at, QPointF(pad.mapToGlobal(at)), pressure, 0.0, 0.0, 0.0, 0.0, 0.0,
            Qt.KeyboardModifier.NoModifier, button, buttons,
        )  # fmt: skip
        QApplication.sendEvent(pad, event)


def test_a_tap_answers_and_the_next_tap_keeps_the_first_answer(
    window: MainWindow, practice: Practice, patient: Patient
) -> None:
    tab = before_tab(window, patient)
    row = tab.cautions.row("allergy")
    click(row.track.button("unknown"))
    click(row.track.button("yes"))
    given = practice.entries(CautionAnswer, patient_id=patient.id)
    assert [one.answer for one in given] == [Answer.UNKNOWN, Answer.YES]
    button = row.track.button("yes")
    assert button is not None
    assert button.isChecked()


def test_comment_and_day_are_kept_with_the_answer(window: MainWindow, practice: Practice, patient: Patient) -> None:
    row = before_tab(window, patient).cautions.row("allergy")
    click(row.track.button("yes"))
    click(row.more)
    assert row.is_expanded()
    QTest.keyClicks(row.comment.editor, "latex")
    QTest.keyClick(row.comment.editor, Qt.Key.Key_Return)
    editor = row.day.editor
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "2026-01-05")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    last = practice.entries(CautionAnswer, patient_id=patient.id)[-1]
    assert (last.comment, last.answered_on) == ("latex", date(2026, 1, 5))


def test_day_to_come_is_refused_and_the_answer_stays(window: MainWindow, practice: Practice, patient: Patient) -> None:
    row = before_tab(window, patient).cautions.row("allergy")
    click(row.track.button("yes"))
    click(row.more)
    editor = row.day.editor
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "31.02.2026")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert "does not exist" in row.day.error()
    assert len(practice.entries(CautionAnswer, patient_id=patient.id)) == 1


def test_the_rest_is_answered_no_with_one_tap(window: MainWindow, practice: Practice, patient: Patient) -> None:
    tab = before_tab(window, patient)
    assert not tab.cautions.rest.isVisible()
    click(tab.cautions.row("allergy").track.button("yes"))
    click(tab.cautions.rest)
    answers = [one.answer for one in practice.entries(CautionAnswer, patient_id=patient.id)]
    assert answers.count(Answer.NO) == len(questions(practice)) - 1
    assert not tab.cautions.rest.isVisible()


def test_filter_shows_what_is_open_and_keeps_rows_under_the_finger(window: MainWindow, patient: Patient) -> None:
    tab = before_tab(window, patient)
    click(tab.cautions.row("allergy").track.button("yes"))
    click(tab.cautions.filter.button("open"))
    assert "allergy" not in tab.cautions.shown()
    click(tab.cautions.row("cancer").track.button("no"))
    assert "cancer" in tab.cautions.shown()
    click(tab.cautions.filter.button("yes"))
    assert tab.cautions.shown() == ["allergy"]


def test_pen_signs_with_pressure(window: MainWindow, practice: Practice, patient: Patient, text: ConsentText) -> None:
    tab = before_tab(window, patient)

    def act(dialog: SigningDialog) -> None:
        assert "I was told." in dialog.reading.toPlainText()
        assert not dialog.done_button.isEnabled()
        draw(dialog.pad, pen=True)
        click(dialog.done_button)

    in_dialog(SigningDialog, act)
    press(tab.consents, "Sign")
    (consent,) = practice.entries(Consent, patient_id=patient.id)
    assert (consent.signed_with, consent.text_sha256) == (SignedWith.PEN, text.digest)
    assert len(consent.ink[0].pressure) == len(consent.ink[0].x) == len(STROKE)
    assert consent.ink[0].pressure[0] < consent.ink[0].pressure[-1]
    assert practice.attachment(consent.picture).data.startswith(b"\x89PNG")
    assert states(practice, patient.id, date.today())[0].standing is Standing.IN_DATE


def test_mouse_signs_for_somebody_else(
    window: MainWindow, practice: Practice, patient: Patient, text: ConsentText
) -> None:
    tab = before_tab(window, patient)

    def act(dialog: SigningDialog) -> None:
        QTest.mouseClick(dialog.pad, LEFT)
        assert not dialog.done_button.isEnabled()
        click(dialog.clear)
        QTest.keyClicks(dialog.signer.editor, "Rosa Beispiel")
        QTest.keyClicks(dialog.relation.editor, "mother")
        draw(dialog.pad, pen=False)
        click(dialog.done_button)

    in_dialog(SigningDialog, act)
    tab.consents.sign(text.consent)
    (consent,) = practice.entries(Consent, patient_id=patient.id)
    assert (consent.signed_with, consent.signer, consent.relation) == (SignedWith.MOUSE, "Rosa Beispiel", "mother")
    assert consent.ink[0].pressure == ()


def test_finger_signs_too(window: MainWindow, practice: Practice, patient: Patient, text: ConsentText) -> None:
    tab = before_tab(window, patient)
    screen = QTest.createTouchDevice()

    def act(dialog: SigningDialog) -> None:
        first, *others = (QPointF(x, y).toPoint() for x, y in STROKE)
        QTest.touchEvent(dialog.pad, screen).press(0, first, dialog.pad).commit()
        for place in others:
            QTest.touchEvent(dialog.pad, screen).move(0, place, dialog.pad).commit()
        QTest.touchEvent(dialog.pad, screen).release(0, others[-1], dialog.pad).commit()
        click(dialog.done_button)

    in_dialog(SigningDialog, act)
    tab.consents.sign(text.consent)
    (consent,) = practice.entries(Consent, patient_id=patient.id)
    assert consent.signed_with is SignedWith.FINGER
    assert len(consent.ink[0].x) == len(STROKE)


def test_cancelled_signature_is_no_record(
    window: MainWindow, practice: Practice, patient: Patient, text: ConsentText
) -> None:
    tab = before_tab(window, patient)

    def act(dialog: SigningDialog) -> None:
        draw(dialog.pad, pen=True)
        press(dialog, "Cancel")

    in_dialog(SigningDialog, act)
    tab.consents.sign(text.consent)
    assert practice.entries(Consent) == ()


def test_scan_is_filed_and_a_strange_file_is_refused(
    window: MainWindow, practice: Practice, patient: Patient, text: ConsentText, tmp_path: Path
) -> None:
    before_tab(window, patient)
    page = window.records.page
    assert isinstance(page, PatientPage)
    said: list[str] = []
    tab = PatientBefore(replace(page.context, say=said.append))
    strange = tmp_path / "letter.docx"
    strange.write_bytes(b"PK\x03\x04 not a scan")
    tab.consents.file_paper(strange)
    assert "no PDF, JPEG or PNG" in said[0]
    good = tmp_path / "signed.pdf"
    good.write_bytes(b"%PDF-1.4\n%%EOF\n")

    def act(dialog: PaperDialog) -> None:
        click(dialog.done_button)

    in_dialog(PaperDialog, act)
    tab.consents.file_paper(good)
    (consent,) = practice.entries(Consent, patient_id=patient.id)
    assert (consent.signed_with, consent.scan_name, consent.text_id) == (SignedWith.PAPER, "signed.pdf", text.id)


def test_withdrawal_keeps_the_consent_and_says_why(
    window: MainWindow, practice: Practice, patient: Patient, text: ConsentText
) -> None:
    _sign(practice, patient, text)
    tab = before_tab(window, patient)

    def act(dialog: WithdrawDialog) -> None:
        QTest.keyClicks(dialog.reason.editor, "by phone")
        click(dialog.done_button)

    in_dialog(WithdrawDialog, act)
    press(tab.consents, "Withdraw…")
    (state,) = states(practice, patient.id, date.today())
    assert state.standing is Standing.WITHDRAWN
    assert state.end is not None
    assert state.end.reason == "by phone"
    assert len(practice.entries(Consent)) == 1


def _sign(practice: Practice, patient: Patient, text: ConsentText, days_ago: int = 0) -> None:
    ink = demo_signature(Random(1))
    sign(practice, patient.id, text, ink, ink_png(ink), signed_with=SignedWith.PEN, at=now() - timedelta(days=days_ago))


def _strip(window: MainWindow) -> StandingStrip:
    """The strip, once what it says was read beside the window."""
    strip = None
    for _turn in range(200):
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()
        strip = window.charting.findChild(StandingStrip) if window.charting is not None else None
        if strip is not None:
            break
    assert isinstance(strip, StandingStrip)
    return strip


def test_strip_is_not_there_while_all_is_in_date_and_answered(
    window: MainWindow, practice: Practice, patient: Patient, text: ConsentText
) -> None:
    _sign(practice, patient, text)
    answer_all(practice, patient.id, questions(practice), Answer.NO)
    window.ask_new_session(patient.id)
    assert not _strip(window).isVisible()


def test_strip_says_what_is_amiss_and_leads_there_and_back(
    window: MainWindow, practice: Practice, patient: Patient, text: ConsentText
) -> None:
    _sign(practice, patient, text, days_ago=500)
    answer_all(practice, patient.id, questions(practice)[:1], Answer.YES)
    window.ask_new_session(patient.id)
    strip = _strip(window)
    assert strip.isVisible()
    words = " ".join(strip.words())
    assert "Out of date" in words
    assert "Allergy" in words
    assert "questions open" in words
    click(strip)
    page = window.records.page
    assert isinstance(page, PatientPage)
    assert page.tab("before") is not None
    page.bar.back.emit()
    assert window.charting is not None


def test_practice_that_asks_nothing_sees_no_strip(window: MainWindow, patient: Patient) -> None:
    window.ask_new_session(patient.id)
    assert not _strip(window).isVisible()


def test_text_changed_to_a_new_version_is_said_beside_the_signature(
    window: MainWindow, practice: Practice, patient: Patient, text: ConsentText
) -> None:
    _sign(practice, patient, text)
    change_text(practice, text, body="Other words.")
    tab = before_tab(window, patient)
    said = [label.text() for label in tab.consents.findChildren(QLabel)]
    assert any("newer version" in words for words in said)
    assert ConsentKind.TREATMENT in {one.kind for one in states(practice, patient.id, date.today())}


def test_text_changed_after_signing_is_said_plainly(
    window: MainWindow, practice: Practice, patient: Patient, text: ConsentText
) -> None:
    _sign(practice, patient, text)
    practice.run(EditEntry(text, replace(text, body="Something else was never signed.")))
    tab = before_tab(window, patient)
    said = [chip.text() for chip in tab.consents.findChildren(StateChip)]
    assert said == ["Text changed after signing", "Text changed after signing"]
    window.ask_new_session(patient.id)
    strip = _strip(window)
    assert strip.isVisible()
    assert any("Text changed after signing" in words for words in strip.words())
