"""The first start: five steps, wrong entries said, the recovery code typed back, nothing half done."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from mesomap.app.application import make_application
from mesomap.atlas import Atlas
from mesomap.domain.person import Role
from mesomap.services import Practice
from mesomap.services.letterhead import letterhead
from mesomap.ui.desk import Desk
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.first_start import FirstStart

PASSPHRASE = "my cat likes to sleep upon the warm oven"


@pytest.fixture
def fresh(qtbot: QtBot, home: Path, atlas: Atlas) -> Iterator[MainWindow]:
    """A window where there is no practice yet."""
    make_application()
    made = MainWindow(Desk(home, open_body=lambda _body: atlas))
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


def page_of(window: MainWindow) -> FirstStart:
    assert window.opening.first_start is not None
    return window.opening.first_start.page


def type_in(page: FirstStart, name: str, text: str) -> None:
    field = next(f for f in page.step.findChildren(QLineEdit) if f.accessibleName() == name)
    field.clear()
    QTest.keyClicks(field, text)


def press(page: FirstStart, words: str) -> None:
    button = next(b for b in page.findChildren(QPushButton) if b.text() == words and b.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def fill_until_code(qtbot: QtBot, window: MainWindow) -> FirstStart:
    page = page_of(window)
    type_in(page, "Name of the practice", "Praxis am Park")
    press(page, "Next")
    type_in(page, "Your name", "Dr. A. Beispiel")
    type_in(page, "Qualification", "GP")
    type_in(page, "PIN, 4 to 8 digits", "4711")
    type_in(page, "The PIN once more", "4711")
    press(page, "Next")
    type_in(page, "Passphrase", PASSPHRASE)
    type_in(page, "The same once more", PASSPHRASE)
    press(page, "Next")
    qtbot.waitUntil(lambda: page.step is page.recovery, timeout=8000)
    return page


def test_the_practice_is_set_up_step_by_step(qtbot: QtBot, fresh: MainWindow, home: Path, tmp_path: Path) -> None:
    page = fill_until_code(qtbot, fresh)
    code = page.recovery.shown.text()
    type_in(page, "Type the code from the paper", code[:-1] + ("2" if code[-1] != "2" else "3"))
    press(page, "Next")
    assert "not the code" in page.recovery.typed.error()
    paper = tmp_path / "code.pdf"
    page.ask_file = lambda _name: str(paper)
    press(page, "Save as PDF")
    assert paper.read_bytes().startswith(b"%PDF")
    type_in(page, "Type the code from the paper", code.lower().replace("-", " "))
    press(page, "Next")
    second = tmp_path / "stick"
    second.mkdir()
    page.ask_folder = lambda _title: str(second)
    press(page, "Choose a folder …")
    press(page, "Done")
    assert fresh.patients.isVisible()
    practice = fresh.desk.practice
    assert practice is not None
    assert letterhead(practice).lines == ("Praxis am Park",)
    (doctor,) = practice.people.all()
    assert practice.people.current == doctor
    assert doctor.roles == tuple(Role)
    assert practice.backups.second_folder == second
    fresh.lock()
    with Practice.open(home, code) as again:
        assert again.people.begin()


def test_what_is_wrong_is_said_beside_its_field(fresh: MainWindow) -> None:
    page = page_of(fresh)
    press(page, "Next")
    assert page.practice.name.error()
    type_in(page, "Name of the practice", "Praxis")
    press(page, "Next")
    type_in(page, "PIN, 4 to 8 digits", "12")
    type_in(page, "The PIN once more", "13")
    press(page, "Next")
    assert page.person.name.error()
    assert "4 to 8 digits" in page.person.pin.error()
    assert "differ" in page.person.again.error()
    type_in(page, "Your name", "Dr. A. Beispiel")
    type_in(page, "PIN, 4 to 8 digits", "4711")
    type_in(page, "The PIN once more", "4711")
    press(page, "Next")
    type_in(page, "Passphrase", "demo")
    assert page.passphrase.bar.words().startswith("Weak")
    type_in(page, "The same once more", "Demo")
    press(page, "Next")
    assert page.passphrase.isVisible()
    assert "differ" in page.passphrase.second.error()
    press(page, "Back")
    assert page.person.isVisible()
    assert not fresh.desk.exists()


def test_a_code_that_was_never_typed_back_is_made_anew(
    qtbot: QtBot, fresh: MainWindow, home: Path, atlas: Atlas
) -> None:
    old = fill_until_code(qtbot, fresh).recovery.shown.text()
    fresh.close()
    again = MainWindow(Desk(home, open_body=lambda _body: atlas))
    again.show()
    qtbot.waitExposed(again)
    field = again.unlock.findChildren(QLineEdit)[0]
    QTest.keyClicks(field, PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: again.opening.first_start is not None, timeout=8000)
    page = page_of(again)
    code = page.recovery.shown.text()
    assert code != old
    type_in(page, "Type the code from the paper", code)
    press(page, "Next")
    assert again.patients.isVisible()
    again.close()
    again.deleteLater()
    with Practice.open(home, code):
        pass
