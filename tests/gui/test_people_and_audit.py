"""The sections People and Audit by real events."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.person import Role
from mesomap.services.hiding import hide_times
from mesomap.services.letterhead import letterhead
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.main_window import MainWindow
from mesomap.ui.trust.audit_section import AuditSection
from mesomap.ui.trust.letterhead_dialog import LetterheadDialog
from mesomap.ui.trust.people_section import PeopleSection
from mesomap.ui.trust.person_dialog import PersonDialog
from mesomap.ui.trust.reason_dialog import ReasonDialog
from tests.gui.hands import practice_of, press, until

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def section(window: MainWindow, key: str) -> QWidget:
    from mesomap.ui.pages.practice import PracticePage

    window.records.open_practice(key)
    page = window.records.page
    assert isinstance(page, PracticePage)
    found = page.section(key)
    assert found is not None
    return found


def let_work(beside: BesideTheWindow) -> None:
    """Wait for what is under way beside the window."""
    until(lambda: not beside.busy)


def texts(inside: QWidget) -> str:
    """What can be read; new lines are shown once events were worked off."""
    QApplication.processEvents()
    return "\n".join(label.text() for label in inside.findChildren(QLabel) if label.isVisible())


def test_people_are_recorded_changed_and_take_leave(window: MainWindow) -> None:
    found = section(window, "people")
    assert isinstance(found, PeopleSection)
    assert "Nobody is recorded yet" in texts(found)
    press(found, "Add a person")
    form = found.dialog
    assert isinstance(form, PersonDialog)
    QTest.keyClicks(form.name, "Dr. A. Beispiel")
    QTest.keyClicks(form.pin, "4711")
    press(form, "Save")
    assert "differ" in form.error_text()
    QTest.keyClicks(form.again, "4711")
    for role in (Role.SIGN, Role.ADMINISTER):
        QTest.mouseClick(form.roles[role], Qt.MouseButton.LeftButton)
    press(form, "Save")
    people = practice_of(window).people
    assert people.current is not None
    assert people.current.name == "Dr. A. Beispiel"
    assert "Dr. A. Beispiel (here now)" in texts(found)
    press(found, "Add a person")
    form = found.dialog
    assert isinstance(form, PersonDialog)
    QTest.keyClicks(form.name, "Mia")
    press(form, "Save")
    press(found, "Left")
    ask = found.dialog
    assert isinstance(ask, ReasonDialog)
    QTest.keyClicks(ask.reason.editor, "left in May")
    press(ask, "Take leave")
    assert "Not here any more: left in May" in texts(found)
    press(found, "Back again")
    assert len(people.active()) == 2


def test_letterhead_and_times_are_kept(window: MainWindow) -> None:
    found = section(window, "people")
    assert isinstance(found, PeopleSection)
    press(found, "Change")
    form = found.dialog
    assert isinstance(form, LetterheadDialog)
    press(form, "Save")
    assert form.name.error()
    QTest.keyClicks(form.name.editor, "Praxis am Park")
    QTest.keyClicks(form.address.editor, "Parkweg 1")
    press(form, "Save")
    assert letterhead(practice_of(window)).lines == ("Praxis am Park", "Parkweg 1")
    found.idle.setCurrentIndex(found.idle.findData(2))
    found.idle.activated.emit(found.idle.currentIndex())
    assert hide_times(practice_of(window)).idle_minutes == 2
    assert window.guard._times.idle_minutes == 2


def test_the_audit_says_who_did_what_and_what_it_was_before(driver: WindowDriver, tmp_path: Path) -> None:
    window, practice = driver.window, practice_of(driver.window)
    practice.people.add("Dr. A. Beispiel", roles=tuple(Role), pin="4711")
    practice.people.begin()
    patient = practice.patients()[0]
    driver.tap(60, 0)
    number = driver.page.model.service.session.number
    practice.edit_patient(patient, replace(patient, notes="=cmd()", height_cm=171.0))
    found = section(window, "audit")
    assert isinstance(found, AuditSection)
    beside = window.records._beside
    assert beside is not None
    let_work(beside)
    assert "Chain verified to number" in found.chain.text()
    assert practice.audit_code in found.anchor.text()
    first = [found.model.index(0, column).data() for column in range(5)]
    assert first[2:] == ["Dr. A. Beispiel", "Edit patient", "patient"]
    detail = texts(found.detail)
    assert "height, cm" in detail
    assert "170" in detail
    assert "171" in detail
    assert f"Anna Beispiel · ID {patient.number}" in detail
    QTest.keyClicks(found.session, str(number))
    found._pause.stop()
    found.look()
    rows = {found.model.index(row, 4).data() for row in range(found.model.rowCount())}
    assert rows == {"session", "injections"}
    found.session.clear()
    QTest.keyClicks(found.first, "2026-13-01")
    found._pause.stop()
    found.look()
    assert "not a date" in texts(found)
    found.first.clear()
    found.look()
    for kind in ("csv", "pdf"):
        found.ask_file = lambda name, _kind: str(tmp_path / f"audit{Path(name).suffix}")
        press(found, f"Save as {kind.upper()}")
        let_work(beside)
        assert "rows in" in texts(found)
    QTest.keyClicks(found.code, practice.audit_code)
    press(found, "Check")
    assert "printed from these records" in texts(found)
    found.code.clear()
    QTest.keyClicks(found.code, "AAAAA-AAAAA")
    press(found, "Check")
    assert "has this code" in texts(found)
    rows_written = list(csv.reader(io.StringIO((tmp_path / "audit.csv").read_text("utf-8-sig"))))
    assert len(rows_written) == practice.audit.chain().sequence + 1
    assert not any(cell.startswith("=") for row in rows_written for cell in row)
    assert (tmp_path / "audit.pdf").read_bytes().startswith(b"%PDF")
