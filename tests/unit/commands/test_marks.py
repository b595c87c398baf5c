"""Commands on marks: what they make, and what they refuse."""

import math
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.commands import EraseMarks, FillRegion, PlaceInjections
from mesomap.domain.errors import BadInputError, NotFoundError
from mesomap.domain.marks import AreaRecord, Dose, InjectionSet, Lattice, Origin
from mesomap.domain.needle import Device, DeviceKind, Insertion, Needle
from mesomap.domain.place import SkinPoint
from mesomap.domain.technique import techniques
from tests.records import NOON, a_patient, a_session, a_set, an_area

SESSION = a_session(a_patient())
PAPULE = Dose(technique="papule", mixture="A", depth_mm=2.0)
NAPPAGE = Dose(technique="nappage", mixture="B", depth_mm=1.5)
POINTS = tuple(SkinPoint(i, 0.2, 0.3) for i in range(7))


def _place(
    dose: Dose = PAPULE, volume_ml: float | None = 0.1, points: tuple[SkinPoint, ...] = POINTS
) -> PlaceInjections:
    return PlaceInjections(
        session_id=SESSION.id,
        points=points,
        dose=dose,
        volume_ml=volume_ml,
        origin=Origin.TAP,
        done_at=NOON,
        entered_at=NOON,
    )


def _fill(
    dose: Dose, *, volume_ml: float | None = 0.01, total_ml: float | None = None, n: int = 7
) -> FillRegion:
    return FillRegion(
        session_id=SESSION.id,
        region_id="forehead.mid",
        points=POINTS[:n],
        outline=(POINTS[:3],),
        dose=dose,
        lattice=Lattice.SQUARE,
        spacing_mm=4.0,
        volume_ml=volume_ml,
        total_ml=total_ml,
        done_at=NOON,
        entered_at=NOON,
    )


def test_a_tap_records_exactly_what_was_chosen() -> None:
    (change,) = _place().changes()
    mark = change.after
    assert change.before is None
    assert isinstance(mark, InjectionSet)
    assert (mark.points, mark.dose, mark.volume_ml, mark.origin) == (POINTS, PAPULE, 0.1, Origin.TAP)
    assert mark.outline == ()


def test_a_value_that_was_not_entered_stays_unrecorded() -> None:
    (change,) = _place(Dose(technique="papule"), None).changes()
    assert isinstance(change.after, InjectionSet)
    assert change.after.volume_ml is None
    assert change.after.total_ml is None
    assert change.after.dose.depth_mm is None


