"""The line about the last backup at the foot of the patient list."""

from datetime import UTC, datetime, timedelta

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mesomap.services import backup_state as state_module
from mesomap.services.backup_state import BackupState, Worry
from mesomap.ui.backups.section import BackupsSection
from mesomap.ui.backups.words import ago
from mesomap.ui.main_window import MainWindow
from tests.gui.hands import until


def test_it_says_when_and_leads_to_the_backups(window: MainWindow) -> None:
    practice, shown = window.desk.practice, window.last_backup
    assert practice is not None
    until(lambda: shown.line.isVisible())
    assert shown.line.text() == "No backup yet"
    practice.backups.make()
    window.backups.made.emit("")
    until(lambda: "verified today" in shown.line.text())
    assert not shown.state.worries
    assert shown.line.icon().isNull()
    QTest.mouseClick(shown.line, Qt.MouseButton.LeftButton)
    page = window.records.page
    assert page is not None
    assert page.findChild(BackupsSection) is not None


def test_it_turns_amber_when_old(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    practice = window.desk.practice
    assert practice is not None
    practice.backups.make()
    practice.new_patient(family_name="Neu", given_name="Nora")
    later = datetime.now().astimezone() + timedelta(days=3)
    monkeypatch.setattr(state_module, "now", lambda: later)
    window.show_patients()
    shown = window.last_backup
    until(lambda: Worry.OLD in shown.state.worries)
    assert not shown.line.icon().isNull(), "a sign, not colour alone"
    assert "in no backup" in shown.line.text()
    assert shown.line.accessibleName() == shown.line.text()


def test_the_words_name_every_worry(window: MainWindow) -> None:
    at = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
    words = window.last_backup.words
    failed = BackupState(at, None, True, "The disk is full.", frozenset({Worry.FAILED, Worry.SECOND_MISSING}))
    assert "the last attempt failed" in words(failed, at)
    assert "second folder not reached" in words(failed, at)
    assert "clock" in words(BackupState(at, worries=frozenset({Worry.FUTURE})), at)
    assert "attempt failed" in words(BackupState(trouble="x", worries=frozenset({Worry.FAILED})), at)
    assert "second folder only" in words(BackupState(None, at, True), at)
    assert "second folder 3 days ago" in words(BackupState(at, at - timedelta(days=3), True), at)
    assert ago(at - timedelta(days=1), at).startswith("yesterday")
    assert "2026" in ago(at + timedelta(days=1), at)
    assert "2026" in ago(at - timedelta(days=90), at)


def test_what_comes_for_a_list_of_another_text_size_is_dropped(window: MainWindow) -> None:
    window.show_patients()
    before = window.patients
    window.use_text_scale(1.25)
    shiboken6.delete(before)
    window.beside.finish()
    window.use_text_scale(1.0)
    until(lambda: window.last_backup.line.text() == "No backup yet")
