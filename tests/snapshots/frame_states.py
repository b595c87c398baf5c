"""Pictures of what surrounds a session and of the pain drawing, in every state, light and dark."""

import math
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.theme import theme


def grab_frame(driver: WindowDriver, out: Path) -> list[Path]:
    """Offer, sheet, whole list, refused time, the complaint drawn and faint; the window stays on its own session."""
    window = driver.window
    practice = window.desk.practice
    if practice is None:
        return []
    before = driver.page.model.service.session.id
    patient = next(one for one in practice.patients() if one.family_name == "Esempio")
    window.ask_new_session(patient.id)
    window.resize(1280, 800)
    driver.wait(80)
    made = _both(driver, out, "offer")
    made += _sheet(driver, out)
    made += _complaint(driver, out)
    window.resize(1440, 900)
    window.open_session(before)
    driver.wait(80)
    return made


def _both(driver: WindowDriver, out: Path, name: str) -> list[Path]:
    made = []
    for tone in ("light", "dark"):
        theme.use(tone)
        made.append(driver.picture(out / f"{name}-{tone}.png"))
    theme.use("light")
    return made


def _sheet(driver: WindowDriver, out: Path) -> list[Path]:
    driver.click(driver.page.top.session_chip())
    sheet = driver.page.frame.sheet
    if sheet is None:
        return []
    made = [driver.picture(out / "frame-empty.png")]
    for key in driver.page.frame.framing.indications()[:1]:
        driver.click(sheet.indication.chip(key))
    for field in (sheet.fields["antisepsis"], sheet.fields["reaction"]):
        driver.click(field.chip(field.words()[0]))
    sheet.times.end.set_text("2020-01-01 10:00")
    sheet.times.end.editor.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(sheet.times.end.editor, Qt.Key.Key_Tab)
    made += _both(driver, out, "frame")
    driver.click(sheet.indication.more_button())
    made.append(driver.picture(out / "frame-all.png"))
    driver.window.resize(1280, 720)
    driver.wait(60)
    made.append(driver.picture(out / "frame-1280x720.png"))
    driver.window.resize(1280, 800)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    return made


def _complaint(driver: WindowDriver, out: Path) -> list[Path]:
    page = driver.page
    page.model.choose_view("trunk_back")
    driver.choose_tool("complaint")
    driver.wait(80)
    made = [driver.picture(out / "complaint-empty.png")]
    _, y = driver.middle_of("paravertebral_lumbar.left")
    x, low = driver.middle_of("sacroiliac.right")
    for middle, size, intensity in (((0.0, y), (80.0, 30.0), 7), ((x, low - 40), (36.0, 62.0), 3)):
        _draw(driver, middle, size)
        driver.click(page.complaint.card.intensity_button(intensity))
    _draw(driver, (0.0, y + 140), (55.0, 30.0))
    button = page.complaint.card.mode_button("point")
    if button is not None:
        driver.click(button)
    driver.tap(x, low + 6)
    driver.click(page.complaint.card.intensity_button(9))
    made += _both(driver, out, "complaint")
    driver.key(Qt.Key.Key_P)
    made += _both(driver, out, "complaint-faint")
    return made


def _draw(driver: WindowDriver, middle: tuple[float, float], size: tuple[float, float]) -> None:
    """A loop about a place of the view, drawn with the pointer."""
    canvas = driver.page.canvas
    way = []
    for step in range(31):
        turn = 2 * math.pi * step / 30
        x, y = size[0] * math.cos(turn), size[1] * (1 + 0.1 * math.sin(3 * turn)) * math.sin(turn)
        way.append(driver.place_of(middle[0] + x, middle[1] + y))
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(canvas, left, none, way[0])
    for place in way[1:]:
        QTest.mouseMove(canvas, place)
        driver.wait(2)
    QTest.mouseRelease(canvas, left, none, way[-1])
    driver.wait()
