"""Numbers beside the clusters: every one is there, none hides another, none leaves the panel."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from mesomap.printing.clusters import labelled
from mesomap.printing.sheet import UNITS
from mesomap.printing.tags import PlacedTag, Side, Tag, moved_off, place_tags
from mesomap.printing.wording import number_list

WIDTH, HEIGHT = 169.0 * UNITS, 181.0 * UNITS
LEFT = Side(0.0, 53 * UNITS, HEIGHT - 36 * UNITS, 1)
RIGHT = Side(WIDTH, 12 * UNITS, HEIGHT - 12 * UNITS, -1)


@pytest.fixture(autouse=True)
def application(qapp: Any) -> Any:
    """Widths of numbers need fonts."""
    return qapp


def tags_at(places: list[tuple[float, float]], regions: int) -> list[Tag]:
    """A tag for each place, numbered from 1, in so many regions."""
    return [
        Tag((number,), ((x * WIDTH, y * HEIGHT),), f"region{number % regions}")
        for number, (x, y) in enumerate(places, start=1)
    ]


def check(placed: list[PlacedTag], count: int) -> None:
    """All numbers are there, inside the panel, and no tag lies on another."""
    assert sorted(number for place in placed for number in place.tag.numbers) == list(range(1, count + 1))
    for one, other in combinations(placed, 2):
        assert not one.box.intersects(other.box), (one.tag.text, other.tag.text)
    for place in placed:
        assert place.box.left() >= 0
        assert place.box.right() <= WIDTH
        assert place.box.top() >= 0
        assert place.box.bottom() <= HEIGHT


share = st.floats(0, 1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(share, share), min_size=1, max_size=150), st.integers(1, 60))
def test_no_tag_hides_another(places: list[tuple[float, float]], regions: int) -> None:
    check(place_tags(tags_at(places, regions), LEFT, RIGHT), len(places))


@pytest.mark.parametrize("count", [1, 8, 30, 150])
def test_all_at_one_place(count: int) -> None:
    check(place_tags(tags_at([(0.1, 0.5)] * count, count), LEFT, RIGHT), count)


@pytest.mark.parametrize("regions", [3, 20, 70, 200])
@pytest.mark.parametrize("count", [40, 90, 200])
def test_very_many_over_many_regions(count: int, regions: int) -> None:
    places = [(i * 37 % 100 / 100, i * 61 % 100 / 100) for i in range(count)]
    check(place_tags(tags_at(places, regions), LEFT, RIGHT), count)


def test_few_tags_are_discs_of_their_own_near_their_cluster() -> None:
    placed = place_tags(tags_at([(0.2, 0.4), (0.2, 0.6), (0.9, 0.5)], 3), LEFT, RIGHT)
    assert [place.tag.text for place in placed] == ["1", "2", "3"]
    assert [place.x < WIDTH / 2 for place in placed] == [True, True, False]
    assert all(place.y == pytest.approx(place.tag.y) for place in placed)


def test_a_cluster_is_tagged_where_it_shows_best_and_not_where_it_is_a_dot() -> None:
    body, face = labelled([{1: 4.0, 2: 900.0}, {1: 400.0}])
    assert body == {2}
    assert face == {1}
    left, right = labelled([{3: 50.0}, {3: 80.0}])
    assert left == right == {3}


@pytest.mark.parametrize(("numbers", "words"), [((1,), "1"), ((3, 1, 2), "1–3"), ((1, 2, 4, 6, 7), "1–2, 4, 6–7")])
def test_numbers_are_written_as_people_write_them(numbers: tuple[int, ...], words: str) -> None:
    assert number_list(numbers) == words


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(share, share), min_size=1, max_size=30), st.lists(st.tuples(share, share), max_size=40))
def test_moved_off_the_marks_they_hide_no_more_of_them_and_not_each_other(
    places: list[tuple[float, float]], marks: list[tuple[float, float]]
) -> None:
    drawn = [(x * WIDTH, y * HEIGHT) for x, y in marks]
    before = place_tags(tags_at(places, len(places)), LEFT, RIGHT)
    after = moved_off(before, LEFT, RIGHT, drawn)
    check(after, len(places))
    assert hidden(after, drawn) <= hidden(before, drawn)


def hidden(placed: list[PlacedTag], marks: list[tuple[float, float]]) -> int:
    """How many marks lie under a tag."""
    return sum(any(one.box.adjusted(*_ROOM).contains(QPointF(*mark)) for one in placed) for mark in marks)


_ROOM = (-2.5 * UNITS, -2.5 * UNITS, 2.5 * UNITS, 2.5 * UNITS)


def test_a_tag_on_a_column_of_marks_goes_between_them_or_beside_them() -> None:
    marks = [(12 * UNITS, y * UNITS) for y in (60, 80, 100)]
    (before,) = place_tags([Tag((1,), ((20 * UNITS, 80 * UNITS),))], LEFT, RIGHT)
    (after,) = moved_off([before], LEFT, RIGHT, marks)
    assert hidden([before], marks) == 1
    assert hidden([after], marks) == 0
    assert abs(after.y - before.y) <= 12 * UNITS
