"""The tool bar: six tools at one tap, the others at two; nothing is cut off however narrow or large."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.charting_keys import TOOL_KEYS
from mesomap.ui.controls.buttons import SegmentButton
from mesomap.ui.controls.tool_buttons import LEAST_PX, ToolButton
from mesomap.ui.main_window import MainWindow
from mesomap.ui.panels.tool_bar import ToolBar
from mesomap.ui.theme import theme
from mesomap.ui.typefaces import font
from tests.gui.test_select import drag
from tests.snapshots.pseudo_locale import PseudoTranslator

FIRST = ("place", "fill", "area", "brush", "select", "erase")
SECOND = ("line", "fan", "stroke", "stamp", "measure")


@pytest.fixture(autouse=True)
def as_designed() -> Iterator[None]:
    """Other tests see the text as designed."""
    yield
    theme.choose_text_scale(1.0)


def button(bar: ToolBar, key: str) -> SegmentButton:
    """The button of a tool."""
    found = bar.button(key)
    assert found is not None
    return found


def whole(bar: ToolBar, widget: QWidget) -> bool:
    """Whether a widget lies inside the page, with room for a finger and for its word."""
    page = bar.parentWidget()
    assert page is not None
    inside = page.rect().contains(widget.mapTo(page, widget.rect().topLeft()))
    inside = inside and page.rect().contains(widget.mapTo(page, widget.rect().bottomRight()))
    words = widget.text() if isinstance(widget, ToolButton) and widget.shows_word() else ""
    fits = QFontMetricsF(font("small", 11.5)).horizontalAdvance(words) <= widget.width()
    return inside and fits and widget.width() >= LEAST_PX[0] and widget.height() >= 50


def test_six_tools_are_one_tap_away_and_the_others_two(driver: WindowDriver) -> None:
    page, bar = driver.page, driver.page.tools_bar
    for key in FIRST:
        driver.click(button(bar, key))
        assert page.canvas.tool() is page.tools[key]
    for key in SECOND:
        assert not button(bar, key).isVisible()
        driver.click(button(bar, "more"))
        assert bar.second_open()
        driver.click(button(bar, key))
        assert page.canvas.tool() is page.tools[key]
        assert not bar.second_open()
        assert button(bar, "more").text() == button(bar, key).text()
        assert page.floating.hint_text() == button(bar, key).toolTip()
    driver.click(button(bar, "place"))
    assert button(bar, "more").text() == "More"


@pytest.mark.parametrize("width", [1280, 1366, 1440])
def test_tools_stay_where_they_are_whichever_is_chosen(driver: WindowDriver, width: int) -> None:
    driver.window.resize(width, 800)
    driver.tap(60, 0)
    bar = driver.page.tools_bar
    places = set()
    for key in (*FIRST, *SECOND, "complaint", "place"):
        driver.choose_tool(key)
        places.add(tuple(button(bar, one).mapTo(bar, QPoint()).x() for one in (*FIRST, "more")))
    assert len(places) == 1
    assert bar._last_box.isVisible(), "and the last action is still told"


def test_every_tool_has_a_letter_and_an_accessible_name_and_the_tip_names_the_letter(driver: WindowDriver) -> None:
    page, bar = driver.page, driver.page.tools_bar
    letters = {tool: key for key, tool in TOOL_KEYS.items()}
    for tool in (*FIRST, *SECOND):
        driver.key(letters[tool])
        assert page.canvas.tool() is page.tools[tool]
        assert button(bar, tool).accessibleName()
        assert f"({letters[tool].name.removeprefix('Key_')})" in button(bar, tool).toolTip()


def test_the_second_row_closes_by_escape_by_a_tap_elsewhere_and_by_its_button(driver: WindowDriver) -> None:
    bar = driver.page.tools_bar
    driver.click(button(bar, "more"))
    driver.key(Qt.Key.Key_Escape)
    assert not bar.second_open()
    driver.click(button(bar, "more"))
    driver.tap(60, 0)
    assert not bar.second_open()
    for shown in (True, False):
        driver.click(button(bar, "more"))
        assert bar.second_open() is shown


def test_the_second_row_works_by_keyboard(driver: WindowDriver) -> None:
    bar = driver.page.tools_bar
    more = button(bar, "more")
    more.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(more, Qt.Key.Key_Space)
    first = QApplication.focusWidget()
    assert isinstance(first, ToolButton)
    assert first.isVisible()
    QTest.keyClick(first, Qt.Key.Key_Space)
    assert not bar.second_open()
    assert driver.page.canvas.tool() is not driver.page.tools["place"]


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("width", [1180, 1280, 1440, 1920])
def test_nothing_is_cut_off_at_any_width_and_text_size(
    window: MainWindow, driver: WindowDriver, width: int, scale: float
) -> None:
    window.use_text_scale(scale)
    window.resize(width, 800)
    driver.wait()
    bar = driver.page.tools_bar
    driver.click(button(bar, "more"))
    shown = [button(bar, key) for key in (*FIRST, "more", *SECOND)] + [bar.mirror_button(), bar.last_time_button()]
    for widget in shown:
        assert widget.isVisible(), widget.text()
        assert whole(bar, widget), (widget.text(), widget.geometry())


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_nothing_is_cut_off_in_a_language_with_longer_words(
    window: MainWindow, driver: WindowDriver, qapp: QApplication, scale: float
) -> None:
    longer = PseudoTranslator(qapp)
    qapp.installTranslator(longer)
    try:
        window.use_text_scale(scale)
        window.resize(1180, 800)
        driver.wait()
        bar = driver.page.tools_bar
        driver.click(button(bar, "more"))
        for widget in [button(bar, key) for key in (*FIRST, "more", *SECOND)] + [bar.mirror_button()]:
            assert whole(bar, widget), (widget.text(), widget.geometry())
        assert button(bar, "place").text() != "Place"
    finally:
        qapp.removeTranslator(longer)


def test_longer_words_leave_the_words_out_before_they_are_cut_off(driver: WindowDriver) -> None:
    bar = driver.page.tools_bar
    names = {key: button(bar, key).text() for key in (*FIRST, "more")}
    for key, name in names.items():
        found = button(bar, key)
        assert isinstance(found, ToolButton)
        found.relabel(key, name + "ooooooooooooo")
    driver.window.resize(1180, 720)
    driver.wait()
    for key in (*FIRST, "more"):
        assert whole(bar, button(bar, key))


def test_the_cards_of_the_tools_stay_inside_the_canvas(window: MainWindow, driver: WindowDriver) -> None:
    window.use_text_scale(1.5)
    window.resize(1180, 720)
    driver.choose_view("body_front")
    driver.click(driver.page.dose.technique_button("papule"))
    driver.set_values(2.0, 0.05, 20.0)
    driver.choose_tool("fill")
    drag(driver, (40, -40), (110, -40), (110, 20), (40, 20), (40, -38))
    canvas = driver.page.canvas
    record = driver.page.cards.fill_card.record_button()
    shown = [card for card in canvas.findChildren(QWidget, "card") if card.isVisible() and card.isAncestorOf(record)]
    assert [canvas.rect().contains(card.geometry()) for card in shown] == [True]
