"""Steps of very many changes: the window lives on while they are written, and nothing comes in between."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.errors import NotWritableError
from mesomap.storage import database
from mesomap.ui import patience
from mesomap.ui.patience import MANY, Patience


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step counts as a large one."""
    monkeypatch.setattr(patience, "MANY", 0)


def test_work_goes_on_beside_and_its_outcome_comes_back(qapp: QCoreApplication) -> None:
    wait, started, turns = Patience(qapp), threading.Event(), list[str]()

    def work() -> str:
        started.set()
        while not turns:
            started.wait(0.001)
        return threading.current_thread().name

    turn = QTimer(interval=1)
    turn.timeout.connect(lambda: turns.append("the window") if started.is_set() else None)
    turn.start()
    assert wait(work, MANY) != threading.current_thread().name
    turn.stop()
    assert turns


def test_small_steps_and_other_threads_are_served_at_once(qapp: QCoreApplication) -> None:
    wait, name = Patience(qapp), threading.current_thread().name
    assert wait(lambda: threading.current_thread().name, MANY - 1) == name
    assert wait(lambda: wait(lambda: 7, MANY), MANY) == 7


def test_what_goes_wrong_is_raised_where_it_was_asked_for(qapp: QCoreApplication) -> None:
    def full() -> None:
        raise NotWritableError("The disk is full.")

    wait = Patience(qapp)
    with pytest.raises(NotWritableError, match="disk is full"):
        wait(full, MANY)
    assert wait(lambda: 1, MANY) == 1


def test_an_end_of_the_loop_from_elsewhere_loses_no_outcome(
    qapp: QCoreApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QEventLoop, "exec", lambda _loop, _flags: 0)
    go = threading.Event()
    threading.Timer(0.02, go.set).start()
    assert Patience(qapp)(lambda: go.wait(20), MANY) is True


@pytest.mark.usefixtures("impatient")
def test_marks_are_charted_undone_and_done_again(driver: WindowDriver) -> None:
    model = driver.page.model
    driver.tap(*driver.middle_of("chest.left"))
    assert len(model.marks) == 1
    model.undo()
    assert not model.marks
    model.redo()
    assert len(model.marks) == 1
    practice = driver.window.desk.practice
    assert practice is not None
    assert practice.marks(model.service.session.id) == model.marks
    assert practice.verify().ok


@pytest.mark.usefixtures("impatient")
def test_a_step_that_cannot_be_written_shows_no_mark(driver: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise NotWritableError("The disk is full; nothing was saved.")

    monkeypatch.setattr(database, "write_step", full)
    driver.tap(*driver.middle_of("chest.left"))
    assert not driver.page.model.marks
    assert "disk is full" in driver.page.floating.hint_text()


def test_the_window_is_not_closed_in_between(qapp: QCoreApplication, driver: WindowDriver) -> None:
    wait, go, seen = Patience(qapp), threading.Event(), list[bool]()

    def close() -> None:
        driver.window.windowHandle().close()
        seen.append(driver.window.isVisible())
        go.set()

    QTimer.singleShot(0, close)
    assert wait(lambda: go.wait(20), MANY)
    assert seen == [True]
    driver.window.windowHandle().close()
    assert not driver.window.isVisible()
