"""The thumbnails: counts and dots follow what is charted."""

from pytestqt.qtbot import QtBot

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.theme import theme


def test_counts_follow_every_mark_in_every_view(qtbot: QtBot, driver: WindowDriver) -> None:
    strip = driver.page.strip
    x, y = driver.middle_of("chest.left")
    driver.tap(x, y)
    driver.tap(x + 20, y)
    qtbot.waitUntil(lambda: "2 points" in strip.thumbnail("body_front").accessibleName())
    others = [key for key in strip.order() if key.startswith("body_") and "back" in key]
    assert others
    assert all("0 points" in strip.thumbnail(key).accessibleName() for key in others)
    driver.page.model.undo()
    qtbot.waitUntil(lambda: "1 points" in strip.thumbnail("body_front").accessibleName())


def test_a_marked_view_shows_its_dots(qtbot: QtBot, driver: WindowDriver) -> None:
    strip = driver.page.strip
    thumb = strip.thumbnail("body_front")
    qtbot.waitUntil(lambda: not thumb.needs_body())
    before = thumb.grab().toImage()
    driver.tap(*driver.middle_of("chest.left"))
    qtbot.waitUntil(lambda: "1 points" in thumb.accessibleName())
    assert thumb.grab().toImage() != before


def test_a_closed_window_begins_no_thumbnails(driver: WindowDriver) -> None:
    """To be destroyed with a thread at work would hang the program."""
    strip = driver.page.strip
    driver.window.close()
    theme.use("dark")
    assert not strip.at_work()


def test_a_new_theme_paints_every_thumbnail_anew(qtbot: QtBot, driver: WindowDriver) -> None:
    thumb = driver.page.strip.thumbnail("body_front")
    qtbot.waitUntil(lambda: not thumb.needs_body())
    theme.use("dark")
    assert thumb.needs_body()
    qtbot.waitUntil(lambda: not thumb.needs_body())


def test_a_tap_on_the_view_that_is_shown_leaves_it_marked(driver: WindowDriver) -> None:
    strip = driver.page.strip
    key = driver.page.model.view_key
    driver.click(strip.thumbnail(key))
    assert strip.thumbnail(key).isChecked()
    assert driver.page.model.view_key == key
