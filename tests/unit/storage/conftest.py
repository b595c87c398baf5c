"""A small practice on disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mesomap.domain.change import Change
from mesomap.domain.session import Session
from mesomap.storage import Database, Home, create_database, open_database
from tests.records import CHEAP, a_patient, a_session, commit

PASSPHRASE = "öffne dich"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    found = Home(tmp_path / "practice")
    found.prepare()
    return found


@pytest.fixture
def database(home: Home) -> Iterator[Database]:
    made, _ = create_database(home, PASSPHRASE, who="tester", cost=CHEAP)
    yield made
    made.close()


@pytest.fixture
def session(database: Database) -> Session:
    patient = a_patient()
    made = a_session(patient)
    commit(database, Change(None, patient))
    commit(database, Change(None, made))
    return made


@pytest.fixture
def closed_home(home: Home, database: Database, session: Session) -> Home:
    """A closed home with one patient and one session."""
    assert database.session(session.id) == session
    database.close()
    return home


def reopened(home: Home) -> Database:
    """Open it again with the passphrase."""
    return open_database(home, PASSPHRASE)
