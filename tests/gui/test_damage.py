"""A damaged picture or drawing of the body: a sentence, and charting goes on."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mesomap.app.application import make_application
from mesomap.app.offscreen_drive import WindowDriver
from mesomap.atlas import open_atlas
from mesomap.services import Practice
from mesomap.ui.desk import Desk
from mesomap.ui.main_window import MainWindow
from tests.gui.conftest import PASSPHRASE
from tests.records import CHEAP
from tests.synthetic_atlas import write_synthetic_atlas


@pytest.mark.parametrize("ending", ["lines.npz", "picture"])
def test_damage_is_said_and_a_tap_still_counts(qtbot: QtBot, tmp_path: Path, ending: str) -> None:
    make_application()
    folder = write_synthetic_atlas(tmp_path / "body_atlas")
    view = open_atlas(folder).view("head_front")
    for file in [view.lines] if ending == "lines.npz" else [level.file for level in view.levels]:
        file.write_bytes(bytes(file.stat().st_size))
    home = tmp_path / "practice"
    desk = Desk(home, open_body=lambda body: open_atlas(folder, body))
    practice = Practice.create(home, PASSPHRASE, cost=CHEAP)
    patient = practice.new_patient(family_name="B", given_name="A")
    desk.take(practice)
    window = MainWindow(desk)
    window.show()
    qtbot.waitExposed(window)
    window.open_session(practice.new_session(patient.id, desk.atlas()).id)
    driver = WindowDriver(window)
    driver.wait(100)
    assert "Install MesoMap again" in driver.page.floating.hint_text()
    driver.tap(0, 180)
    assert len(driver.page.model.marks) == 1
    window.close()
    window.deleteLater()
