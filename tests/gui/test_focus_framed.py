"""The frame that says for which picture the keys are comes and goes with the keyboard."""

import pytest
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mesomap.app.application import make_application
from mesomap.ui.controls.focus_framed import FocusFramed

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class _Pane(FocusFramed):
    """Notes at each painting whether the frame was drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.framed: list[bool] = []

    def paintEvent(self, _event: QPaintEvent) -> None:
        """See QWidget."""
        self.framed.append(self.hasFocus())
        self.draw_focus(QPainter(self), 2.0)


def test_the_frame_comes_and_goes_at_once(qtbot: QtBot) -> None:
    make_application()
    page, panes = QWidget(), (_Pane(), _Pane())
    row = QHBoxLayout(page)
    for pane in panes:
        row.addWidget(pane)
    qtbot.addWidget(page)
    page.resize(300, 200)
    page.show()
    page.activateWindow()
    panes[0].setFocus()
    qtbot.waitUntil(lambda: panes[0].framed[-1:] == [True] and panes[1].framed[-1:] == [False])
    for pane in panes:
        pane.framed.clear()
    panes[1].setFocus()
    qtbot.waitUntil(lambda: [pane.framed for pane in panes] == [[False], [True]])
