"""Where the numbers of a pain drawing stand: none hides another, nor the cross of a trigger point."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

from PySide6.QtCore import QPointF

#: Diameter of a badge, reach of a cross from its middle, and room between them, px.
BADGE_PX, CROSS_PX, _GAP_PX = 21.0, 12.0, 1.5
#: The number of a trigger point stands up and to the right of it, or as near as it can, px.
_ASIDE = QPointF(15.0, -15.0)
_TURNS_DEG = (0, 90, -90, 180, 45, -45, 135, -135)
_FARTHER = (1.0, 1.35, 1.7, 2.2)
#: Steps in which the number of an area goes away from its middle, px, and how often.
_STEP_PX, _RINGS = 7.0, 9

#: Where a badge belongs, px; and, for an area, whether a place is still in it. None: of a trigger point.
Home = tuple[QPointF, Callable[[QPointF], bool] | None]


def badge_places(homes: Sequence[Home], crosses: Sequence[QPointF], unit: float) -> list[QPointF]:
    """Middle of each badge in the order of homes, painter units; crosses: middles of the trigger points.

    Those of trigger points are placed first, as they have the least choice. One that finds no room stays at home.
    """
    placed: dict[int, QPointF] = {}
    for row in sorted(range(len(homes)), key=lambda row: homes[row][1] is not None):
        home, holds = homes[row]
        candidates = _around_point(home, unit) if holds is None else _around_middle(home, unit)
        first = next(candidates)
        free = (place for place in (first, *candidates) if _free(place, placed.values(), crosses, unit))
        placed[row] = next((place for place in free if holds is None or holds(place)), first)
    return [placed[row] for row in range(len(homes))]


def _around_point(at: QPointF, unit: float) -> Iterator[QPointF]:
    for farther in _FARTHER:
        for turn in _TURNS_DEG:
            c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
            aside = QPointF(_ASIDE.x() * c - _ASIDE.y() * s, _ASIDE.x() * s + _ASIDE.y() * c)
            yield at + aside * (farther * unit)


def _around_middle(at: QPointF, unit: float) -> Iterator[QPointF]:
    yield at
    for ring in range(1, _RINGS + 1):
        for turn in range(0, 360, 30):
            aside = QPointF(math.cos(math.radians(turn)), math.sin(math.radians(turn)))
            yield at + aside * (ring * _STEP_PX * unit)


def _free(place: QPointF, badges: Iterable[QPointF], crosses: Sequence[QPointF], unit: float) -> bool:
    return all(_apart(place, other) >= (BADGE_PX + _GAP_PX) * unit for other in badges) and all(
        _apart(place, cross) >= (BADGE_PX / 2 + CROSS_PX / 2 + _GAP_PX) * unit for cross in crosses
    )


def _apart(a: QPointF, b: QPointF) -> float:
    return math.hypot(a.x() - b.x(), a.y() - b.y())
