"""Pieces of paper set one below the other on as many pages as they need."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mesomap.printing.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Piece:
    """height in points; draw(sheet, y) from y downward. with_next: never the last of a page. head: comes again above
    it when it begins another page (the head of a table).
    """

    height: float
    draw: Callable[[Sheet, float], None]
    with_next: bool = False
    head: "Piece | None" = None


#: Where each piece of a page begins, points from the top.
Page = list[tuple[float, Piece]]


def flow(pieces: Sequence[Piece], *, first_y: float, top_y: float, foot_y: float) -> list[Page]:
    """Pages from the top: the first begins at first_y, the others at top_y, all end at foot_y. A piece that is higher
    than a page has one to itself.
    """
    pages: list[Page] = [[]]
    y = first_y
    for index, piece in enumerate(pieces):
        if pages[-1] and y + _needed(pieces, index) > foot_y:
            pages.append([])
            y = top_y
            if piece.head is not None:
                pages[-1].append((y, piece.head))
                y += piece.head.height
        pages[-1].append((y, piece))
        y += piece.height
    return pages


def _needed(pieces: Sequence[Piece], index: int) -> float:
    """Height of a piece with what must stay with it."""
    height = 0.0
    for piece in pieces[index:]:
        height += piece.height
        if not piece.with_next:
            break
    return height
