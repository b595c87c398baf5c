"""What the line about backups is made from: fresh, old, failed, a second folder that is away, a clock that is wrong."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError, NotWritableError, StoppedError
from mesomap.services import Practice
from mesomap.services.backup_state import Worry, backup_state, set_warn_days, warn_days
from mesomap.storage import backup as backup_module
from tests.records import CHEAP


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    with Practice.create(tmp_path / "practice", "a sentence is best", cost=CHEAP) as made:
        made.new_patient(family_name="Beispiel", given_name="Anna")
        yield made


def test_none_yet_is_no_worry(practice: Practice) -> None:
    state = backup_state(practice)
    assert state.first is None
    assert not state.worries


def test_a_backup_that_holds_everything_is_never_old(practice: Practice) -> None:
    practice.backups.make()
    much_later = now() + timedelta(days=400)
    assert not backup_state(practice, much_later).worries
    practice.new_patient(family_name="Neu", given_name="Nora")
    assert not backup_state(practice).worries, "less than a day has passed"
    assert backup_state(practice, much_later).worries == {Worry.OLD}


def test_the_days_are_a_setting(practice: Practice) -> None:
    practice.backups.make()
    practice.new_patient(family_name="Neu", given_name="Nora")
    set_warn_days(practice, 3)
    assert warn_days(practice) == 3
    assert not backup_state(practice, now() + timedelta(days=2)).worries
    assert backup_state(practice, now() + timedelta(days=4)).worries == {Worry.OLD}
    with pytest.raises(BadInputError):
        set_warn_days(practice, 0)


def test_a_second_folder_that_is_away_or_behind(practice: Practice, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    practice.backups.choose_second_folder(stick)
    practice.backups.make()
    state = backup_state(practice)
    assert state.second is not None
    assert not state.worries
    stick.rename(tmp_path / "pulled out")
    assert backup_state(practice).worries == {Worry.SECOND_MISSING}
    practice.new_patient(family_name="Neu", given_name="Nora")
    practice.backups.make()
    assert backup_state(practice).worries == {Worry.SECOND_MISSING, Worry.FAILED}
    (tmp_path / "pulled out").rename(stick)
    assert Worry.SECOND_OLD in backup_state(practice, now() + timedelta(days=8)).worries
    practice.backups.make()
    assert not backup_state(practice).worries


def test_a_failure_is_remembered_until_one_works(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    practice.backups.make()

    def full(*_any: object, **_more: object) -> None:
        raise NotWritableError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(backup_module, "_fill", full)
        with pytest.raises(NotWritableError):
            practice.backups.make()
    state = backup_state(practice)
    assert state.worries == {Worry.FAILED}
    assert state.trouble == "The disk is full."

    def stop(_part: float, _stage: str) -> None:
        raise StoppedError("Stopped.")

    practice.backups.make()
    with pytest.raises(StoppedError):
        practice.backups.make(stop)
    assert not backup_state(practice).worries, "stopped by a person is no failure"


def test_a_backup_from_the_future_is_a_worry(practice: Practice) -> None:
    practice.backups.make()
    assert backup_state(practice, now() - timedelta(days=2)).worries == {Worry.FUTURE}
