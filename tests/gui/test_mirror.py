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
