"""Pictures of the tools at work: second row, whole area, fill, fan, strokes, stamp; called by grab."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.domain.marks import Lattice
from mesomap.services.stamping import Plate

#: Places of the face view, mm: beginnings and ends of a fan and of strokes, and the middle of a stamp.
_FAN, _STROKES, _STAMP = ((31, 636), (51, 656)), ((-30, 752), (30, 755)), (-45, 650)


def grab_tools(driver: WindowDriver, out: Path) -> list[Path]:
    """Take the pictures in the open session; what the tools record is taken back."""
    page = driver.page
    page.model.choose_view("head_front")
    page.canvas.fit()
    before = len(page.model.marks)
    page.model.choose_technique("nappage")
    driver.set_values(1.0, 0.01, 5.0)
    more = page.tools_bar.button("more")
    assert more is not None
    driver.click(more)
    made = [driver.picture(out / "tool-more.png")]
    driver.choose_tool("area")
    made.append(driver.picture(out / "tool-area-names.png"))
    page.cards.area.areas.toggle_area("face")
    while not page.cards.area.areas.ready():
        driver.wait(20)
    made.append(driver.picture(out / "tool-area.png"))
    driver.choose_tool("fill")
    page.cards.fill.pattern.set_lattice(Lattice.JITTERED.value)
    driver.tap(*driver.middle_of("cheek_malar.left"))
    made.append(driver.picture(out / "tool-fill.png"))
    driver.key(Qt.Key.Key_Escape)
    driver.choose_tool("stroke")
    driver.set_values(0.5, 0.02, 5.0)
    made.append(_dragged(driver, *_STROKES, out / "tool-stroke.png"))
    page.model.choose_technique("linear_retrograde")
    driver.set_values(3.0, 0.05, 5.0)
    driver.choose_tool("fan")
    made.append(_dragged(driver, *_FAN, out / "tool-fan.png"))
    driver.choose_tool("stamp")
    page.cards.stamp.set_plate(Plate(3, 3, 5.0))
    driver.tap(*_STAMP)
    made.append(driver.picture(out / "tools-recorded.png"))
    while len(page.model.marks) > before:
        page.model.undo()
    driver.choose_tool("place")
    return made


def _dragged(driver: WindowDriver, start: tuple[float, float], end: tuple[float, float], file: Path) -> Path:
    """A picture in the middle of a drag, which is then finished."""
    canvas, none = driver.page.canvas, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, none, driver.place_of(*start))
    for share in (0.3, 0.7, 1.0):
        x, y = (a + share * (b - a) for a, b in zip(start, end, strict=True))
        QTest.mouseMove(canvas, driver.place_of(x, y))
    canvas.settle_now()
    driver.wait()
    driver.window.grab().save(str(file))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, none, driver.place_of(*end))
    driver.wait()
    return file
