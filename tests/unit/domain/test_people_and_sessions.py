"""Patients, their size, sessions and changes."""

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesomap.domain.body_size import PatientScale, bsa_du_bois_m2, bsa_mosteller_m2, patient_scale
from mesomap.domain.change import Change
from mesomap.domain.errors import BadInputError
from mesomap.domain.session import Mixture, checked_letter
from tests.records import a_patient, a_session

AREAS = {"reference_area_cm2": 17_000.0, "fixed_area_cm2": 3_000.0}


def test_body_surface_area_of_a_known_person() -> None:
    """170 cm, 70 kg: 1.81 m² (Du Bois 1916), 1.82 m² (Mosteller 1987), by hand."""
    assert bsa_du_bois_m2(170, 70) == pytest.approx(1.810, abs=0.002)
    assert bsa_mosteller_m2(170, 70) == pytest.approx(1.818, abs=0.002)


def test_without_height_and_weight_the_scale_is_one() -> None:
    for height, weight in ((None, None), (170.0, None), (None, 70.0)):
        scale = patient_scale(height, weight, **AREAS)
        assert scale.length == 1.0
        assert "reference body" in scale.basis


@given(st.floats(140, 210), st.floats(35, 200))
def test_the_scaled_body_has_the_area_of_the_patient(height: float, weight: float) -> None:
    scale = patient_scale(height, weight, **AREAS)
    area = AREAS["fixed_area_cm2"] + (AREAS["reference_area_cm2"] - AREAS["fixed_area_cm2"]) * scale.length**2
    assert area == pytest.approx(bsa_du_bois_m2(height, weight) * 1e4, rel=1e-9)
    assert f"{height:g} cm" in scale.basis


@pytest.mark.parametrize("size", [(17.0, 70.0), (1700.0, 70.0), (170.0, 0.0), (170.0, float("nan"))])
def test_impossible_sizes_are_refused(size: tuple[float, float]) -> None:
    with pytest.raises(BadInputError, match="not possible"):
        patient_scale(*size, **AREAS)


def test_head_and_hands_keep_the_reference_size() -> None:
    assert PatientScale(1.2).factor(fixed=True) == 1.0
    assert PatientScale(1.2).factor(fixed=False) == 1.2


def test_a_name_is_shown_without_stray_commas() -> None:
    assert a_patient().display_name == "Beispiel, Anna"
    assert replace(a_patient(), given_name="").display_name == "Beispiel"


def test_mixture_letters() -> None:
    assert [checked_letter(letter) for letter in "ABCDEFGH"] == list("ABCDEFGH")
    for wrong in ("", "I", "a", "AB", "ABCDEFGH"):
        with pytest.raises(BadInputError):
            checked_letter(wrong)
    session = replace(a_session(a_patient()), mixtures=(Mixture(letter="B", name="x"),))
    assert session.mixture("B") == Mixture(letter="B", name="x")
    assert session.mixture("A") is None


def test_a_change_undone_twice_is_the_change() -> None:
    patient = a_patient()
    change = Change(patient, replace(patient, notes="x"))
    assert change.reversed().reversed() == change
    assert change.record_id == patient.id
    assert Change(patient, None).record == patient


def test_a_change_is_of_one_record() -> None:
    patient = a_patient()
    for before, after in (
        (None, None),
        (patient, replace(patient, id=uuid4())),
        (patient, a_session(patient)),
    ):
        with pytest.raises(ValueError, match=r"before|same"):
            Change(before, after)
