"""Selections, moves along the skin and changed doses, without a window."""

from dataclasses import replace
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mesomap.atlas import SkinArray
from mesomap.commands import ReplaceMarks
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet
from mesomap.services import ChartingService
from mesomap.services.moving import Push, moved, pushed
from mesomap.services.redosing import redosed
from mesomap.services.selection import count, in_region, joined, of_same_technique, still_there
from mesomap.services.touched import regions_under
from tests.unit.services.conftest import PAPULE, point_at

NAPPAGE = Dose(technique="nappage", mixture="B", depth_mm=1.0)


def three_taps(charting: ChartingService) -> InjectionSet:
    """One set over two regions."""
    places = [point_at(charting.atlas, x, 0) for x in (40, 60, -60)]
    return charting.place(places, PAPULE, 0.05)


def test_a_region_holds_its_points_also_those_of_a_set_that_spreads(charting: ChartingService) -> None:
    mark = three_taps(charting)
    area = charting.fill("chest.left", NAPPAGE, 0.01, spacing_mm=20)
    found = in_region(charting.atlas, charting.marks, "chest.left")
    assert found == {mark.id: frozenset({0, 1}), area.id: None}
    assert count(charting.marks, found) == (2, 1)
    assert of_same_technique(charting.marks, {mark.id: frozenset({0})}) == {mark.id: None}


def test_a_selection_forgets_what_is_gone(charting: ChartingService) -> None:
    mark = three_taps(charting)
    selected = {mark.id: frozenset({1, 2, 9}), uuid4(): None}
    assert still_there(charting.marks, selected) == {mark.id: frozenset({1, 2})}
    assert joined({mark.id: frozenset({1})}, {mark.id: frozenset({2})}) == {mark.id: frozenset({1, 2})}
    assert joined({mark.id: frozenset({1})}, {mark.id: None}) == {mark.id: None}


def test_a_move_keeps_the_distances_between_the_points(charting: ChartingService) -> None:
    atlas = charting.atlas
    points = [point_at(atlas, x, y) for x, y in ((40, 0), (50, 0), (40, 10))]
    landed = pushed(atlas, points, Push("body_front", points[0], point_at(atlas, 65, 25)))
    assert landed[0] == pytest.approx(point_at(atlas, 65, 25), abs=1e-6)
    for i in (1, 2):
        before, after = (atlas.distance_mm(p[0], p[i]) for p in (points, landed))
        assert after == pytest.approx(before, rel=0.06)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dx=st.floats(-40, 40), dy=st.floats(-60, 60))
def test_a_move_there_and_back_ends_where_it_began(charting: ChartingService, dx: float, dy: float) -> None:
    atlas = charting.atlas
    points = [point_at(atlas, 70, 0), point_at(atlas, 62, 8)]
    there = pushed(atlas, points, Push("body_front", points[0], point_at(atlas, 70 + dx, dy)))
    back = pushed(atlas, there, Push("body_front", there[0], points[0]))
    gap = np.linalg.norm(atlas.position(SkinArray.of(back)) - atlas.position(SkinArray.of(points)), axis=1)
    assert gap.max() < 0.6


def test_a_move_is_one_step_and_undo_gives_the_very_marks_back(charting: ChartingService) -> None:
    mark = three_taps(charting)
    push = Push("body_front", mark.points[0], point_at(charting.atlas, 45, 20))
    pairs = moved(charting.atlas, charting.marks, {mark.id: frozenset({0})}, push)
    charting.run(ReplaceMarks("Move", pairs))
    (after,) = charting.marks
    assert isinstance(after, InjectionSet)
    assert (after.id, after.points[1:], after.origin) == (mark.id, mark.points[1:], mark.origin)
    assert after.points[0] == pytest.approx(push.end, abs=1e-6)
    assert charting.undo_name == "Move"
    charting.undo()
    assert charting.marks == (mark,)


def test_over_a_border_the_region_follows_and_the_tally_with_it(charting: ChartingService) -> None:
    mark = charting.place([point_at(charting.atlas, 30, 0)], PAPULE, 0.05)
    push = Push("body_front", mark.points[0], point_at(charting.atlas, -30, 0))
    charting.run(ReplaceMarks("Move", moved(charting.atlas, charting.marks, {mark.id: None}, push)))
    assert charting.marks[0].region_ids == ("chest.right",)
    assert [row.region_id for row in charting.tally().regions if row.marks] == ["chest.right"]


