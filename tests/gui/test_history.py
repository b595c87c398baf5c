"""The patient's overview: visits found by words, small maps that follow, what is open beside them."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QPoint, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.commands import EditSession
from mesomap.commands.records import NewSession
from mesomap.domain.marks import Dose, Origin
from mesomap.domain.session import SessionStatus
from mesomap.services import ChartingService
from mesomap.services.courses import begin_course
from mesomap.ui.controls.labels import ElidedLabel
from mesomap.ui.pages.patient import PatientPage
from mesomap.ui.pages.patient_overview import PatientOverview
from mesomap.ui.theme import theme


@pytest.fixture
def overview(driver: WindowDriver) -> PatientOverview:
    """A patient with two visits: papules on the chest, and nothing."""
    window = driver.window
    for dx in (0, 15, 30):
        x, y = driver.middle_of("chest.left")
        driver.tap(x + dx, y)
    practice = window.desk.practice
    assert practice is not None
    patient = practice.patients()[0]
    practice.new_session(patient.id, window.desk.atlas(), indication="Knee pain")
    window.show_patients()
    window.records.open_patient(patient.id)
    page = window.records.page
    assert isinstance(page, PatientPage)
    found = page.tab("overview")
    assert isinstance(found, PatientOverview)
    return found


def test_visits_are_found_by_region_technique_and_reason_whatever_the_accents(overview: PatientOverview) -> None:
    assert len(overview.cards) == 2
    for words, count in (("chest", 1), ("PAPULE chest", 1), ("knee", 1), ("knee chest", 0), ("", 2)):
        overview.filter.clear()
        QTest.keyClicks(overview.filter, words)
        assert len(overview.cards) == count, words
    overview.filter.setText("KNÉÉ")
    assert len(overview.cards) == 1


def test_small_maps_and_what_was_given_follow_the_page(overview: PatientOverview) -> None:
    overview.finish()
    maps = [card.map.small for card in overview.cards.values()]
    assert all(small is not None for small in maps)
    said = {label.accessibleName() for label in overview.findChildren(ElidedLabel)}
    assert "Chest, left" in said
    assert any("Session 1" in words for words in said)


def test_another_theme_draws_the_small_maps_again(overview: PatientOverview) -> None:
    from mesomap.ui.theme import theme

    overview.finish()
    before = [card.map.small for card in overview.cards.values()]
    theme.use("dark")
    overview.finish()
    after = [card.map.small for card in overview.cards.values()]
    assert all(new is not old for new, old in zip(after, before, strict=True))


def test_the_first_cards_are_there_at_once_and_the_others_follow(driver: WindowDriver) -> None:
    window = driver.window
    practice = window.desk.practice
    assert practice is not None
    patient = practice.patients()[0]
    for number in range(12):
        practice.new_session(patient.id, window.desk.atlas(), indication=f"Visit number {number}")
    window.show_patients()
    window.records.open_patient(patient.id)
    page = window.records.page
    assert isinstance(page, PatientPage)
    overview = page.tab("overview")
    assert isinstance(overview, PatientOverview)
    overview.refresh()
    assert len(overview.cards) == 8
    end = QEventLoop()
    QTimer.singleShot(60_000, end.quit)
    watch = QTimer(interval=20)
    watch.timeout.connect(lambda: end.quit() if len(overview.cards) == 13 else None)
    watch.start()
    end.exec()
    numbers = [practice.session(key).number for key in overview.cards]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == 13
    # From above to below as they are listed, once they are laid out: the last ones came just now.
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    overview.grab()
    tops = [card.mapTo(overview, QPoint(0, 0)).y() for card in overview.cards.values()]
    assert tops == sorted(tops)


def test_a_page_opened_at_a_tab_makes_no_other(driver: WindowDriver) -> None:
    window = driver.window
    practice = window.desk.practice
    assert practice is not None
    window.records.open_patient(practice.patients()[0].id, "outcome")
    page = window.records.page
    assert isinstance(page, PatientPage)
    assert page.tab("outcome") is not None
    assert page.tab("overview") is None


def test_no_map_waits_for_the_figures_of_a_visit(overview: PatientOverview) -> None:
    told: list[str] = []
    overview._maps.came.connect(lambda *_what: told.append("map"))
    overview._maps.counted.connect(lambda _visit: told.append("figures"))
    overview.finish()
    assert "map" not in told[told.index("figures") :]
    assert len(overview._small) == 2


def test_one_visit_is_not_called_visits(overview: PatientOverview, driver: WindowDriver) -> None:
    assert overview._count.text() == "2 visits"
    window = driver.window
    practice = window.desk.practice
    assert practice is not None
    other = practice.new_patient(family_name="Esempio", given_name="Mario")
    practice.new_session(other.id, window.desk.atlas())
    window.records.open_patient(other.id)
    page = window.records.page
    assert isinstance(page, PatientPage)
    tab = page.tab("overview")
    assert isinstance(tab, PatientOverview)
    assert tab._count.text() == "1 visit"


def test_a_visit_on_another_body_has_no_map_and_no_area_and_is_not_counted_among_them(
    overview: PatientOverview, driver: WindowDriver
) -> None:
    practice = driver.window.desk.practice
    assert practice is not None
    first = min(practice.sessions(), key=lambda session: session.number)
    odd = replace(first, id=uuid4(), number=90, atlas=replace(first.atlas, version="0.0.1"))
    practice.run(NewSession(odd))
    overview.refresh()
    overview.finish()
    card = overview.cards[odd.id]
    assert card.map.small is None
    assert card.map.words
    assert "–" in {label.text() for label in card.findChildren(QLabel)}
    assert "…" not in {label.text() for label in card.findChildren(QLabel)}
    assert "2 of 3 visits" in {label.text() for label in overview.findChildren(QLabel)}


def test_the_figures_of_all_cards_stand_under_each_other(overview: PatientOverview, driver: WindowDriver) -> None:
    practice = driver.window.desk.practice
    assert practice is not None
    first = min(practice.sessions(), key=lambda session: session.number)
    practice.run(EditSession(first, replace(first, status=SessionStatus.SIGNED)), first.id)
    overview.refresh()
    overview.finish()
    QApplication.processEvents()
    places = {
        label.mapTo(overview, QPoint(0, 0)).x()
        for card in overview.cards.values()
        for label in card.findChildren(QLabel)
        if label.text() == "mL"
    }
    assert len(overview.cards) == 2
    assert len(places) == 1


def test_a_planned_session_whose_day_has_passed_is_open(overview: PatientOverview, driver: WindowDriver) -> None:
    practice = driver.window.desk.practice
    assert practice is not None
    patient = practice.patients()[0]
    for days, name in ((-3, "Past"), (4, "To come")):
        first = date.today() + timedelta(days=days)
        begin_course(practice, patient.id, None, count=2, first=first, interval_days=14, name=name)
    overview.refresh()
    said = {label.accessibleName() for label in overview.findChildren(ElidedLabel)}
    assert "Past, session 1" in said
    assert "To come, session 1" not in said


def test_what_all_visits_brought_is_a_map_once_volumes_are_known(driver: WindowDriver) -> None:
    window = driver.window
    practice = window.desk.practice
    assert practice is not None
    patient = practice.patients()[0]
    session = practice.sessions(patient.id)[0]
    x, y = driver.middle_of("chest.left")
    point = window.desk.atlas().locate_one("body_front", x, y)
    assert point is not None
    window.show_patients()

    def opened() -> PatientOverview:
        window.records.open_patient(patient.id)
        page = window.records.page
        assert isinstance(page, PatientPage)
        found = page.tab("overview")
        assert isinstance(found, PatientOverview)
        found.refresh()
        found.finish()
        return found

    # Nothing with a volume yet: there is nothing to draw.
    assert opened().dose_picture is None
    charting = ChartingService(practice, window.desk.atlas(), session.id)
    charting.place([point], Dose(technique="papule", mixture="A", depth_mm=2.0), 0.05, Origin.TAP)
    overview = opened()
    picture = overview.dose_picture
    assert picture is not None
    assert picture.is_there
    assert "mL per cm²" in picture.accessibleName()
    before = picture.grab().toImage()
    theme.use("dark")
    overview.finish()
    assert picture.grab().toImage() != before
