"""The card beside the pen hides neither the pen nor what has to be seen."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.atlas.records import Bools, Floats
from mesomap.ui.canvas.card_place import card_place, floating_rooms, letter_rooms

ROOM = QRectF(0, 0, 840, 634)
ZOOM = QRectF(764, 438, 60, 180)
TAKEN = (ZOOM, *letter_rooms(ROOM))


@given(x=st.floats(0, 840), y=st.floats(0, 634), width=st.floats(160, 300), height=st.floats(60, 140))
def test_it_never_covers_the_pen(x: float, y: float, width: float, height: float) -> None:
    box = card_place(QPointF(x, y), width, height, ROOM, TAKEN)
    assert not box.contains(QPointF(x, y))
    assert box.width() == width
    assert box.height() == height


@given(x=st.floats(120, 720), y=st.floats(200, 440), width=st.floats(160, 264), height=st.floats(60, 140))
def test_over_the_body_it_hides_no_letter_and_no_button(x: float, y: float, width: float, height: float) -> None:
    box = card_place(QPointF(x, y), width, height, ROOM, TAKEN)
    assert not any(box.intersects(one) for one in TAKEN)
    assert ROOM.contains(box)


def test_it_stands_right_and_below_and_outside_of_the_face_where_there_is_room() -> None:
    assert card_place(QPointF(300, 200), 260, 120, ROOM, TAKEN).topLeft() == QPointF(336, 229)
    # beside the patient's left ear: above the letter, not over the face
    beside = card_place(QPointF(530, 305), 250, 127, ROOM, TAKEN)
    assert beside.left() == 566
    assert beside.bottom() < 305


def on_face(places: Floats) -> Bools:
    """A face in the middle of the canvas, 285 px wide."""
    x, y = places.T
    return np.asarray(((x - 425) / 142) ** 2 + ((y - 320) / 220) ** 2 <= 1)


def face_hidden(box: QRectF) -> float:
    """Share of a card that lies on the face."""
    across, down = np.linspace(box.left(), box.right(), 9), np.linspace(box.top(), box.bottom(), 5)
    return float(on_face(np.array([(x, y) for x in across for y in down])).mean())


@given(x=st.floats(300, 550), y=st.floats(150, 450), was_left=st.booleans())
def test_beside_a_face_it_hides_nothing_else_either(x: float, y: float, was_left: bool) -> None:
    box = card_place(QPointF(x, y), 235, 120, ROOM, TAKEN, on_face, was_left=was_left)
    assert not box.contains(QPointF(x, y))
    assert not any(box.intersects(one) for one in TAKEN)
    assert ROOM.contains(box)


def test_it_leaves_a_face_free_that_has_room_beside_it() -> None:
    pens = [QPointF(x, y) for x in range(300, 551, 25) for y in range(150, 451, 25)]
    free = [face_hidden(card_place(pen, 235, 120, ROOM, TAKEN, on_face)) for pen in pens]
    near = [face_hidden(card_place(pen, 235, 120, ROOM, TAKEN)) for pen in pens]
    assert np.mean(free) < 0.1
    assert np.mean(near) > 0.3


def test_it_stands_as_ever_where_there_is_body_on_all_sides_and_does_not_jump_to_the_other() -> None:
    def everywhere(places: Floats) -> Bools:
        return np.ones(len(places), dtype=bool)

    assert card_place(QPointF(300, 200), 260, 120, ROOM, TAKEN, everywhere).topLeft() == QPointF(336, 229)
    for was_left in (False, True):
        box = card_place(QPointF(425, 330), 235, 120, ROOM, (), on_face, was_left=was_left)
        assert (box.left() < 425) is was_left


def test_what_floats_over_the_canvas_is_kept_free(driver: WindowDriver) -> None:
    canvas = driver.page.canvas
    rooms = floating_rooms(canvas)
    assert QRectF(driver.page.floating.title_card().geometry()) in rooms
    assert all(QRectF(canvas.rect()).intersects(room) for room in rooms)
    assert QRectF(driver.page.complaint.card.geometry()) not in rooms


def test_where_no_room_is_left_no_part_of_it_sticks_out_from_behind_another(driver: WindowDriver) -> None:
    canvas = driver.page.canvas
    driver.hover(60, 0)
    driver.wait(100)
    target = canvas.target()
    assert target is not None
    plain = QImage(canvas.size(), QImage.Format.Format_RGB32)
    for floating, shows in (((), True), ((QRectF(canvas.rect()),), False)):
        plain.fill(0xFFFFFF)
        before = plain.copy()
        painter = QPainter(plain)
        canvas._readout.paint(painter, canvas.context(), target, QRectF(canvas.rect()), floating)
        painter.end()
        assert (plain != before) is shows
