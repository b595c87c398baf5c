"""A page made ahead shows and charts a session exactly as a page made for it."""

import gc
from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.atlas import Atlas
from mesomap.domain.body_size import PatientScale
from mesomap.domain.errors import BadInputError
from mesomap.domain.marks import Dose
from mesomap.domain.patient import Patient
from mesomap.services import ChartingService, Practice
from mesomap.services.session_to_come import SessionToCome
from mesomap.ui.canvas.tools.measure import MeasureTool
from mesomap.ui.main_window import MainWindow
from tests.gui.hands import practice_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

#: Letters on the canvas are smoothed a little differently from one time to the next.
_HAIR = 8
#: A scale that no patient has.
_NOBODYS = 0.777


def _tall_patient(window: MainWindow) -> Patient:
    return practice_of(window).new_patient(family_name="Esempio", given_name="Mario", height_cm=205, weight_kg=140)


def _charted(driver: WindowDriver) -> UUID:
    """A session of a patient far from the reference size, with points in two views and one on the back."""
    window = driver.window
    session = practice_of(window).new_session(_tall_patient(window).id, window.desk.atlas())
    window.open_session(session.id)
    driver.choose_view("body_front")
    driver.click(driver.page.dose.technique_button("papule"))
    driver.set_values(2.0, 0.05, 20.0)
    x, y = driver.middle_of("chest.left")
    for step in range(4):
        driver.tap(x + 12 * step, y)
    return session.id


def _opened(window: MainWindow, session_id: UUID, *, ahead: bool) -> WindowDriver:
    """The session on a page made ahead, or on one of its own, with everything painted and worked out."""
    window.show_patients()
    if ahead:
        window.spare.make()
    assert window.spare.is_ready is ahead
    window.open_session(session_id)
    assert not window.spare.is_ready
    driver = WindowDriver(window)
    driver.wait(250)
    return driver


def _seen(driver: WindowDriver) -> QImage:
    driver.page.canvas.settle_now()
    driver.page.strip.finish_now()
    driver.page.model.figures.finish()
    driver.page.canvas.setFocus()
    driver.wait(30)
    return driver.window.grab().toImage()


def _most_apart(one: QImage, other: QImage) -> int:
    """Largest difference of any colour of any pixel, 0 to 255."""
    assert one.size() == other.size()
    first, second = (
        np.frombuffer(picture.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint8).astype(np.int16)
        for picture in (one, other)
    )
    return int(np.abs(first - second).max())


def _words(driver: WindowDriver) -> list[str]:
    """All that the page says in texts, in names for screen readers, and which buttons can be pressed."""
    page = driver.page
    labels = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    shown = [button for button in page.findChildren(QAbstractButton) if button.isVisible()]
    buttons = [f"{button.text()}|{button.accessibleName()}|{button.isEnabled()}" for button in shown]
    return [*sorted(labels), *sorted(buttons), page.canvas.accessibleName(), driver.window.windowTitle()]


def test_it_shows_what_a_page_of_its_own_shows(driver: WindowDriver) -> None:
    session_id, window = _charted(driver), driver.window
    fresh = _opened(window, session_id, ahead=False)
    picture, words = _seen(fresh), _words(fresh)
    ahead = _opened(window, session_id, ahead=True)
    assert _most_apart(_seen(ahead), picture) <= _HAIR
    assert _words(ahead) == words
    assert ahead.page.model.service.patient.family_name == "Esempio"


@pytest.mark.parametrize("key", ["heat", "numbers"])
def test_every_overlay_is_that_of_the_patient(driver: WindowDriver, key: str) -> None:
    session_id, window = _charted(driver), driver.window
    pictures = []
    for ahead in (False, True):
        hand = _opened(window, session_id, ahead=ahead)
        hand.choose_view("body_front")
        hand.page.model.toggle_overlay(key)
        pictures.append(_seen(hand))
    assert _most_apart(*pictures) <= _HAIR


def test_lengths_are_measured_at_the_patients_scale(driver: WindowDriver) -> None:
    session_id, window = _charted(driver), driver.window
    found = []
    for ahead in (False, True):
        hand = _opened(window, session_id, ahead=ahead)
        hand.choose_view("body_front")
        x, y = hand.middle_of("chest.left")
        hand.choose_tool("measure")
        hand.tap(x, y)
        hand.tap(x + 40, y)
        tool = hand.page.tools["measure"]
        assert isinstance(tool, MeasureTool)
        tool.finish()
        found.append(tool.lengths_mm())
    assert len(found[0]) == 1
    assert found[0] == found[1]


def _nobodys_scales() -> list[PatientScale]:
    gc.collect()
    return [held for held in gc.get_objects() if isinstance(held, PatientScale) and held.length == _NOBODYS]


