"""The tally beside the window: the hand never waits for it, and what it shows in the end is exact."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.coverage import Tallier, Tally
from mesomap.coverage.details import DepthCount
from mesomap.domain.marks import Mark
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.controls.depth_bars import MOST_ROWS, DepthBars, depth_rows
from mesomap.ui.dialogs.region_sheet import RegionSheet


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The tally waits for this before it gives its figures; it is open to begin with."""
    go = threading.Event()
    go.set()
    whole = Tallier.tally

    def slow(self: Tallier, marks: tuple[Mark, ...], *report: Callable[[float], object]) -> Tally:
        assert go.wait(20)
        return whole(self, marks, *report)

    monkeypatch.setattr(Tallier, "tally", slow)
    return go


def tap_and_go_on(driver: WindowDriver, x: float, y: float) -> None:
    """A tap that waits for nothing."""
    QTest.mouseClick(driver.page.canvas, Qt.MouseButton.LeftButton, pos=driver.place_of(x, y))


def test_the_hand_goes_on_while_the_figures_are_worked_out(driver: WindowDriver, held: threading.Event) -> None:
    driver.tap(60, 0)
    page = driver.page
    held.clear()
    tap_and_go_on(driver, 70, 10)
    tap_and_go_on(driver, 80, 20)
    QTest.qWait(300)
    assert len(page.model.marks) == 3
    latest = page.model.figures.latest
    assert latest is not None
    assert latest.total.about_points == 1, "the old figures stand"
    assert page.tally.shows_old()
    assert page.totals.shows_old()
    held.set()
    driver.wait()
    assert page.model.figures.latest == page.model.service.tally()
    assert "3 points" in page.tally.sentence(0)
    assert not page.tally.shows_old()
    assert not page.totals.shows_old()


def test_figures_of_a_moment_ago_still_say_that_they_are_old(driver: WindowDriver, held: threading.Event) -> None:
    driver.tap(60, 0)
    page, shown = driver.page, list[tuple[int, bool]]()
    figures = page.model.figures
    held.clear()
    tap_and_go_on(driver, 70, 10)
    QTest.qWait(300)
    tap_and_go_on(driver, 80, 20)

    def look() -> None:
        assert figures.latest is not None
        shown.append((figures.latest.total.about_points, page.tally.shows_old()))

    figures.changed.connect(look)
    held.set()
    driver.wait()
    assert shown == [(2, True), (3, False)]


def test_asking_for_the_figures_waits_for_the_present_ones(driver: WindowDriver) -> None:
    tap_and_go_on(driver, 60, 0)
    tap_and_go_on(driver, 70, 0)
    assert driver.page.model.tally().total.about_points == 2
    driver.page.model.service.practice.set_effect_radius_mm("papule", 3.0)
    assert driver.page.model.tally().total.radii_mm == (3.0,)


def test_a_session_is_left_and_opened_again_while_its_figures_are_still_worked_out(
    driver: WindowDriver, held: threading.Event
) -> None:
    driver.tap(60, 0)
    held.clear()
    tap_and_go_on(driver, 70, 10)
    session = driver.page.model.service.session
    driver.window.show_patients()
    assert driver.window.charting is None
    QTest.qWait(50)
    held.set()
    driver.window.open_session(session.id)
    driver.wait()
    assert driver.page.model.tally().total.about_points == 2
    BesideTheWindow.finish_all()


def test_right_and_left_stand_beneath_each_other_with_bars(driver: WindowDriver) -> None:
    for x in (60, 80, 70):
        driver.tap(x, 0)
    driver.choose_view("body_back")
    driver.tap(-60, 0)
    driver.choose_view("body_front")
    driver.tap(-60, 0)
    model = driver.page.tally.row_view().model()
    rows = [model.index(n, 0).data(Qt.ItemDataRole.UserRole) for n in range(model.rowCount())]
    names = [row.region_id for row in rows]
    first = names.index("chest.right")
    assert names[first + 1] == "chest.left"
    shares = {row.region_id: driver.page.tally.share_of_pair(row) for row in rows}
    assert shares["chest.left"] == 1.0
    assert shares["chest.right"] == pytest.approx(1 / 3)
    alone = next(name for name in names if name.startswith("back"))
    assert shares[alone] is None, "nothing to compare with"


def lines(sheet: RegionSheet) -> dict[str, str]:
    """Lines of the sheet by label."""
    return dict(line.split(": ", 1) for line in sheet.sentences())


def test_a_tap_on_the_totals_shows_all_regions_together(driver: WindowDriver) -> None:
    for place in ((60, 0), (64, 0), (-60, 0), (-60, 6)):
        driver.tap(*place)
    driver.click(driver.page.totals)
    sheet = driver.window.sheets.sheet
    assert sheet is not None
    found = lines(sheet)
    assert found["Points"] == "4"
    assert found["Volume, mixture A"] == "0.20 mL"
    for label in ("Spacing, median", "Spacing, 5th to 95th percentile", "Largest gap"):
        assert found[label].endswith(" mm"), label
    assert found["Overlap, covered more than once"].endswith(" cm²")
    (bars,) = sheet.findChildren(DepthBars)
    assert "2.0 mm: 4" in bars.accessibleName()


def test_the_totals_open_by_keyboard_and_stay_shut_without_marks(driver: WindowDriver) -> None:
    QTest.keyClick(driver.page.totals, Qt.Key.Key_Return)
    assert driver.window.sheets.sheet is None
    driver.tap(60, 0)
    QTest.keyClick(driver.page.totals, Qt.Key.Key_Return)
    assert driver.window.sheets.sheet is not None


def test_depths_of_right_and_left_stand_back_to_back() -> None:
    right, left = (DepthCount(1.5, 10), DepthCount(None, 2)), (DepthCount(1.5, 4), DepthCount(4.0, 3))
    rows = depth_rows([right, left])
    assert [(row.words, row.points) for row in rows] == [
        ("1.5 mm", (10, 4)),
        ("4.0 mm", (0, 3)),
        ("not recorded", (2, 0)),
    ]


def test_many_depths_are_gathered_and_none_is_lost() -> None:
    side = tuple(DepthCount(0.3 * n, n) for n in range(1, 45))
    rows = depth_rows([side])
    assert len(rows) <= MOST_ROWS
    assert sum(row.points[0] for row in rows) == sum(count.points for count in side)


def test_the_region_just_charted_is_in_sight(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    driver.choose_view("body_back")
    for x in (-60, 60):
        driver.tap(x, 0)
    driver.choose_view("head_front")
    driver.tap(0, 200)
    view = driver.page.tally.row_view()
    model = view.model()
    hot = driver.page.model.last_region
    (row,) = [n for n in range(model.rowCount()) if model.index(n, 0).data(Qt.ItemDataRole.UserRole).region_id == hot]
    assert view.viewport().rect().intersects(view.visualRect(model.index(row, 0)))
