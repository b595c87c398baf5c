"""Places set on one photograph by real events: looked at nearer, to the pixel."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mesomap.ui.photos.pair_pane import PairPane
from tests.gui.hands import until

_LEFT, _PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def pane(qtbot: QtBot) -> PairPane:
    """A photo of 4000 × 3000 pixels in a pane of 600 × 600."""
    made = PairPane("Photo")
    qtbot.addWidget(made)
    made.resize(600, 600)
    levels = []
    for side in (4000, 2000, 1000):
        levels.append(QImage(side, side * 3 // 4, QImage.Format.Format_RGB32))
        levels[-1].fill(Qt.GlobalColor.gray)
    made.show_levels(tuple(levels))
    made.show()
    return made


def _wheel(pane: PairPane, at: QPointF, turn: int) -> None:
    event = QWheelEvent(
        at, QPointF(pane.mapToGlobal(at)), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, _PLAIN,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(pane, event)


def _tap(pane: PairPane, place: QPointF) -> float:
    """Tap the pixel of the screen nearest to a place of the photo; how far off the place set lies, px of the photo."""
    QTest.mouseClick(pane, _LEFT, _PLAIN, pane.on_screen(place).toPoint())
    assert pane.chosen is not None
    return (pane.places[pane.chosen] - place).manhattanLength()


def test_the_wheel_looks_nearer_and_a_tap_is_then_right_to_the_pixel(pane: PairPane) -> None:
    place = QPointF(1234.4, 987.6)
    far = pane.on_screen(place)
    for _ in range(20):
        _wheel(pane, far, 120)
    # What lay under the pointer lies there still.
    assert (pane.on_screen(place) - far).manhattanLength() < 0.01
    assert _tap(pane, place) < 0.5
    # The other corner is not reached from here; the whole photo again by a key.
    assert not pane.rect().contains(pane.on_screen(QPointF(3900, 2900)).toPoint())
    QTest.keyClick(pane, Qt.Key.Key_0)
    assert pane.rect().contains(pane.on_screen(QPointF(3900, 2900)).toPoint())
    assert pane.on_screen(place) == far


def test_the_right_button_moves_the_photo_and_sets_nothing(pane: PairPane) -> None:
    pane.zoom_by(4.0)
    right, place = Qt.MouseButton.RightButton, pane.in_photo(QPointF(300, 300))
    QTest.mousePress(pane, right, _PLAIN, QPoint(300, 300))
    QTest.mouseMove(pane, QPoint(200, 250))
    QTest.mouseRelease(pane, right, _PLAIN, QPoint(200, 250))
    assert (pane.on_screen(place) - QPointF(200, 250)).manhattanLength() < 0.01
    assert pane.places == {}
    # Pushed far away the photo stays in the pane.
    QTest.mousePress(pane, right, _PLAIN, QPoint(10, 10))
    QTest.mouseMove(pane, QPoint(5000, 5000))
    QTest.mouseRelease(pane, right, _PLAIN, QPoint(5000, 5000))
    assert pane.on_screen(QPointF(0, 0)) == QPointF(300, 300)


def test_keys_look_nearer_at_the_chosen_place_and_arrows_move_it_by_a_pixel(pane: PairPane) -> None:
    _tap(pane, QPointF(3000, 700))
    before = QPointF(pane.places[0])
    seen = pane.on_screen(before)
    for _ in range(8):
        QTest.keyClick(pane, Qt.Key.Key_Plus)
    assert (pane.on_screen(before) - seen).manhattanLength() < 0.01
    QTest.keyClick(pane, Qt.Key.Key_Right)
    assert pane.places[0].x() - before.x() == pytest.approx(1.0)
    QTest.keyClick(pane, Qt.Key.Key_Minus)
    assert pane.grab().toImage().size() == pane.size()


def test_places_are_set_moved_and_chosen_without_a_pointer(pane: PairPane) -> None:
    pane.setFocus()
    let_go = []
    pane.let_go.connect(lambda: let_go.append(dict(pane.places)))
    QTest.keyClick(pane, Qt.Key.Key_Space)
    middle = pane.in_photo(QPointF(pane.rect().center()))
    assert pane.places == {0: middle}
    # A tenth of what is seen, ten pixels, one.
    for held, px in (
        (Qt.KeyboardModifier.ControlModifier, 400), (Qt.KeyboardModifier.ShiftModifier, 10), (_PLAIN, 1),
    ):  # fmt: skip
        before = QPointF(pane.places[0])
        QTest.keyClick(pane, Qt.Key.Key_Left, held)
        assert (before - pane.places[0]).x() == pytest.approx(px, abs=0.01)
    QTest.keyClick(pane, Qt.Key.Key_Space)
    assert (pane.chosen, len(pane.places)) == (1, 2)
    first = pane.places[0]
    QTest.keyClick(pane, Qt.Key.Key_PageUp)
    assert pane.chosen == 0
    QTest.keyClick(pane, Qt.Key.Key_Up)
    assert pane.places[0].y() == pytest.approx(first.y() - 1, abs=0.01)
    QTest.keyClick(pane, Qt.Key.Key_PageDown)
    assert pane.chosen == 1
    assert len(let_go) == 6


def test_the_photo_that_the_keys_are_for_is_framed(pane: PairPane) -> None:
    pane.setFocus()
    until(pane.hasFocus)
    with_keys = pane.grab().toImage()
    pane.clearFocus()
    assert pane.grab().toImage() != with_keys


def test_what_is_drawn_over_stays_on_its_place_and_is_drawn_anew_at_rest(pane: PairPane) -> None:
    place, drawn = QPointF(2400, 1300), list[float]()

    def over(painter: QPainter, target: QRectF) -> None:
        drawn.append(target.width())
        middle = target.topLeft() + place * (target.width() / 4000)
        painter.fillRect(QRectF(middle - QPointF(7, 7), middle + QPointF(7, 7)), QColor("#102030"))

    def is_marked() -> bool:
        return pane.grab().toImage().pixelColor(pane.on_screen(place).toPoint()) == QColor("#102030")

    pane.draw_over(over)
    assert is_marked()
    for turn in (120, 120, -120):
        _wheel(pane, QPointF(330, 280), turn)
        assert is_marked()
    assert len(drawn) == 1, "the picture at hand stands in while the wheel turns"
    until(lambda: is_marked() and len(drawn) == 2)
    QTest.mousePress(pane, Qt.MouseButton.RightButton, _PLAIN, QPoint(300, 300))
    QTest.mouseMove(pane, QPoint(320, 290))
    assert is_marked()
    assert len(drawn) == 2, "and while the hand moves the photo"
    QTest.mouseRelease(pane, Qt.MouseButton.RightButton, _PLAIN, QPoint(320, 290))
    assert is_marked()
    assert len(drawn) == 3
    _tap(pane, QPointF(900, 900))
    assert is_marked()
    assert len(drawn) == 3, "a place that is set changes nothing of it"
    pane.draw_over(None)
    assert not is_marked()
