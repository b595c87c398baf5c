"""Long work runs beside the window: it goes on answering, and outcomes come home in its own thread."""

import gc
import threading
import weakref
from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from pytestqt.qtbot import QtBot

from mesomap.domain.errors import BadInputError, StoppedError
from mesomap.services.background import Progress
from mesomap.ui.background import BesideTheWindow, raise_again
from mesomap.ui.collector import collector

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_the_window_answers_while_the_work_waits_and_the_outcome_comes_home(qtbot: QtBot) -> None:
    beside, go_on, home = BesideTheWindow(), threading.Event(), threading.current_thread()
    seen: list[tuple[str, threading.Thread]] = []
    # Only an event loop that still turns can fire this timer, and only it lets the work go on.
    QTimer.singleShot(0, go_on.set)

    def work(progress: Progress) -> threading.Thread:
        progress(0.5, "half")
        go_on.wait(10)
        return threading.current_thread()

    beside.run(
        work,
        done=lambda worker: seen.extend([("worker", worker), ("home", threading.current_thread())]),
        failed=lambda error: pytest.fail(str(error)),
        progress=lambda part, words: seen.append((f"{part} {words}", threading.current_thread())),
    )
    qtbot.waitUntil(lambda: not beside.busy, timeout=5000)
    assert [name for name, _ in seen] == ["0.5 half", "worker", "home"]
    assert seen[0][1] is home
    assert seen[1][1] is not home
    assert seen[2][1] is home
    beside.deleteLater()


def test_a_failure_comes_home_as_one(qtbot: QtBot) -> None:
    beside = BesideTheWindow()
    failures: list[Exception] = []

    def work(_progress: object) -> None:
        raise BadInputError("No.")

    beside.run(work, done=lambda _: pytest.fail("done was called"), failed=failures.append)
    qtbot.waitUntil(lambda: bool(failures), timeout=5000)
    assert isinstance(failures[0], BadInputError)
    beside.deleteLater()


def test_work_that_was_let_go_of_ends_at_its_next_report(qtbot: QtBot) -> None:
    beside, begun, go_on = BesideTheWindow(), threading.Event(), threading.Event()
    ended: list[str] = []

    def work(progress: Progress) -> None:
        begun.set()
        assert go_on.wait(10)
        try:
            progress(0.5, "half")
        except StoppedError:
            ended.append("stopped")
            raise
        ended.append("went on")

    beside.run(work, done=lambda _: pytest.fail("done was called"), failed=lambda error: pytest.fail(str(error)))
    assert begun.wait(10)
    beside.let_go()
    go_on.set()
    qtbot.waitUntil(lambda: bool(ended) and not beside.at_work, timeout=5000)
    QCoreApplication.processEvents()
    assert ended == ["stopped"]
    beside.deleteLater()


def _number(number: int, _progress: Progress) -> int:
    return number


def test_finishing_waits_and_brings_everything_home() -> None:
    beside = BesideTheWindow()
    order: list[int] = []
    for number in range(3):
        beside.run(partial(_number, number), done=order.append, failed=lambda error: pytest.fail(str(error)))
    beside.finish()
    assert order == [0, 1, 2]
    assert not beside.busy
    beside.deleteLater()
    QCoreApplication.processEvents()


def test_a_page_that_goes_waits_for_no_work_and_hears_no_outcome(qtbot: QtBot) -> None:
    """Deleted with its parent while the work runs: the window goes on, and the pool serves the next one."""
    page, go_on, over = QObject(), threading.Event(), threading.Event()
    beside = BesideTheWindow(page)
    heard: list[object] = []
    answered: list[bool] = []

    def work(_progress: object) -> str:
        # Only a window that goes on can fire the timer that ends this wait.
        answered.append(go_on.wait(10))
        over.set()
        return "too late"

    beside.run(work, done=heard.append, failed=heard.append)
    page.deleteLater()
    QTimer.singleShot(30, go_on.set)
    qtbot.waitUntil(over.is_set, timeout=5000)
    qtbot.wait(30)
    assert answered == [True]
    assert heard == []
    other = BesideTheWindow()
    other.run(lambda _progress: "in time", done=heard.append, failed=heard.append)
    qtbot.waitUntil(lambda: heard == ["in time"], timeout=5000)
    other.deleteLater()


