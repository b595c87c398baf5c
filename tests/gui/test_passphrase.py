"""The passphrase is changed in the window, also with the recovery code when it was lost."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mesomap.app.application import make_application
from mesomap.atlas import Atlas
from mesomap.domain.errors import WrongPassphraseError
from mesomap.services import Practice
from mesomap.ui.desk import Desk
from mesomap.ui.main_window import MainWindow
from mesomap.ui.trust.passphrase_dialog import PassphraseDialog
from mesomap.ui.trust.people_section import PeopleSection
from tests.gui.conftest import PASSPHRASE
from tests.gui.hands import until
from tests.records import CHEAP

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def opened(qtbot: QtBot, home: Path, atlas: Atlas) -> Iterator[tuple[MainWindow, PassphraseDialog, str]]:
    """The window on a practice, its dialog, and the recovery code."""
    make_application()
    practice = Practice.create(home, PASSPHRASE, cost=CHEAP)
    code = practice.recovery_code
    desk = Desk(home, open_body=lambda _body: atlas)
    desk.take(practice)
    window = MainWindow(desk)
    window.show()
    qtbot.waitExposed(window)
    window.records.open_practice("people")
    page = window.records.page
    assert page is not None
    section = page.findChild(PeopleSection)
    assert section is not None
    QTest.mouseClick(section.passphrase_button, Qt.MouseButton.LeftButton)
    dialog = section.dialog
    assert isinstance(dialog, PassphraseDialog)
    yield window, dialog, code
    window.close()
    window.deleteLater()


def _enter(dialog: PassphraseDialog, old: str, new: str, again: str) -> None:
    for field, text in ((dialog.old, old), (dialog.new, new), (dialog.again, again)):
        line = dialog._line(field)
        line.clear()
        QTest.keyClicks(line, text)
    QTest.mouseClick(dialog.change_button, Qt.MouseButton.LeftButton)


def _settled(dialog: PassphraseDialog) -> Callable[[], bool]:
    return lambda: dialog.change_button.isEnabled()


def test_wrong_turns_are_said_beside_the_field(opened: tuple[MainWindow, PassphraseDialog, str]) -> None:
    _window, dialog, _code = opened
    _enter(dialog, "", "", "")
    assert dialog.old.error()
    assert dialog.new.error()
    _enter(dialog, PASSPHRASE, "another sentence", "another one")
    assert "differ" in dialog.again.error()
    _enter(dialog, "not the one", "another sentence", "another sentence")
    until(_settled(dialog))
    assert "does not open" in dialog.old.error()
    _enter(dialog, PASSPHRASE, "abc", "abc")
    until(_settled(dialog))
    assert "too short" in dialog.new.error()
    dialog.reject()


@pytest.mark.parametrize("with_code", [False, True])
def test_the_new_one_opens_and_the_old_one_no_more(
    opened: tuple[MainWindow, PassphraseDialog, str], home: Path, with_code: bool
) -> None:
    window, dialog, code = opened
    done: list[bool] = []
    dialog.accepted.connect(lambda: done.append(True))
    _enter(dialog, code if with_code else PASSPHRASE, "another sentence ", "another sentence ")
    until(lambda: bool(done))
    window.lock()
    with pytest.raises(WrongPassphraseError):
        Practice.open(home, PASSPHRASE)
    for secret in ("another sentence ", code):
        with Practice.open(home, secret) as practice:
            assert practice.verify().findings == ()
