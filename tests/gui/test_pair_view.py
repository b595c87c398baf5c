"""What is drawn over a pair of photos moves and stretches with them under the hand, and is drawn anew at rest."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mesomap.ui.photos.pair_drawing import Mode
from mesomap.ui.photos.pair_view import PairView
from tests.gui.hands import until

#: A place of the frame, which is 300 × 400, that is marked with a square.
PLACE = QPointF(160, 210)
MARK = QColor("#102030")
NO_KEYS = Qt.KeyboardModifier.NoModifier


class Marked:
    """A view whose earlier photo bears a mark, and how often that was drawn, at rest or not."""

    def __init__(self, qtbot: QtBot) -> None:
        self.drawn: list[bool] = []
        self.view = PairView()
        qtbot.addWidget(self.view)
        self.view.choose_mode(Mode.ALONE)
        self.view.resize(400, 500)
        photo = QImage(300, 400, QImage.Format.Format_ARGB32_Premultiplied)
        photo.fill(QColor("white"))
        self.view.show_pictures((photo,), (photo,))
        self.view.draw_over(self.draw, None)
        self.view.show()
        self.picture()

    def draw(self, painter: QPainter, target: QRectF, _ratio: float, _zoom: float, rests: bool) -> None:
        """The mark, on the photo that fills target."""
        self.drawn.append(rests)
        middle = target.topLeft() + PLACE * (target.width() / 300)
        painter.fillRect(QRectF(middle - QPointF(6, 6), middle + QPointF(6, 6)), MARK)

    def picture(self) -> QImage:
        """What is seen now."""
        return self.view.grab().toImage()

    def shows_the_mark_in_its_place(self) -> bool:
        """Whether the photo's place is marked in the picture."""
        image, look = self.picture(), self.view.look()
        pane = look.panes[0].size()
        frame = look.frame_in(pane, QRectF(0, 0, 300, 400).size())
        at = frame.topLeft() + PLACE * (frame.width() / 300)
        return image.pixelColor((at * image.devicePixelRatio()).toPoint()) == MARK

    def wheel(self, turn: int) -> None:
        """Zoom about a place."""
        at = QPointF(120, 150)
        QApplication.sendEvent(
            self.view,
            QWheelEvent(
                at, QPointF(self.view.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
                NO_KEYS, Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip

    def mouse(self, kind: QEvent.Type, at: QPointF) -> None:
        """Press, move or let go with the left button."""
        left = Qt.MouseButton.LeftButton
        QApplication.sendEvent(
            self.view, QMouseEvent(kind, at, QPointF(self.view.mapToGlobal(at.toPoint())), left, left, NO_KEYS)
        )


@pytest.fixture
def marked(qtbot: QtBot) -> Marked:
    """One photo with a mark, all of it seen."""
    return Marked(qtbot)


def test_marks_zoom_with_the_photo_and_are_drawn_anew_at_rest(marked: Marked) -> None:
    assert marked.shows_the_mark_in_its_place()
    assert marked.drawn == [True]
    for turn in (120, 120, -60):
        marked.wheel(turn)
        assert marked.shows_the_mark_in_its_place()
    assert marked.drawn == [True], "the picture at hand stands in while the wheel turns"
    until(lambda: not marked.view.is_moving)
    assert marked.shows_the_mark_in_its_place()
    assert marked.drawn == [True, True]


def test_marks_move_with_the_photo_and_are_drawn_anew_at_rest(marked: Marked) -> None:
    marked.view.zoom_by(3.0)
    assert marked.shows_the_mark_in_its_place()
    marked.drawn.clear()
    marked.mouse(QEvent.Type.MouseButtonPress, QPointF(200, 200))
    for x in (215, 240, 190):
        marked.mouse(QEvent.Type.MouseMove, QPointF(x, 230))
        assert marked.shows_the_mark_in_its_place()
    assert marked.drawn == []
    marked.mouse(QEvent.Type.MouseButtonRelease, QPointF(190, 230))
    assert marked.shows_the_mark_in_its_place()
    assert marked.drawn == [True]


def test_far_from_where_they_were_drawn_marks_are_drawn_in_haste_then_at_rest(marked: Marked) -> None:
    marked.view.zoom_by(6.0)
    marked.picture()
    marked.drawn.clear()
    marked.mouse(QEvent.Type.MouseButtonPress, QPointF(300, 300))
    marked.mouse(QEvent.Type.MouseMove, QPointF(20, 200))
    marked.picture()
    assert marked.drawn == [False]
    marked.mouse(QEvent.Type.MouseButtonRelease, QPointF(20, 200))
    marked.picture()
    assert marked.drawn == [False, True]


def test_what_is_drawn_over_can_change_at_any_time(marked: Marked) -> None:
    marked.wheel(120)
    marked.view.draw_over(None, None)
    assert not marked.shows_the_mark_in_its_place()
    marked.view.draw_over(marked.draw, None)
    assert marked.shows_the_mark_in_its_place()
