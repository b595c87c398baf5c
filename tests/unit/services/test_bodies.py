"""Every patient is charted on the chosen body; every session is drawn on its own, whatever came after it."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from mesomap.atlas import Atlas, Bodies
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import InjectionSet
from mesomap.domain.place import AtlasRef
from mesomap.exchange import body_named
from mesomap.services import ChartingService, Practice
from mesomap.services.session_files import export_session, import_session
from tests.records import CHEAP
from tests.unit.services.conftest import PAPULE, PASSPHRASE, point_at

FIRST = AtlasRef("mesomap-body", "1.0.0", "female")


@pytest.fixture(scope="module")
def bodies() -> Bodies:
    return Bodies()


@pytest.fixture
def old_home(tmp_path: Path, bodies: Bodies) -> tuple[Path, UUID]:
    """A home as the first release left it: one session charted on atlas 1.0.0."""
    home = tmp_path / "old"
    now = bodies.named("female")
    then = Atlas(FIRST, now.regions, now.views, now.geometry, now.folder)
    with Practice.create(home, PASSPHRASE, cost=CHEAP) as practice:
        patient = practice.new_patient(family_name="Beispiel", given_name="Anna", height_cm=168, weight_kg=62)
        session = practice.new_session(patient.id, then)
        charting = ChartingService(practice, then, session.id)
        charting.place([point_at(then, x, 675, "head_front") for x in (20.0, 35.0, 45.0)], PAPULE, 0.02)
    return home, session.id


def test_a_session_of_the_first_atlas_opens_unchanged(old_home: tuple[Path, UUID], bodies: Bodies) -> None:
    home, session_id = old_home
    with Practice.open(home, PASSPHRASE) as practice:
        session = practice.session(session_id)
        assert session.atlas == FIRST
        charting = ChartingService(practice, bodies.of(session.atlas), session_id)
        marks = charting.marks
        regions = {region for mark in marks for region in mark.region_ids}
        assert regions
        for mark in marks:
            assert isinstance(mark, InjectionSet)
            assert {charting.atlas.region_id_at(point) for point in mark.points} == set(mark.region_ids)
        charting.place([point_at(charting.atlas, 5, 660, "head_front")], PAPULE, 0.02)
        assert practice.session(session_id).atlas == FIRST
        assert practice.marks(session_id)[: len(marks)] == marks
        assert practice.verify().ok


@pytest.mark.parametrize("body", ["female", "male"])
def test_a_session_of_the_atlas_before_this_one_opens_unchanged(tmp_path: Path, bodies: Bodies, body: str) -> None:
    now = bodies.named(body)
    before = AtlasRef("mesomap-body", "1.1.0", body)
    assert now.ref.version != before.version
    then = Atlas(before, now.regions, now.views, now.geometry, now.folder)
    with Practice.create(tmp_path / "home", PASSPHRASE, cost=CHEAP) as practice:
        patient = practice.new_patient(family_name="Beispiel", given_name="Kim", body=body)
        session = practice.new_session(patient.id, then)
        ChartingService(practice, then, session.id).place([point_at(then, 40, 60)], PAPULE, 0.02)
        (mark,) = practice.marks(session.id)
        opened = bodies.of(practice.session(session.id).atlas)
        assert practice.session(session.id).atlas == before
        charting = ChartingService(practice, opened, session.id)
        assert charting.marks == (mark,)
        assert isinstance(mark, InjectionSet)
        assert {opened.region_id_at(point) for point in mark.points} == set(mark.region_ids)


def test_men_are_charted_on_the_male_body(tmp_path: Path, bodies: Bodies) -> None:
    with Practice.create(tmp_path / "home", PASSPHRASE, cost=CHEAP) as practice:
        man = practice.new_patient(family_name="Muster", given_name="Max", body="male")
        with pytest.raises(BadInputError, match="male body"):
            practice.new_session(man.id, bodies.named("female"))
        session = practice.new_session(man.id, bodies.named(man.body))
        assert session.atlas == bodies.named("male").ref
        with pytest.raises(BadInputError, match="was charted on"):
            ChartingService(practice, bodies.named("female"), session.id)
        charting = ChartingService(practice, bodies.of(session.atlas), session.id)
        charting.place([point_at(charting.atlas, 40, 60)], PAPULE, 0.02)
        practice.edit_patient(man, replace(man, body="female"))
        assert bodies.of(practice.session(session.id).atlas).ref.body == "male"


def test_a_session_goes_out_and_in_on_its_own_body(tmp_path: Path, bodies: Bodies) -> None:
    file = tmp_path / "session.json"
    male = bodies.named("male")
    with Practice.create(tmp_path / "home", PASSPHRASE, cost=CHEAP) as practice:
        man = practice.new_patient(family_name="Muster", given_name="Max", body="male")
        session = practice.new_session(man.id, male)
        ChartingService(practice, male, session.id).place([point_at(male, 40, 60)], PAPULE, 0.02)
        export_session(practice, practice.session(session.id), file, with_patient=True)
        marks = practice.marks(session.id)
    with Practice.create(tmp_path / "elsewhere", PASSPHRASE, cost=CHEAP) as other:
        with pytest.raises(BadInputError, match="charted on the body"):
            import_session(other, bodies.named("female"), file)
        taken = import_session(other, bodies.named(body_named(file)), file)
        assert (taken.patient.body, taken.session.atlas) == ("male", male.ref)
        assert [mark.points for mark in other.marks(taken.session.id) if isinstance(mark, InjectionSet)] == [
            mark.points for mark in marks if isinstance(mark, InjectionSet)
        ]
