"""Patients by real events: search as one types, a new patient, an edit, and what is refused."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mesomap.domain.patient import Patient, Sex
from mesomap.ui.dialogs.patient_dialog import PatientDialog, PatientEntry, allergy_text, read_allergies
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.patient_card import SessionLine
from mesomap.ui.pages.patients import PatientList

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

Fields = dict[str, QWidget]


def in_the_form(act: Callable[[PatientDialog, Fields], None]) -> None:
    """Do something in the form as soon as it is open; a failure closes it, so that no test hangs."""

    def when_open() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PatientDialog)
        kinds = (QLineEdit, QPlainTextEdit, QComboBox)
        try:
            act(dialog, {f.accessibleName(): f for kind in kinds for f in dialog.findChildren(kind)})
        finally:
            if dialog.isVisible():
                dialog.done(0)

    QTimer.singleShot(50, when_open)


def enter(fields: Fields, name: str, text: str) -> None:
    field = fields[name]
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)


def press(dialog: PatientDialog, words: str) -> None:
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def search_field(window: MainWindow) -> QLineEdit:
    return window.patients.findChildren(QLineEdit)[0]


def test_search_as_one_types(window: MainWindow) -> None:
    practice = window.desk.practice
    assert practice is not None
    practice.new_patient(family_name="Müller", given_name="Zoë", number="20417", birth_date=date(1979, 5, 14))
    practice.new_patient(family_name="Weber", given_name="Jan", birth_date=date(1979, 1, 2))
    field = search_field(window)
    for text, names in (
        ("muller zoe", ["Zoë Müller"]),
        ("14.5.1979", ["Zoë Müller"]),
        ("2041", ["Zoë Müller"]),
        ("nobody", []),
    ):
        QTest.keyClick(field, Qt.Key.Key_Escape)
        QTest.keyClicks(field, text)
        assert window.patients.names() == names, text
    QTest.keyClick(field, Qt.Key.Key_Escape)
    QTest.keyClicks(field, "1979")
    assert set(window.patients.names()) == {"Zoë Müller", "Jan Weber"}


def test_an_edit_keeps_what_was_not_touched(window: MainWindow) -> None:
    practice = window.desk.practice
    assert practice is not None
    known = practice.new_patient(
        family_name="Exemple",
        given_name="Chloé",
        number="88",
        birth_date=date(1991, 8, 23),
        sex=Sex.FEMALE,
        height_cm=161.5,
        weight_kg=55,
        phototype="III",
        allergies=("lidocaine, urticaria 2019", "latex"),
        notes="first line\nsecond line",
    )
    window.show_patients()
    window.patients.choose(known.id)

    def edit(dialog: PatientDialog, fields: Fields) -> None:
        enter(fields, "Weight, kg", "56,5")
        phototype = fields["Phototype"]
        assert isinstance(phototype, QComboBox)
        QTest.keyClick(phototype, Qt.Key.Key_Down)
        press(dialog, "Save")

    in_the_form(edit)
    button = next(b for b in window.patients.card.findChildren(QWidget) if b.accessibleName() == "Edit patient")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    after = practice.patient(known.id)
    assert (after.weight_kg, after.phototype) == (56.5, "IV")
    for name in ("family_name", "given_name", "number", "birth_date", "sex", "height_cm", "allergies", "notes", "body"):
        assert getattr(after, name) == getattr(known, name), name


def test_every_wrong_field_says_so_and_nothing_entered_is_lost(window: MainWindow) -> None:
    practice = window.desk.practice
    assert practice is not None
    seen: list[str] = []

    def fill_in(dialog: PatientDialog, fields: Fields) -> None:
        enter(fields, "Family name", "Esempio " * 25)
        enter(fields, "Date of birth", "31.02.1990")
        enter(fields, "Height, cm", "17")
        enter(fields, "Weight, kg", "heavy")
        enter(fields, "Number", "1")
        press(dialog, "Create patient")
        seen.extend(dialog.error_text().split("\n"))
        assert "does not exist" in fields["Date of birth"].accessibleDescription()
        enter(fields, "Date of birth", "28.02.1990")
        enter(fields, "Height, cm", "1,70")
        enter(fields, "Weight, kg", "80 kg")
        press(dialog, "Create patient")
        seen.append(dialog.error_text())
        enter(fields, "Number", "2-B")
        press(dialog, "Create patient")

    in_the_form(fill_in)
    window.ask_new_patient("Bruno ")
    assert len(seen) == 4
    assert "31.02.1990" in seen[0]
    assert "height 17 cm" in seen[1]
    assert "heavy" in seen[2]
    assert "belongs to another" in seen[3]
    (made,) = practice.patients("2-B")
    assert made.family_name == ("Esempio " * 25).strip()
    assert (made.birth_date, made.height_cm, made.weight_kg) == (date(1990, 2, 28), 170.0, 80.0)
    assert len(window.patients.names()) == 2


def test_escape_does_not_throw_away_what_was_entered(window: MainWindow) -> None:
    practice = window.desk.practice
    assert practice is not None

    def leave(dialog: PatientDialog, fields: Fields) -> None:
        enter(fields, "Family name", "Ejemplo")
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        assert "Not saved" in dialog.error_text()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()

    in_the_form(leave)
    window.ask_new_patient("")
    assert practice.patients("Ejemplo") == ()


def test_an_untouched_form_closes_at_once(window: MainWindow) -> None:
    left: list[bool] = []

    def leave(dialog: PatientDialog, _fields: Fields) -> None:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        left.append(not dialog.isVisible())

    in_the_form(leave)
    window.ask_new_patient("Somebody New")
    assert left == [True]


def test_a_name_searched_in_vain_is_already_in_the_form(window: MainWindow) -> None:
    practice = window.desk.practice
    assert practice is not None
    QTest.keyClicks(search_field(window), "Lucia Ejemplo")
    in_the_form(lambda dialog, _fields: press(dialog, "Create patient"))
    new = next(b for b in window.patients.findChildren(QPushButton) if b.text() == "New patient")
    QTest.mouseClick(new, Qt.MouseButton.LeftButton)
    (made,) = practice.patients("ejemplo lucia")
    assert (made.given_name, made.family_name) == ("Lucia", "Ejemplo")


def test_a_name_on_record_is_shown_once_before_it_is_recorded_twice(window: MainWindow) -> None:
    practice = window.desk.practice
    assert practice is not None
    practice.new_patient(family_name="Müller", given_name="Zoë", number="77", birth_date=date(1979, 5, 14))
    told: list[str] = []

    def enter_again(dialog: PatientDialog, fields: Fields) -> None:
        enter(fields, "Given name", "zoe")
        enter(fields, "Family name", "MULLER")
        enter(fields, "Date of birth", "14.5.1979")
        press(dialog, "Create patient")
        told.append(dialog.error_text())
        assert dialog.isVisible()
        press(dialog, "Create patient")

    in_the_form(enter_again)
    window.ask_new_patient("")
    assert "Zoë Müller" in told[0]
    assert "ID 77" in told[0]
    assert len(practice.patients("muller")) == 2


def test_a_namesake_of_another_day_is_somebody_else(window: MainWindow) -> None:
    practice = window.desk.practice
    assert practice is not None
    practice.new_patient(family_name="Müller", given_name="Zoë", birth_date=date(1979, 5, 14))

    def enter_other(dialog: PatientDialog, fields: Fields) -> None:
        enter(fields, "Date of birth", "15.5.1979")
        press(dialog, "Create patient")
        assert not dialog.isVisible()

    in_the_form(enter_other)
    window.ask_new_patient("Zoë Müller")
    assert len(practice.patients("muller")) == 2


WORDS = st.text(alphabet="abc ,é()", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.lists(WORDS, max_size=5, unique=True).map(tuple))
def test_allergies_survive_the_form(allergies: tuple[str, ...]) -> None:
    assert read_allergies(allergy_text(allergies)) == allergies


def test_a_patient_of_another_body_keeps_it(window: MainWindow) -> None:
    practice = window.desk.practice
    assert practice is not None
    known: Patient = practice.new_patient(family_name="Sample", given_name="Max", body="male", allergies=("a; b", "c"))
    in_the_form(lambda dialog, _fields: press(dialog, "Save"))
    window.ask_edit_patient(known.id)
    assert practice.patient(known.id) == known


def test_the_sex_of_a_new_patient_proposes_a_body_until_one_is_chosen(qtbot: QtBot) -> None:
    def save(entry: PatientEntry) -> Patient:
        return Patient(id=uuid4(), number="1", family_name=entry.family_name, given_name=entry.given_name)

    dialog = PatientDialog(save, bodies=("female", "male"))
    qtbot.addWidget(dialog)
    dialog.show()
    fields = {f.accessibleName(): f for f in dialog.findChildren(QComboBox)}
    sex, body = fields["Sex"], fields["Reference body"]
    QTest.keyClicks(sex, "m")
    assert (sex.currentText(), body.currentData()) == ("male", "male")
    QTest.keyClicks(body, "f")
    assert body.currentData() == "female"
    QTest.keyClick(sex, Qt.Key.Key_Down)
    QTest.keyClick(sex, Qt.Key.Key_Up)
    assert (sex.currentText(), body.currentData()) == ("male", "female")
    dialog.done(0)


def test_sessions_begun_while_the_list_was_hidden_have_their_own_lines(window: MainWindow) -> None:
    practice = window.desk.practice
    assert practice is not None
    patient = practice.patients()[0]
    for _number in range(6):
        practice.new_session(patient.id, window.desk.atlas())
    window.show_patients()
    window.patients.choose(patient.id)
    QApplication.processEvents()
    for _number in range(4):
        window.open_session(practice.new_session(patient.id, window.desk.atlas()).id)
        window.show_patients()
    QApplication.processEvents()
    window.grab()
    lines = sorted(line.geometry().top() for line in window.patients.card.findChildren(SessionLine) if line.isVisible())
    assert len(lines) == 10
    assert all(below - above >= 60 for above, below in pairwise(lines))


def test_a_new_patient_stays_in_sight_when_the_list_gets_lower(window: MainWindow) -> None:
    practice = window.desk.practice
    assert practice is not None
    for number in range(20):
        practice.new_patient(family_name=f"Muster{number:02d}", given_name="Ada")
    last = practice.new_patient(family_name="Zuletzt", given_name="Ada")
    window.show_patients()
    window.patients.choose(last.id)
    QApplication.processEvents()
    rows = window.patients.findChildren(PatientList)[0]
    for height in (800, 720, 700):
        window.resize(1280, height)
        QApplication.processEvents()
        chosen = rows.visualRect(rows.currentIndex())
        assert chosen.height() > 0
        assert 0 <= chosen.top() <= chosen.bottom() <= rows.viewport().rect().bottom(), height
