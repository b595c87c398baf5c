"""The whole is looked through for garbage in pauses, when the program has asked for it, and never in between."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mesomap.ui.main_window import MainWindow
from mesomap.ui.sweeping import Sweeper

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
def test_python_does_not_look_at_the_whole_by_itself() -> None:
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
    qtbot.waitUntil(lambda: len(asked) >= 2, timeout=10_000)
    assert bool(gone) is not charting
    parent.deleteLater()
