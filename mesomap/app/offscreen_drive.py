"""Drives the real window by synthesised pointer events: for machines without a display, and for pictures.

`python -m mesomap.app.offscreen_drive --out DIR` builds the demonstration home in DIR/home, charts in the
window,
saves pictures of it, prints the chart, and says where everything is.
"""

import argparse
import math
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mesomap.app.display import has_display
from mesomap.cli import WindowRequest
from mesomap.domain.errors import MesoMapError
from mesomap.ui.after_paint import AfterPaint
from mesomap.ui.main_window import MainWindow
from mesomap.ui.pages.charting import ChartingPage
from mesomap.ui.theme import theme

Say = Callable[[str], None]


class WindowDriver:
    """A hand that only uses what a person has: pointer and keys on the visible window."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    @property
    def page(self) -> ChartingPage:
        """The open charting page. Raises RuntimeError when no session is open."""
        if self.window.charting is None:
            raise RuntimeError("no session is open in the window")
        return self.window.charting

    def wait(self, milliseconds: int = 30) -> None:
        """Let the window paint and its timers run, and the figures come, and what waits for the first frame."""
        if self.window.charting is not None:
            for waiting in self.page.findChildren(AfterPaint):
                waiting.finish()
        # Not QTest.qWait: it keeps Python's lock, and work beside the window would stand still.
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
        if self.window.charting is not None:
            self.page.model.figures.finish()

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Press and release the left button on a widget."""
        place = at if at is not None else widget.rect().center()
        QTest.mouseMove(widget, place)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        self.wait()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key on the canvas."""
        canvas = self.page.canvas
        canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        QTest.keyClick(canvas, key, modifiers)
        self.wait()

    def place_of(self, x_mm: float, y_mm: float) -> QPoint:
        """Pixel of the canvas that shows a place of the view."""
        return self.page.canvas.context().point_px(x_mm, y_mm).toPoint()

    def tap(self, x_mm: float, y_mm: float) -> None:
        """Tap a place of the view on the canvas."""
        self.click(self.page.canvas, self.place_of(x_mm, y_mm))

    def hover(self, x_mm: float, y_mm: float) -> None:
        """Move the pointer over a place without touching."""
        place = self.place_of(x_mm, y_mm)
        QTest.mouseMove(self.page.canvas, place + QPoint(1, 1))
        QTest.mouseMove(self.page.canvas, place)
        self.wait()

    def choose_view(self, view_key: str) -> None:
        """Click the view's thumbnail."""
        self.click(self.page.strip.thumbnail(view_key))

    def choose_tool(self, key: str) -> None:
        """Click a tool; one of the second row after opening it."""
        bar = self.page.tools_bar
        more = bar.button("more")
        if bar.is_second(key) and not bar.second_open() and more is not None:
            self.click(more)
        button = bar.button(key)
        if button is not None:
            self.click(button)

    def set_values(self, depth_mm: float, volume_ml: float, spacing_mm: float) -> None:
        """Type depth, volume and spacing into their fields, as a person does at a technique's first use."""
        for name, value in (("depth_mm", depth_mm), ("volume_ml", volume_ml), ("spacing_mm", spacing_mm)):
            field = self.page.dose.field(name)
            field.setFocus(Qt.FocusReason.MouseFocusReason)
            field.selectAll()
            QTest.keyClicks(field, f"{value:g}")
            QTest.keyClick(field, Qt.Key.Key_Return)
            self.wait(10)
        self.page.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def picture(self, path: Path) -> Path:
        """Save a picture of the window, every layer sharp and every thumbnail drawn."""
        if self.window.charting is not None:
            self.page.canvas.settle_now()
            self.page.strip.finish_now()
        QCursor.setPos(self.window.mapToGlobal(self.window.rect().center()))
        self.wait(60)
        self.window.grab().save(str(path))
        return path

    def middle_of(self, region_id: str) -> tuple[float, float]:
        """A place well inside the visible part of a region in the present view, view mm."""
        model = self.page.model
        inside = model.regions.geometry(model.view_key, region_id).representative_point()
        return float(inside.x), float(inside.y)

    def spacing_for(self, region_id: str, points: int = 55) -> float:
        """Whole millimetres of spacing at which about this many points fill the region."""
        area_mm2 = self.page.model.atlas.region(region_id).area_cm2 * 100
        return float(max(3, round(math.sqrt(1.15 * area_mm2 / points))))


