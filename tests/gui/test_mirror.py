"""Mirror in the window: by key, by button, undone in one step."""

from PySide6.QtCore import Qt

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.marks import InjectionSet


def test_the_last_gesture_is_mirrored_by_key_and_undone_in_one_step(driver: WindowDriver) -> None:
    model = driver.page.model
    driver.tap(60, 0)
    driver.key(Qt.Key.Key_X)
    tap, copy = model.marks
    assert isinstance(tap, InjectionSet)
    assert isinstance(copy, InjectionSet)
    assert (tap.region_ids, copy.region_ids) == (("chest.left",), ("chest.right",))
    assert model.scene("body_front").visible_count == 2
    assert "Mirrored" in model.last_action
    driver.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert model.marks == (tap,)


def test_mirroring_what_is_there_already_says_so_and_adds_nothing(driver: WindowDriver) -> None:
    driver.tap(60, 0)
    driver.click(driver.page.tools_bar.mirror_button())
    driver.click(driver.page.tools_bar.mirror_button())
    assert len(driver.page.model.marks) == 2
    assert "other side" in driver.page.floating.hint_text()


def test_mirror_without_a_mark_is_a_hint(driver: WindowDriver) -> None:
    driver.key(Qt.Key.Key_X)
    assert driver.page.model.marks == ()
    assert "Nothing to mirror" in driver.page.floating.hint_text()


def test_mirror_live_charts_both_sides_in_one_step_until_it_is_switched_off(driver: WindowDriver) -> None:
    model = driver.page.model
    driver.key(Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    assert model.overlays["mirror"]
    driver.tap(60, 0)
    assert [mark.region_ids for mark in model.marks] == [("chest.left",), ("chest.right",)]
    driver.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not any(model.marks)
    driver.choose_tool("fill")
    driver.tap(60, 0)
    driver.tap(60, 0)
    assert [mark.region_ids for mark in model.marks] == [("chest.left",), ("chest.right",)]
    driver.choose_tool("erase")
    first = model.scene("body_front").points.xy[0].tolist()
    driver.tap(*first)
    assert len(model.marks) == 2
    driver.key(Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    driver.choose_tool("place")
    driver.tap(20, 120)
    assert len(model.marks) == 3
