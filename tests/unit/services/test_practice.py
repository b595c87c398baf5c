"""The practice: opening, people, sessions, settings, backup."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mesomap.atlas import Atlas
from mesomap.domain.errors import (
    BadInputError,
    InUseError,
    NotFoundError,
    NotWritableError,
    WrongPassphraseError,
)
from mesomap.services import ChartingService, Practice, RunNow
from mesomap.services.background import Progress
from tests.records import CHEAP
from tests.unit.services.conftest import PAPULE, PASSPHRASE, point_at


def test_a_practice_opens_with_its_passphrase_or_recovery_code_only(home: Path) -> None:
    made = Practice.create(home, PASSPHRASE, cost=CHEAP)
    code = made.recovery_code
    made.close()
    for secret in (PASSPHRASE, code):
        with Practice.open(home, secret) as opened:
            assert opened.recovery_code == ""
            assert opened.verify().ok
    with pytest.raises(WrongPassphraseError):
        Practice.open(home, "wrong one")
    Practice.open(home, PASSPHRASE).close()  # the refusal left no lock behind


def test_there_is_nothing_to_open_in_an_empty_folder(home: Path) -> None:
    assert not Practice.exists(home)
    with pytest.raises(NotFoundError, match="no practice"):
        Practice.open(home, PASSPHRASE)
    assert not home.exists()


def test_a_second_instance_is_refused_while_the_first_is_open(home: Path, practice: Practice) -> None:
    assert practice.home.root == home
    with pytest.raises(InUseError, match="Another MesoMap"):
        Practice.open(home, PASSPHRASE)
    practice.close()
    Practice.open(home, PASSPHRASE).close()


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotWritableError, match="file"):
        Practice.create(tmp_path / "file" / "home", PASSPHRASE, cost=CHEAP)


def test_the_home_is_the_one_that_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MESOMAP_HOME", str(tmp_path / "named"))
    with Practice.create(None, PASSPHRASE, cost=CHEAP) as made:
        assert made.home.root == tmp_path / "named"


def test_patients_get_free_numbers_and_keep_their_own(practice: Practice) -> None:
    one = practice.new_patient(family_name="A", given_name="B", number="2")
    two = practice.new_patient(family_name="C", given_name="D")
    three = practice.new_patient(family_name="E", given_name="F")
    assert len({one.number, two.number, three.number}) == 3
    with pytest.raises(BadInputError, match="belongs to another"):
        practice.new_patient(family_name="G", given_name="H", number="2")
    with pytest.raises(BadInputError, match="belongs to another"):
        practice.edit_patient(two, replace(two, number="2"))
    edited = practice.edit_patient(two, replace(two, family_name="Neu"))
    assert practice.patient(two.id) == edited
    with pytest.raises(BadInputError, match="in the meantime"):
        practice.edit_patient(two, replace(two, family_name="Alt"))


def test_a_session_is_found_by_number_id_and_start_of_id(practice: Practice, atlas: Atlas) -> None:
    patient = practice.new_patient(family_name="A", given_name="B")
    sessions = [practice.new_session(patient.id, atlas) for _ in range(12)]
    assert [session.number for session in sessions] == list(range(1, 13))
    for session in sessions:
        assert practice.find_session(str(session.number)) == session
        assert practice.find_session(str(session.id)) == session
        assert practice.find_session(str(session.id).upper()) == session
        assert practice.find_session(f" {session.id.hex[:13]} ") == session
    with pytest.raises(NotFoundError):
        practice.find_session("99")
    for text in ("", "x", "session", "0" * 33, "-", "²"):
        with pytest.raises((BadInputError, NotFoundError)):
            practice.find_session(text)


def test_a_start_that_fits_two_sessions_is_refused(practice: Practice, atlas: Atlas) -> None:
    patient = practice.new_patient(family_name="A", given_name="B")
    first: dict[str, int] = {}
    for _ in range(40):
        letter = practice.new_session(patient.id, atlas).id.hex[0]
        first[letter] = first.get(letter, 0) + 1
    twice = [letter for letter, count in first.items() if count > 1 and letter.isalpha()]
    assert twice
    with pytest.raises(BadInputError, match="fits"):
        practice.find_session(twice[0])


def test_unknown_records_are_named(practice: Practice, atlas: Atlas) -> None:
    nobody = practice.new_patient(family_name="A", given_name="B").id
    with pytest.raises(NotFoundError, match="no session"):
        practice.session(nobody)
    with pytest.raises(NotFoundError, match="no session"):
        ChartingService(practice, atlas, nobody)


def test_radii_are_shipped_until_the_practice_sets_its_own(practice: Practice) -> None:
    shipped = practice.effect_radius_mm("papule")
    assert shipped == pytest.approx(20 / 3**0.5)
    practice.set_effect_radius_mm("papule", 7.5)
    assert practice.effect_radius_mm("papule") == 7.5
    assert practice.effect_radii_mm()["papule"] == 7.5
    practice.set_effect_radius_mm("papule", None)
    assert practice.effect_radius_mm("papule") == shipped
    assert practice.effect_radii_mm()["papule"] == shipped
    assert practice.effect_radius_mm("dry") is None
    for radius in (0.0, -1.0, float("nan"), 1000.0):
        with pytest.raises(BadInputError, match="radius"):
            practice.set_effect_radius_mm("papule", radius)
    with pytest.raises(NotFoundError):
        practice.set_effect_radius_mm("witchcraft", 2.0)


def test_the_window_keeps_its_settings(practice: Practice) -> None:
    assert practice.setting("favourites") is None
    practice.set_setting("favourites", ["papule"])
    assert practice.setting("favourites") == ["papule"]


def test_a_backup_is_restored_with_the_passphrase_of_the_practice(
    charting: ChartingService, tmp_path: Path
) -> None:
    mark = charting.place([point_at(charting.atlas, 60, 0)], PAPULE, 0.05)
    backup = charting.practice.backup()
    assert backup.parent == charting.practice.home.backups
    assert Practice.restore(backup, tmp_path / "to", PASSPHRASE).ok
    with Practice.open(tmp_path / "to", PASSPHRASE) as copy:
        assert copy.marks(charting.session.id) == (mark,)
    assert charting.practice.verify().ok


def test_the_passphrase_is_changed_only_by_who_knows_it(home: Path, practice: Practice) -> None:
    with pytest.raises(WrongPassphraseError):
        practice.change_passphrase("wrong one", "new one", CHEAP)
    practice.change_passphrase(PASSPHRASE, "new one", CHEAP)
    practice.close()
    Practice.open(home, "new one").close()
    with pytest.raises(WrongPassphraseError):
        Practice.open(home, PASSPHRASE)


def test_settings_in_the_database_are_plain_json(practice: Practice) -> None:
    practice.set_setting("theme", {"dark": True})
    assert json.dumps(practice.setting("theme")) == '{"dark": true}'


def test_run_now_reports_once() -> None:
    results: list[object] = []
    error = BadInputError("no.")

    def work(report: Progress) -> int:
        report(1.0, "done")
        return 7

    def fail(_report: object) -> int:
        raise error

    RunNow().run(work, done=results.append, failed=results.append)
    RunNow().run(fail, done=results.append, failed=results.append)
    assert results == [7, error]
