"""What several tests of the real window do: wait for work beside it, press a button, open a section."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.practice import PracticePage


def let_work(until: Callable[[], bool]) -> None:
    """Let the window work till it is so; the test fails afterwards if it never is."""
    loop = QEventLoop()
    look = QTimer(interval=10)
    look.timeout.connect(lambda: loop.quit() if until() else None)
    QTimer.singleShot(8000, loop.quit)
    look.start()
    loop.exec()
    look.stop()


def press(root: QWidget, words: str, name: str = "") -> None:
    """Click the button with these words; name: a part of what it is called aloud."""
    QApplication.processEvents()
    buttons = [b for b in root.findChildren(QPushButton) if b.text() == words and b.isVisibleTo(root)]
    chosen = [b for b in buttons if name in b.accessibleName()]
    QTest.mouseClick(chosen[0], Qt.MouseButton.LeftButton)


def section_of(window: MainWindow, key: str) -> QWidget:
    """A section of the practice's page, opened."""
    window.records.open_practice(key)
    page = window.records.page
    assert isinstance(page, PracticePage)
    section = page.section(key)
    assert section is not None
    return section
