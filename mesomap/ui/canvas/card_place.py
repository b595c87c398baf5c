"""Where the card beside the pen goes: right and below it, else where it hides nothing that has to be seen.

Where the body leaves room at its side the card stands there, rather than on a face that is being treated.
"""

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from mesomap.atlas.records import Bools, Floats
from mesomap.ui.canvas.fixtures import LETTERS_AT
from mesomap.ui.typefaces import grown

#: From the pen to the card, px.
_ASIDE, _ABOVE = 36.0, 29.0
_EDGE = 8.0
#: Room of a letter of the sides at 100 % of the text, px.
_LETTER_PX = (76.0, 68.0)
#: The card moves aside of the pen by so much at a time, up to that, to leave the body free, px.
_OUT_PX, _OUTMOST_PX = 40, 320
#: How far, in px, it goes to hide no body at all rather than as much as it can; what another side than before costs.
_BARE_WORTH_PX, _CHANGE_PX = 560.0, 60.0
#: Places of a card that are looked at, in width and height.
_LOOKS = (5, 3)

#: Which of the places (N, 2), px, lie on the drawn body.
OnBody = Callable[[Floats], Bools]


def floating_rooms(canvas: QWidget) -> tuple[QRectF, ...]:
    """What would hide the card: cards and buttons that float over the canvas."""
    floating = [child for child in canvas.children() if isinstance(child, QWidget) and child.isVisible()]
    return tuple(QRectF(child.geometry()) for child in floating)


def letter_rooms(room: QRectF) -> tuple[QRectF, QRectF]:
    """The letters of the sides at both edges."""
    wide, high = _LETTER_PX[0], float(grown(round(_LETTER_PX[1])))
    top = room.top() + LETTERS_AT * room.height() - high / 2
    return QRectF(room.left(), top, wide, high), QRectF(room.right() - wide, top, wide, high)


def card_place(
    at: QPointF,
    width: float,
    height: float,
    room: QRectF,
    taken: Sequence[QRectF],
    on_body: OnBody | None = None,
    *,
    was_left: bool = False,
) -> QRectF:
    """A box of this size about a pen at `at`: right before left, below before above; it never covers the pen.

    taken: what it must not hide; where every way hides something, it goes to the side and the height that have room.
    on_body: it also goes further to the side, where it hides less of the body. was_left: it stood left of the pen.
    """
    right, left = at.x() + _ASIDE, at.x() - _ASIDE - width
    below, above = at.y() + _ABOVE, at.y() - _ABOVE - height
    inside = room.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
    # As it stands aside of the pen it may also slide up or down, past what is in the way.
    past = [one.bottom() + 1 for one in taken] + [one.top() - height - 1 for one in taken]
    near = sorted((y for y in past if abs(y + height / 2 - at.y()) < height), key=lambda y: abs(y - below))
    ways: list[tuple[float, QRectF]] = []
    for out in range(0, _OUTMOST_PX + 1 if on_body is not None else 1, _OUT_PX):
        for x, is_left in ((right + out, False), (left - out, True)):
            for y in (below, above, *((at.y() - height / 2,) if out else ()), *near):
                box = QRectF(x, y, width, height)
                if inside.contains(box) and not any(box.intersects(one) for one in taken):
                    if on_body is None:
                        return box
                    ways.append((out + (_CHANGE_PX if is_left != was_left else 0.0), box))
    if ways and on_body is not None:
        hidden = _shares(on_body, [box for _cost, box in ways])
        costs = [cost + _BARE_WORTH_PX * share for (cost, _box), share in zip(ways, hidden, strict=True)]
        return ways[int(np.argmin(costs))][1]
    x = right if right + width < room.right() - _EDGE else left
    y = below if below + height < room.bottom() - _EDGE else above
    return QRectF(max(x, _EDGE), max(y, _EDGE), width, height)


def _shares(on_body: OnBody, boxes: Sequence[QRectF]) -> list[float]:
    """How much of each box lies on the body."""
    across, down = (np.linspace(0.0, 1.0, looks) for looks in _LOOKS)
    xs, ys = (grid.ravel() for grid in np.meshgrid(across, down))
    corners = np.array([(box.left(), box.top()) for box in boxes])
    sizes = np.array([(box.width(), box.height()) for box in boxes])
    places = corners[:, None, :] + np.column_stack([xs, ys])[None] * sizes[:, None, :]
    found: list[float] = on_body(places.reshape(-1, 2)).reshape(len(boxes), -1).mean(axis=1).tolist()
    return found
