"""Where the card beside the pen goes: right and below it, else where it hides nothing that has to be seen."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from mesomap.ui.canvas.fixtures import LETTERS_AT
from mesomap.ui.typefaces import grown

#: From the pen to the card, px.
_ASIDE, _ABOVE = 36.0, 29.0
_EDGE = 8.0
#: Room of a letter of the sides at 100 % of the text, px.
_LETTER_PX = (76.0, 68.0)


def taken_rooms(canvas: QWidget) -> tuple[QRectF, ...]:
    """What the card must not hide: cards and buttons that float over the canvas, the letters of the sides."""
    floating = [child for child in canvas.children() if isinstance(child, QWidget) and child.isVisible()]
    return (*(QRectF(child.geometry()) for child in floating), *letter_rooms(QRectF(canvas.rect())))


def letter_rooms(room: QRectF) -> tuple[QRectF, QRectF]:
    """The letters of the sides at both edges."""
    wide, high = _LETTER_PX[0], float(grown(round(_LETTER_PX[1])))
    top = room.top() + LETTERS_AT * room.height() - high / 2
    return QRectF(room.left(), top, wide, high), QRectF(room.right() - wide, top, wide, high)


def card_place(at: QPointF, width: float, height: float, room: QRectF, taken: Sequence[QRectF]) -> QRectF:
    """A box of this size about a pen at `at`: right before left, below before above; it never covers the pen.

    taken: what it must not hide; where every way hides something, it goes to the side and the height that have room.
    """
    right, left = at.x() + _ASIDE, at.x() - _ASIDE - width
    below, above = at.y() + _ABOVE, at.y() - _ABOVE - height
    inside = room.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
    # As it stands aside of the pen it may also slide up or down, past what is in the way.
    past = [one.bottom() + 1 for one in taken] + [one.top() - height - 1 for one in taken]
    near = sorted((y for y in past if abs(y + height / 2 - at.y()) < height), key=lambda y: abs(y - below))
    for x in (right, left):
        for y in (below, above, *near):
            box = QRectF(x, y, width, height)
            if inside.contains(box) and not any(box.intersects(one) for one in taken):
                return box
    x = right if right + width < room.right() - _EDGE else left
    y = below if below + height < room.bottom() - _EDGE else above
    return QRectF(max(x, _EDGE), max(y, _EDGE), width, height)
