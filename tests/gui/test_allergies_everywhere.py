"""Recorded allergies stand on every screen that is about a patient; without a record nothing is said."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.controls.chips import StateChip

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

WORDS = "Allergies: lidocaine, latex"


def told(driver: WindowDriver) -> list[str]:
    """What amber chips with allergies say on the screen that is shown."""
    QApplication.processEvents()
    chips = driver.window.findChildren(StateChip)
    return [chip.text() for chip in chips if chip.isVisible() and chip.text().startswith("Allerg")]


@pytest.mark.parametrize("allergies", [(), ("lidocaine", "latex")])
def test_session_record_and_comparison_say_them(driver: WindowDriver, allergies: tuple[str, ...]) -> None:
    window = driver.window
    practice = window.desk.practice
    assert practice is not None
    (patient,) = practice.patients()
    practice.edit_patient(patient, replace(patient, allergies=allergies))
    wanted = [WORDS] if allergies else []
    session = practice.new_session(patient.id, window.desk.atlas())
    window.open_session(session.id)
    assert told(driver) == wanted
    window.show_patients()
    window.records.open_patient(patient.id)
    assert told(driver) == wanted
    window.records.open_comparison(patient.id)
    assert told(driver) == wanted
