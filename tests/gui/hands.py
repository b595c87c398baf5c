"""What several tests of the real window do: wait for work beside it, press a button, open a section."""

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from mesomap.services import Practice
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.patient import PatientPage
from mesomap.ui.pages.practice import PracticePage

Dialog = TypeVar("Dialog", bound=QDialog)
Shown = TypeVar("Shown", bound=QWidget)


def until(reached: Callable[[], bool], seconds: float = 60.0) -> None:
    """Let the window and the work beside it go on until something is so; fails when it does not come to be."""
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, "it did not happen"
        loop = QEventLoop()
        QTimer.singleShot(10, loop.quit)
        loop.exec()


def press(root: QWidget, words: str, name: str = "") -> None:
    """Click the button with these words; name: a part of what it is called aloud."""
    QApplication.processEvents()
    buttons = [b for b in root.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(root)]
    chosen = [b for b in buttons if name in b.accessibleName()]
    QTest.mouseClick(chosen[0], Qt.MouseButton.LeftButton)


def practice_of(window: MainWindow) -> Practice:
    """The practice that is open in the window."""
    assert window.desk.practice is not None
    return window.desk.practice


def tab_of(window: MainWindow, kind: type[Shown], key: str) -> Shown:
    """A tab of the page of the first patient, opened."""
    window.records.open_patient(practice_of(window).patients()[0].id, key)
    page = window.records.page
    assert isinstance(page, PatientPage)
    tab = page.tab(key)
    assert isinstance(tab, kind)
    return tab


def section_of(window: MainWindow, key: str) -> QWidget:
    """A section of the practice's page, opened."""
    window.records.open_practice(key)
    page = window.records.page
    assert isinstance(page, PracticePage)
    section = page.section(key)
    assert section is not None
    return section


def in_dialog(kind: type[Dialog], ask: Callable[[], object], act: Callable[[Dialog], None]) -> None:
    """Do something in the window of this kind that opens, and holds everything else up, when it is asked for."""
    broke: list[BaseException] = []

    def go() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, kind)
        QTimer.singleShot(60_000, dialog.reject)
        try:
            act(dialog)
        except BaseException as error:
            broke.append(error)
        finally:
            dialog.reject()

    QTimer.singleShot(0, go)
    ask()
    if broke:
        raise broke[0]
