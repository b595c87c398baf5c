"""A practice on the synthetic body."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mesomap.atlas import Atlas, open_atlas
from mesomap.domain.marks import Dose
from mesomap.domain.place import SkinPoint
from mesomap.services import ChartingService, Practice
from tests.records import CHEAP
from tests.synthetic_atlas import write_synthetic_atlas

PASSPHRASE = "a sentence is best"
PAPULE = Dose(technique="papule", mixture="A", depth_mm=2.0)


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    return open_atlas(write_synthetic_atlas(tmp_path_factory.mktemp("atlas") / "body_atlas"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "practice"


@pytest.fixture
def practice(home: Path) -> Iterator[Practice]:
    with Practice.create(home, PASSPHRASE, practitioner="Dr Test", cost=CHEAP) as made:
        yield made


@pytest.fixture
def charting(practice: Practice, atlas: Atlas) -> ChartingService:
    patient = practice.new_patient(family_name="Beispiel", given_name="Anna", height_cm=170, weight_kg=65)
    return ChartingService(practice, atlas, practice.new_session(patient.id, atlas).id)


def point_at(atlas: Atlas, x: float, y: float, view: str = "body_front") -> SkinPoint:
    """The skin under a place of a view."""
    found = atlas.locate_one(view, x, y)
    assert found is not None
    return found


def reopened(charting: ChartingService, home: Path) -> ChartingService:
    """Close the practice as at the end of the day, open it, and load the session again."""
    charting.practice.close()
    return ChartingService(Practice.open(home, PASSPHRASE), charting.atlas, charting.session.id)
