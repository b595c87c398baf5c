"""Copy and paste in the window: keys and buttons, at the same place and under the pen, into another session."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.marks import InjectionSet, Mark, Origin
from mesomap.ui.canvas.tools.paste import PasteTool
from mesomap.ui.paste_desk import MIME

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def copied(driver: WindowDriver) -> WindowDriver:
    """Two points on the left of the chest, selected and copied."""
    driver.tap(40, 0)
    driver.tap(60, 20)
    driver.key(Qt.Key.Key_V)
    for place in ((40, 0), (60, 20)):
        driver.tap(*place)
    driver.key(Qt.Key.Key_C, CONTROL)
    return driver


def points(driver: WindowDriver) -> list[tuple[float, float]]:
    """Where the visible points are drawn, view mm."""
    found: list[tuple[float, float]] = []
    for x, y in driver.page.model.scene("body_front").points.xy.tolist():
        found.append((x, y))
    return found


def next_session(driver: WindowDriver) -> None:
    """Open another session of the patient in the front view."""
    practice, first = driver.window.desk.practice, driver.page.model.service.session
    assert practice is not None
    session = practice.new_session(
        first.patient_id, driver.page.model.atlas, started_at=first.started_at + timedelta(days=28)
    )
    driver.window.open_session(session.id)
    driver.choose_view("body_front")


def a_set(mark: Mark) -> InjectionSet:
    assert isinstance(mark, InjectionSet)
    return mark


def test_copied_marks_hang_on_the_pen_and_a_tap_sets_them_down(copied: WindowDriver) -> None:
    page = copied.page
    assert page.floating.hint_text() == "Copied 2 points"
    copied.key(Qt.Key.Key_V, CONTROL)
    tool = page.canvas.tool()
    assert isinstance(tool, PasteTool)
    assert page.pasting.bar.words() == "Tap where to paste: 2 points"
    assert page.selection_bar.words() == ""
    copied.hover(-60, -20)
    assert len(tool.shown().marks) == 2
    copied.tap(-60, -20)
    assert page.model.service.undo_name == "Paste"
    first, second, third, fourth = points(copied)
    assert third[0] < 0
    assert fourth[0] - third[0] == pytest.approx(second[0] - first[0], abs=3)
    assert fourth[1] - third[1] == pytest.approx(second[1] - first[1], abs=3)
    assert [mark.origin for mark in page.model.marks] == [Origin.TAP, Origin.TAP, Origin.REPEAT, Origin.REPEAT]
    assert page.model.marks[2].dose == page.model.marks[0].dose
    assert page.canvas.tool() is page.select
    assert set(page.select.selected) == {mark.id for mark in page.model.marks[2:]}
    copied.key(Qt.Key.Key_Z, CONTROL)
    assert len(page.model.marks) == 2


def test_the_same_place_in_the_next_session_by_keys_alone(copied: WindowDriver) -> None:
    before = copied.page.model.marks
    next_session(copied)
    copied.key(Qt.Key.Key_V, CONTROL)
    copied.key(Qt.Key.Key_Return)
    assert [a_set(mark).points for mark in copied.page.model.marks] == [a_set(mark).points for mark in before]
    copied.key(Qt.Key.Key_V, CONTROL)
    copied.click(copied.page.pasting.bar.same)
    assert len(copied.page.model.marks) == 2
    assert "charted here already" in copied.page.floating.hint_text()


def test_escape_puts_the_marks_away(copied: WindowDriver) -> None:
    page = copied.page
    copied.key(Qt.Key.Key_V, CONTROL)
    copied.key(Qt.Key.Key_Escape)
    assert page.canvas.tool() is page.select
    assert len(page.model.marks) == 2
    assert page.pasting.bar.words() == "Marks were copied"
    copied.click(page.pasting.bar.paste)
    assert isinstance(page.canvas.tool(), PasteTool)
    copied.key(Qt.Key.Key_P)
    assert page.canvas.tool() is page.tools["place"]
    assert page.pasting.bar.words() == ""


def test_off_the_body_nothing_is_pasted(copied: WindowDriver) -> None:
    copied.key(Qt.Key.Key_V, CONTROL)
    copied.tap(172, 0)
    assert "Off the body" in copied.page.floating.hint_text()
    assert len(copied.page.model.marks) == 2


def test_cut_takes_the_marks_along(copied: WindowDriver) -> None:
    copied.key(Qt.Key.Key_X, CONTROL)
    assert copied.page.model.marks == ()
    copied.key(Qt.Key.Key_V, CONTROL)
    copied.click(copied.page.pasting.bar.same)
    assert len(points(copied)) == 2


def test_the_clipboard_names_nobody_and_other_programs_get_nothing(copied: WindowDriver) -> None:
    copied.click(copied.page.selection_bar.button("copy"))
    data = QGuiApplication.clipboard().mimeData()
    assert data.formats() == [MIME]
    text = bytes(data.data(MIME).data()).decode()
    assert "papule" in text
    assert "Beispiel" not in text


def test_what_was_not_copied_here_is_refused_in_a_sentence(driver: WindowDriver) -> None:
    driver.tap(40, 0)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("marks")
    driver.key(Qt.Key.Key_V, CONTROL)
    assert driver.page.floating.hint_text() == "No marks were copied"
    data = QMimeData()
    data.setData(MIME, b'{"format": "mesomap.session"')
    clipboard.setMimeData(data)
    driver.key(Qt.Key.Key_V, CONTROL)
    assert "cannot be pasted here" in driver.page.floating.hint_text()
    driver.key(Qt.Key.Key_C, CONTROL)
    assert "Nothing is selected" in driver.page.floating.hint_text()
    assert len(driver.page.model.marks) == 1


def test_text_fields_keep_copy_and_paste_for_themselves(copied: WindowDriver) -> None:
    field = copied.page.dose.field("depth_mm")
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == field.text()
    QTest.keyClick(field, Qt.Key.Key_V, CONTROL)
    assert copied.page.canvas.tool() is copied.page.select
