"""A hand that charts whole sessions by real events and writes down what each of them cost."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from mesomap.app.offscreen_drive import WindowDriver
from mesomap.ui.main_window import MainWindow

_LEFT, _PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_STEP_PX = 6


@dataclass(frozen=True)
class Act:
    """One tap, drag or typed value: what it was for, and ms from its first event until the window had painted."""

    kind: str
    what: str
    ms: float


@dataclass
class TimedHand:
    """Pointer and keys on the visible window. pictures: where to save pictures, None = none."""

    window: MainWindow
    pictures: Path | None = None
    acts: list[Act] = field(default_factory=list)
    after_act: Callable[[int], None] | None = None

    @property
    def driver(self) -> WindowDriver:
        """Looks things up; what it does itself is not timed."""
        return WindowDriver(self.window)

    def _timed(self, kind: str, what: str, events: Callable[[], None]) -> None:
        start = time.perf_counter()
        events()
        QApplication.processEvents()
        self.acts.append(Act(kind, what, (time.perf_counter() - start) * 1e3))
        if self.after_act is not None:
            self.after_act(len(self.acts))
        self.driver.wait(40)

    def click(self, widget: QWidget | None, what: str) -> None:
        """Tap a control."""
        if widget is None or not widget.isVisible():
            raise RuntimeError(f"{what}: the control is not on the screen")
        self._timed("tap", what, lambda: QTest.mouseClick(widget, _LEFT, _PLAIN, widget.rect().center()))

    def tap(self, x_mm: float, y_mm: float, what: str) -> None:
        """Tap the skin at a place of the view."""
        canvas, at = self.driver.page.canvas, self.driver.place_of(x_mm, y_mm)
        QTest.mouseMove(canvas, at)
        self._timed("tap", what, lambda: QTest.mouseClick(canvas, _LEFT, _PLAIN, at))

    def tool(self, key: str) -> None:
        """Choose a tool; one of the second row takes two taps."""
        bar = self.driver.page.tools_bar
        if bar.is_second(key) and not bar.second_open():
            self.click(bar.button("more"), "more tools")
        self.click(bar.button(key), f"tool: {key}")

    def view(self, key: str) -> None:
        """Choose a view."""
        self.click(self.driver.page.strip.thumbnail(key), f"view: {key}")

    def key(self, key: Qt.Key, what: str, modifiers: Qt.KeyboardModifier = _PLAIN) -> None:
        """Press a key over the canvas."""
        canvas = self.driver.page.canvas
        canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._timed("key", what, lambda: QTest.keyClick(canvas, key, modifiers))

    def enter(self, line: QLineEdit, text: str, what: str) -> None:
        """Type into a field and confirm."""

        def typed() -> None:
            line.setFocus(Qt.FocusReason.MouseFocusReason)
            line.selectAll()
            QTest.keyClicks(line, text)
            QTest.keyClick(line, Qt.Key.Key_Return)

        self._timed("value", f"{what}: {text}", typed)

    def values(self, **entered: float) -> None:
        """Depth, volume and spacing of a technique's first use."""
        for name, value in entered.items():
            self.enter(self.driver.page.dose.field(name), f"{value:g}", name)
        self.driver.page.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def drag(self, places_mm: Sequence[tuple[float, float]], what: str) -> None:
        """Press at the first place of the view, wander over the others in small steps, leave at the last."""
        canvas = self.driver.page.canvas
        places = [self.driver.place_of(x, y) for x, y in places_mm]

        def stroke() -> None:
            QTest.mousePress(canvas, _LEFT, _PLAIN, places[0])
            for start, end in pairwise(places):
                away = end - start
                steps = max(1, round(max(abs(away.x()), abs(away.y())) / _STEP_PX))
                for step in range(1, steps + 1):
                    QTest.mouseMove(canvas, start + QPoint(away.x() * step // steps, away.y() * step // steps))
                    QApplication.processEvents()
            QTest.mouseRelease(canvas, _LEFT, _PLAIN, places[-1])

        self._timed("drag", what, stroke)

    def around(self, region_id: str, share: float = 0.6) -> list[tuple[float, float]]:
        """A loop inside a region of the view: its bounding box shrunk to a share, view mm."""
        model = self.driver.page.model
        x0, y0, x1, y1 = model.regions.geometry(model.view_key, region_id).bounds
        cx, cy, w, h = (x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) * share / 2, (y1 - y0) * share / 2
        return [(cx - w, cy - h), (cx + w, cy - h), (cx + w, cy + h), (cx - w, cy + h), (cx - w, cy - h)]

    def picture(self, name: str) -> None:
        """Save a picture of the window; takes no part in the timing."""
        if self.pictures is not None:
            self.pictures.mkdir(parents=True, exist_ok=True)
            self.driver.picture(self.pictures / f"{name}.png")

    def canvas_room(self) -> QRect:
        """The canvas in its own pixels."""
        return self.driver.page.canvas.rect()