def test_a_total_of_points_is_recorded_as_such_and_not_beside_a_volume_of_each() -> None:
    (change,) = replace(_place(volume_ml=None), given_total_ml=2.0).changes()
    assert isinstance(change.after, InjectionSet)
    assert (change.after.volume_ml, change.after.given_total_ml, change.after.total_ml) == (None, 2.0, 2.0)
    assert change.after.share_ml == pytest.approx(2.0 / len(POINTS))
    (filled,) = _fill(PAPULE, total_ml=2.0).changes()
    assert isinstance(filled.after, InjectionSet)
    assert (filled.after.volume_ml, filled.after.given_total_ml) == (None, 2.0)
    with pytest.raises(BadInputError, match="Keep one of them"):
        replace(_place(), given_total_ml=2.0).changes()
    with pytest.raises(BadInputError, match="total volume"):
        _fill(NAPPAGE, total_ml=1000.5).changes()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"needle": Needle(length_mm=1.5)}, "more than the needle is long"),
        ({"needle": Needle(gauge=5)}, "gauge"),
        ({"needle": Needle(lot="x" * 201)}, "lot of the needle is too long"),
        ({"insertion": Insertion(inserted_mm=4.0, angle_deg=95.0)}, "angle"),
        ({"insertion": Insertion(inserted_mm=4.0, angle_deg=90.0)}, "does not follow"),
        ({"device": Device(kind=DeviceKind.GUN, shots=-1)}, "shots"),
        ({"device": Device(kind=DeviceKind.GUN, settings="x" * 201)}, "settings of the device"),
        ({"intended_layer": "x" * 61}, "intended layer"),
    ],
)
def test_what_no_needle_and_no_device_can_be_is_refused(values: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        _place(replace(PAPULE, **values)).changes()
    with pytest.raises(BadInputError, match=says):
        _fill(replace(NAPPAGE, depth_mm=2.0, **values)).changes()


def test_needle_device_and_layer_are_recorded_as_entered() -> None:
    dose = replace(
        PAPULE,
        insertion=Insertion(inserted_mm=4.0, angle_deg=30.0),
        needle=Needle(gauge=30, length_mm=4.0, lot="L-1", single_use=True),
        device=Device(kind=DeviceKind.OTHER, model="own"),
        intended_layer="own words",
    )
    (change,) = _place(dose).changes()
    assert isinstance(change.after, InjectionSet)
    assert change.after.dose == dose


@pytest.mark.parametrize("value", [-0.1, math.nan, math.inf, 101.0])
def test_impossible_values_are_refused(value: float) -> None:
    with pytest.raises(BadInputError, match="volume"):
        _place(volume_ml=value).changes()
    with pytest.raises(BadInputError, match="depth"):
        _place(replace(PAPULE, depth_mm=value)).changes()


@pytest.mark.parametrize(
    "point",
    [SkinPoint(-1, 0.1, 0.1), SkinPoint(0, 0.9, 0.9), SkinPoint(0, math.nan, 0), SkinPoint(0, -0.1, 0)],
)
def test_a_place_off_every_triangle_is_refused(point: SkinPoint) -> None:
    with pytest.raises(BadInputError, match="skin point"):
        _place(points=(point,)).changes()


def test_no_place_no_mark() -> None:
    with pytest.raises(BadInputError, match="no place on the skin"):
        _place(points=()).changes()
    with pytest.raises(BadInputError, match="No point fits"):
        _fill(PAPULE, n=0).changes()


def test_unknown_techniques_and_letters_are_refused() -> None:
    with pytest.raises(NotFoundError, match="witchcraft"):
        _place(Dose(technique="witchcraft")).changes()
    with pytest.raises(BadInputError, match="not a mixture letter"):
        _place(replace(PAPULE, mixture="Z")).changes()


@pytest.mark.parametrize("key", [key for key, known in techniques().items() if known.is_density])
def test_a_density_technique_is_one_area_and_never_single_points(key: str) -> None:
    with pytest.raises(BadInputError, match="as an area"):
        _place(Dose(technique=key)).changes()
    (change,) = _fill(Dose(technique=key)).changes()
    assert isinstance(change.after, AreaRecord)
    assert change.after.about_n == 7
    assert change.after.total_ml == pytest.approx(0.07)
    assert change.after.outline == (POINTS[:3],)


def test_the_total_of_an_area_is_the_one_given() -> None:
    (change,) = _fill(NAPPAGE, total_ml=2.5).changes()
    assert isinstance(change.after, AreaRecord)
    assert change.after.total_ml == 2.5
    (change,) = _fill(NAPPAGE, volume_ml=None).changes()
    assert isinstance(change.after, AreaRecord)
    assert change.after.total_ml is None


def test_a_filled_point_technique_keeps_every_point_and_says_pattern() -> None:
    (change,) = _fill(PAPULE).changes()
    mark = change.after
    assert isinstance(mark, InjectionSet)
    assert mark.points == POINTS
    assert mark.origin.is_pattern
    assert (mark.spacing_mm, mark.region_ids, mark.outline) == (4.0, ("forehead.mid",), (POINTS[:3],))


@given(st.integers(1, 12), st.sets(st.integers(0, 11), max_size=12))
def test_erasing_points_keeps_the_others_in_order(count: int, wanted: set[int]) -> None:
    mark = a_set(SESSION, count)
    indices = frozenset(index for index in wanted if index < count)
    changes = EraseMarks(marks=(mark,), what={mark.id: indices}).changes()
    if not indices:
        assert changes == ()
        return
    (change,) = changes
    assert change.before == mark
    left = [point for index, point in enumerate(mark.points) if index not in indices]
    if left:
        assert isinstance(change.after, InjectionSet)
        assert list(change.after.points) == left
    else:
        assert change.after is None


def test_erasing_what_is_not_there_is_refused() -> None:
    mark, area = a_set(SESSION, 2), an_area(SESSION)
    with pytest.raises(NotFoundError):
        EraseMarks(marks=(mark,), what={uuid4(): None}).changes()
    with pytest.raises(BadInputError, match="not in this mark"):
        EraseMarks(marks=(mark,), what={mark.id: frozenset({2})}).changes()
    with pytest.raises(BadInputError, match="no single points"):
        EraseMarks(marks=(area,), what={area.id: frozenset({0})}).changes()
    assert EraseMarks(marks=(area,), what={area.id: None}).changes()[0].after is None


def test_names_of_steps_are_fixed_words() -> None:
    assert _place().name == "Place"
    assert _fill(PAPULE).name == "Fill"
    assert EraseMarks(marks=(), what={}).name == "Erase"
