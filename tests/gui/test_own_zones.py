"""Zones of the practice's own: drawn by hand, named, coloured, kept, changed, taken away and put back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.own_zone import OwnZone
from mesomap.services.own_zones import OwnZones
from mesomap.ui.canvas.own_zone_card import OwnZoneCard
from mesomap.ui.own_zone_desk import DRAW, OWN
from tests.gui.test_select import drag

LOOP = ((40, -40), (110, -40), (110, 20), (40, 20), (40, -38))
CROSSED = ((40, -40), (110, 20), (110, -40), (40, 20), (41, -38))


@pytest.fixture
def drawing(driver: WindowDriver) -> WindowDriver:
    """The window with the tool for own zones in hand."""
    driver.click(driver.page.floating.overlay_button("atlas"))
    driver.click(driver.page.floating.overlay_button(DRAW))
    return driver


def card(driver: WindowDriver) -> OwnZoneCard:
    return driver.page.own_zones.card


def kept(driver: WindowDriver) -> tuple[OwnZone, ...]:
    """What another window would read."""
    return OwnZones(driver.page.model.service.practice, driver.page.model.atlas).all()


def draw(driver: WindowDriver, name: str) -> None:
    drag(driver, *LOOP)
    QTest.keyClicks(card(driver).name, name)
    driver.click(card(driver).keep)


def test_a_zone_is_drawn_named_and_kept(drawing: WindowDriver) -> None:
    assert drawing.page.canvas.tool() is drawing.page.own_zones.tool
    assert drawing.page.model.overlays[OWN]
    drag(drawing, *LOOP)
    assert card(drawing).words() == "Name the zone"
    assert kept(drawing) == ()
    QTest.keyClicks(card(drawing).name, "Liver")
    drawing.click(card(drawing).swatches["plum"])
    drawing.click(card(drawing).keep)
    (zone,) = kept(drawing)
    assert (zone.name, zone.colour) == ("Liver", "plum")
    assert drawing.page.model.marks == ()


def test_every_control_of_the_card_has_a_name_and_is_large_enough(drawing: WindowDriver) -> None:
    drag(drawing, *LOOP)
    shown = card(drawing)
    for control in (*shown.swatches.values(), shown.keep, shown.name):
        assert control.accessibleName() or shown.keep.text()
        assert control.height() >= 44


@pytest.mark.parametrize(
    ("loop", "words"), [(CROSSED, "across itself"), (((165, 190), (178, 190), (178, 240)), "leaves")]
)
def test_what_cannot_be_a_zone_is_told_and_nothing_waits(
    drawing: WindowDriver, loop: tuple[tuple[int, int], ...], words: str
) -> None:
    drag(drawing, *loop)
    assert words in drawing.page.floating.hint_text()
    assert not card(drawing).keep.isVisible()
    assert kept(drawing) == ()


def test_a_zone_without_a_name_is_not_kept_and_waits_for_one(drawing: WindowDriver) -> None:
    draw(drawing, " ")
    assert "no name" in drawing.page.floating.hint_text()
    assert kept(drawing) == ()
    QTest.keyClicks(card(drawing).name, "Spleen")
    QTest.keyClick(card(drawing).name, Qt.Key.Key_Return)
    assert [zone.name for zone in kept(drawing)] == ["Spleen"]


def test_a_tapped_zone_is_renamed_taken_away_and_put_back(drawing: WindowDriver) -> None:
    draw(drawing, "Liver")
    drawing.tap(75, -10)
    assert card(drawing).name.text() == "Liver"
    card(drawing).name.setText("")
    QTest.keyClicks(card(drawing).name, "Liver, left")
    drawing.click(card(drawing).keep)
    assert [zone.name for zone in kept(drawing)] == ["Liver, left"]
    drawing.tap(75, -10)
    drawing.click(card(drawing).remove)
    assert kept(drawing) == ()
    drawing.click(card(drawing).back)
    assert [zone.name for zone in kept(drawing)] == ["Liver, left"]


def test_escape_drops_the_drawn_zone_and_another_tool_ends_drawing(drawing: WindowDriver) -> None:
    drag(drawing, *LOOP)
    drawing.page.canvas.setFocus()
    drawing.key(Qt.Key.Key_Escape)
    assert drawing.page.own_zones.desk.draft() == ()
    drawing.choose_tool("place")
    assert not drawing.page.model.overlays[DRAW]
    assert card(drawing).words() == ""
    drawing.tap(75, -10)
    assert len(drawing.page.model.marks) == 1


def test_the_zone_shows_in_the_next_session_until_it_is_switched_off(drawing: WindowDriver) -> None:
    draw(drawing, "Liver")
    drawing.click(drawing.page.floating.overlay_button(DRAW))
    drawing.wait(100)
    with_zone = drawing.page.canvas.grab().toImage()
    drawing.click(drawing.page.floating.overlay_button(OWN))
    drawing.wait(100)
    assert drawing.page.canvas.grab().toImage() != with_zone
