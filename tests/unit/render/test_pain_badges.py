"""Numbers of a pain drawing: each legible, none over another or over the cross of a trigger point."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from mesomap.render.pain_badges import BADGE_PX, CROSS_PX, Home, badge_places


def apart(a: QPointF, b: QPointF) -> float:
    return math.hypot(a.x() - b.x(), a.y() - b.y())


def in_field(place: QPointF) -> bool:
    return QRectF(0, 0, 400, 400).contains(place)


places = st.tuples(st.floats(40, 360), st.floats(40, 360))


@pytest.mark.parametrize("unit", [1.0, 5.5])
def test_alone_each_stands_where_it_belongs(unit: float) -> None:
    point, middle = QPointF(50, 50) * unit, QPointF(200, 200) * unit
    homes: list[Home] = [(middle, lambda _place: True), (point, None)]
    assert badge_places(homes, [point], unit) == [middle, QPointF(65, 35) * unit]


def test_the_number_of_an_area_makes_room_for_a_trigger_point_in_its_middle() -> None:
    middle = QPointF(200, 200)
    area, trigger = badge_places([(middle, in_field), (middle, None)], [middle], 1.0)
    assert trigger == QPointF(215, 185)
    assert apart(area, trigger) > BADGE_PX
    assert apart(area, middle) > (BADGE_PX + CROSS_PX) / 2
    assert in_field(area)


def test_a_small_area_keeps_its_number_although_there_is_no_room() -> None:
    middle = QPointF(200, 200)
    (area,) = badge_places([(middle, lambda place: apart(place, middle) < 3)], [middle], 1.0)
    assert area == middle


@given(areas=st.lists(places, max_size=3), points=st.lists(places, max_size=4))
def test_a_handful_never_hide_each_other(areas: list[tuple[float, float]], points: list[tuple[float, float]]) -> None:
    homes: list[Home] = [(QPointF(*place), in_field) for place in areas]
    homes += [(QPointF(*place), None) for place in points]
    found = badge_places(homes, [QPointF(*place) for place in points], 1.0)
    assert len(found) == len(homes)
    for row, here in enumerate(found):
        assert all(apart(here, other) >= BADGE_PX for other in found[:row])
