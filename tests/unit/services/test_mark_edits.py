"""Marks changed afterwards: only the wished fields, only the selected points, totals divided by points."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.marks import AreaRecord, InjectionSet, Mark
from mesomap.domain.needle import Needle
from mesomap.domain.place import SkinPoint
from mesomap.services.mark_edits import FIELDS, Depth, Volume, carried, edited, in_common
from mesomap.services.redosing import redosed
from tests.records import NOON, a_patient, a_session, a_set, an_area

SESSION = a_session(a_patient())
WISHES: dict[str, Any] = {
    "technique": "bolus",
    "mixture": "D",
    "depth": Depth.by_needle(4.0, 30.0),
    "volume": Volume(each_ml=0.3),
    "intended_layer": "deep dermis",
    "needle": Needle(gauge=30),
    "device": None,
    "remark": "changed",
    "done_at": NOON,
}


def many(points: int, **values: Any) -> InjectionSet:
    places = tuple(SkinPoint(i, 0.25, 0.25) for i in range(points))
    return replace(a_set(SESSION), id=uuid4(), points=places, **values)


def test_the_wishes_name_every_field() -> None:
    assert set(WISHES) == set(FIELDS)


@given(st.sets(st.sampled_from(FIELDS)))
def test_only_the_wished_fields_change(names: set[str]) -> None:
    before = many(3)
    wish = {name: WISHES[name] for name in names}
    ((_, after),) = edited([before], {before.id: None}, wish).replaced
    for name in FIELDS:
        assert getattr(carried(after), name) == (wish[name] if name in wish else getattr(carried(before), name))
    assert isinstance(after, InjectionSet)
    assert (after.id, after.points, after.origin, after.entered_at) == (
        before.id, before.points, before.origin, before.entered_at,
    )  # fmt: skip


@given(st.integers(2, 12), st.data())
def test_selected_points_split_off_and_no_point_is_lost(points: int, data: st.DataObject) -> None:
    before = many(points, volume_ml=None, given_total_ml=float(points))
    indices = frozenset(data.draw(st.sets(st.integers(0, points - 1), min_size=1, max_size=points - 1)))
    change = edited([before], {before.id: indices}, {"mixture": "D"})
    ((_, rest),) = change.replaced
    (part,) = change.added
    assert isinstance(rest, InjectionSet)
    assert isinstance(part, InjectionSet)
    assert sorted((*rest.points, *part.points)) == sorted(before.points)
    assert rest.dose == before.dose
    assert part.dose.mixture == "D"
    # One mL for each point: the total is divided with the points.
    assert rest.total_ml == pytest.approx(rest.count)
    assert part.total_ml == pytest.approx(part.count)
    assert change.selected == {part.id: None}


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5), st.floats(0.0, 100.0))
def test_a_total_of_the_selection_is_divided_by_points(counts: list[int], total_ml: float) -> None:
    marks: list[Mark] = [many(count) for count in counts]
    area = replace(an_area(SESSION), about_n=40)
    marks.append(area)
    selected = dict.fromkeys(mark.id for mark in marks)
    for change in (
        edited(marks, selected, {"volume": Volume(total_ml=total_ml)}),
        redosed(marks, selected, area.dose, None, total_ml),
    ):
        afters = [after for _, after in change.replaced]
        assert sum(after.total_ml or 0.0 for after in afters) == pytest.approx(total_ml)
        sets = [after for after in afters if isinstance(after, InjectionSet)]
        assert {after.volume_ml for after in sets} == {None}
        assert afters[-1].total_ml == pytest.approx(total_ml * 40 / (sum(counts) + 40))


@pytest.mark.parametrize(("each_ml", "total"), [(0.02, 2.4), (0.0, 0.0), (None, None)])
def test_a_volume_of_each_point_becomes_the_total_of_an_area(each_ml: float | None, total: float | None) -> None:
    area = an_area(SESSION)
    ((_, after),) = edited([area], {area.id: None}, {"volume": Volume(each_ml=each_ml)}).replaced
    assert isinstance(after, AreaRecord)
    assert after.total_ml == (None if total is None else pytest.approx(total))


def test_what_differs_is_not_in_common_and_a_total_is_ones_own() -> None:
    one, two = many(2, volume_ml=None, given_total_ml=1.0), many(3, volume_ml=None, given_total_ml=1.0)
    assert in_common([one])["volume"] == Volume(total_ml=1.0)
    assert "volume" not in in_common([one, two])
    other = replace(one, remark="another")
    assert "remark" not in in_common([one, other])
    assert in_common([one, other])["technique"] == one.dose.technique
    assert in_common([]) == {}


def test_a_field_that_is_none_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        edited([], {}, {"colour": "red"})
