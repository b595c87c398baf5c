"""Two visits compared in the window: chosen by taps, moved together, in every mode."""

from decimal import Decimal
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.body_measure import Measured
from mesomap.services.aftercare import record_measure
from mesomap.services.amending import void
from mesomap.services.cumulative import Over
from mesomap.ui.compare.page import ComparePage
from mesomap.ui.compare.shown import Mode
from mesomap.ui.main_window import MainWindow
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font
from tests.gui.compared import number, numbers, opened_again, three_visits, widen
from tests.gui.hands import until


@pytest.fixture
def page(driver: WindowDriver) -> ComparePage:
    """Three visits of one patient, the first two compared."""
    return three_visits(driver)


def test_the_last_two_visits_are_compared_and_what_changed_is_counted(page: ComparePage) -> None:
    assert numbers(page) == (2, 3)
    comparison = page.model.comparison
    assert comparison is not None
    match = comparison.match
    assert [int(flags.sum()) for flags in (match.repeated, match.moved, match.new, match.dropped)] == [2, 0, 1, 1]
    row = [page.table.data(page.table.index(0, column)) for column in range(page.table.columnCount())]
    assert row[:4] == ["Total", "3", "3", "0"]
    assert row[-4:] == ["2", "0", "1", "1"]


def test_a_tap_on_another_visit_takes_it_in(page: ComparePage) -> None:
    first: UUID = min(page.strip.cards.values(), key=lambda card: card.accessibleName()).session_id
    QTest.mouseClick(page.strip.cards[first], Qt.MouseButton.LeftButton)
    assert numbers(page) == (1, 3)
    (swap,) = (button for button in page.findChildren(QPushButton) if button.text() == "Swap")
    QTest.mouseClick(swap, Qt.MouseButton.LeftButton)
    assert numbers(page) == (3, 1)


def test_no_figure_of_the_table_is_cut(page: ComparePage) -> None:
    """Nor a head, also where there is too little room for all columns."""
    for width in (1440, 600):
        page.sheet.resize(width, 300)
        shown = [column for column in range(page.table.columnCount()) if not page.sheet.isColumnHidden(column)]
        assert len(shown) > 10
        assert all(page.sheet.columnWidth(column) >= page.sheet.needed_px(column) for column in shown)
        for column in shown:
            texts = [str(page.table.index(row, column).data() or "") for row in range(page.table.rowCount())]
            longest = max(QFontMetrics(font("strong")).horizontalAdvance(text) for text in texts)
            assert page.sheet.columnWidth(column) >= longest + 4


def test_a_column_in_which_nothing_is_known_is_not_shown(page: ComparePage) -> None:
    """Here no injection has a volume: the columns of volume say nothing but dashes."""
    hidden = {column for column in range(page.table.columnCount()) if page.sheet.isColumnHidden(column)}
    dashes = {
        column for column in range(1, page.table.columnCount())
        if {page.table.index(row, column).data() for row in range(page.table.rowCount())} == {"–"}
    }  # fmt: skip
    assert hidden == dashes
    assert hidden
    assert 11 not in hidden


def test_two_taps_lead_to_the_two_visits_that_were_tapped_whatever_was_there(page: ComparePage) -> None:
    practice, window = page.context.practice, page.window()
    assert isinstance(window, MainWindow)
    practice.new_session(page.context.patient.id, window.desk.atlas())
    again = opened_again(page)
    cards = sorted(again.strip.cards.values(), key=lambda card: number(again, card.session_id))
    assert len(cards) == 4
    for first, second in ((0, 3), (1, 2), (3, 0), (2, 3), (0, 1), (2, 0)):
        for row in (first, second):
            again.finish()
            QTest.mouseClick(cards[row], Qt.MouseButton.LeftButton)
        assert numbers(again) == (min(first, second) + 1, max(first, second) + 1)


