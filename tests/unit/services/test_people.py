"""People: who is here, what they may do, and that every step says who."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mesomap.domain.errors import BadInputError, WrongPassphraseError
from mesomap.domain.person import Role
from mesomap.services import Practice
from tests.records import CHEAP

PASSPHRASE = "a sentence is best"


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """A practice of a doctor, who may do everything, and an assistant, who charts."""
    with Practice.create(tmp_path / "p", PASSPHRASE, cost=CHEAP) as made:
        made.people.add("Dr. A. Beispiel", qualification="GP", roles=tuple(Role), pin="4711")
        made.people.begin()
        made.people.add("Mia", roles=(Role.CHART,), pin="8642")
        yield made


def test_where_nobody_is_recorded_everything_may_be_done(tmp_path: Path) -> None:
    with Practice.create(tmp_path / "q", PASSPHRASE, cost=CHEAP) as made:
        assert made.people.begin()
        assert made.people.may(Role.ADMINISTER)
        made.new_patient(family_name="Beispiel", given_name="Anna")


def test_the_only_person_is_here_without_a_question_and_of_two_one_is_asked_for(tmp_path: Path) -> None:
    home = tmp_path / "q"
    with Practice.create(home, PASSPHRASE, cost=CHEAP) as made:
        doctor = made.people.add("Dr. A. Beispiel", roles=tuple(Role), pin="4711")
    with Practice.open(home, PASSPHRASE) as again:
        assert again.people.begin()
        assert again.people.current == doctor
        again.people.add("Mia", roles=(Role.CHART,), pin="8642")
    with Practice.open(home, PASSPHRASE) as third:
        assert not third.people.begin()
        assert third.people.current is None


def test_only_the_right_pin_lets_somebody_take_over(practice: Practice) -> None:
    mia = practice.people.active()[1]
    assert not practice.people.come(mia, "4711")
    assert practice.people.current is not None
    assert practice.people.current.name == "Dr. A. Beispiel"
    assert practice.people.come(mia, "8642")
    assert practice.people.current == mia
    with pytest.raises(WrongPassphraseError):
        practice.people.check_passphrase("something else")
    practice.people.check_passphrase(PASSPHRASE)
    practice.people.take(practice.people.active()[0])
    assert practice.people.may(Role.SIGN)


def test_an_assistant_charts_but_does_not_administer(practice: Practice) -> None:
    practice.people.come(practice.people.active()[1], "8642")
    practice.new_patient(family_name="Beispiel", given_name="Anna")
    with pytest.raises(BadInputError, match="Mia may not administer"):
        practice.people.add("Somebody", roles=tuple(Role))
    assert len(practice.people.all()) == 2


def test_who_may_only_read_changes_nothing(practice: Practice) -> None:
    doctor = practice.people.active()[0]
    reader = practice.people.add("Noa", pin="9753")
    patient = practice.new_patient(family_name="Beispiel", given_name="Anna")
    practice.people.come(reader, "9753")
    with pytest.raises(BadInputError, match="may not chart"):
        practice.new_patient(family_name="Other", given_name="One")
    assert practice.patients() == (patient,)
    own = practice.people.edit(reader, name="Noa", qualification="", roles=(), pin="1470")
    assert practice.people.come(own, "1470")
    with pytest.raises(BadInputError, match="may not administer"):
        practice.people.edit(doctor, name=doctor.name, qualification="", roles=tuple(Role), pin="1470")


def test_nobody_is_left_without_an_administrator(practice: Practice) -> None:
    doctor, mia = practice.people.active()
    with pytest.raises(BadInputError, match="administer the practice"):
        practice.people.edit(doctor, name=doctor.name, qualification="", roles=(Role.SIGN,))
    with pytest.raises(BadInputError, match="themselves"):
        practice.people.take_leave(doctor, "left")
    gone = practice.people.take_leave(mia, "left in May")
    assert practice.people.active() == (doctor,)
    assert not gone.may(Role.CHART)
    back = practice.people.come_back(gone)
    assert back in practice.people.active()


def test_two_people_of_one_name_are_told_apart(practice: Practice) -> None:
    with pytest.raises(BadInputError, match="recorded already"):
        practice.people.add("  mia ", roles=(Role.CHART,))


def test_who_signs_gets_a_key_that_stays(practice: Practice) -> None:
    doctor, mia = practice.people.active()
    assert doctor.public_key
    assert not mia.public_key
    signer = practice.people.edit(mia, name="Mia", qualification="nurse", roles=(Role.CHART, Role.SIGN))
    assert len(signer.public_key) == 64
    again = practice.people.edit(signer, name="Mia M.", qualification="nurse", roles=(Role.CHART, Role.SIGN))
    assert again.public_key == signer.public_key
    assert practice.verify().ok
