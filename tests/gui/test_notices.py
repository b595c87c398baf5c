"""A notice of the opening stays on the patient list until somebody acknowledges it with a reason."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from mesomap.app.application import make_application
from mesomap.atlas import Atlas
from mesomap.domain.person import Role
from mesomap.services import Practice
from mesomap.ui.desk import Desk
from mesomap.ui.main_window import MainWindow
from tests.gui.conftest import PASSPHRASE
from tests.records import CHEAP

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def rolled_back(tmp_path: Path) -> Path:
    """A home whose database is older than its anchor."""
    home = tmp_path / "practice"
    with Practice.create(home, PASSPHRASE, cost=CHEAP) as practice:
        practice.people.add("Dr. A. Beispiel", roles=tuple(Role), pin="4711")
    shutil.copyfile(home / "mesomap.db", tmp_path / "older.db")
    with Practice.open(home, PASSPHRASE) as practice:
        practice.new_patient(family_name="Neu", given_name="Nora")
    shutil.copyfile(tmp_path / "older.db", home / "mesomap.db")
    return home


def test_a_rollback_is_shown_whole_and_acknowledged_with_a_reason(
    qtbot: QtBot, rolled_back: Path, atlas: Atlas
) -> None:
    make_application()
    desk = Desk(rolled_back, open_body=lambda _body: atlas)
    window = MainWindow(desk)
    window.show()
    qtbot.waitExposed(window)
    desk.take(desk.opened(PASSPHRASE, create=False))
    window.show_patients()
    card = window.patients.notice
    assert card.isVisible()
    assert "are missing" in card.words.text() or "is missing" in card.words.text()
    assert card.accessibleName() == card.words.text()
    QTest.mouseClick(card.button, Qt.MouseButton.LeftButton)
    dialog = window.notices.dialog
    assert dialog is not None
    dialog.confirm_button.click()
    assert "few words" in dialog.error_text()
    assert card.isVisible()
    QTest.keyClicks(dialog.findChildren(QPlainTextEdit)[0], "an older file was put back by hand")
    dialog.confirm_button.click()
    assert not card.isVisible()
    window.close()
    window.deleteLater()
    with Practice.open(rolled_back, PASSPHRASE) as again:
        assert again.notices == ()
        assert again.verify().findings == ()


def test_only_an_administrator_acknowledges(window: MainWindow) -> None:
    practice = window.desk.practice
    assert practice is not None
    practice.people.take(practice.people.add("Dr. A. Beispiel", roles=tuple(Role), pin="4711"))
    mia = practice.people.add("Mia", roles=(Role.CHART,), pin="8642")
    window.patients.show_notices(["Records 1–2 are missing: the database is older than the anchor."])
    assert window.patients.notice.button.isEnabled()
    practice.people.take(mia)
    window.roles.refresh()
    assert not window.patients.notice.button.isEnabled()
    assert window.patients.notice.button.toolTip().startswith("Mia may not administer")
