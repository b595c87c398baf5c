"""The real window on the synthetic body, driven by pointer and keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mesomap.app.application import make_application
from mesomap.app.offscreen_drive import WindowDriver
from mesomap.atlas import Atlas, open_atlas
from mesomap.domain.patient import Patient
from mesomap.services import Practice
from mesomap.ui.desk import Desk
from mesomap.ui.main_window import MainWindow
from mesomap.ui.theme import theme
from tests.gui.hands import practice_of
from tests.records import CHEAP
from tests.synthetic_atlas import write_synthetic_atlas

PASSPHRASE = "a sentence is best"


@pytest.fixture(scope="session")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """The synthetic body."""
    return open_atlas(write_synthetic_atlas(tmp_path_factory.mktemp("atlas") / "body_atlas"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    return tmp_path / "practice"


@pytest.fixture
def window(qtbot: QtBot, home: Path, atlas: Atlas) -> Iterator[MainWindow]:
    """The window on a practice with one patient, at the patient list."""
    make_application()
    theme.use("light")
    desk = Desk(home, open_body=lambda _body: atlas)
    practice = Practice.create(home, PASSPHRASE, cost=CHEAP)
    practice.new_patient(family_name="Beispiel", given_name="Anna", height_cm=170, weight_kg=65)
    desk.take(practice)
    made = MainWindow(desk)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    made.show_patients()
    yield made
    made.close()
    made.deleteLater()
    theme.use("light")


@pytest.fixture
def practice(window: MainWindow) -> Practice:
    """The practice that is open in the window."""
    return practice_of(window)


@pytest.fixture
def patient(practice: Practice) -> Patient:
    """Its first patient."""
    return practice.patients()[0]


@pytest.fixture
def driver(window: MainWindow) -> WindowDriver:
    """A hand on the window, with an open session in the front view and papule values entered."""
    practice = window.desk.practice
    assert practice is not None
    patient = practice.patients()[0]
    session = practice.new_session(patient.id, window.desk.atlas())
    window.open_session(session.id)
    hand = WindowDriver(window)
    hand.choose_view("body_front")
    hand.click(hand.page.dose.technique_button("papule"))
    hand.set_values(2.0, 0.05, 20.0)
    return hand
