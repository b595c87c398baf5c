"""What is recorded after a treatment, by real events: follow-ups and what is due, events, scales, measures, notes."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from mesomap.atlas import SkinArray
from mesomap.domain.adverse_event import AdverseEvent, Reported
from mesomap.domain.advice import AdviceGiven, AdviceSheet
from mesomap.domain.body_measure import BodyMeasure
from mesomap.domain.clock import now
from mesomap.domain.follow_up import Contact, FollowUp
from mesomap.domain.nutrition import NutritionNote
from mesomap.domain.patient import Patient
from mesomap.domain.place import SkinPoint
from mesomap.domain.score import Judge, Score
from mesomap.services import Practice
from mesomap.services.follow_ups import change_follow_up, dues, record_follow_up
from mesomap.services.practice_texts import new_text
from mesomap.ui.after.calibration import CalibrationDialog
from mesomap.ui.after.entry_history import EntryHistory
from mesomap.ui.after.events import Events
from mesomap.ui.after.follow_ups import FollowUps
from mesomap.ui.after.line_input import LineInput, LineSheet
from mesomap.ui.after.measures import Measures
from mesomap.ui.after.notes import Notes
from mesomap.ui.after.scale_inputs import ItemsInput, LevelsInput, NumbersInput
from mesomap.ui.after.scales import Scales
from mesomap.ui.after.screen_size import CARD_MM
from mesomap.ui.after.section import Section
from mesomap.ui.after.site_map import SiteDialog
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.patient import PatientPage
from mesomap.ui.pages.patient_after import PatientAfter
from tests.gui.hands import until

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def own_settings(tmp_path: Path) -> Iterator[None]:
    """Settings of this computer in a folder of the test."""
    usual = Path(QSettings("MesoMap", "MesoMap").fileName()).parents[1]
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))
    yield
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(usual))


def section(window: MainWindow, patient: Patient, key: str) -> Section:
    """A section of the tab, opened as a person does."""
    window.records.open_patient(patient.id, "after")
    page = window.records.page
    assert isinstance(page, PatientPage)
    tab = page.tab("after")
    assert isinstance(tab, PatientAfter)
    QApplication.processEvents()
    button = tab.sections.button(key)
    assert button is not None
    QTest.mouseClick(button, LEFT)
    shown = tab.show_section(key)
    QApplication.processEvents()
    return shown


def press(root: QWidget, words: str) -> None:
    """Press a button, once the lines that were just made are shown."""
    QApplication.processEvents()
    button = next(b for b in root.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(root))
    QTest.mouseClick(button, LEFT)


def let_work(window: MainWindow) -> None:
    """Wait as the running program does until nothing is under way beside the window."""
    until(lambda: not window.beside.busy)


def test_due_follow_up_is_listed_taken_up_and_gone(window: MainWindow, practice: Practice, patient: Patient) -> None:
    session = practice.new_session(patient.id, window.desk.atlas(), started_at=now() - timedelta(days=20))
    window.show_patients()
    let_work(window)
    chip = window.due.chip
    assert chip.isVisible()
    assert chip.text() == "1 follow-up due"
    QTest.mouseClick(chip, LEFT)
    assert window.patients.names() == ["Anna Beispiel"]
    form = section(window, patient, "follow_ups")
    assert isinstance(form, FollowUps)
    press(form.record, "Record")
    QTest.keyClicks(form.text.editor, "Bruise gone.")
    QTest.mouseClick(form.done_button, LEFT)
    (done,) = practice.entries(FollowUp, patient_id=patient.id)
    assert (done.session_id, done.text) == (session.id, "Bruise gone.")
    assert [due.on for due in dues(practice, patient.id)] == [session.started_at.date() + timedelta(weeks=12)]
    window.show_patients()
    let_work(window)
    assert not window.due.chip.isVisible()


def test_empty_follow_up_is_refused_in_words(window: MainWindow, practice: Practice, patient: Patient) -> None:
    form = section(window, patient, "follow_ups")
    QTest.mouseClick(form.done_button, LEFT)
    assert "says nothing" in form.error.text()
    assert practice.entries(FollowUp) == ()


def test_follow_up_is_edited_in_its_form(window: MainWindow, practice: Practice, patient: Patient) -> None:
    form = section(window, patient, "follow_ups")
    assert isinstance(form, FollowUps)
    QTest.mouseClick(form.reaction.chip("Bruise"), LEFT)
    QTest.mouseClick(form.done_button, LEFT)
    press(form.record, "Edit")
    QTest.keyClicks(form.text.editor, "left thigh")
    QTest.mouseClick(form.done_button, LEFT)
    (done,) = practice.entries(FollowUp)
    assert (done.reaction, done.text) == ("Bruise", "left thigh")


def test_history_says_what_a_follow_up_said_before(window: MainWindow, practice: Practice, patient: Patient) -> None:
    first = record_follow_up(practice, patient.id, contact=Contact.PHONE, text="left thigh")
    record_follow_up(practice, patient.id, contact=Contact.PHONE, text="somebody else")
    change_follow_up(practice, first, text="right thigh")
    dialog = EntryHistory(practice, first, "Follow-up", window)
    said = " | ".join(label.text() for label in dialog.findChildren(QLabel))
    assert len(dialog.lines) == 2
    assert "left thigh → right thigh" in said
    assert "somebody else" not in said
    dialog.deleteLater()


def test_score_of_today_belongs_to_the_session_of_today(
    window: MainWindow, practice: Practice, patient: Patient
) -> None:
    practice.new_session(patient.id, window.desk.atlas(), started_at=now() - timedelta(days=9))
    today = practice.new_session(patient.id, window.desk.atlas())
    form = section(window, patient, "scales")
    assert isinstance(form, Scales)
    form.scale.set_text("nrs")
    assert isinstance(form.input, NumbersInput)
    button = form.input.track.button("6")
    assert button is not None
    QTest.mouseClick(button, LEFT)
    QTest.mouseClick(form.done_button, LEFT)
    (score,) = practice.entries(Score)
    assert (score.session_id, score.value) == (today.id, Decimal(6))


def test_follow_up_is_planned_for_a_day_to_come(window: MainWindow, practice: Practice, patient: Patient) -> None:
    form = section(window, patient, "follow_ups")
    assert isinstance(form, FollowUps)
    coming = date.today() + timedelta(days=80)
    QTest.keyClicks(form.plan_day.editor, f"{coming:%Y-%m-%d}")
    QTest.keyClicks(form.plan_text.editor, "scar")
    QTest.mouseClick(form.plan_button, LEFT)
    (due,) = dues(practice, patient.id)
    assert due.on == coming
    press(form.record, "Drop")
    assert dues(practice, patient.id) == ()


def test_event_with_site_grade_and_report(window: MainWindow, practice: Practice, patient: Patient) -> None:
    session = practice.new_session(patient.id, window.desk.atlas(), started_at=now() - timedelta(days=42))
    form = section(window, patient, "events")
    assert isinstance(form, Events)
    form.term.set_text("nodule")
    region = window.desk.atlas().regions[0].id
    QTest.keyClicks(form.site.field.editor, form.site.words((region,)))
    QTest.keyClick(form.site.field.editor, Qt.Key.Key_Return)
    for track, key in ((form.grade.track, "2"), (form.reported.track, Reported.YES.value)):
        button = track.button(key)
        assert button is not None
        QTest.mouseClick(button, LEFT)
    QTest.keyClicks(form.reported_on.editor, f"{date.today():%Y-%m-%d}")
    QTest.keyClicks(form.lot.editor, "MV23-0419")
    QTest.mouseClick(form.done_button, LEFT)
    assert form.error.text() == ""
    (event,) = practice.entries(AdverseEvent, patient_id=patient.id)
    assert (event.term, event.grade, event.regions, event.session_id) == ("nodule", 2, (region,), session.id)
    assert (event.reported_on, event.suspected_lot) == (date.today(), "MV23-0419")


def test_event_is_placed_on_the_body_by_a_tap(window: MainWindow, practice: Practice, patient: Patient) -> None:
    form = section(window, patient, "events")
    assert isinstance(form, Events)
    atlas = window.desk.atlas()

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, SiteDialog)
        dialog.view.set_text("body_front")
        assert not dialog.done_button.isEnabled()
        QTest.mouseClick(dialog.map, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(3, 3))
        assert dialog.point is None
        place = dialog.map.context().point_px(60.0, 0.0).toPoint()
        QTest.mouseClick(dialog.map, LEFT, Qt.KeyboardModifier.NoModifier, place)
        QTest.keyClick(dialog.map, Qt.Key.Key_Right)
        QTest.mouseClick(dialog.done_button, LEFT)

    QTimer.singleShot(0, act)
    QTest.mouseClick(form.place, LEFT)
    form.term.set_text("nodule")
    QTest.mouseClick(form.done_button, LEFT)
    (event,) = practice.entries(AdverseEvent)
    assert event.point is not None
    assert event.point.atlas == atlas.ref
    skin = SkinPoint(event.point.triangle, event.point.b0, event.point.b1)
    assert event.regions == (atlas.region_id_at(skin),)
    seen = atlas.project("body_front", SkinArray.of([skin]))
    assert seen.xy[0, 0] == pytest.approx(62.0, abs=1.5)
    seen_again: list[SiteDialog] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, SiteDialog)
        seen_again.append(dialog)
        place = dialog.map.context().point_px(-60.0, 0.0).toPoint()
        QTest.mouseClick(dialog.map, LEFT, Qt.KeyboardModifier.NoModifier, place)
        assert dialog.map.point == skin
        dialog.reject()

    QTimer.singleShot(50, look)
    press(form.record, "On the body")
    assert seen_again


def test_region_this_body_lacks_is_said(window: MainWindow, patient: Patient) -> None:
    form = section(window, patient, "events")
    assert isinstance(form, Events)
    QTest.keyClicks(form.site.field.editor, "tail")
    QTest.mouseClick(form.site.add_button, LEFT)
    assert "no region of this body" in form.site.field.error()
    assert form.site.regions() == ()


@pytest.mark.usefixtures("own_settings")
def test_line_is_100_mm_long_once_the_screen_is_calibrated(
    window: MainWindow, practice: Practice, patient: Patient
) -> None:
    form = section(window, patient, "scales")
    assert isinstance(form, Scales)
    form.scale.set_text("vas")
    line = form.input
    assert isinstance(line, LineInput)
    assert not line.is_calibrated

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CalibrationDialog)
        outline = dialog.outline
        QTest.mouseClick(outline, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(24 + 428, 40))
        QTest.mouseClick(dialog.done_button, LEFT)

    QTimer.singleShot(0, act)
    QTest.mouseClick(line.calibrate, LEFT)
    assert line.is_calibrated
    assert line.slider.length_px == pytest.approx(428 / CARD_MM * 100, abs=0.01)
    assert not line.slider.isVisible()

    def mark() -> None:
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, LineSheet)
        assert sheet.line.length_px == line.slider.length_px
        assert sheet.rect().contains(sheet.line.geometry())
        assert not sheet.done_button.isEnabled()
        middle = QPoint(22 + round(sheet.line.length_px * 0.37), 30)
        QTest.mouseClick(sheet.line, LEFT, Qt.KeyboardModifier.NoModifier, middle)
        QTest.mouseClick(sheet.done_button, LEFT)

    QTimer.singleShot(0, mark)
    QTest.mouseClick(line.sheet, LEFT)
    QTest.mouseClick(form.done_button, LEFT)
    (score,) = practice.entries(Score, patient_id=patient.id)
    assert (score.value, score.judge, score.line_calibrated) == (Decimal("3.7"), Judge.PATIENT, True)


@pytest.mark.usefixtures("own_settings")
def test_arrows_move_the_mark_by_a_millimetre(window: MainWindow, patient: Patient) -> None:
    form = section(window, patient, "scales")
    assert isinstance(form, Scales)
    form.scale.set_text("vas")
    line = form.input
    assert isinstance(line, LineInput)
    assert line.value() is None
    for _step in range(3):
        QTest.keyClick(line.slider, Qt.Key.Key_Right)
    assert line.value() == Decimal("0.3")
    QTest.keyClick(line.slider, Qt.Key.Key_End)
    assert line.value() == Decimal("10.0")


def test_level_and_sum_are_scored_by_tap(window: MainWindow, practice: Practice, patient: Patient) -> None:
    form = section(window, patient, "scales")
    assert isinstance(form, Scales)
    QTest.mouseClick(form.done_button, LEFT)
    assert "Nothing is chosen" in form.error.text()
    form.scale.set_text("gais")
    assert isinstance(form.input, LevelsInput)
    QTest.mouseClick(form.input.chip("2"), LEFT)
    QTest.mouseClick(form.done_button, LEFT)
    form.scale.set_text("hexsel_css")
    assert isinstance(form.input, ItemsInput)
    for track in form.input.tracks.values():
        button = track.button("2")
        assert button is not None
        QTest.mouseClick(button, LEFT)
    QTest.mouseClick(form.done_button, LEFT)
    assert [(one.scale, one.value, one.label) for one in practice.entries(Score)] == [
        ("gais", Decimal(2), "Much improved"),
        ("hexsel_css", Decimal(10), ""),
    ]


def test_words_of_a_scale_come_with_its_noted_licence(window: MainWindow, patient: Patient) -> None:
    form = section(window, patient, "scales")
    assert isinstance(form, Scales)
    form.scale.set_text("wsrs")
    assert isinstance(form.input, LevelsInput)
    assert form.input.chip("3").accessibleName().endswith(": 3")
    QTest.keyClicks(form.licence.editor, "Written permission of the owner, example")
    press(form.form, "Note")
    assert isinstance(form.input, LevelsInput)
    assert "Moderate" in form.input.chip("3").accessibleName()
    assert not form.licence.isVisible()


def test_circumference_with_its_site_and_nonsense_refused(
    window: MainWindow, practice: Practice, patient: Patient
) -> None:
    form = section(window, patient, "measures")
    assert isinstance(form, Measures)
    for text in ("sixty", "900"):
        form.number.set_text(text)
        QTest.mouseClick(form.done_button, LEFT)
    QTest.mouseClick(form.site.chip("Thigh, left"), LEFT)
    form.number.set_text("61,5 cm")
    QTest.mouseClick(form.done_button, LEFT)
    (one,) = practice.entries(BodyMeasure)
    assert (one.value, one.site, one.unit) == (Decimal("61.5"), "Thigh, left", "cm")


def test_sheet_is_given_and_a_note_written(window: MainWindow, practice: Practice, patient: Patient) -> None:
    new_text(practice, AdviceSheet, title="After the session", language="en", body="Words of the practice.")
    form = section(window, patient, "notes")
    assert isinstance(form, Notes)
    QTest.mouseClick(form.give, LEFT)
    QTest.keyClicks(form.text.editor, "three meals")
    QTest.mouseClick(form.done_button, LEFT)
    assert [one.title for one in practice.entries(AdviceGiven)] == ["After the session"]
    assert [one.text for one in practice.entries(NutritionNote)] == ["three meals"]
    assert practice.verify().ok
