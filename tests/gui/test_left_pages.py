"""Pages opened and left, each kind: none opens a window of its own on the way, and none is kept afterwards.

A program that runs all day must not grow with every session.
"""

import gc
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.errors import BadInputError
from mesomap.services.background import Progress
from mesomap.ui.background import BesideTheWindow, raise_again
from mesomap.ui.courses.due_section import DueSection
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.patient_tabs import TABS
from mesomap.ui.pages.practice import PracticePage
from mesomap.ui.pages.practice_sections import SECTIONS
from tests.gui.hands import practice_of

#: So often is each page opened and left.
_TIMES = 3


class _Windows(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See QObject."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


@pytest.fixture(autouse=True)
def _no_window_of_its_own(driver: WindowDriver) -> Iterator[None]:
    """A part shown before it lies on its page flashes as a window."""
    assert driver.window.isVisible(), "only what comes after it is noted"
    application, windows = QApplication.instance(), _Windows()
    assert application is not None
    application.installEventFilter(windows)
    yield
    application.removeEventFilter(windows)
    assert windows.shown == []


def _alive() -> Counter[str]:
    """Objects of the window that have both halves, by their class."""
    gc.collect()
    gc.collect()
    return Counter(
        type(made).__name__
        for made in gc.get_objects()
        if isinstance(made, QObject) and type(made).__module__.startswith("mesomap.") and shiboken6.isValid(made)
    )


def _grown(driver: WindowDriver, open_and_leave: Callable[[], None]) -> dict[str, int]:
    """What there is more of after it was done a few times more, where each time left something."""
    for _ in range(2):
        open_and_leave()
    driver.wait(200)
    before = _alive()
    for _ in range(_TIMES):
        open_and_leave()
    driver.wait(200)
    BesideTheWindow.finish_all()
    driver.wait(50)
    return {kind: more for kind, more in (_alive() - before).items() if more >= _TIMES}


def test_sessions_that_were_left_are_gone(driver: WindowDriver) -> None:
    window, practice = driver.window, practice_of(driver.window)
    session = practice.sessions(practice.patients()[0].id)[0]

    def chart() -> None:
        window.open_session(session.id)
        driver.choose_view("body_front")
        driver.tap(0.0, 0.0)
        window.show_patients()
        driver.wait(100)

    assert _grown(driver, chart) == {}


@pytest.mark.parametrize("tab", [part.key for part in TABS])
def test_records_that_were_left_are_gone(driver: WindowDriver, tab: str) -> None:
    window = driver.window
    patient = practice_of(window).patients()[0]

    def read() -> None:
        window.records.open_patient(patient.id, tab)
        driver.wait(50)
        window.show_patients()
        driver.wait(50)

    assert _grown(driver, read) == {}


@pytest.mark.parametrize("section", [part.key for part in SECTIONS])
def test_pages_of_the_practice_that_were_left_are_gone(driver: WindowDriver, section: str) -> None:
    window = driver.window

    def read() -> None:
        window.records.open_practice(section)
        driver.wait(50)
        window.show_patients()
        driver.wait(50)

    assert _grown(driver, read) == {}


def test_comparisons_that_were_left_are_gone(driver: WindowDriver) -> None:
    window, practice = driver.window, practice_of(driver.window)
    patient = practice.patients()[0]
    practice.new_session(patient.id, window.desk.atlas())

    def compare() -> None:
        window.records.open_comparison(patient.id)
        driver.wait(100)
        window.show_patients()
        driver.wait(50)

    assert _grown(driver, compare) == {}


def _bad(_progress: Progress) -> str:
    raise BadInputError("It broke.")


def test_what_comes_for_a_section_that_is_gone_is_dropped_and_a_failure_is_said(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, told = list[str](), list[str]()
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()))
    window.show_patients()
    window.records.open_practice("due")
    page = window.records.page
    assert isinstance(page, PracticePage)
    section = page.section("due")
    assert isinstance(section, DueSection)
    context = section._context
    section.refresh()
    context.work(section, lambda _progress: "came", done=told.append, failed=raise_again)
    context.work(section, _bad, done=told.append, failed=raise_again)
    shiboken6.delete(section)
    context.beside.finish()
    assert (told, said) == ([], ["It broke."])
