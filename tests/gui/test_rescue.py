"""A restore from the first page: the database is dead, or the computer is new, and charting goes on."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mesomap.app.application import make_application
from mesomap.app.offscreen_drive import WindowDriver
from mesomap.atlas import Atlas
from mesomap.services import Practice
from mesomap.services import rescue as rescue_module
from mesomap.ui.backups.rescue_flow import RescueFlow
from mesomap.ui.desk import Desk
from mesomap.ui.main_window import MainWindow
from mesomap.ui.theme import theme
from tests.gui.conftest import PASSPHRASE
from tests.gui.hands import until
from tests.records import CHEAP

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def _click(button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _type(field: QWidget | None, text: str) -> None:
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def _flip(path: Path) -> bytes:
    data = bytearray(path.read_bytes())
    for place in range(4100, len(data), 4096):
        data[place] ^= 1
    path.write_bytes(data)
    return bytes(data)


def _words(page: QWidget) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def left_behind(home: Path, stick: Path, atlas: Atlas) -> str:
    """A closed practice: one session charted, a backup in two folders, then one more patient. The recovery code."""
    with Practice.create(home, PASSPHRASE, cost=CHEAP) as practice:
        patient = practice.new_patient(family_name="Beispiel", given_name="Anna", height_cm=170, weight_kg=65)
        practice.new_session(patient.id, atlas)
        practice.backups.choose_second_folder(stick)
        practice.backups.make()
        practice.new_patient(family_name="Neuer", given_name="Nora")
        return practice.recovery_code


Start = Callable[[Path], MainWindow]


@pytest.fixture
def start(qtbot: QtBot, atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts the window on a home."""
    monkeypatch.setattr(rescue_module, "_plugged_in", lambda: ())
    windows: list[MainWindow] = []

    def make(home: Path) -> MainWindow:
        make_application()
        theme.use("light")
        window = MainWindow(Desk(home, open_body=lambda _body: atlas))
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window)
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.close()
        window.deleteLater()


def _asked(window: MainWindow, button: QPushButton) -> RescueFlow:
    _click(button)
    flow = window.opening.rescue
    assert flow is not None
    until(lambda: not flow.busy)
    return flow


def _chart_on(window: MainWindow) -> None:
    """A tap on the session that came back is a mark."""
    practice = window.desk.practice
    assert practice is not None
    (session,) = practice.sessions()
    window.open_session(session.id)
    hand = WindowDriver(window)
    hand.choose_view("body_front")
    hand.click(hand.page.dose.technique_button("papule"))
    hand.set_values(2.0, 0.05, 20.0)
    hand.tap(0, 180)
    assert len(practice.marks(session.id)) == 1
    assert practice.verify().findings == ()


@pytest.mark.usefixtures("left_behind")
def test_flipped_bytes_are_told_restored_and_charted_on(start: Start, home: Path) -> None:
    damaged = _flip(home / "mesomap.db")
    window = start(home)
    _type(window.unlock.findChild(QLineEdit), PASSPHRASE)
    until(lambda: bool(window.unlock.error_text()))
    assert "damaged" in window.unlock.error_text()
    assert window.unlock.restore_button.hasFocus()
    flow = _asked(window, window.unlock.restore_button)
    page = flow.page
    assert page.choice.list.count() == 1
    assert "beside the practice and in" in page.choice.list.item(0).text()
    _type(page.choice.secret.editor, "wrong one")
    until(lambda: not flow.busy and bool(page.choice.secret.error()))
    assert "recovery code" in page.choice.secret.error()
    editor = page.choice.secret.editor
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    _type(editor, PASSPHRASE)
    until(lambda: page.look.isVisible() and not flow.busy)
    said = " ".join(page.look.texts())
    assert "The present database cannot be read" in said
    assert "holds 1 patient and 1 session" in said
    assert "the anchor has seen number" in said
    assert not editor.text(), "the secret does not stay in the field"
    _click(page.go_button)
    assert page.stop_button.isVisible()
    until(lambda: page.outcome.isVisible() and not flow.busy)
    (kept,) = home.glob("replaced-*")
    assert str(kept) in page.outcome.text()
    assert (kept / "mesomap.db").read_bytes() == damaged
    _click(page.go_button)
    until(lambda: window.desk.practice is not None)
    (name,) = window.patients.names()
    assert "Beispiel" in name
    _chart_on(window)


