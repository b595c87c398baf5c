"""What a technique remembers, needles used before, and what is left in the syringes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.marks import Dose
from mesomap.domain.needle import Device, DeviceKind, Insertion, Needle
from mesomap.domain.session import Mixture
from mesomap.services import ChartingService, Practice, Remembered
from mesomap.services.mixture_amounts import mixture_amounts
from mesomap.services.used_before import (
    MOST_KEPT,
    remember_device,
    remember_needle,
    used_devices,
    used_needles,
)
from tests.records import a_patient, a_session, a_set, an_area
from tests.unit.services.conftest import PAPULE, point_at

MAYBE = st.none() | st.floats(0.0, 100.0)
NEEDLES = st.builds(
    Needle,
    gauge=st.none() | st.integers(10, 40),
    length_mm=st.none() | st.floats(0.1, 100.0),
    lot=st.text(max_size=20),
    single_use=st.none() | st.booleans(),
)
DEVICES = st.builds(
    Device, kind=st.sampled_from(DeviceKind), model=st.text(max_size=9), shots=st.none() | st.integers(0, 9)
)


@given(
    st.builds(
        Remembered,
        depth_mm=MAYBE,
        volume_ml=MAYBE,
        spacing_mm=MAYBE,
        mixture=st.none() | st.sampled_from("ABCDEFGH"),
        by_total=st.booleans(),
        total_ml=MAYBE,
        by_needle=st.booleans(),
        inserted_mm=MAYBE,
        angle_deg=MAYBE,
        intended_layer=st.text(max_size=20),
        needle=st.none() | NEEDLES,
        device=st.none() | DEVICES,
    )
)
def test_all_that_is_remembered_comes_back(remembered: Remembered) -> None:
    assert Remembered.from_setting(remembered.as_setting()) == remembered


def test_what_an_older_home_remembered_is_still_read() -> None:
    old = {"depth_mm": 1.5, "volume_ml": 0.02, "spacing_mm": None, "mixture": "A"}
    remembered = Remembered.from_setting(old)
    assert remembered == Remembered(depth_mm=1.5, volume_ml=0.02, mixture="A")
    assert remembered is not None
    assert remembered.as_setting() == old


@pytest.mark.parametrize(
    "damaged", [None, 7, "x", [], {"needle": 3}, {"device": {"kind": "magic"}}, {"needle": {"x": 1}}]
)
def test_a_damaged_setting_is_no_harm(damaged: object) -> None:
    remembered = Remembered.from_setting(damaged)
    assert remembered is None or (remembered.needle, remembered.device) == (None, None)


def test_a_gesture_leaves_its_needle_and_insertion_to_remember() -> None:
    dose = Dose(
        technique="papule",
        depth_mm=2.0,
        insertion=Insertion(inserted_mm=4.0, angle_deg=30.0),
        needle=Needle(gauge=30),
        intended_layer="dermis",
    )
    kept = Remembered.of(dose, volume_ml=None, spacing_mm=None, total_ml=2.0, known=Remembered(spacing_mm=9.0))
    assert (kept.by_needle, kept.insertion) == (True, dose.insertion)
    assert (kept.by_total, kept.total_ml, kept.spacing_mm) == (True, 2.0, 9.0)
    assert (kept.needle, kept.intended_layer) == (Needle(gauge=30), "dermis")


def test_a_lot_comes_back_only_where_the_session_has_it_and_shots_never(charting: ChartingService) -> None:
    needle = Needle(gauge=30, lot="L-1")
    dose = replace(PAPULE, needle=needle, device=Device(kind=DeviceKind.GUN, model="U", shots=120))
    charting.place([point_at(charting.atlas, 60, 10)], dose, 0.05)
    same = charting.remembered("papule")
    assert same is not None
    assert same.needle == needle
    assert same.device == Device(kind=DeviceKind.GUN, model="U")
    other = charting.practice.new_session(charting.patient.id, charting.atlas)
    next_time = ChartingService(charting.practice, charting.atlas, other.id).remembered("papule")
    assert next_time is not None
    assert next_time.needle == Needle(gauge=30)
    assert (next_time.depth_mm, next_time.volume_ml) == (same.depth_mm, same.volume_ml)


def test_needles_used_before_stand_once_the_last_one_first(practice: Practice) -> None:
    needles = [Needle(gauge=gauge) for gauge in range(25, 34)]
    for needle in (*needles, needles[3]):
        remember_needle(practice, needle)
    kept = used_needles(practice)
    assert kept[0] == needles[3]
    assert len(kept) == len(set(kept)) == MOST_KEPT


def test_a_device_is_offered_again_without_the_shots_of_that_day(practice: Practice) -> None:
    remember_device(practice, Device(kind=DeviceKind.GUN, model="U", shots=120))
    assert used_devices(practice) == (Device(kind=DeviceKind.GUN, model="U"),)
    practice.set_setting("devices", [{"kind": "magic"}, 7])
    assert used_devices(practice) == ()


def test_left_is_drawn_up_less_what_was_given_and_an_upper_limit_where_a_volume_is_missing() -> None:
    session = replace(
        a_session(a_patient()), mixtures=(Mixture(letter="A", name="HA", drawn_ml=1.0), Mixture(letter="C"))
    )
    base = a_set(session)
    of_a = replace(base, dose=Dose(technique="papule", mixture="A"), volume_ml=0.5)
    dry = replace(of_a, volume_ml=0.0)
    area = replace(an_area(session), dose=Dose(technique="nappage", mixture="B"), total_ml=None)
    found = mixture_amounts(session, [of_a, dry, area])
    assert list(found) == ["A", "B", "C"]
    assert found["A"].given_ml == pytest.approx(0.5 * base.count)
    assert found["A"].left_ml == pytest.approx(1.0 - 0.5 * base.count)
    assert found["A"].complete
    assert (found["B"].given_ml, found["B"].complete, found["B"].left_ml) == (0.0, False, None)
    assert (found["C"].given_ml, found["C"].complete) == (0.0, True)
