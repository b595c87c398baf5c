"""The section Rights, and restricted records, by real events."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.errors import NotFoundError
from mesomap.domain.restriction import UseOfRestricted
from mesomap.services.patient_export import export_patient
from mesomap.services.rights import erasures, restriction, retention_years
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.practice import PracticePage
from mesomap.ui.trust.reason_dialog import ReasonDialog
from mesomap.ui.trust.rights_section import RightsSection
from tests.gui.hands import practice_of, press, until

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def rights(window: MainWindow) -> RightsSection:
    window.show_patients()
    window.records.open_practice("rights")
    page = window.records.page
    assert isinstance(page, PracticePage)
    found = page.section("rights")
    assert isinstance(found, RightsSection)
    return found


def give_reason(dialog: object, reason: str, verb: str) -> None:
    assert isinstance(dialog, ReasonDialog)
    QTest.keyClicks(dialog.reason.editor, reason)
    press(dialog, verb)


def let_work(window: MainWindow) -> None:
    """Wait for what is under way beside the window."""
    until(lambda: window.records._beside is None or not window.records._beside.busy)


def test_everything_on_a_patient_goes_into_one_file(driver: WindowDriver, tmp_path: Path) -> None:
    window = driver.window
    driver.tap(60, 0)
    found = rights(window)
    found.list.setCurrentRow(0)
    path = tmp_path / "records.zip"
    found.ask_file = lambda _name: str(path)
    press(found, "Export …")
    let_work(window)
    assert "not encrypted" in found.outcome.text()
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        number = practice_of(window).sessions()[0].number
        assert {"index.html", "index.txt", "patient.json", "audit.csv", f"sessions/{number}.json"} <= names
        assert archive.read(f"charts/{number}.pdf").startswith(b"%PDF")
        assert json.loads(archive.read("patient.json"))["family_name"] == "Beispiel"
        page = archive.read("index.html").decode()
    assert "Anna" in page
    assert "<script" not in page


def test_hostile_names_are_text_in_the_index(window: MainWindow, tmp_path: Path) -> None:
    practice = practice_of(window)
    nasty = '<script>alert("x")</script>'
    patient = practice.new_patient(family_name=nasty, given_name="Anna", notes="=cmd()\n\u202e")
    export_patient(practice, patient.id, tmp_path / "r.zip", lambda _session: None)
    data = (tmp_path / "r.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        page = archive.read("index.html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_restricted_records_are_opened_for_a_reason_once(driver: WindowDriver) -> None:
    window, practice = driver.window, practice_of(driver.window)
    session = driver.page.model.service.session
    found = rights(window)
    found.list.setCurrentRow(0)
    press(found, "Restrict …")
    give_reason(found.dialog, "asked by letter", "Restrict")
    assert restriction(practice, session.patient_id) is not None
    window.open_session(session.id)
    assert window.charting is None
    dialog = window.restricted.dialog
    assert isinstance(dialog, ReasonDialog)
    press(dialog, "Open")
    assert dialog.error_text()
    give_reason(dialog, "treatment goes on", "Open")
    assert window.charting is not None
    assert practice.entries(UseOfRestricted)[0].reason == "treatment goes on"
    window.show_patients()
    window.open_session(session.id)
    assert window.charting is not None
    found = rights(window)
    found.list.setCurrentRow(0)
    press(found, "Lift …")
    give_reason(found.dialog, "taken back", "Lift")
    assert restriction(practice, session.patient_id) is None


def test_erasing_makes_a_backup_asks_why_and_takes_the_patient_away(driver: WindowDriver) -> None:
    window, practice = driver.window, practice_of(driver.window)
    driver.tap(60, 0)
    patient = practice.patients()[0]
    found = rights(window)
    found.years.setCurrentIndex(found.years.findData(10))
    found.years.activated.emit(found.years.currentIndex())
    assert retention_years(practice) == 10
    found.list.setCurrentRow(0)
    press(found, "Erase …")
    assert found.dialog is not None
    press(found.dialog, "Erase")
    assert practice.patient(patient.id) == patient
    give_reason(found.dialog, "asked by letter", "Erase")
    with pytest.raises(NotFoundError):
        practice.patient(patient.id)
    assert len(erasures(practice)) == 1
    assert any(practice.home.backups.iterdir())
    assert "records were erased" in found.outcome.text()
    window.show_patients()
    assert window.patients.names() == []
    assert practice.verify().findings == ()
