"""The pictures of the user guide, made from the program: `python -m tests.snapshots.guide --out docs/guide`.

One demonstration practice, real events, 1280×800, light. Dates and the hour of the last save are those of the day.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton, QWidget

from mesomap.app.application import make_application
from mesomap.app.start import make_window, open_practice
from mesomap.cli import WindowRequest
from mesomap.domain.session import SessionStatus
from mesomap.ui.main_window import MainWindow
from mesomap.ui.theme import theme
from tests.sessions.hand import TimedHand

SIZE = (1280, 800)
_QUALITY = 82


def _let_work(milliseconds: int) -> None:
    """Wait as the running program does: QTest.qWait holds Python's lock, and work beside the window would starve."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Guide:
    """Takes the pictures one after the other; each method leaves the window fit for the next."""

    def __init__(self, window: MainWindow, out: Path) -> None:
        self.window, self.out = window, out
        self.hand = TimedHand(window)
        self.driver = self.hand.driver

    def save(self, name: str, shown: QWidget | None = None) -> None:
        """Save the window, or one dialog of it, as WebP."""
        if self.window.charting is not None:
            self.driver.page.canvas.settle_now()
            self.driver.page.strip.finish_now()
        self.driver.wait(80)
        picture: QImage = (shown or self.window).grab().toImage()
        picture.save(str(self.out / f"{name}.webp"), quality=_QUALITY)

    def patients(self) -> None:
        """The list, a patient chosen."""
        self.window.show_patients()
        self.save("patients")

    def charting(self) -> None:
        """A mesolift under way, the fill's preview before it."""
        page, hand = self.driver.page, self.hand
        hand.view("head_front")
        hand.key(Qt.Key.Key_1, "mixture A")
        hand.click(page.dose.technique_button("papule"), "papule")
        hand.values(depth_mm=1.5, volume_ml=0.02, spacing_mm=9)
        hand.tool("fill")
        x, y = self.driver.middle_of("cheek_malar.left")
        hand.tap(x, y, "fill")
        self.save("fill")
        hand.tap(x, y, "record")
        x, y = self.driver.middle_of("cheek_malar.right")
        hand.tap(x, y, "fill")
        hand.tap(x, y, "record")
        hand.key(Qt.Key.Key_2, "mixture B")
        hand.click(page.dose.technique_button("nappage"), "nappage")
        hand.values(depth_mm=1.0, volume_ml=0.01, spacing_mm=7)
        hand.tool("fill")
        x, y = self.driver.middle_of("forehead.mid")
        hand.tap(x, y, "fill")
        hand.tap(x, y, "record")
        hand.click(page.dose.technique_button("papule"), "papule")
        hand.tool("place")
        x, y = self.driver.middle_of("chin.mid")
        for step in range(4):
            hand.tap(x - 9 + 6 * step, y, "point")
        self.driver.hover(x + 9, y)
        self.save("charting")

    def overlays(self) -> None:
        """Heat map over the same face."""
        page = self.driver.page
        self.hand.click(page.floating.overlay_button("heat"), "heat map")
        self.driver.wait(600)
        self.save("overlays")
        self.hand.click(page.floating.overlay_button("heat"), "heat map off")

    def region(self) -> None:
        """The sheet of one region."""
        self.window.sheets.open("cheek_malar.left")
        self.driver.wait(400)
        self.save("region")
        self.driver.key(Qt.Key.Key_Escape)

    def frame(self) -> None:
        """What surrounds the session."""
        self.hand.click(self.driver.page.top.session_chip(), "session")
        self.driver.wait(200)
        self.save("frame")
        sheet = self.driver.page.frame.sheet
        if sheet is not None:
            sheet.close()
        self.driver.wait(60)

    def printed(self) -> None:
        """The chart before it is printed."""
        self.window.print_chart()
        self.window.beside.finish()
        self.driver.wait(200)
        dialog = self.window.print_dialog
        if dialog is None:
            raise RuntimeError("the print dialog did not open")
        ready = next(b for b in dialog.findChildren(QPushButton) if b.text().startswith("Save PDF"))
        for turn in range(100):
            _let_work(100)
            if ready.isEnabled() and not self.window.beside.busy and turn > 10:
                break
        self.save("print", dialog)
        dialog.reject()
        self.driver.wait(100)

    def plan(self) -> None:
        """The next visit with the last one as a plan, half settled; and its read-back."""
        self.window.show_patients()
        practice = self.window.desk.practice
        if practice is None:
            raise RuntimeError("no practice is open")
        patient = next(p for p in practice.patients() if p.family_name == "Beispiel")
        self.window.ask_new_session(patient.id)
        hand, page = self.hand, self.driver.page
        hand.view("head_front")
        hand.click(page.tools_bar.last_time_button(), "as last time")
        hand.click(page.last_time.plan_button(), "as a plan")
        self.driver.wait(400)
        page.plan.actions.confirm_regions((page.model.plan.marks[0].mark.region_ids[0],))
        self.driver.wait(300)
        self.save("plan")
        page.plan.read_back()
        self.window.showNormal()
        self.window.resize(*SIZE)
        self.driver.wait(600)
        self.save("assistant")
        page.plan.read_back()

    def complaint(self) -> None:
        """A pain drawing on the lower back."""
        practice = self.window.desk.practice
        if practice is None:
            raise RuntimeError("no practice is open")
        self.window.show_patients()
        found = [
            session
            for session in practice.sessions()
            if session.status is SessionStatus.DRAFT or practice.complaints(session.id)
        ]
        drawn = next(session for session in found if practice.complaints(session.id))
        self.window.open_session(drawn.id)
        self.driver.wait(300)
        self.hand.view("trunk_back")
        self.hand.tool("complaint")
        self.driver.wait(300)
        self.save("complaint")


#: Pictures in the order in which they are taken.
STEPS: tuple[tuple[Callable[[Guide], None], tuple[str, ...]], ...] = (
    (Guide.charting, ("fill", "charting")),
    (Guide.overlays, ("overlays",)),
    (Guide.region, ("region",)),
    (Guide.frame, ("frame",)),
    (Guide.printed, ("print",)),
    (Guide.plan, ("plan", "assistant")),
    (Guide.complaint, ("complaint",)),
    (Guide.patients, ("patients",)),
)


def make(out: Path) -> list[str]:
    """Take all pictures into `out`; returns their names."""
    out.mkdir(parents=True, exist_ok=True)
    make_application()
    theme.choose_text_scale(1.0)
    theme.use("light")
    with tempfile.TemporaryDirectory() as folder:
        request = WindowRequest(home=Path(folder) / "home", demo=True)
        window = make_window(request)
        window.resize(*SIZE)
        window.show()
        open_practice(window, request)
        guide = Guide(window, out)
        guide.driver.wait(400)
        for step, _names in STEPS:
            step(guide)
        window.close()
    return [name for _step, names in STEPS for name in names]


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description="Take the pictures of the user guide.")
    parser.add_argument("--out", type=Path, required=True)
    for name in make(parser.parse_args().out):
        sys.stdout.write(f"{name}.webp\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
