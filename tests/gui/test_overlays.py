"""Overlays are one tap each; the heat map says what it counts; everything has room in the smallest window."""

from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.coverage.heat import Measure

OVERLAYS = ("regions", "coverage", "heat", "numbers", "guides")


@pytest.mark.parametrize("key", OVERLAYS)
def test_each_overlay_is_one_tap_on_and_one_tap_off(driver: WindowDriver, key: str) -> None:
    button, model = driver.page.floating.overlay_button(key), driver.page.model
    before = model.overlays[key]
    assert button.isChecked() == before
    driver.click(button)
    assert model.overlays[key] is not before
    assert button.isChecked() is not before
    driver.click(button)
    assert model.overlays[key] is before


@pytest.mark.parametrize(("key", "name"), [(Qt.Key.Key_D, "heat"), (Qt.Key.Key_U, "guides"), (Qt.Key.Key_R, "regions")])
def test_each_overlay_has_a_key(driver: WindowDriver, key: Qt.Key, name: str) -> None:
    before = driver.page.model.overlays[name]
    driver.key(key)
    assert driver.page.model.overlays[name] is not before


def boxes(driver: WindowDriver, widgets: list[QWidget]) -> list[QRect]:
    """Where widgets lie on the canvas."""
    canvas = driver.page.canvas
    return [QRect(widget.mapTo(canvas, QPoint(0, 0)), widget.size()) for widget in widgets]


@pytest.mark.parametrize("size", [(1180, 720), (1280, 800), (1440, 900), (1920, 1080)])
def test_switches_title_and_key_have_room_in_every_window(driver: WindowDriver, size: tuple[int, int]) -> None:
    driver.window.resize(*size)
    driver.click(driver.page.floating.overlay_button("heat"))
    floating = driver.page.floating
    shown = [floating.overlay_button(key) for key in (*OVERLAYS, "last_session", "mirror")]
    rects = boxes(driver, [*shown, driver.page.heat_legend.card, floating.title_card()])
    room = driver.page.canvas.rect()
    assert all(room.contains(rect) for rect in rects)
    assert not any(one.intersects(other) for one, other in combinations(rects, 2))
    assert all(rect.height() >= 44 and rect.width() >= 44 for rect in rects[: len(shown)])


def test_the_heat_map_follows_every_mark_and_says_what_it_rests_on(driver: WindowDriver) -> None:
    page = driver.page
    driver.tap(60, 0)
    driver.click(page.floating.overlay_button("heat"))
    page.canvas.heat.finish()
    legend = page.heat_legend
    assert legend.card.isVisible()
    assert "20 mm" in legend.basis()
    assert "Estimate" in legend.basis()
    before = page.canvas.heat.picture("body_front")
    assert before is not None
    driver.tap(64, 0)
    page.canvas.heat.finish()
    after = page.canvas.heat.picture("body_front")
    assert after is not None
    assert after.peak > 1.5 * before.peak


def test_one_tap_changes_to_volume_and_what_has_none_is_said(driver: WindowDriver) -> None:
    page = driver.page
    driver.tap(60, 0)
    page.model.choose_value("volume_ml", None)
    driver.tap(70, 0)
    driver.click(page.floating.overlay_button("heat"))
    button = page.heat_legend.track.button(Measure.VOLUME)
    assert button is not None
    assert button.height() >= 44
    driver.click(button)
    page.canvas.heat.finish()
    assert page.canvas.heat.measure is Measure.VOLUME
    assert "1 point without a volume left out" in page.heat_legend.basis()


def test_the_heat_map_shows_in_the_picture_of_every_view(driver: WindowDriver) -> None:
    page = driver.page
    for x in (90, 96, 102):
        driver.tap(x, 0)
    for view in ("body_front", "body_left"):
        driver.choose_view(view)
        grabs = []
        for _ in range(2):
            page.model.toggle_overlay("heat")
            page.canvas.settle_now()
            grabs.append(page.canvas.grab().toImage())
        assert grabs[0] != grabs[1], view


def test_the_row_of_the_atlas_opens_under_the_switches(driver: WindowDriver) -> None:
    bar = driver.page.floating.overlays
    toggle = bar.button("atlas")
    if toggle.isHidden():
        driver.page.model.overlays["further"] = False
        bar.add_atlas("further", "Further", "Something the atlas knows")
        driver.page.floating.arrange()
    extra = bar.atlas_buttons()[0]
    assert not extra.isVisible()
    driver.click(toggle)
    assert extra.isVisible()
    first, second = boxes(driver, [toggle, extra])
    assert second.top() >= first.bottom()
    driver.click(toggle)
    assert not extra.isVisible()


def test_right_and_left_are_lettered_whatever_is_switched_off(driver: WindowDriver) -> None:
    page = driver.page
    for key in OVERLAYS:
        page.model.toggle_overlay(key, False)
    page.canvas.settle_now()
    with_letters = page.canvas.grab().toImage()
    ink = sum(with_letters.pixelColor(x, page.canvas.height() * 46 // 100 + y).lightness() < 90
              for x in range(20, 52) for y in range(-14, 14))  # fmt: skip
    assert ink > 40


def test_numbers_of_switches_stay_in_order(driver: WindowDriver) -> None:
    """Switches stand in one row from left to right, so that a hand finds them again."""
    bar = driver.page.floating.overlays
    left = [rect.left() for rect in boxes(driver, [bar.button(key) for key in ("regions", "coverage", "heat")])]
    assert all(a < b for a, b in pairwise(left))


def test_words_forty_per_cent_longer_still_have_room(driver: WindowDriver) -> None:
    driver.window.resize(1180, 720)
    bar = driver.page.floating.overlays
    keys = (*OVERLAYS, "last_session", "mirror")
    for key in keys:
        word = bar.button(key).text()
        bar.button(key).setText(word + "~" * round(0.4 * len(word)))
    driver.page.floating.arrange()
    driver.wait()
    rects = boxes(driver, [*(bar.button(key) for key in keys), driver.page.floating.title_card()])
    assert all(driver.page.canvas.rect().contains(rect) for rect in rects)
    assert not any(one.intersects(other) for one, other in combinations(rects, 2))