def test_a_new_computer_and_a_stick(start: Start, home: Path, stick: Path, left_behind: str) -> None:
    shutil.rmtree(home)
    window = start(home)
    first_start = window.opening.first_start
    assert first_start is not None
    flow = _asked(window, first_start.page.restore_button)
    page = flow.page
    assert "No backup was found" in page.choice.none.text()
    assert not page.go_button.isVisible()
    flow.ask_folder = lambda _title: str(home.parent / "nothing here")
    _click(page.choice.elsewhere)
    until(lambda: not flow.busy)
    assert "There is no MesoMap backup" in page.choice.trouble.text()
    flow.ask_folder = lambda _title: str(stick)
    _click(page.choice.elsewhere)
    until(lambda: not flow.busy)
    assert page.choice.trouble.text() == ""
    _type(page.choice.secret.editor, left_behind)
    until(lambda: page.look.isVisible() and not flow.busy)
    assert "no practice in the folder yet" in " ".join(page.look.texts())
    _click(page.go_button)
    until(lambda: page.outcome.isVisible() and not flow.busy)
    _click(page.go_button)
    until(lambda: window.desk.practice is not None)
    _chart_on(window)


@pytest.mark.usefixtures("left_behind")
def test_a_lost_key_file_alone_is_put_back(start: Start, home: Path) -> None:
    (home / "keys.json").write_bytes(b"{}")
    window = start(home)
    flow = _asked(window, window.unlock.restore_button)
    page = flow.page
    _type(page.choice.secret.editor, PASSPHRASE)
    until(lambda: page.look.isVisible() and not flow.busy)
    assert "loses nothing" in " ".join(page.look.texts())
    assert page.second_button.isVisible()
    _click(page.go_button)
    until(lambda: page.outcome.isVisible() and not flow.busy)
    _click(page.go_button)
    until(lambda: window.desk.practice is not None)
    assert len(window.patients.names()) == 2


@pytest.mark.usefixtures("left_behind")
def test_a_look_at_a_whole_practice_and_back(start: Start, home: Path) -> None:
    window = start(home)
    flow = _asked(window, window.unlock.restore_button)
    page = flow.page
    _type(page.choice.secret.editor, PASSPHRASE)
    until(lambda: page.look.isVisible() and not flow.busy)
    words = _words(page)
    assert "1 patient and 0 sessions recorded since then" in words
    assert "Neuer" in words
    _click(page.back_button)
    assert page.choice.isVisible()
    _click(page.back_button)
    assert window.unlock.isVisible()
    _type(window.unlock.findChild(QLineEdit), PASSPHRASE)
    until(lambda: window.desk.practice is not None)
    assert len(window.patients.names()) == 2
    assert not list(home.glob("replaced-*"))


@pytest.mark.usefixtures("left_behind")
def test_a_stopped_restore_and_a_damaged_backup_change_nothing(
    start: Start, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = _flip(home / "mesomap.db")
    window = start(home)
    flow = _asked(window, window.unlock.restore_button)
    page = flow.page
    _type(page.choice.secret.editor, PASSPHRASE)
    until(lambda: page.look.isVisible() and not flow.busy)
    show = page.show_work

    def stop_at_once(stage: str | None, part: float = 0.0) -> None:
        show(stage, part)
        if page.stop_button.isVisible():
            _click(page.stop_button)

    with monkeypatch.context() as patch:
        patch.setattr(page, "show_work", stop_at_once)
        _click(page.go_button)
        until(lambda: not flow.busy)
    assert "Stopped; nothing was changed." in page.trouble.text()
    assert (home / "mesomap.db").read_bytes() == damaged
    for path in home.parent.glob("*/**/mesomap-*/mesomap.db"):
        _flip(path)
    _click(page.go_button)
    until(lambda: not flow.busy)
    assert "did not verify" in page.trouble.text() or "damaged" in page.trouble.text()
    _click(page.back_button)
    _type(page.choice.secret.editor, PASSPHRASE)
    until(lambda: not flow.busy and bool(page.choice.trouble.text()))
    assert "is not a whole MesoMap backup" in page.choice.trouble.text()
    assert (home / "mesomap.db").read_bytes() == damaged
