"""Visits of which one was charted on a version of the body that cannot be read here."""

from dataclasses import replace
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.commands.records import NewSession
from mesomap.ui.compare.page import ComparePage
from mesomap.ui.compare.shown import Mode
from mesomap.ui.main_window import MainWindow
from tests.gui.compared import number, numbers, three_visits, widen


@pytest.fixture
def page(driver: WindowDriver) -> ComparePage:
    """Three visits of one patient, the first two compared."""
    return three_visits(driver)


def _with_a_stranger(page: ComparePage, *, then_another: bool) -> ComparePage:
    """The page again, after a visit that was charted on a version of the body that nobody reads here, and one more."""
    practice, patient = page.context.practice, page.context.patient
    last = max(practice.sessions(patient.id), key=lambda one: one.number)
    odd = replace(last, id=uuid4(), number=last.number + 1, atlas=replace(last.atlas, version="0.0.1"))
    practice.run(NewSession(odd))
    window = page.window()
    assert isinstance(window, MainWindow)
    if then_another:
        practice.new_session(patient.id, window.desk.atlas())
    window.records.open_comparison(patient.id)
    again = window.records.page
    assert isinstance(again, ComparePage)
    again.finish()
    return again


def test_a_visit_of_another_atlas_version_is_said_and_the_others_compare(page: ComparePage) -> None:
    again = _with_a_stranger(page, then_another=False)
    # What can be compared is what one sees first.
    assert numbers(again) == (2, 3)
    assert again.error() == ""
    odd = next(card for card in again.strip.cards.values() if "Visit 4" in card.accessibleName())
    QTest.mouseClick(odd, Qt.MouseButton.LeftButton)
    again.finish()
    assert "Session 4 was charted on" in again.error()


def test_of_a_visit_on_another_atlas_version_the_records_are_shown_beside_the_map_of_the_other(
    page: ComparePage,
) -> None:
    again = _with_a_stranger(page, then_another=False)
    widen(again)
    cards = sorted(again.strip.cards.values(), key=lambda card: number(again, card.session_id))
    again.show_visits(cards[-2].session_id, cards[-1].session_id)
    again.finish()
    assert again.model.comparison is None
    recorded = again.model.recorded
    assert recorded is not None
    assert (recorded.before.session.number, recorded.after.session.number) == (3, 4)
    # The one has its map, the other the reason why it has none.
    assert (again.maps[0].side() is None, again.maps[1].side() is None) == (False, True)
    assert all(view.isVisible() for view in again.maps)
    assert again.model.counts()
    row = [again.table.data(again.table.index(0, column)) for column in range(again.table.columnCount())]
    assert row[:4] == ["Total", "3", "0", "−3"]
    assert set(row[-8:]) == {"–"}
    assert all(again.table.data(again.table.index(1, column)) == "–" for column in range(7, 15))
    # Nothing is laid on anything, on screen or on paper.
    for mode in (Mode.OVERLAY, Mode.DIFFERENCE):
        button = again.modes.button(mode)
        assert button is not None
        assert not button.isEnabled()
    assert not again.legend.isVisible()
    (swap,) = (button for button in again.findChildren(QPushButton) if button.text() == "Swap")
    QTest.mouseClick(swap, Qt.MouseButton.LeftButton)
    again.finish()
    assert (again.maps[0].side() is None, again.maps[1].side() is None) == (True, False)
    # Two that can be laid on each other are compared as ever.
    again.show_visits(cards[0].session_id, cards[1].session_id)
    again.finish()
    assert again.error() == ""
    assert again.legend.isVisible()
    assert again.model.recorded is None


def test_the_maps_over_time_leave_out_what_is_of_another_atlas_version_and_say_so(page: ComparePage) -> None:
    again = _with_a_stranger(page, then_another=True)
    assert numbers(again) == (3, 5)
    button = again.modes.button(Mode.OVER_TIME)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "2 visits" in again.over_card.basis()
    assert "Left out, charted on another version of the body: 1." in again.over_card.basis()
    assert again.error() == ""
