"""A closed practice with one session, and the way to run a program of its own on it."""

import os
from pathlib import Path

import pytest

from mesomap.domain.change import Change
from mesomap.storage import Home, create_database
from tests.records import CHEAP, a_patient, a_session, commit

PASSPHRASE = "four"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    found = Home(tmp_path / "practice")
    found.prepare()
    made, _ = create_database(found, PASSPHRASE, cost=CHEAP)
    patient = a_patient()
    commit(made, Change(None, patient))
    commit(made, Change(None, a_session(patient)))
    made.close()
    return found


def child_environment() -> dict[str, str]:
    """The environment of a child: it imports from this repository."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}