def chart_a_face(driver: WindowDriver, pictures: Path, say: Say) -> None:
    """Place, fill, change the view, undo and redo; three pictures. Works on any body with a face view."""
    page = driver.page
    model = page.model
    regions = _shown_regions(driver, ("cheek_buccal.right", "cheek_malar.left", "forehead.mid"))
    driver.key(Qt.Key.Key_1)
    driver.click(page.dose.technique_button("papule"))
    driver.set_values(1.2, 0.05, 12.0)
    x, y = driver.middle_of(regions[0])
    for column in range(3):
        for row in range(3):
            driver.tap(x - 9 + 9 * column, y - 8 + 8 * row)
    say(f"placed {len(model.marks)} points by single taps")
    driver.key(Qt.Key.Key_2)
    driver.click(page.dose.technique_button("nappage"))
    driver.set_values(0.6, 0.02, driver.spacing_for(regions[1]))
    x, y = driver.middle_of(regions[1])
    driver.tap(x, y)
    driver.tap(x, y)
    driver.key(Qt.Key.Key_3)
    driver.click(page.dose.technique_button("point_by_point"))
    driver.set_values(4.0, 0.03, driver.spacing_for(regions[2]))
    driver.choose_tool("fill")
    driver.tap(*driver.middle_of(regions[2]))
    driver.key(Qt.Key.Key_Return)
    driver.choose_tool("place")
    driver.picture(pictures / "window-light.png")
    before = len(model.marks)
    driver.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    undone = len(model.marks)
    driver.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    say(f"undo and redo: {before} → {undone} → {len(model.marks)} marks")
    keys = page.strip.order()
    driver.choose_view("head_three_quarter_left" if "head_three_quarter_left" in keys else keys[1])
    driver.picture(pictures / "window-other-view.png")
    driver.choose_view(keys[0])


def _shown_regions(driver: WindowDriver, wanted: tuple[str, ...]) -> list[str]:
    """The wanted regions that the view shows, made up with the largest others."""
    model = driver.page.model
    sizes = {r.id: model.regions.geometry(model.view_key, r.id).area for r in model.atlas.regions}
    present = [region for region in wanted if sizes.get(region, 0) > 50]
    others = sorted((r for r in sizes if r not in present), key=lambda r: -sizes[r])
    return [*present, *others][: len(wanted)]


def drive(window: MainWindow, out: Path, say: Say = print) -> list[Path]:
    """Chart in the window, save pictures and the PDF into `out`; returns the files."""
    theme.use("light")
    driver = WindowDriver(window)
    driver.wait(60)
    chart_a_face(driver, out, say)
    session = driver.page.model.service.session
    chart = out / "chart.pdf"
    written = window.desk.write_chart(session.id, chart)
    driver.key(Qt.Key.Key_R)
    driver.key(Qt.Key.Key_R)
    theme.use("dark")
    driver.picture(out / "window-dark.png")
    theme.use("light")
    window.show_patients()
    driver.picture(out / "window-patients.png")
    names = ("window-light.png", "window-other-view.png", "window-dark.png", "window-patients.png")
    return [out / name for name in names] + ([chart] if written else [])


def main(arguments: list[str] | None = None) -> int:
    """Command line of the driver."""
    parser = argparse.ArgumentParser(description="Drive the MesoMap window without a display.")
    parser.add_argument("--out", type=Path, default=Path("build/demo"))
    out = parser.parse_args(arguments).out.resolve()
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from mesomap.app.application import make_application
    from mesomap.app.start import make_window, open_practice

    app: QApplication = make_application()
    try:
        out.mkdir(parents=True, exist_ok=True)
        request = WindowRequest(home=out / "home", demo=True)
        window = make_window(request)
        window.show()
        open_practice(window, request)
        if window.charting is None:
            sys.stderr.write(f"{window.unlock.error_text()}\n")
            return 3
        files = drive(window, out, _say)
    except MesoMapError as error:
        sys.stderr.write(f"{error.sentence}\n")
        return int(error.exit_code)
    except OSError as error:
        sys.stderr.write(f"{out} cannot be written: {error.strerror}.\n")
        return 3
    window.close()
    app.processEvents()
    for file in files:
        _say(f"saved {file}")
    _say(f"records (encrypted, passphrase “demo”): {out / 'home'}")
    return 0


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