def test_nothing_of_nobody_stays(driver: WindowDriver, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever keeps a scale (projectors, heat, lists …) has that of the session, not that of the page made ahead."""
    session_id, window = _charted(driver), driver.window
    first = SessionToCome.__init__

    def oddly_scaled(self: SessionToCome, practice: Practice, atlas: Atlas) -> None:
        first(self, practice, atlas)
        self.session = replace(self.session, patient_scale=_NOBODYS)

    monkeypatch.setattr(SessionToCome, "__init__", oddly_scaled)
    window.show_patients()
    window.spare.make()
    assert _nobodys_scales()
    window.open_session(session_id)
    # What is being painted of nobody's marks beside the window ends by itself.
    qtbot.waitUntil(lambda: not _nobodys_scales(), timeout=20_000)


def test_charting_goes_on_and_is_kept(driver: WindowDriver) -> None:
    session_id, window = _charted(driver), driver.window
    hand = _opened(window, session_id, ahead=True)
    hand.choose_view("body_front")
    x, y = hand.middle_of("chest.left")
    hand.tap(x, y + 20)
    assert len(practice_of(window).marks(session_id)) == 5
    assert hand.page.model.tally().total.about_points == 5


def test_a_new_session_is_offered_why_the_patient_came_last(driver: WindowDriver) -> None:
    window = driver.window
    patient = _tall_patient(window)
    before = practice_of(window).new_session(patient.id, window.desk.atlas(), indication="Knee pain")
    window.open_session(before.id)
    hand = _opened(window, practice_of(window).new_session(patient.id, window.desk.atlas()).id, ahead=True)
    assert hand.page.frame.offer.is_shown()
    assert "Knee pain" in hand.page.frame.offer.chip("last").text()


def test_it_is_made_after_a_pause_when_switched_on_and_goes_when_the_practice_is_locked(
    driver: WindowDriver, qtbot: QtBot
) -> None:
    window = driver.window
    window.show_patients()
    window.spare.on = True
    window.show_patients()
    qtbot.waitUntil(lambda: window.spare.is_ready, timeout=5000)
    window.lock()
    assert not window.spare.is_ready


def test_another_body_gets_a_page_of_its_own(driver: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    window = driver.window
    session_id = _charted(driver)
    window.show_patients()
    window.spare.make()
    other = object()
    named = window.desk.shelf.of
    monkeypatch.setattr(window.desk.shelf, "of", lambda ref: other if window.spare.is_ready else named(ref))
    window.open_session(session_id)
    assert window.charting is not None
    assert not isinstance(window.charting.model.service, SessionToCome)


def test_a_service_without_a_session_records_nothing_and_takes_one_once(driver: WindowDriver) -> None:
    window, session_id = driver.window, _charted(driver)
    practice, atlas = practice_of(window), window.desk.atlas()
    service = SessionToCome(practice, atlas)
    heard: list[object] = []
    service.on_changed(heard.append)
    with pytest.raises(BadInputError, match="No session is open"):
        service.set_mixture("A", "Procaine")
    service.load(session_id)
    assert service.marks == ChartingService(practice, atlas, session_id).marks
    with pytest.raises(BadInputError, match="is being charted here"):
        service.load(session_id)
    service.set_mixture("A", "Procaine")
    assert len(heard) == 1


def test_the_first_frame_shows_the_marks_however_many(driver: WindowDriver) -> None:
    """The picture of nobody's marks, on its way when the session comes, does not stand in for theirs."""
    session_id, window = _charted(driver), driver.window
    driver.page.model.choose_view("head_front" if "head_front" in driver.page.strip.order() else "body_front")
    atlas, view = driver.page.model.atlas, driver.page.model.view_key
    x, y = driver.middle_of("chest.left")
    spots = [atlas.locate_one(view, x + 2 * (n % 25) - 25, y + 2 * (n // 25) - 12) for n in range(300)]
    driver.page.model.service.place([spot for spot in spots if spot is not None], Dose(technique="papule"), 0.02)
    window.show_patients()
    window.spare.make()
    window.open_session(session_id)
    assert window.charting is not None
    canvas = window.charting.canvas
    first = canvas.grab().toImage()
    at = canvas.context().point_px(x, y).toPoint()
    window.show_patients()
    empty = practice_of(window).new_session(practice_of(window).session(session_id).patient_id, atlas)
    window.open_session(empty.id)
    assert window.charting is not None
    without = window.charting.canvas.grab().toImage()
    around = [at + QPoint(dx, dy) for dx in range(-12, 13, 2) for dy in range(-12, 13, 2)]
    assert sum(first.pixelColor(place) != without.pixelColor(place) for place in around) > len(around) // 4
