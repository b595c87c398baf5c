"""Long work runs beside the window: it goes on answering, and outcomes come home in its own thread."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from pytestqt.qtbot import QtBot

from mesomap.domain.errors import BadInputError
from mesomap.ui.background import BesideTheWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_the_window_answers_while_the_work_waits_and_the_outcome_comes_home(qtbot: QtBot) -> None:
    beside, go_on, home = BesideTheWindow(), threading.Event(), threading.current_thread()
    seen: list[tuple[str, threading.Thread]] = []
    # Only an event loop that still turns can fire this timer, and only it lets the work go on.
    QTimer.singleShot(0, go_on.set)
    beside.run(
        lambda progress: (progress(0.5, "half"), go_on.wait(10), threading.current_thread())[-1],
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


def test_finishing_waits_and_brings_everything_home() -> None:
    beside = BesideTheWindow()
    order: list[int] = []
    for number in range(3):
        beside.run(lambda _progress, n=number: n, done=order.append, failed=lambda error: pytest.fail(str(error)))
    beside.finish()
    assert order == [0, 1, 2]
    assert not beside.busy
    beside.deleteLater()
    QCoreApplication.processEvents()
