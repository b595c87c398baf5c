"""Commands on patients and sessions."""

from dataclasses import replace

import pytest

from mesomap.commands import EditPatient, EditSession, ImportSession, NewPatient, NewSession, SetMixture
from mesomap.commands.mixtures import DrawUp
from mesomap.domain.errors import BadInputError
from mesomap.domain.session import Mixture, Session
from tests.records import ATLAS, a_patient, a_session, a_set

PATIENT = a_patient()
SESSION = a_session(PATIENT)


def test_a_mixture_is_named_renamed_and_taken_away() -> None:
    named = SetMixture(SESSION, "B", "  saline ").changes()[0].after
    assert isinstance(named, Session)
    assert named.mixtures == (Mixture(letter="B", name="saline"),)
    both = SetMixture(named, "A", "x").changes()[0].after
    assert isinstance(both, Session)
    assert [mixture.letter for mixture in both.mixtures] == ["A", "B"]
    gone = SetMixture(both, "B", " ").changes()[0].after
    assert isinstance(gone, Session)
    assert gone.mixture("B") is None
    assert SetMixture(both, "A", "x").changes() == ()


def test_what_was_drawn_up_stands_beside_the_name_and_goes_without_both() -> None:
    drawn = DrawUp(SESSION, "B", 5.0).changes()[0].after
    assert isinstance(drawn, Session)
    assert drawn.mixtures == (Mixture(letter="B", drawn_ml=5.0),)
    named = SetMixture(drawn, "B", "saline").changes()[0].after
    assert isinstance(named, Session)
    assert named.mixtures == (Mixture(letter="B", name="saline", drawn_ml=5.0),)
    assert DrawUp(named, "B", 5.0).changes() == ()
    nameless = SetMixture(named, "B", "").changes()[0].after
    assert nameless == drawn
    gone = DrawUp(drawn, "B", None).changes()[0].after
    assert isinstance(gone, Session)
    assert gone.mixtures == ()


@pytest.mark.parametrize("volume_ml", [-0.1, 1000.1, float("nan"), float("inf")])
def test_no_syringe_draws_up_an_impossible_volume(volume_ml: float) -> None:
    with pytest.raises(BadInputError, match="drawn up"):
        DrawUp(SESSION, "A", volume_ml).changes()


@pytest.mark.parametrize("letter", ["", "Z", "AB", "a", "1"])
def test_only_letters_a_to_h_name_a_syringe(letter: str) -> None:
    with pytest.raises(BadInputError, match="mixture letter"):
        SetMixture(SESSION, letter, "x").changes()


def test_what_a_session_rests_on_never_changes() -> None:
    for edit in (
        {"number": 2},
        {"patient_scale": 1.1},
        {"atlas": replace(ATLAS, version="9")},
        {"patient_id": SESSION.id},
    ):
        with pytest.raises(BadInputError, match="fixed when it begins"):
            EditSession(SESSION, replace(SESSION, **edit)).changes()
    assert EditSession(SESSION, replace(SESSION, remark="ok")).changes()[0].after == replace(
        SESSION, remark="ok"
    )
    assert EditSession(SESSION, SESSION).changes() == ()


def test_patients_need_a_name_a_number_and_a_possible_size() -> None:
    for wrong in (
        replace(PATIENT, number=" "),
        replace(PATIENT, family_name="", given_name=" "),
        replace(PATIENT, height_cm=17.0),
        replace(PATIENT, weight_kg=float("nan")),
        replace(PATIENT, notes="x" * 20_001),
    ):
        with pytest.raises(BadInputError):
            NewPatient(wrong).changes()
        with pytest.raises(BadInputError):
            EditPatient(PATIENT, wrong).changes()
    assert NewPatient(PATIENT).changes()[0].after == PATIENT
    assert EditPatient(PATIENT, PATIENT).changes() == ()


def test_an_import_is_one_step_with_everything_in_it() -> None:
    marks = (a_set(SESSION), a_set(SESSION))
    changes = ImportSession(SESSION, marks, PATIENT).changes()
    assert [change.after for change in changes] == [PATIENT, SESSION, *marks]
    assert all(change.before is None for change in changes)
    assert len(ImportSession(SESSION, marks).changes()) == 3


def test_a_letter_used_twice_is_refused() -> None:
    twice = replace(SESSION, mixtures=(Mixture(letter="A"), Mixture(letter="A", name="x")))
    with pytest.raises(BadInputError, match="twice"):
        NewSession(twice).changes()
