"""Reading back over the whole window: keys and pedal, on and back, skip, leave; without a plan; what is said."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.marks import Origin
from mesomap.ui.dialogs.key_card import KeyCard
from mesomap.ui.pages import read_out
from mesomap.ui.pages.assistant import AssistantPage
from tests.gui.test_plan import DONE, OPEN, SKIPPED, outcomes, planned, second_visit

__all__ = ["planned", "second_visit"]


@pytest.fixture
def reading(planned: WindowDriver) -> AssistantPage:
    """The view that reads the plan back, opened by its key."""
    planned.key(Qt.Key.Key_F11)
    return planned.page.plan.assistant


def press(page: AssistantPage, *keys: Qt.Key) -> None:
    """Press keys one after the other, where the keyboard is."""
    for key in keys:
        QTest.keyClick(page, key)
        QTest.qWait(10)


def test_a_key_confirms_the_region_and_the_next_is_read(planned: WindowDriver, reading: AssistantPage) -> None:
    assert reading.isVisible()
    assert reading.hasFocus()
    assert reading.geometry() == planned.page.rect()
    assert reading.readout.text() == "Chest, right, 1 point, Papule, 2.0 mm · 0.05 mL, mixture A"
    assert reading.counts.text() == "0 of 3 done, 3 open"
    press(reading, Qt.Key.Key_Space)
    assert reading.readout.text().startswith("Chest, left, 2 points")
    assert outcomes(planned) == [OPEN, OPEN, DONE]
    assert planned.page.model.marks[0].origin is Origin.REPEAT
    press(reading, Qt.Key.Key_PageDown)
    assert outcomes(planned) == [DONE] * 3
    assert "settled" in reading.readout.text()
    assert not reading.done_button.isEnabled()
    press(reading, Qt.Key.Key_Space, Qt.Key.Key_Escape)
    assert not reading.isVisible()
    assert planned.page.canvas.hasFocus()
    assert not planned.window.isFullScreen()


def test_skip_and_back(planned: WindowDriver, reading: AssistantPage) -> None:
    press(reading, Qt.Key.Key_S)
    assert outcomes(planned) == [OPEN, OPEN, SKIPPED]
    press(reading, Qt.Key.Key_Return, Qt.Key.Key_Backspace)
    assert outcomes(planned) == [OPEN, OPEN, SKIPPED]
    assert reading.readout.text().startswith("Chest, left")
    press(reading, Qt.Key.Key_Backspace)
    assert outcomes(planned) == [OPEN] * 3
    assert reading.readout.text().startswith("Chest, right")
    press(reading, Qt.Key.Key_Backspace)
    assert planned.page.model.plan.exists, "only what was settled here is taken back"


def test_looking_ahead_settles_nothing(planned: WindowDriver, reading: AssistantPage) -> None:
    press(reading, Qt.Key.Key_Right)
    assert reading.readout.text().startswith("Chest, left")
    press(reading, Qt.Key.Key_Space)
    assert outcomes(planned) == [DONE, DONE, OPEN]
    assert reading.readout.text().startswith("Chest, right")


def test_a_pedal_is_learned_kept_and_a_held_one_confirms_once(planned: WindowDriver, reading: AssistantPage) -> None:
    planned.click(reading.pedal)
    assert "Press the pedal now" in reading.pedal.text()
    press(reading, Qt.Key.Key_S)
    assert outcomes(planned) == [OPEN] * 3, "the key of skip is refused"
    planned.click(reading.pedal)
    press(reading, Qt.Key.Key_F13)
    assert reading.pedal.text() == "Foot pedal: F13"
    press(reading, Qt.Key.Key_F13)
    assert outcomes(planned) == [OPEN, OPEN, DONE]
    none = Qt.KeyboardModifier.NoModifier
    for _ in range(3):
        QApplication.sendEvent(reading, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F13, none, "", True))
    assert outcomes(planned) == [OPEN, OPEN, DONE]
    assert planned.page.model.service.practice.setting("pedal_key") == int(Qt.Key.Key_F13)


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_F6, Qt.Key.Key_Tab])
def test_a_pedal_may_send_a_key_that_is_a_shortcut_elsewhere(
    planned: WindowDriver, reading: AssistantPage, key: Qt.Key
) -> None:
    planned.click(reading.pedal)
    press(reading, key)
    assert not reading.assistant.learning, "the key was learned"
    press(reading, key)
    assert outcomes(planned) == [OPEN, OPEN, DONE]
    assert reading.hasFocus()
    assert not planned.page.points.list.isVisible()
    assert not planned.page.findChildren(KeyCard)


def test_shortcuts_of_the_page_behind_rest_and_tab_stays_here(planned: WindowDriver, reading: AssistantPage) -> None:
    press(reading, Qt.Key.Key_F6)
    assert reading.hasFocus()
    QTest.keyClick(reading, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert planned.page.model.plan.exists, "nothing is undone unseen"
    seen = []
    for _ in range(5):
        focus = planned.window.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        seen.append(planned.window.focusWidget())
    assert seen == [
        reading.pedal, reading.back_button, reading.skip_button, reading.done_button, reading.leave_button,
    ]  # fmt: skip
    QTest.keyClick(reading.leave_button, Qt.Key.Key_PageDown)
    assert outcomes(planned) == [OPEN, OPEN, DONE], "a pedal is heard wherever the focus is"


def test_keys_of_the_canvas_do_nothing_behind_it(planned: WindowDriver, reading: AssistantPage) -> None:
    tool = planned.page.canvas.tool()
    press(reading, Qt.Key.Key_E, Qt.Key.Key_2, Qt.Key.Key_A)
    assert planned.page.canvas.tool() is tool
    assert planned.page.model.choice.mixture == "A"
    assert not planned.page.plan.card.isVisible()


@pytest.mark.parametrize("size", [(1180, 720), (1920, 1080)])
def test_letters_are_large_and_grow_with_the_window(
    planned: WindowDriver, reading: AssistantPage, size: tuple[int, int]
) -> None:
    planned.window.showNormal()
    planned.window.resize(*size)
    planned.wait()
    assert reading.geometry() == planned.page.rect()
    least = {(1180, 720): 48, (1920, 1080): 70}[size]
    assert reading.readout.letter_px() >= least
    assert reading.glance.view_key() == "body_front"


@pytest.mark.parametrize("size", [(1024, 720), (1180, 720), (1366, 768)])
def test_a_long_name_is_broken_and_the_side_never_cut(
    planned: WindowDriver, reading: AssistantPage, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_out, "region_words", lambda _atlas, _id: ("Lumbar paravertebral area", "left"))
    planned.window.showNormal()
    planned.window.resize(*size)
    planned.wait()
    lines = reading.readout.lines()
    assert " ".join(lines).startswith(("Lumbar paravertebral area – left 1 point", "Lumbar paravertebral area left 1"))
    assert all(width <= reading.readout.width() for width in reading.readout.widths_px()[:-1])
    assert reading.readout.height_px() <= reading.readout.height(), "and no figure is pushed out of sight"


def test_buttons_do_the_same(planned: WindowDriver, reading: AssistantPage) -> None:
    planned.click(reading.done_button)
    planned.click(reading.skip_button)
    assert outcomes(planned) == [SKIPPED, SKIPPED, DONE]
    planned.click(reading.back_button)
    assert outcomes(planned) == [OPEN, OPEN, DONE]
    planned.click(reading.leave_button)
    assert not reading.isVisible()


def test_hiding_covers_the_read_back_and_locking_ends_it(planned: WindowDriver, reading: AssistantPage) -> None:
    assert planned.window.isFullScreen()
    QTest.keyClick(reading, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    planned.wait()
    assert planned.window.guard.is_hidden
    assert not reading.isVisible()
    planned.window.lock()
    planned.wait()
    assert planned.window.charting is None
    assert not planned.window.isFullScreen()


def test_without_a_plan_the_last_mark_is_read_back(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_F11)
    reading = driver.page.plan.assistant
    assert "Nothing charted yet" in reading.readout.text()
    press(reading, Qt.Key.Key_Space, Qt.Key.Key_Backspace, Qt.Key.Key_F11)
    assert not reading.isVisible()
    driver.tap(60, 0)
    driver.tap(80, 30)
    driver.key(Qt.Key.Key_F11)
    assert reading.readout.text() == "Chest, left, 1 point, Papule, 2.0 mm · 0.05 mL, mixture A"
    assert reading.counts.text() == "2 points here, 2 points in all"
    assert not reading.done_button.isVisible()
    assert len(driver.page.model.marks) == 2
