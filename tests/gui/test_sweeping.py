"""The whole is looked through for garbage in pauses, when the program has asked for it, and never in between."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from mesomap.ui.main_window import MainWindow
from mesomap.ui.sweeping import _ROUNDS, PAUSE_S, Sweeper

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class _Ring:
    """Refers to itself."""

    def __init__(self, gone: list[str]) -> None:
        self.me, self._gone = self, gone

    def __del__(self) -> None:
        self._gone.append("gone")


@pytest.fixture
def rounds() -> Iterator[None]:
    """Collector as it was before."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.mark.usefixtures("rounds")
def test_what_refers_to_itself_goes_in_the_pause(qtbot: QtBot) -> None:
    parent, gone = QObject(), list[str]()
    sweeper = Sweeper(parent)
    sweeper.on = True
    sweeper.settle()
    ring = _Ring(gone)
    gc.collect(1)
    del ring
    assert not gone
    sweeper.want()
    qtbot.waitUntil(lambda: bool(gone), timeout=10_000)
    parent.deleteLater()


@pytest.mark.usefixtures("rounds", "qapp")
def test_python_does_not_look_at_the_whole_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    # A long session in short: thousands of middle rounds.
    monkeypatch.setattr("mesomap.ui.sweeping._ROUNDS", (10, 2, _ROUNDS[2]))
    whole: list[str] = []

    def seen(phase: str, about: dict[str, int]) -> None:
        if phase == "start" and about["generation"] == 2:
            whole.append("looked")

    parent = QObject()
    sweeper = Sweeper(parent)
    sweeper.on = True
    sweeper.settle()
    gc.callbacks.append(seen)
    try:
        kept = [[number] for number in range(300_000)]
    finally:
        gc.callbacks.remove(seen)
    assert len(kept) == 300_000
    assert not whole
    parent.deleteLater()


def test_until_it_is_switched_on_it_leaves_the_collector_alone(window: MainWindow) -> None:
    before = gc.get_threshold()
    window.show_patients()
    window.sweeper.settle()
    gc.unfreeze()
    assert gc.get_threshold() == before


@pytest.mark.usefixtures("rounds")
@pytest.mark.parametrize("charting", [True, False])
def test_now_and_then_it_looks_unless_a_session_is_in_hand(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, charting: bool
) -> None:
    monkeypatch.setattr("mesomap.ui.sweeping._NOW_AND_THEN_MS", 5)
    asked: list[str] = []
    gone: list[str] = []

    def in_hand() -> bool:
        asked.append("asked")
        return charting

    parent = QObject()
    sweeper = Sweeper(parent, in_hand)
    sweeper.on = True
    sweeper.settle()
    ring = _Ring(gone)
    gc.collect(1)
    del ring
    qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
    assert bool(gone) is not charting
    parent.deleteLater()


@pytest.mark.usefixtures("rounds")
def test_where_hardly_anything_came_it_does_not_look_again(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mesomap.ui.sweeping._NOW_AND_THEN_MS", 5)
    looks: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda *_which: looks.append(1))
    monkeypatch.setattr(gc, "get_count", lambda: (100, 5, 0 if looks else 1))
    parent, turns = QObject(), list[int]()
    sweeper = Sweeper(parent)
    sweeper.on = True
    sweeper.settle()
    clock = QTimer(parent, interval=5)
    clock.timeout.connect(lambda: turns.append(1))
    clock.start()
    qtbot.waitUntil(lambda: len(turns) >= 10, timeout=10_000)
    assert len(looks) == 1
    parent.deleteLater()


@pytest.mark.usefixtures("rounds", "driver")
def test_a_session_nobody_touches_is_a_pause(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window.sweeper.on = True
    looks: list[int] = []
    monkeypatch.setattr(gc, "collect", lambda *_which: looks.append(1))
    window.guard.watch.touch()
    assert window.charting is not None
    window.sweeper._look()
    assert not looks
    touched = window.guard.watch._touched
    monkeypatch.setattr(window.guard.watch, "_touched", touched - PAUSE_S - 1)
    window.sweeper._look()
    assert looks == [1]
