"""A session charted on another version of the body is not opened on this one: why is said, and nothing is changed."""

from dataclasses import replace
from uuid import uuid4

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.commands.records import NewSession
from tests.gui.hands import practice_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_a_session_of_another_version_of_the_body_says_why_it_does_not_open(driver: WindowDriver) -> None:
    window, practice = driver.window, practice_of(driver.window)
    known = practice.sessions()[0]
    odd = replace(known, id=uuid4(), number=90, atlas=replace(known.atlas, version="0.0.1"))
    practice.run(NewSession(odd))
    window.show_patients()
    said: list[str] = []

    def read() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(box.text())
        box.accept()

    QTimer.singleShot(100, read)
    window.open_session(odd.id)
    assert window.charting is None
    assert window.patients.isVisible()
    (sentence,) = said
    assert sentence.startswith("Session 90 cannot be opened. It was charted on the body atlas synthetic-body 0.0.1")
    assert "Nothing is lost" in sentence
    assert practice.session(odd.id).atlas.version == "0.0.1"
