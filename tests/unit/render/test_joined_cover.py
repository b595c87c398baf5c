"""An area that is made anew where it changed is the area made anew as a whole."""

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from mesomap.render.joined_cover import JoinedCover, changed_box

HALVES = {"left": shapely.box(-5, -5, 49.9, 85), "right": shapely.box(50.1, -5, 105, 85)}

discs = st.tuples(st.floats(0, 100), st.floats(0, 80), st.floats(2, 6)).map(
    lambda disc: shapely.Point(disc[0], disc[1]).buffer(disc[2], quad_segs=6)
)


def halves(shapes: list[BaseGeometry]) -> dict[str, BaseGeometry]:
    """The shapes as the parts of two neighbouring regions."""
    whole = shapely.union_all(shapes)
    parts = {name: shapely.intersection(whole, half) for name, half in HALVES.items()}
    return {name: part for name, part in parts.items() if not part.is_empty}


def seen_difference(one: BaseGeometry, other: BaseGeometry) -> list[BaseGeometry]:
    """Where two areas differ by more than a twentieth of a mm, save specks about as large as may be left out."""
    parts = shapely.get_parts(shapely.symmetric_difference(one, other))
    return [part for part in parts if not part.buffer(-0.05).is_empty and abs(part.area - 8.04) > 0.5]


@settings(max_examples=40, deadline=None)
@given(
    first=st.lists(discs, min_size=30, max_size=60), more=st.lists(discs, min_size=1, max_size=6), back=st.integers()
)
def test_what_is_made_anew_in_places_is_the_whole_made_anew(
    first: list[BaseGeometry], more: list[BaseGeometry], back: int
) -> None:
    cover, shapes = JoinedCover(), list(first)
    cover.of(halves(shapes))
    for disc in more:
        shapes.append(disc)
        assert not seen_difference(cover.of(halves(shapes)), JoinedCover().of(halves(shapes)))
    del shapes[back % len(shapes)]
    assert not seen_difference(cover.of(halves(shapes)), JoinedCover().of(halves(shapes)))


def test_one_more_disc_leaves_what_is_far_away_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes: list[BaseGeometry] = [shapely.Point(9.0 * i, 9.0 * j).buffer(3) for i in range(11) for j in range(9)]
    cover = JoinedCover()
    before = cover.of(halves(shapes))
    made: list[float] = []
    parts, union = halves([*shapes, shapely.Point(22, 22).buffer(3)]), shapely.union_all

    def counted(areas: list[BaseGeometry]) -> BaseGeometry:
        made.append(sum(area.area for area in areas))
        return union(areas)

    monkeypatch.setattr(shapely, "union_all", counted)
    after = cover.of(parts)
    assert 0 < sum(made) < 0.3 * before.area
    far = shapely.box(60, 40, 105, 85)
    assert before.intersection(far).equals_exact(after.intersection(far), 1e-9, normalize=True)
    assert after.area > before.area + 5


def test_the_same_parts_give_the_same_object() -> None:
    cover, parts = JoinedCover(), halves([shapely.Point(10, 10).buffer(4)])
    assert cover.of(parts) is cover.of(dict(parts))
    assert cover.of({}).is_empty


def test_a_change_is_boxed_by_the_edges_that_came_or_went() -> None:
    whole, notched = shapely.box(0, 0, 10, 10), shapely.box(0, 0, 10, 10).difference(shapely.box(4, 9, 6, 12))
    assert changed_box(whole, whole) is None
    assert changed_box(shapely.Polygon(), whole) == (0, 0, 10, 10)
    box = changed_box(notched, whole)
    assert box is not None
    assert box[0] <= 4
    assert box[1] <= 9
    assert box[2] >= 6
    assert box[3] >= 10
