"""Screen readers: every control has a name, the canvas is named after what it shows, edits are announced."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.dialogs.appearance import Appearance
from mesomap.ui.dialogs.patient_dialog import PatientDialog
from mesomap.ui.main_window import MainWindow

#: The platform without a screen says this for every dialog with a least size; it is not ours to mend.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

INTERACTIVE = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)
#: Parts of Qt's own widgets, reached through what they belong to.
_PARTS_OF = (QComboBox, QAbstractSpinBox)


def unnamed(root: QWidget) -> list[str]:
    """Shown controls, and whatever the tab key reaches, that a screen reader could not name."""
    found = []
    for widget in root.findChildren(QWidget):
        reached = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not isinstance(widget, QScrollArea)
        if (
            not widget.isVisible()
            or not (reached or isinstance(widget, INTERACTIVE))
            or isinstance(widget, QHeaderView)
        ):
            continue
        parent = widget.parentWidget()
        if isinstance(parent, _PARTS_OF) or (parent is not None and isinstance(parent.parentWidget(), QComboBox)):
            continue
        text = widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""
        if not (widget.accessibleName() or text):
            inside = [type(w).__name__ for w in _up(widget)]
            found.append(f"{type(widget).__name__} in {' < '.join(inside[:3])}")
    return found


def _up(widget: QWidget) -> list[QWidget]:
    parents: list[QWidget] = []
    parent = widget.parentWidget()
    while parent is not None:
        parents.append(parent)
        parent = parent.parentWidget()
    return parents


def test_patient_list_form_and_unlock_page(window: MainWindow) -> None:
    assert unnamed(window) == []
    practice = window.desk.practice
    assert practice is not None
    known = practice.patients()[0]
    form = PatientDialog(lambda _entry: known, window, name="")
    form.setVisible(True)
    assert unnamed(form) == []
    form.close()
    window.lock()
    assert unnamed(window) == []


def test_the_charting_page_with_everything_that_opens_on_it(driver: WindowDriver) -> None:
    page, window = driver.page, driver.window
    driver.tap(60, 0)
    for key in ("more", "area", "fill", "fan", "stroke", "stamp", "select", "plan", "complaint", "place"):
        driver.choose_tool(key)
        assert unnamed(window) == [], key
    page.select.select({page.model.marks[0].id: None})
    page.select.confirm()
    assert page.mark_sheets.sheet is not None
    assert unnamed(window) == []
    page.mark_sheets.close()
    for open_it in (
        page.open_picker, page.open_info, page.panes.open_list, page.frame.open, page.show_keys,
        lambda: window.sheets.open(page.model.tally().rows[0].region_id),
        lambda: window.ask_look(page.top),
        lambda: driver.click(page.dose.carry.chip("needle")),
        lambda: driver.click(page.dose.carry.chip("device")),
        lambda: driver.click(page.dose.head.left_button()),
    ):  # fmt: skip
        open_it()
        driver.wait()
        assert unnamed(window) == []
    for card in window.findChildren(Appearance):
        card.close()


def test_the_canvas_says_what_it_shows(driver: WindowDriver, qtbot: QtBot) -> None:
    canvas = driver.page.canvas
    qtbot.waitUntil(lambda: canvas.accessibleName().endswith("0 points, 0 regions"))
    driver.tap(60, 0)
    qtbot.waitUntil(lambda: canvas.accessibleName().endswith("1 point, 1 region"))
    driver.tap(-60, 0)
    qtbot.waitUntil(lambda: canvas.accessibleName().endswith("2 points, 2 regions"))
    driver.page.step_view(1)
    qtbot.waitUntil(lambda: not canvas.accessibleName().endswith("2 points, 2 regions"))


def test_edits_are_announced_with_the_points_that_there_are_now(driver: WindowDriver, qtbot: QtBot) -> None:
    told: list[str] = []
    driver.page.announcer.told.connect(told.append)
    driver.tap(60, 0)
    qtbot.waitUntil(lambda: bool(told))
    assert told[-1].endswith(", 1 point")
    driver.tap(70, 0)
    qtbot.waitUntil(lambda: told[-1].endswith(", 2 points"))
    driver.page.model.undo()
    qtbot.waitUntil(lambda: told[-1].endswith(", 1 point") and len(told) > 2)
    assert "Undone" in told[-1]


def test_every_control_of_the_page_is_reached_by_the_tab_key(driver: WindowDriver) -> None:
    page = driver.page
    start = page.canvas
    wanted = {
        id(button): f"{type(button).__name__} {button.accessibleName()}"
        for button in page.findChildren(QAbstractButton)
        if button.isVisible() and button.isEnabled() and button.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    reached = {id(start)}
    widget = start.nextInFocusChain()
    while widget is not None and widget is not start:
        reached.add(id(widget))
        widget = widget.nextInFocusChain()
    assert [name for key, name in wanted.items() if key not in reached] == []
