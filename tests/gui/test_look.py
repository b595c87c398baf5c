"""Light and dark, and the size of the text."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.controls.buttons import IconButton, SegmentButton
from mesomap.ui.dialogs.appearance import Appearance
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.patient import PatientPage
from mesomap.ui.theme import preferred_text_scale, preferred_theme, theme
from mesomap.ui.typefaces import font, text_scale


@pytest.fixture(autouse=True)
def as_designed() -> Iterator[None]:
    """Other tests see the text as designed."""
    yield
    theme.choose_text_scale(1.0)


def _card(window: MainWindow, driver: WindowDriver) -> Appearance:
    button = next(b for b in driver.page.top.findChildren(IconButton) if "Appearance" in b.accessibleName())
    driver.click(button)
    return next(card for card in window.findChildren(Appearance) if card.isVisible())


def _choose(driver: WindowDriver, card: Appearance, name: str) -> None:
    driver.click(next(b for b in card.findChildren(SegmentButton) if b.accessibleName() == name))


def test_dark_is_two_taps_away_and_remembered(window: MainWindow, driver: WindowDriver) -> None:
    _choose(driver, _card(window, driver), "Dark")
    assert theme.tokens().name == "dark"
    assert preferred_theme() == "dark"


def test_larger_text_keeps_the_session_and_everything_in_it(
    qtbot: QtBot, window: MainWindow, driver: WindowDriver
) -> None:
    driver.tap(*driver.middle_of("chest.left"))
    session = driver.page.model.service.session.id
    _choose(driver, _card(window, driver), "Text size 150 %")
    qtbot.waitUntil(lambda: text_scale() == 1.5)
    assert driver.page.model.service.session.id == session
    assert len(driver.page.model.marks) == 1
    assert preferred_text_scale() == 1.5
    assert font("body").pixelSize() == 21
    window.show_patients()
    shown = [b for b in window.patients.findChildren(QPushButton) if b.isVisible() and b.text()]
    assert shown
    assert all(QFontInfo(button.font()).pixelSize() >= 18 for button in shown)


def test_larger_text_keeps_the_page_of_a_patient_and_its_tab(window: MainWindow, driver: WindowDriver) -> None:
    patient_id = driver.page.model.service.patient.id
    window.show_patients()
    window.records.open_patient(patient_id, "after")
    window.use_text_scale(1.25)
    driver.wait(50)
    (page,) = window.findChildren(PatientPage)
    assert window.records.page is page
    assert page.isVisible()
    assert (page.context.patient_id, page.tabs.chosen_key()) == (patient_id, "after")
    driver.click(next(b for b in page.bar.findChildren(IconButton) if b.accessibleName() == "Patients"))
    assert window.patients.isVisible()


def test_with_the_largest_text_syringe_and_tally_take_turns(window: MainWindow, driver: WindowDriver) -> None:
    window.use_text_scale(1.5)
    panel = driver.page.panel
    assert driver.page.dose.isVisible()
    assert not driver.page.tally.isVisible()
    driver.click(next(b for b in panel.findChildren(SegmentButton) if b.accessibleName() == "Tally"))
    assert driver.page.tally.isVisible()
    assert not driver.page.dose.isVisible()
    assert driver.page.totals.isVisible()


def test_as_designed_both_parts_show(driver: WindowDriver) -> None:
    assert driver.page.dose.isVisible()
    assert driver.page.tally.isVisible()


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_title_and_switches_of_the_canvas_never_lie_on_each_other(
    window: MainWindow, driver: WindowDriver, scale: float
) -> None:
    window.resize(1280, 720)
    window.use_text_scale(scale)
    driver.wait()
    floating = driver.page.floating
    bar = floating.overlays
    first = bar.button("regions").parentWidget()
    assert first is not None
    assert not first.geometry().intersects(floating.title_card().geometry())
    for key in ("regions", "last_session", "mirror"):
        assert bar.button(key).width() >= bar.button(key).sizeHint().width()


@pytest.mark.parametrize("scale", [1.0, 1.25])
def test_a_switch_that_comes_later_has_its_place_at_once(
    window: MainWindow, driver: WindowDriver, scale: float
) -> None:
    window.resize(1280, 720)
    window.use_text_scale(scale)
    driver.wait()
    bar = driver.page.floating.overlays
    bar.offer_complaint(True)
    driver.wait()
    for key in ("regions", "heat", "numbers", "complaint", "last_session", "mirror"):
        assert bar.button(key).width() >= bar.button(key).sizeHint().width(), key
    card = bar.button("complaint").parentWidget()
    assert card is not None
    assert driver.page.canvas.rect().contains(card.geometry())
    assert not card.geometry().intersects(driver.page.floating.title_card().geometry())


def test_totals_leave_each_figure_its_room_in_larger_text(window: MainWindow, driver: WindowDriver) -> None:
    driver.tap(60, 0)
    for scale in (1.0, 1.25, 1.5):
        window.use_text_scale(scale)
        driver.wait()
        totals = driver.page.totals
        least, given = totals.least_widths(), totals.cell_widths()
        assert all(a <= b for a, b in zip(least, given, strict=True)), scale
        assert sum(given) <= totals.width()
        words = QFontMetricsF(font("small"))
        captions = [caption for _value, _unit, caption in totals._cells]
        assert all(words.horizontalAdvance(c) <= b - 6 for c, b in zip(captions, given, strict=True)), "and its caption"


def test_a_long_sentence_shows_whole(driver: WindowDriver) -> None:
    floating = driver.page.floating
    floating.hint("Saved")
    low = floating.hint_height()
    floating.hint("Not saved: the disk is full. " * 6)
    assert floating.hint_height() > low
