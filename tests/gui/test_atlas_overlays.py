"""Danger zones, acupoints and landmarks on the canvas: off at first, one tap each, told as incomplete."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QPainter, QPixmap
from pytestqt.qtbot import QtBot

from mesomap.app.application import make_application
from mesomap.app.offscreen_drive import WindowDriver
from mesomap.atlas import Atlas, open_atlas
from mesomap.services import Practice
from mesomap.ui.canvas.atlas_layer import KEYS, LANDMARKS, POINTS, RECALLED, SENSORY, ZONES, AtlasLayer
from mesomap.ui.canvas.tools.tool import Target
from mesomap.ui.canvas.viewport import whole_view
from mesomap.ui.desk import Desk
from mesomap.ui.main_window import MainWindow
from mesomap.ui.theme import theme
from tests.records import CHEAP

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture(scope="module")
def body() -> Atlas:
    return open_atlas()


@pytest.fixture
def driver(qtbot: QtBot, tmp_path: Path, body: Atlas) -> Iterator[WindowDriver]:
    """A hand on the window with an open session on the shipped body."""
    make_application()
    theme.use("light")
    desk = Desk(tmp_path / "practice", open_body=lambda _name: body)
    practice = Practice.create(tmp_path / "practice", "a sentence is best", cost=CHEAP)
    patient = practice.new_patient(family_name="Beispiel", given_name="Anna")
    session = practice.new_session(patient.id, body)
    desk.take(practice)
    window = MainWindow(desk)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    window.open_session(session.id)
    yield WindowDriver(window)
    window.close()
    window.deleteLater()


def layer(driver: WindowDriver) -> AtlasLayer:
    return driver.page.canvas.atlas_layer


def tap(driver: WindowDriver, key: str) -> None:
    driver.click(driver.page.floating.overlay_button(key))


def at(driver: WindowDriver, x: float, y: float) -> list[tuple[str, str]]:
    """What the card beside the pen says of a place."""
    canvas = driver.page.canvas
    skin = driver.page.model.atlas.locate_one("head_front", x, y)
    assert skin is not None
    return layer(driver).rows(canvas.context(), Target(QPointF(), (x, y), skin, None))


def test_everything_is_off_until_it_is_switched_on_by_one_tap(driver: WindowDriver) -> None:
    assert not any(driver.page.model.overlays[key] for key in KEYS)
    tap(driver, "atlas")
    for key in KEYS:
        button = driver.page.floating.overlay_button(key)
        assert button.isVisible()
        assert button.accessibleName()
        assert min(button.width(), button.height()) >= 44
        tap(driver, key)
        assert driver.page.model.overlays[key]
        tap(driver, key)
        assert not driver.page.model.overlays[key]


def test_a_zone_is_drawn_and_named_under_the_pen(driver: WindowDriver) -> None:
    before = driver.page.canvas.grab().toImage()
    tap(driver, "atlas")
    tap(driver, ZONES)
    layer(driver).load_now("head_front")
    driver.wait(150)
    assert driver.page.canvas.grab().toImage() != before
    shape = next(s for s in layer(driver).shapes.zones("head_front", recalled=False) if s.zone.key == "infraorbital_n")
    assert ("Danger zone", "Infraorbital nerve, artery, 5–12 mm deep") in at(driver, *shape.anchor)


def test_recalled_rows_stay_hidden_until_asked_for(driver: WindowDriver) -> None:
    tap(driver, "atlas")
    tap(driver, ZONES)
    tap(driver, POINTS)
    shapes = layer(driver).shapes
    layer(driver).load_now("head_front")
    assert not any(s.zone.recalled for s in shapes.zones("head_front", recalled=False))
    assert any(s.zone.recalled for s in shapes.zones("head_front", recalled=True))
    chin = next(m for m in shapes.acupoints("head_front", recalled=True) if m.label == "CV24")
    assert not [row for row in at(driver, *chin.xy) if row[0] == "Acupoint"]
    tap(driver, RECALLED)
    assert ("Acupoint", "CV24 Chengjiang") in at(driver, *chin.xy)


def test_the_note_always_says_that_the_overlay_is_incomplete(driver: WindowDriver) -> None:
    for key in (ZONES, POINTS, SENSORY, LANDMARKS):
        driver.page.model.toggle_overlay(key, True)
        assert "Incomplete" in layer(driver).note()
        assert "means nothing" in layer(driver).note()
    assert "recalled rows hidden" in layer(driver).note()


def test_sensory_points_show_as_points_and_say_that_they_are_no_dermatomes(driver: WindowDriver) -> None:
    driver.page.model.choose_view("trunk_front")
    driver.wait(150)
    tap(driver, "atlas")
    before = driver.page.canvas.grab().toImage()
    tap(driver, SENSORY)
    driver.wait(150)
    assert driver.page.canvas.grab().toImage() != before
    assert "no borders of dermatomes" in layer(driver).note()
    level = next(m for m in layer(driver).shapes.sensory("trunk_front") if m.label == "T10" and m.side == "left")
    skin = driver.page.model.atlas.locate_one("trunk_front", *level.xy)
    assert skin is not None
    told = layer(driver).rows(driver.page.canvas.context(), Target(QPointF(), level.xy, skin, None))
    assert ("Sensory point", "T10") in told


def test_the_place_is_told_in_words_under_the_pen(driver: WindowDriver) -> None:
    driver.hover(40.0, 690.0)
    words = driver.page.canvas.accessibleDescription()
    assert words.startswith("Malar cheek, left, ")
    assert "lateral of the midline" in words


def test_an_unreadable_page_is_told_once_and_the_rest_goes_on(tmp_path: Path, body: Atlas) -> None:
    make_application()
    folder = tmp_path / "atlas"
    shutil.copytree(body.folder, folder)
    page = folder / "female" / "overlays.json"
    page.write_text(" " * page.stat().st_size)
    broken = open_atlas(folder)
    overlays = dict.fromkeys(KEYS, True)
    told: list[str] = []
    made = AtlasLayer(broken, overlays)
    made.failed.connect(told.append)
    context = whole_view(broken, "head_front").context(broken, QSizeF(800, 600), theme.tokens(), 1.0, "en", 1.0)
    pixmap = QPixmap(800, 600)
    for _ in range(2):
        painter = QPainter(pixmap)
        made.gather(context)(painter, context)
        painter.end()
    assert len(told) == 1
    assert "overlays.json" in told[0]