def test_off_the_skin_nothing_moves(charting: ChartingService) -> None:
    atlas = charting.atlas
    mark = charting.place([point_at(atlas, 40, 0), point_at(atlas, 140, 0)], PAPULE, 0.05)
    far = Push("body_front", point_at(atlas, -140, 0), point_at(atlas, 100, 0))
    with pytest.raises(BadInputError, match="leave the body"):
        moved(atlas, charting.marks, {mark.id: None}, far)


def test_an_area_moves_whole_and_keeps_its_size(charting: ChartingService) -> None:
    atlas = charting.atlas
    whole = charting.fill("chest.left", NAPPAGE, 0.01, spacing_mm=20)
    assert isinstance(whole, AreaRecord)
    corners = [(50, -20), (80, -20), (80, 20), (50, 20)]
    ring = tuple(point_at(atlas, x, y) for x, y in corners)
    small = replace(whole, id=uuid4(), outline=(ring,))
    charting.run(ReplaceMarks("Split", (), (small,)))
    charting.erase([whole.id])
    before = charting.tally().total.treated_cm2
    push = Push("body_front", ring[0], point_at(atlas, 55, 0))
    charting.run(ReplaceMarks("Move", moved(atlas, charting.marks, {small.id: None}, push)))
    assert charting.tally().total.treated_cm2 == pytest.approx(before, rel=0.05)
    assert charting.marks[0].region_ids == ("chest.left",)


def test_an_area_over_a_border_touches_both_regions(charting: ChartingService) -> None:
    atlas = charting.atlas
    ring = tuple(point_at(atlas, x, y) for x, y in ((-20, 60), (20, 60), (20, 90), (-20, 90)))
    assert set(regions_under(atlas, (ring,))) == {"chest.left", "chest.right"}


def test_a_new_dose_for_some_points_splits_them_off_in_one_step(charting: ChartingService) -> None:
    mark = charting.fill("chest.left", PAPULE, 0.02, spacing_mm=40)
    assert isinstance(mark, InjectionSet)
    dose = Dose(technique="point_by_point", mixture="C", depth_mm=4.0)
    change = redosed(charting.marks, {mark.id: frozenset({1, 3})}, dose, 0.1)
    charting.run(ReplaceMarks("Change dose", change.replaced, change.added))
    rest, part = charting.marks
    assert isinstance(rest, InjectionSet)
    assert isinstance(part, InjectionSet)
    assert (rest.dose, rest.volume_ml, rest.outline) == (mark.dose, 0.02, mark.outline)
    assert part.points == (mark.points[1], mark.points[3])
    assert (part.dose, part.volume_ml, part.origin) == (dose, 0.1, mark.origin)
    assert change.selected == {part.id: None}
    charting.undo()
    assert charting.marks == (mark,)


def test_an_area_takes_volume_by_its_about_n(charting: ChartingService) -> None:
    area = charting.fill("chest.left", NAPPAGE, 0.01, spacing_mm=30)
    assert isinstance(area, AreaRecord)
    assert area.about_n is not None
    change = redosed(charting.marks, {area.id: None}, replace(NAPPAGE, mixture="D"), 0.02)
    charting.run(ReplaceMarks("Change dose", change.replaced, change.added))
    (after,) = charting.marks
    assert isinstance(after, AreaRecord)
    assert after.total_ml == pytest.approx(0.02 * area.about_n)
    assert after.dose.mixture == "D"


def test_points_never_become_an_area_nor_an_area_points(charting: ChartingService) -> None:
    mark = three_taps(charting)
    area = charting.fill("chest.left", NAPPAGE, 0.01, spacing_mm=30)
    for record, dose in ((mark, NAPPAGE), (area, PAPULE)):
        change = redosed(charting.marks, {record.id: None}, dose, 0.02)
        with pytest.raises(BadInputError, match="cannot become"):
            charting.run(ReplaceMarks("Change dose", change.replaced, change.added))
    assert charting.marks == (mark, area)
