"""Keys of the charting page: by their letter on every keyboard, left to text fields, told on a card, pane by pane."""

import sys

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.charting_keys import OVERLAY_KEYS, TOOL_KEYS
from mesomap.ui.dialogs.key_card import KeyCard

_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def press(
    driver: WindowDriver, key: Qt.Key, text: str, held: Qt.KeyboardModifier = _NONE, *, scan_code: int = 0
) -> None:
    """What a keyboard sends: key, sign and place of the key."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key.value, held, scan_code, 0, 0, text)
        QApplication.sendEvent(driver.page.canvas, event)
    driver.wait()


def card_of(driver: WindowDriver) -> KeyCard | None:
    """The card of keys, while it shows."""
    return next((card for card in driver.page.findChildren(KeyCard) if card.isVisible()), None)


def test_every_tool_has_its_letter(driver: WindowDriver) -> None:
    for key, tool in TOOL_KEYS.items():
        driver.key(key)
        button = driver.page.tools_bar.button(tool)
        assert button is not None
        assert button.isChecked(), tool


def test_every_overlay_has_its_letter(driver: WindowDriver) -> None:
    for key, overlay in OVERLAY_KEYS.items():
        # there was no last session: its rings cannot be shown
        before = driver.page.model.overlays[overlay]
        driver.key(key)
        assert driver.page.model.overlays[overlay] is not before or overlay == "last_session", overlay


def test_letters_typed_into_a_field_are_text(driver: WindowDriver) -> None:
    page = driver.page
    field = page.dose.field("depth_mm")
    tool, overlays = page.canvas.tool(), dict(page.model.overlays)
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClicks(field, "fhe?")
    assert page.canvas.tool() is tool
    assert page.model.overlays == overlays
    assert card_of(driver) is None


def test_a_digit_chooses_the_mixture_with_shift_too(driver: WindowDriver) -> None:
    press(driver, Qt.Key.Key_2, "2", _SHIFT)
    assert driver.page.model.choice.mixture == "B"


def test_the_digit_row_of_a_french_keyboard_needs_no_shift(driver: WindowDriver) -> None:
    first = {"linux": 10, "win32": 2}.get(sys.platform)
    press(driver, Qt.Key.Key_QuoteDbl, '"', scan_code=(first or 0) + 2)
    assert driver.page.model.choice.mixture == ("C" if first else "A")


def test_brackets_work_wherever_the_keyboard_has_them(driver: WindowDriver) -> None:
    third_level = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    field = driver.page.dose.field("depth_mm")
    for held in (_NONE, Qt.KeyboardModifier.GroupSwitchModifier, third_level):
        press(driver, Qt.Key.Key_BracketRight, "]", held)
        assert field.text().startswith("2.1")
        press(driver, Qt.Key.Key_BracketLeft, "[", held)
        assert field.text().startswith("2.0")


def test_the_card_of_keys_names_every_tool_and_overlay_and_closes_by_escape(driver: WindowDriver) -> None:
    press(driver, Qt.Key.Key_Question, "?", _SHIFT)
    card = card_of(driver)
    assert card is not None
    told = [keys for keys, _words in card.lines]
    for key in (*TOOL_KEYS, *OVERLAY_KEYS):
        assert QKeySequence(QKeyCombination(key)).toString() in told
    bar = driver.page.tools_bar
    words = {button.text() for key in TOOL_KEYS.values() if (button := bar.button(key)) is not None}
    assert words <= {text for _keys, text in card.lines}
    tool = driver.page.canvas.tool()
    focus = driver.window.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_F)
    assert driver.page.canvas.tool() is tool
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    driver.wait()
    assert card_of(driver) is None
    assert driver.page.canvas.hasFocus()


def test_f1_opens_one_card_only(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_F1)
    first = card_of(driver)
    assert first is not None
    driver.page.show_keys()
    assert [card for card in driver.page.findChildren(KeyCard) if card.isVisible()] == [first]


def _pane(driver: WindowDriver) -> QWidget | None:
    """The pane that has the keyboard."""
    page, focus = driver.page, driver.window.focusWidget()
    panes = (page.top, page.strip, page.canvas, page.points.list, page.tools_bar, page.dose, page.tally)
    return next((p for p in panes if focus is not None and (p is focus or p.isAncestorOf(focus))), None)


def test_f6_goes_through_the_panes_in_the_order_of_reading(driver: WindowDriver) -> None:
    page = driver.page
    driver.tap(60, 0)
    page.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
    seen: list[QWidget | None] = [page.canvas]
    for _ in range(6):
        focus = driver.window.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_F6)
        driver.wait()
        seen.append(_pane(driver))
    assert seen[:4] == [page.canvas, page.points.list, page.tools_bar, page.dose]
    assert page.top in seen
    assert page.strip in seen


def test_tab_reaches_the_techniques_between_mixture_and_depth(driver: WindowDriver) -> None:
    page = driver.page
    page.dose.name_field().setFocus(Qt.FocusReason.TabFocusReason)
    passed: list[QWidget | None] = []
    for _ in range(12):
        focus = driver.window.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        passed.append(driver.window.focusWidget())
    assert page.dose.technique_button("papule") in passed
    assert passed.index(page.dose.technique_button("papule")) < passed.index(page.dose.field("depth_mm"))


def test_tab_stops_at_nothing_without_a_name(driver: WindowDriver) -> None:
    def nameless() -> set[str]:
        found: set[str] = set()
        for _ in range(90):
            focus = driver.window.focusWidget()
            assert focus is not None
            QTest.keyClick(focus, Qt.Key.Key_Tab)
            here = driver.window.focusWidget()
            assert here is not None
            if not here.accessibleName() and not (isinstance(here, QPushButton) and here.text()):
                found.add(type(here).__name__)
        return found

    driver.tap(60, 0)
    assert nameless() == set()
    driver.window.show_patients()
    driver.wait()
    assert nameless() == set()
