"""Where the card beside the pen goes: right and below it, else where it hides nothing that has to be seen."""

from PySide6.QtCore import QPointF, QRectF

from mesomap.ui.canvas.fixtures import LETTERS_AT
from mesomap.ui.typefaces import grown

#: From the pen to the card, px.
_ASIDE, _ABOVE = 36.0, 29.0
_EDGE = 8.0
#: Rooms of what stands on the canvas at 100 % of the text, px: the zoom buttons, the letters of the sides.
_ZOOM_PX, _LETTER_PX = (76.0, 196.0), (76.0, 68.0)


def taken_rooms(room: QRectF) -> tuple[QRectF, ...]:
    """Zoom buttons at the lower right, letters of the sides at both edges."""
    wide, high = _LETTER_PX[0], float(grown(round(_LETTER_PX[1])))
    letters = room.top() + LETTERS_AT * room.height() - high / 2
    return (
        QRectF(room.right() - _ZOOM_PX[0], room.bottom() - _ZOOM_PX[1], *_ZOOM_PX),
        QRectF(room.left(), letters, wide, high),
        QRectF(room.right() - wide, letters, wide, high),
    )


def card_place(at: QPointF, width: float, height: float, room: QRectF) -> QRectF:
    """A box of this size about a pen at `at`: right before left, below before above; it never covers the pen.

    Where every way hides something, as of old: to the side and the height that have room.
    """
    right, left = at.x() + _ASIDE, at.x() - _ASIDE - width
    below, above = at.y() + _ABOVE, at.y() - _ABOVE - height
    inside, taken = room.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE), taken_rooms(room)
    # As it stands aside of the pen it may also slide up or down, past what is in the way.
    past = [one.bottom() + 1 for one in taken] + [one.top() - height - 1 for one in taken]
    near = sorted((y for y in past if abs(y + height / 2 - at.y()) < height), key=lambda y: abs(y - below))
    for x in (right, left):
        for y in (below, above, *near):
            box = QRectF(x, y, width, height)
            if inside.contains(box) and not any(box.intersects(one) for one in taken):
                return box
    x = right if right + width < room.right() - _ZOOM_PX[0] else left
    y = below if below + height < room.bottom() - _EDGE else above
    return QRectF(max(x, _EDGE), max(y, _EDGE), width, height)
