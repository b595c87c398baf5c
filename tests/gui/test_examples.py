"""The example sessions of docs open in the window, on the shipped body."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mesomap.app.application import make_application
from mesomap.app.offscreen_drive import WindowDriver
from mesomap.atlas import Atlas
from mesomap.services import Practice
from mesomap.services.session_files import import_session
from mesomap.ui.desk import Desk
from mesomap.ui.main_window import MainWindow
from tests.records import CHEAP

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


@pytest.fixture
def real_window(qtbot: QtBot, tmp_path: Path, real_atlas: Atlas) -> Iterator[MainWindow]:
    """The window on an empty practice and the shipped body."""
    make_application()
    desk = Desk(tmp_path / "home", open_body=lambda _body: real_atlas)
    desk.take(Practice.create(tmp_path / "home", "a sentence is best", cost=CHEAP))
    made = MainWindow(desk)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


@pytest.mark.parametrize(
    ("name", "view", "points", "regions"),
    [("mesolift", "head_front", 10, 8), ("low_back_pain_day_1", "trunk_back", 15, 4)],
)
def test_an_example_opens_and_shows_its_marks(
    real_window: MainWindow, real_atlas: Atlas, name: str, view: str, points: int, regions: int
) -> None:
    practice = real_window.desk.practice
    assert practice is not None
    outcome = import_session(practice, real_atlas, EXAMPLES / f"{name}.json")
    real_window.open_session(outcome.session.id)
    hand = WindowDriver(real_window)
    hand.choose_view(view)
    model = hand.page.model
    assert len(model.marks) == outcome.marks
    assert len(model.scene(view).points) == points
    assert len(model.service.tally().rows) == regions
    assert not real_window.grab().isNull()
