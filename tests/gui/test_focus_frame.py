"""The frame that says for which picture the keys are comes and goes with the keyboard."""

from functools import partial

import pytest
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mesomap.app.application import make_application
from mesomap.ui.controls.focus_frame import draw_focus
from mesomap.ui.theme import theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class _Pane(QWidget):
    """Notes at each painting whether there was a frame."""

    def __init__(self) -> None:
        super().__init__()
        self.framed: list[bool] = []

    def paintEvent(self, _event: QPaintEvent) -> None:
        """See QWidget."""
        picture = QPixmap(self.size())
        picture.fill(theme.tokens().colour("canvas"))
        painter = QPainter(picture)
        draw_focus(painter, self, 2.0)
        painter.end()
        self.framed.append(picture.toImage().pixelColor(2, self.height() // 2) == theme.tokens().colour("text"))


def _only_framed(has: _Pane, other: _Pane) -> bool:
    return has.framed[-1:] == [True] and other.framed[-1:] == [False]


def test_the_frame_comes_and_goes_with_the_keyboard(qtbot: QtBot) -> None:
    make_application()
    page, panes = QWidget(), (_Pane(), _Pane())
    row = QHBoxLayout(page)
    for pane in panes:
        row.addWidget(pane)
    qtbot.addWidget(page)
    page.resize(300, 200)
    page.show()
    page.activateWindow()
    for has, other in (panes, panes[::-1]):
        has.setFocus()
        qtbot.waitUntil(partial(_only_framed, has, other))