def test_both_maps_look_at_the_same_place(page: ComparePage) -> None:
    widen(page)
    left, right = page.maps
    at = QPointF(left.rect().center())
    wheel = QWheelEvent(
        at, QPointF(left.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(left, wheel)
    assert left.context().scale == right.context().scale
    assert page.model.viewport.zoom > 1.2
    QTest.mousePress(right, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    QTest.mouseMove(right, QPoint(90, 70))
    QTest.mouseRelease(right, Qt.MouseButton.LeftButton, pos=QPoint(90, 70))
    assert left.context().origin_mm == pytest.approx(right.context().origin_mm)


def test_the_maps_look_at_what_was_treated_and_at_all_of_the_view_when_it_is_chosen_again(page: ComparePage) -> None:
    widen(page)
    view, model = page.maps[1], page.model
    assert model.viewport.zoom > 1.2
    for side in (model.before, model.after):
        assert side is not None
        at = view.context().to_px(side.scene(model.viewport.view_key).points.xy)
        assert (at > 0).all()
        assert (at < (view.width(), view.height())).all()
    # Other room, another look, until a hand chooses its own.
    page.window().resize(1440, 700)
    QApplication.processEvents()
    assert model.viewport == model.near(model.viewport.view_key)
    near = model.viewport
    button = page.views.button(near.view_key)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert model.viewport.zoom == 1.0
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert model.viewport == near
    # Maps over time are of more visits than these two.
    for mode, is_near in ((Mode.OVER_TIME, False), (Mode.OVERLAY, True)):
        button = page.modes.button(mode)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert (model.viewport.zoom > 1.2) is is_near


def test_a_map_is_moved_and_zoomed_by_keys(page: ComparePage) -> None:
    view, model = page.maps[1], page.model
    view.setFocus()
    near = model.viewport
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert model.viewport.zoom > near.zoom
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert model.viewport.centre_mm[0] > near.centre_mm[0]
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert model.viewport.centre_mm[1] < near.centre_mm[1]
    QTest.keyClick(view, Qt.Key.Key_0)
    assert model.viewport == near
    QTest.keyClick(view, Qt.Key.Key_0)
    assert model.viewport.zoom == 1.0


def test_a_zoomed_map_is_sharp_again_when_the_hand_rests(page: ComparePage) -> None:
    widen(page)
    left = page.maps[0]
    at = QPointF(left.rect().center())
    wheel = QWheelEvent(
        at, QPointF(left.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(left, wheel)
    assert left.is_moving
    stretched = left.grab().toImage()
    until(lambda: not left.is_moving)
    assert left.grab().toImage() != stretched


def test_overlay_and_difference_show_one_map(page: ComparePage) -> None:
    widen(page)
    for mode, both in ((Mode.OVERLAY, False), (Mode.DIFFERENCE, False), (Mode.SIDE_BY_SIDE, True)):
        button = page.modes.button(mode)
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert page.maps[0].isVisible() is both
        assert page.maps[1].isVisible()


@pytest.fixture
def scored(page: ComparePage) -> ComparePage:
    """The page again, after something was measured."""
    record_measure(page.context.practice, page.context.patient.id, Measured.WEIGHT, Decimal(70))
    again = opened_again(page)
    again.finish()
    return again


def test_where_there_is_room_for_one_map_a_button_turns_to_the_other(scored: ComparePage) -> None:
    page = scored
    assert page.width() < 1400
    assert [view.isVisible() for view in page.maps] == [True, True]
    assert not any(one.isVisible() for one in page.cards.buttons)
    # Scores beside the maps take the room of one.
    QTest.mouseClick(page.scores, Qt.MouseButton.LeftButton)
    assert [view.isVisible() for view in page.maps] == [False, True]
    shown, other = page.cards.buttons[1], page.cards.buttons[0]
    assert shown.text() == "Show visit 2"
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton)
    assert [view.isVisible() for view in page.maps] == [True, False]
    # By key, back again; the keyboard went along.
    assert other.hasFocus()
    QTest.keyClick(other, Qt.Key.Key_Space)
    assert [view.isVisible() for view in page.maps] == [False, True]
    button = page.modes.button(Mode.OVERLAY)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not shown.isVisible()
    assert page.maps[1].isVisible()
    widen(page)
    button = page.modes.button(Mode.SIDE_BY_SIDE)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [view.isVisible() for view in page.maps] == [True, True]
    assert not any(one.isVisible() for one in page.cards.buttons)


def test_scores_stand_beside_the_maps_once_there_are_any(page: ComparePage, scored: ComparePage) -> None:
    widen(scored)
    assert scored.outcome.isVisible()
    assert not scored.scores.isVisible()
    assert not scored.photos.isVisible()
    assert "70" in scored.outcome.picture.accessibleName()
    button = scored.modes.button(Mode.OVER_TIME)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not scored.outcome.isVisible()
    assert page is not scored


def test_in_large_text_table_and_scores_come_when_they_are_asked_for(page: ComparePage) -> None:
    """The map has the room; what its signs mean is always there."""
    record_measure(page.context.practice, page.context.patient.id, Measured.WEIGHT, Decimal(70))
    theme.choose_text_scale(1.5)
    try:
        again = opened_again(page)
        again.finish()
        assert (again.sheet.isVisible(), again.outcome.isVisible(), again.legend.isVisible()) == (False, False, True)
        roomy = again.maps[1].height()
        QTest.mouseClick(again.figures, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        assert (again.sheet.isVisible(), again.outcome.isVisible()) == (True, False)
        assert again.maps[1].height() < roomy
        QTest.mouseClick(again.figures, Qt.MouseButton.LeftButton)
        QTest.mouseClick(again.scores, Qt.MouseButton.LeftButton)
        assert (again.sheet.isVisible(), again.outcome.isVisible()) == (False, True)
    finally:
        theme.choose_text_scale(1.0)


def test_other_distances_are_kept_and_impossible_ones_put_back(page: ComparePage) -> None:
    field = page.limits.fields[1]
    field.selectAll()
    QTest.keyClicks(field, "40")
    QTest.keyClick(field, Qt.Key.Key_Return)
    page.finish()
    comparison = page.model.comparison
    assert comparison is not None
    assert (comparison.match.moved_mm, int(comparison.match.dropped.sum())) == (40.0, 0)
    field.selectAll()
    QTest.keyClicks(field, "1")
    QTest.keyClick(field, Qt.Key.Key_Return)
    page.finish()
    assert field.text() == "40"
    assert "not possible" in page.error()


def test_the_maps_over_time_say_what_they_rest_on(page: ComparePage) -> None:
    button = page.modes.button(Mode.OVER_TIME)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not page.maps[0].isVisible()
    for over in Over:
        chosen = page.over_card.track.button(over)
        assert chosen is not None
        QTest.mouseClick(chosen, Qt.MouseButton.LeftButton)
        page.maps[1].grab()
        page.over_time.finish()
        steps = page.over_time.steps(page.model.viewport.view_key)
        assert steps is not None
        # The injections of the test have no volume: nothing is invented, and it is said.
        assert steps[0].isEmpty() is (over is Over.DOSE)
        assert ("Left out without a recorded volume: 6." in page.over_card.basis()) is (over is Over.DOSE)
        assert "2 visits" in page.over_card.basis()
    assert "Rested longest:" in page.over_card.basis()


def test_a_voided_visit_is_counted_nowhere(page: ComparePage) -> None:
    practice, patient = page.context.practice, page.context.patient
    page.show_visits(*sorted(page.strip.cards, key=lambda key: practice.session(key).number)[:2])
    number, last = numbers(page)
    voided = next(one for one in practice.sessions(patient.id) if one.number == last)
    void(practice, voided.id, "Another patient was meant.")
    again = opened_again(page)
    assert voided.id not in again.strip.cards
    assert last not in numbers(again)
    assert number in numbers(again)


def test_a_long_name_gives_way_to_the_number(window: MainWindow) -> None:
    practice = window.desk.practice
    assert practice is not None
    patient = practice.new_patient(family_name="von Hohenstein-Rothenburg " * 3, given_name="Maximiliane-Friederike")
    window.records.open_comparison(patient.id)
    page = window.records.page
    assert isinstance(page, ComparePage)
    shown = [one.text() for one in page.bar.findChildren(QLabel) if one.isVisible()]
    assert any(text.startswith("Maximiliane") and text.endswith("…") for text in shown)
    assert f"ID {patient.number}" in shown


def test_one_visit_alone_is_said_in_a_sentence(window: MainWindow) -> None:
    practice = window.desk.practice
    assert practice is not None
    patient = practice.patients()[0]
    practice.new_session(patient.id, window.desk.atlas())
    window.records.open_comparison(patient.id)
    page = window.records.page
    assert isinstance(page, ComparePage)
    assert page.model.comparison is None
    assert page.sentence() == "There is only one visit yet. Two visits of this patient can be compared."
    # That, and nothing that could be pressed in vain.
    assert not any(one.isVisible() for one in (page.strip, page.modes, *page.maps, page.sheet, page.legend))
    assert not [one.text() for one in page.findChildren(QPushButton) if one.isVisible() and one.isEnabled()]


def test_the_view_that_is_looked_at_keeps_its_segment_whatever_is_compared(
    page: ComparePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where other views show more of what is compared now than there are segments."""
    button = page.views.button("body_front")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    monkeypatch.setattr("mesomap.ui.compare.page._MOST_VIEWS", 1)
    monkeypatch.setattr(ComparePage, "_fits", lambda _self, key: float(key != "body_front"))
    page._show_views()
    assert page.views.keys() == ["body_front"]
    assert page.views.chosen_key() == "body_front"


def test_no_region_in_common_is_said_and_both_are_shown(page: ComparePage) -> None:
    first, second = (page.strip.cards[key] for key in sorted(page.strip.cards, key=lambda key: number(page, key))[:2])
    page.show_visits(first.session_id, second.session_id)
    page.finish()
    assert "No region was treated at both visits." in page.sentence()
    assert page.model.counts()
    assert any(view.isVisible() for view in page.maps)
