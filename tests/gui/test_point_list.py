"""The point list and the way to it by keys: what is on the body as a table, selected and changed without the canvas."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.panels.point_table import PointTable

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def charted(driver: WindowDriver) -> WindowDriver:
    """Two taps, a line of points, an area."""
    driver.tap(60, 0)
    driver.tap(-60, 0)
    driver.click(driver.page.dose.technique_button("nappage"))
    driver.set_values(1.0, 0.01, 15.0)
    driver.tap(80, 30)
    driver.key(Qt.Key.Key_Return)
    return driver


def table(driver: WindowDriver) -> PointTable:
    model = driver.page.points.list.view.model()
    assert isinstance(model, PointTable)
    return model


def f6(driver: WindowDriver, back: bool = False) -> None:
    focus = QApplication.focusWidget() or driver.page
    QTest.keyClick(focus, Qt.Key.Key_F6, SHIFT if back else Qt.KeyboardModifier.NoModifier)
    driver.wait()


def test_one_f6_from_the_canvas_opens_the_list_and_it_says_everything(charted: WindowDriver) -> None:
    charted.page.canvas.setFocus()
    f6(charted)
    points = charted.page.points.list
    assert points.isVisible()
    assert points.view.hasFocus()
    model = table(charted)
    assert model.rowCount() == 3
    assert not model.rowCount(model.index(0, 0))
    said = str(model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole))
    for part in ("Point 1", "left", "Papule", "2.0 mm", "mixture A", "0.05 mL"):
        assert part in said
    assert str(model.data(model.index(2, 0), Qt.ItemDataRole.AccessibleTextRole)).startswith("Area")
    f6(charted)
    assert not points.isVisible()


def test_f6_goes_round_all_panes_and_shift_goes_back(charted: WindowDriver) -> None:
    page = charted.page
    page.canvas.setFocus()
    for pane in (page.points.list, page.tools_bar, page.dose, page.tally, page.top, page.strip):
        f6(charted)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert pane.isAncestorOf(focus)
    f6(charted)
    assert page.canvas.hasFocus()
    f6(charted, back=True)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.strip.isAncestorOf(focus)


def test_rows_and_canvas_share_one_selection(charted: WindowDriver) -> None:
    page = charted.page
    page.canvas.setFocus()
    f6(charted)
    view = page.points.list.view
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert list(page.select.selected) == [page.model.marks[1].id]
    assert page.canvas.tool() is page.select
    page.select.select({page.model.marks[0].id: None})
    assert [index.row() for index in view.selectionModel().selectedRows()] == [0]


def test_enter_changes_and_delete_erases_without_the_canvas(charted: WindowDriver) -> None:
    page = charted.page
    page.canvas.setFocus()
    f6(charted)
    view = page.points.list.view
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    sheet = page.mark_sheets.sheet
    assert sheet is not None
    QTest.keyClicks(sheet.remark.field, "by keys")
    charted.click(sheet.button("record"))
    assert page.model.marks[1].remark == "by keys"
    assert page.points.list.isVisible()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert len(page.model.marks) == 2
    assert table(charted).rowCount() == 2
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not page.points.list.isVisible()
    assert page.canvas.hasFocus()


def test_a_tap_on_the_title_opens_the_list_and_again_puts_it_away(charted: WindowDriver) -> None:
    page = charted.page
    charted.click(page.floating.title_card())
    assert page.points.list.isVisible()
    charted.click(page.floating.title_card())
    assert not page.points.list.isVisible()


def test_every_cell_has_words(charted: WindowDriver) -> None:
    charted.page.canvas.setFocus()
    f6(charted)
    model = table(charted)
    for row in range(model.rowCount()):
        for column in range(model.columnCount(QModelIndex())):
            assert model.data(model.index(row, column))
            assert model.headerData(column, Qt.Orientation.Horizontal)


def test_a_row_tells_where_its_point_lies(charted: WindowDriver) -> None:
    charted.page.canvas.setFocus()
    f6(charted)
    model = table(charted)
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
        assert "midline" in str(model.data(model.index(0, 1), role))
    assert model.data(model.index(2, 1), Qt.ItemDataRole.ToolTipRole) == ""
