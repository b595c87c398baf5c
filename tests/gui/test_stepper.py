"""A stepper takes what is possible, and says in a sentence what is not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mesomap.app.application import make_application
from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.controls.stepper import Stepper

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def depth(qtbot: QtBot) -> Stepper:
    make_application()
    stepper = Stepper("depth", "mm", step=0.1, decimals=1, maximum=100.0)
    qtbot.addWidget(stepper)
    stepper.set_value(2.0)
    stepper.show()
    return stepper


def typed(stepper: Stepper, text: str) -> None:
    stepper.field().selectAll()
    QTest.keyClicks(stepper.field(), text)
    QTest.keyClick(stepper.field(), Qt.Key.Key_Return)


@pytest.mark.parametrize(("text", "value"), [("3.5", 3.5), ("3,5 mm", 3.5), ("0", 0.0), ("100", 100.0)])
def test_a_possible_value_is_taken(depth: Stepper, text: str, value: float) -> None:
    typed(depth, text)
    assert depth.value() == value


@pytest.mark.parametrize("text", ["abc", "nan", "-1", "500", "inf", "1e9"])
def test_an_impossible_value_is_refused_in_words_and_the_old_one_stays(
    qtbot: QtBot, depth: Stepper, text: str
) -> None:
    with qtbot.waitSignal(depth.refused, timeout=1000) as said:
        typed(depth, text)
    sentence = said.args[0]
    assert text in sentence
    assert "depth" in sentence
    assert "0 to 100" in sentence
    assert depth.value() == 2.0
    assert depth.field().text() == "2.0 mm"


@pytest.mark.parametrize("value", [2.0, 12.5, 100.0])
def test_the_figure_fits_the_narrowest_stepper(depth: Stepper, value: float) -> None:
    depth.set_value(value)
    depth.resize(depth.sizeHint())
    QTest.qWait(10)
    field = depth.field()
    needed = QFontMetrics(field.font()).horizontalAdvance(field.text())
    assert needed <= field.width()


@pytest.mark.parametrize(("value", "shown"), [(2.0, "2.0 mm"), (2.25, "2.25 mm"), (0.002, "0.002 mm")])
def test_no_digit_is_hidden(depth: Stepper, value: float, shown: str) -> None:
    depth.set_value(value)
    assert depth.field().text() == shown


def test_the_window_shows_the_refusal(driver: WindowDriver) -> None:
    stepper = driver.page.dose.findChildren(Stepper)[0]
    typed(stepper, "999")
    assert "999" in driver.page.floating.hint_text()