def test_work_that_was_let_go_of_tells_nobody(qtbot: QtBot) -> None:
    beside, go_on, over = BesideTheWindow(), threading.Event(), threading.Event()
    heard: list[object] = []

    def work(_progress: Progress) -> None:
        go_on.wait(10)
        over.set()

    beside.run(work, done=heard.append, failed=heard.append)
    beside.let_go()
    assert not beside.busy
    go_on.set()
    qtbot.waitUntil(over.is_set, timeout=5000)
    qtbot.wait(30)
    assert heard == []
    beside.deleteLater()


class _Heavy:
    """Something that work needs and nobody may keep."""


def _use(heavy: _Heavy, _progress: object) -> int:
    return id(heavy)


def test_what_was_worked_on_is_let_go_of_however_soon_the_work_ends(qtbot: QtBot) -> None:
    """Qt's own pool never deletes about one task in four that ends at once."""
    beside = BesideTheWindow()
    kept: list[weakref.ref[_Heavy]] = []
    home: list[int] = []
    for _ in range(300):
        heavy = _Heavy()
        kept.append(weakref.ref(heavy))
        beside.run(partial(_use, heavy), done=home.append, failed=raise_again)
        del heavy
    beside.finish()
    assert len(home) == 300
    qtbot.waitUntil(lambda: not any(held() for held in kept), timeout=5000)
    beside.deleteLater()


def _refuse(heavy: _Heavy, _progress: object) -> None:
    raise BadInputError(f"No to {id(heavy)}.")


@pytest.mark.parametrize("work", [_use, _refuse])
@pytest.mark.parametrize("wanted", [True, False])
def test_what_was_worked_on_is_freed_in_the_windows_thread(
    qtbot: QtBot, work: Callable[[_Heavy, object], object], wanted: bool
) -> None:
    """It may hold objects of Qt's, which must not go in another thread, whether anybody waits for it or not."""
    beside, freed = BesideTheWindow(), list[bool]()
    for _ in range(100):
        heavy = _Heavy()
        weakref.finalize(heavy, lambda: freed.append(threading.current_thread() is threading.main_thread()))
        beside.run(partial(work, heavy), done=lambda _result: None, failed=lambda _error: None)
        del heavy
    if not wanted:
        beside.let_go()
    qtbot.waitUntil(lambda: len(freed) == 100, timeout=5000)
    assert all(freed)
    beside.deleteLater()


@pytest.mark.parametrize("was_on", [True, False])
def test_pythons_collector_rests_while_anything_works_in_another_thread(qtbot: QtBot, was_on: bool) -> None:
    """What it finds there of Qt's objects would be deleted by two threads at once."""
    first, second = BesideTheWindow(), BesideTheWindow()
    go_on = (threading.Event(), threading.Event())
    during: list[bool] = []

    def work(number: int, _progress: Progress) -> None:
        assert go_on[number].wait(10)
        during.append(gc.isenabled())

    before = gc.isenabled()
    if not was_on:
        gc.disable()
    try:
        for number, beside in enumerate((first, second)):
            beside.run(partial(work, number), done=lambda _nothing: None, failed=raise_again)
        go_on[0].set()
        qtbot.waitUntil(lambda: not first.busy, timeout=5000)
        go_on[1].set()
        qtbot.waitUntil(lambda: gc.isenabled() is was_on and not second.busy, timeout=5000)
        assert during == [False, False]
    finally:
        if before:
            gc.enable()
    for beside in (first, second):
        beside.deleteLater()


@pytest.mark.parametrize(("many", "generation"), [(3, 0), (15, 1)])
def test_the_windows_thread_looks_at_the_newest_objects_while_the_collector_is_held(
    qtbot: QtBot, many: int, generation: int
) -> None:
    """Where very many came at once they are not left to be looked at again soon."""
    gc.collect(1)
    collector._looked_at = 0
    beside, go_on, looked = BesideTheWindow(), threading.Event(), list[tuple[int, bool]]()

    def seen(phase: str, about: dict[str, int]) -> None:
        if phase == "start":
            looked.append((about["generation"], threading.current_thread() is threading.main_thread()))

    before = gc.isenabled()
    gc.enable()
    beside.run(lambda _progress: go_on.wait(10), done=lambda _nothing: None, failed=raise_again)
    gc.callbacks.append(seen)
    try:
        kept = [[number] for number in range(many * gc.get_threshold()[0])]
        qtbot.waitUntil(lambda: bool(looked), timeout=5000)
        assert looked[0] == (generation, True)
        assert not gc.isenabled()
        assert kept
    finally:
        gc.callbacks.remove(seen)
        go_on.set()
        qtbot.waitUntil(lambda: not beside.busy and gc.isenabled(), timeout=5000)
        if not before:
            gc.disable()
    beside.deleteLater()
