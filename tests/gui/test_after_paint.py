"""What need not be in the first frame comes after it, in turns, and never not at all."""

from functools import partial

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mesomap.ui.after_paint import after_paint


class _Notes(QWidget):
    """Writes down its paints."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[str] = []

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.notes.append("painted")


def _until(qtbot: QtBot, notes: list[str], count: int) -> None:
    qtbot.waitUntil(lambda: len(notes) >= count, timeout=10_000)


def test_work_comes_after_the_paint_and_in_order(qtbot: QtBot) -> None:
    widget = _Notes()
    qtbot.addWidget(widget)
    widget.show()
    widget.update()
    for word in ("one", "two"):
        after_paint(widget).then(partial(widget.notes.append, word))
    _until(qtbot, widget.notes, 3)
    said = [note for note in widget.notes if note != "painted"]
    assert widget.notes[0] == "painted"
    assert said == ["one", "two"]


def test_work_is_done_although_nobody_paints(qtbot: QtBot) -> None:
    widget = _Notes()
    qtbot.addWidget(widget)
    after_paint(widget).then(lambda: widget.notes.append("one"))
    _until(qtbot, widget.notes, 1)
    after_paint(widget).then(lambda: widget.notes.append("two"))
    _until(qtbot, widget.notes, 2)
    assert widget.notes == ["one", "two"]


def test_one_turn_does_one_piece_and_what_a_piece_asks_for_comes_last(qtbot: QtBot) -> None:
    widget, loop = _Notes(), QEventLoop()
    qtbot.addWidget(widget)
    later = after_paint(widget)

    def one() -> None:
        widget.notes.append("one")
        later.then(partial(widget.notes.append, "three"))
        loop.quit()

    later.then(one)
    later.then(partial(widget.notes.append, "two"))
    loop.exec()
    assert widget.notes == ["one"]
    _until(qtbot, widget.notes, 3)
    assert widget.notes == ["one", "two", "three"]


@pytest.mark.usefixtures("qapp")
def test_work_goes_with_its_widget() -> None:
    done: list[str] = []
    widget = _Notes()
    after_paint(widget).then(lambda: done.append("one"))
    widget.deleteLater()
    loop = QEventLoop()
    QTimer.singleShot(250, loop.quit)
    loop.exec()
    assert not done


@pytest.mark.usefixtures("qapp")
def test_who_cannot_wait_has_all_done_at_once_and_once() -> None:
    widget = _Notes()
    later = after_paint(widget)
    for word in ("one", "two"):
        later.then(partial(widget.notes.append, word))
    later.finish()
    assert widget.notes == ["one", "two"]
    loop = QEventLoop()
    QTimer.singleShot(200, loop.quit)
    loop.exec()
    assert widget.notes == ["one", "two"]
    widget.deleteLater()
