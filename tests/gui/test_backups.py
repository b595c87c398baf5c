"""Backups from the practice's page: made, copied, tried, restored; and by themselves."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from mesomap.services import backups as backups_module
from mesomap.ui.backups.section import BackupsSection
from mesomap.ui.main_window import MainWindow
from tests.gui.conftest import PASSPHRASE
from tests.gui.hands import until

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def section(window: MainWindow) -> BackupsSection:
    window.records.open_practice("backups")
    page = window.records.page
    assert page is not None
    found = page.findChild(BackupsSection)
    assert found is not None
    until(lambda: bool(found.state.text()))
    return found


def _click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _worked(section: BackupsSection) -> None:
    until(lambda: section.make_button.isVisible() and not section._context.beside.busy)


def test_the_first_backup_is_made_and_verified(section: BackupsSection) -> None:
    assert "none yet" in section.state.text()
    assert not section.drill_button.isEnabled()
    _click(section.make_button)
    assert section.stop_button.isVisible()
    _worked(section)
    assert "Made and verified" in section.outcome.text()
    assert len(section.lines) == 1
    assert "none" not in section.state.text()


def test_the_drill_says_what_came_back(section: BackupsSection) -> None:
    _click(section.make_button)
    _worked(section)
    _click(section.drill_button)
    _worked(section)
    assert "The restore worked: 1 patient and 0 sessions" in section.outcome.text()


def test_a_stopped_backup_leaves_nothing(section: BackupsSection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(section, "_show_work", lambda working: setattr(section, "_stopped", working))
    section.make()
    until(lambda: not section._context.beside.busy)
    assert "Stopped" in section.outcome.text()
    assert not list(section._backups.folder.iterdir())


def test_a_second_folder_is_chosen_used_and_given_up(section: BackupsSection, tmp_path: Path) -> None:
    other = tmp_path / "usb"
    other.mkdir()
    section.use_second(other)
    _worked(section)
    assert section.second.text() == str(other)
    assert "same disk" in section.second_warning.text()
    _click(section.make_button)
    _worked(section)
    assert "both folders" in section.outcome.text()
    assert len(list(other.iterdir())) == 1
    assert len(section.lines) == 1
    for path in other.iterdir():
        path.rename(tmp_path / path.name)
    other.rmdir()
    section.refresh()
    _worked(section)
    assert "cannot be reached" in section.second_warning.text()
    _click(section.make_button)
    _worked(section)
    assert "cannot be reached" in section.outcome.text()
    assert "The backup on this disk was made." in section.outcome.text()
    _click(section.forget_button)
    _worked(section)
    assert not section.forget_button.isVisible()


def test_a_restore_is_shown_first_and_then_done(section: BackupsSection, window: MainWindow) -> None:
    _click(section.make_button)
    _worked(section)
    practice = window.desk.practice
    assert practice is not None
    practice.new_patient(family_name="<b>Später</b>", given_name="Eva")
    (restore,) = section.lines[0].findChildren(QPushButton)
    assert "Restore the backup of" in restore.accessibleName()
    _click(restore)
    until(lambda: hasattr(section, "dialog") and section.dialog.isVisible())
    words = " ".join(label.text() for label in section.dialog.findChildren(type(section.state)))
    assert "1 patient and 0 sessions recorded since then would no longer be there." in words
    assert "<b>Später</b>" in words
    _click(section.dialog.restore_button)
    until(lambda: window.desk.practice is None)
    field = window.unlock.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    until(lambda: window.desk.practice is not None)
    again = window.desk.practice
    assert again is not None
    assert [patient.family_name for patient in again.patients()] == ["Beispiel"]
    assert again.notices == ()


def test_one_is_made_by_itself_when_due_and_at_closing(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    practice = window.desk.practice
    assert practice is not None
    window.backups.start()
    made: list[str] = []
    window.backups.made.connect(made.append)
    window.backups.look()
    until(lambda: bool(made))
    assert made == [""]
    practice.new_patient(family_name="Neu", given_name="Nora")
    window.backups.look()
    until(lambda: not window.backups._beside.busy)
    assert len(practice.backups.found()) == 1, "half an hour has not passed"
    monkeypatch.setattr(backups_module, "EVERY", timedelta())
    window.backups.look()
    until(lambda: len(made) == 2)
    practice.new_patient(family_name="Neuer", given_name="Nora")
    home = practice.home
    window.close()
    assert len(list(home.backups.glob("mesomap-*"))) == 3
