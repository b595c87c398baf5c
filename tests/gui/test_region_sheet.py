"""The sheet of a region: a tap on its row of the tally shows every figure; unknown stays a dash."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.dialogs.region_sheet import RegionSheet


def opened(driver: WindowDriver, row: int = 0) -> RegionSheet:
    """Tap a row of the tally and wait for the slow figures."""
    view = driver.page.tally.row_view()
    box = view.visualRect(view.model().index(row, 0))
    assert box.height() >= 38, "a row is large enough for a finger, also in a low window"
    driver.click(view.viewport(), box.center())
    driver.page.model.figures.finish()
    sheet = driver.window.sheets.sheet
    assert sheet is not None
    assert sheet.isVisible()
    return sheet


def told(sheet: RegionSheet) -> dict[str, str]:
    """Lines of the sheet by their label."""
    return dict(line.split(": ", 1) for line in sheet.sentences())


def test_a_tap_on_a_row_shows_the_region_in_full(driver: WindowDriver) -> None:
    for place in ((60, 0), (64, 0), (68, 0)):
        driver.tap(*place)
    lines = told(opened(driver))
    assert lines["Marks"] == lines["Points"] == "3"
    assert lines["Volume"] == "0.15 mL"
    assert lines["Volume, mixture A"] == "0.15 mL"
    for label in ("Treated", "Covered", "Overlap, covered more than once"):
        assert lines[label].endswith(" cm²"), label
        assert float(lines[label].split()[0]) > 0, label
    assert lines["Covered, of the region"].endswith(" %")
    assert lines["Density"].endswith("/cm²")
    for label in ("Spacing, median", "Spacing, 5th to 95th percentile", "Largest gap"):
        assert lines[label].endswith(" mm"), label
    assert lines["Chart accuracy, area"].startswith("±")


def test_one_tap_has_no_spacing_and_no_gap_and_says_so(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    lines = told(opened(driver))
    assert lines["Spacing, median"] == lines["Spacing, 5th to 95th percentile"] == lines["Largest gap"] == "–"
    assert lines["Overlap, covered more than once"] == "0.0 cm²", "known to be none"


def test_a_volume_that_was_not_recorded_is_a_dash(driver: WindowDriver) -> None:
    driver.page.model.choose_value("volume_ml", None)
    driver.tap(60, 0)
    sheet = opened(driver)
    lines = told(sheet)
    assert lines["Volume"] == lines["Volume, mixture A"] == "–"
    driver.click(sheet, QPoint(4, 4))
    assert driver.window.sheets.sheet is None, "a tap beside the sheet closes it"
    driver.page.model.choose_value("volume_ml", 0.05)
    driver.tap(80, 0)
    assert told(opened(driver))["Volume"] == "≥ 0.05 mL"


def test_right_and_left_stand_beside_each_other(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    driver.tap(80, 0)
    driver.tap(-60, 0)
    sheet = opened(driver)
    lines = told(sheet)
    assert lines["Points"] == "Right 1, Left 2"
    assert lines["Volume"] == "Right 0.05 mL, Left 0.10 mL"
    assert lines["Largest gap"].startswith("Right –, Left ")
    rows = {row.label: row for row in sheet.rows()}
    assert (rows["Points"].difference, rows["Volume"].difference) == ("+1", "+0.05")
    assert rows["Largest gap"].difference == "", "nothing is told against an unknown"


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_a_key_closes_it_and_charting_goes_on(driver: WindowDriver, key: Qt.Key) -> None:
    driver.tap(60, 0)
    QTest.keyClick(opened(driver), Qt.Key.Key_E)
    sheet = driver.window.sheets.sheet
    assert sheet is not None, "keys of the canvas do nothing behind the sheet"
    QTest.keyClick(sheet, key)
    assert driver.window.sheets.sheet is None
    driver.tap(80, 0)
    assert told(opened(driver))["Points"] == "2"


def test_what_is_being_worked_out_is_neither_a_figure_nor_unknown(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    driver.tap(64, 0)
    driver.page.tally.region_asked.emit("chest.left")
    sheet = driver.window.sheets.sheet
    assert sheet is not None
    assert told(sheet)["Largest gap"] == "…"
    assert told(sheet)["Points"] == "2", "what is known stands at once"
    driver.page.model.figures.finish()
    assert told(sheet)["Largest gap"].endswith(" mm")


def test_undo_takes_the_sheet_away_with_its_figures(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    opened(driver)
    driver.page.model.undo()
    assert driver.window.sheets.sheet is None


def test_the_keyboard_opens_it(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    view = driver.page.tally.row_view()
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Return)
    driver.page.model.figures.finish()
    assert driver.window.sheets.sheet is not None


def test_a_window_closed_under_an_open_sheet_leaves_nothing_behind(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    driver.page.tally.region_asked.emit("chest.left")
    assert driver.window.sheets.sheet is not None
    driver.window.close()
    assert not driver.window.beside.busy
