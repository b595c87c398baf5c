"""A hand for what stands around the charting: forms, dialogs, tabs, scanner, signature pad, files to save."""

import csv
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt, QTimer
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QWidget,
)

from mesomap.ui.before.signature_pad import SignaturePad
from tests.sessions.hand import Act, TimedHand

_LEFT, _NONE, _PLAIN = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
_LONGEST_MS = 30_000
D = TypeVar("D", bound=QDialog)


@dataclass
class DeskHand(TimedHand):
    """Like TimedHand; every act belongs to the step that was named last."""

    steps: list[tuple[int, str]] = field(default_factory=list)

    def step(self, name: str) -> None:
        """What follows belongs to this step."""
        self.steps.append((len(self.acts), name))

    def step_of(self, number: int) -> str:
        """The step of an act, counted from 0."""
        return next((name for first, name in reversed(self.steps) if first <= number), "")

    def taps(self, step: str) -> list[Act]:
        """Taps and keys of a step; what is typed is not among them."""
        return [act for n, act in enumerate(self.acts) if self.step_of(n) == step and act.kind in ("tap", "key")]

    def write_acts(self, path: Path) -> None:
        """Every act as one row of a CSV file."""
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(("number", "step", "kind", "what", "ms"))
            for n, act in enumerate(self.acts):
                writer.writerow((n + 1, self.step_of(n), act.kind, act.what, f"{act.ms:.1f}"))

    # -- looking

    @staticmethod
    def let_work(until: Callable[[], bool], what: str) -> None:
        """Let the window and what works beside it go on till it is so. Raises RuntimeError when it never is."""
        loop = QEventLoop()
        look = QTimer(interval=10)
        look.timeout.connect(lambda: loop.quit() if until() else None)
        QTimer.singleShot(_LONGEST_MS, loop, loop.quit)
        look.start()
        if not until():
            loop.exec()
        look.stop()
        if not until():
            raise RuntimeError(f"{what}: did not come")

    @staticmethod
    def button(root: QWidget, words: str, name: str = "") -> QAbstractButton:
        """The shown button with these words, or this accessible name. Raises RuntimeError."""
        QApplication.processEvents()
        for found in root.findChildren(QAbstractButton):
            if found.isVisible() and words in (found.text(), found.accessibleName()) and name in found.accessibleName():
                return found
        raise RuntimeError(f"there is no button “{words}” {name}")

    @staticmethod
    def line(root: QWidget, name: str) -> QLineEdit:
        """The text field of this name. Raises RuntimeError."""
        for found in root.findChildren(QLineEdit):
            if found.accessibleName() == name and found.isVisible():
                return found
        raise RuntimeError(f"there is no field “{name}”")

    # -- acting

    def act(self, kind: str, what: str, events: Callable[[], None]) -> None:
        """Any other events, as one act."""
        self._timed(kind, what, events)

    def press(self, root: QWidget, words: str, name: str = "") -> None:
        """Tap the button with these words."""
        self.click(self.button(root, words, name), f"{words} {name}".strip())

    def choose(self, rows: QListWidget, words: str) -> None:
        """Tap the row of a list with these words. Raises RuntimeError."""
        row = next((r for r in range(rows.count()) if rows.item(r).text() == words), None)
        if row is None:
            raise RuntimeError(f"there is no row “{words}”")
        at = rows.visualItemRect(rows.item(row)).center()
        self._timed("tap", words, lambda: QTest.mouseClick(rows.viewport(), _LEFT, _PLAIN, at))

    def type_in(self, editor: QWidget, text: str, what: str) -> None:
        """Type into a field, without Enter."""

        def typed() -> None:
            editor.setFocus(Qt.FocusReason.MouseFocusReason)
            if isinstance(editor, QLineEdit | QPlainTextEdit):
                editor.selectAll()
            QTest.keyClicks(editor, text)

        self._timed("value", f"{what}: {text}", typed)

    def return_key(self, widget: QWidget, what: str) -> None:
        """Press Enter in a widget."""
        self._timed("key", what, lambda: QTest.keyClick(widget, Qt.Key.Key_Return))

    def scan(self, widget: QWidget, text: str, what: str) -> None:
        """What a hand scanner types: fast, its separator as Ctrl ], Enter at the end."""

        def typed() -> None:
            for sign in text:
                if sign == "\x1d":
                    QTest.keyClick(widget, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
                else:
                    QTest.keyClicks(widget, sign)
            QTest.keyClick(widget, Qt.Key.Key_Return)

        self._timed("scan", what, typed)

    def in_dialog(self, kind: type[D], button: QWidget, what: str, act: Callable[[D], None]) -> None:
        """Tap a button that opens a window of its own, and do something in it; it must be closed by that."""
        failures: list[Exception] = []
        start = time.perf_counter()

        def opened() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, kind):
                QTimer.singleShot(10, opened)
                return
            QApplication.processEvents()
            self.acts.append(Act("tap", what, (time.perf_counter() - start) * 1e3))
            try:
                act(dialog)
            except Exception as error:  # a failure in a slot would be printed and lost
                failures.append(error)
            finally:
                if dialog.isVisible():
                    dialog.done(0)

        QTimer.singleShot(0, opened)
        QTest.mouseClick(button, _LEFT, _PLAIN, button.rect().center())
        if failures:
            raise failures[0]

    def sign_with_pen(self, pad: SignaturePad, strokes: Sequence[Sequence[tuple[float, float]]]) -> None:
        """Strokes of a pen with pressure."""
        stylus = QPointingDevice(
            "pen", 7, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
            QInputDevice.Capability.Pressure | QInputDevice.Capability.Position, 1, 3,
        )  # fmt: skip

        def send(kind: QEvent.Type, place: tuple[float, float], pressure: float, button: Qt.MouseButton) -> None:
            at, held = QPointF(*place), _LEFT if pressure else _NONE
            event = QTabletEvent(
                kind, stylus, at, QPointF(pad.mapToGlobal(at)), pressure, 0.0, 0.0, 0.0, 0.0, 0.0, _PLAIN, button, held
            )
            QApplication.sendEvent(pad, event)

        def drawn(places: Sequence[tuple[float, float]]) -> None:
            send(QEvent.Type.TabletPress, places[0], 0.3, _LEFT)
            for number, place in enumerate(places[1:]):
                send(QEvent.Type.TabletMove, place, 0.4 + 0.3 * (number % 2), _NONE)
            send(QEvent.Type.TabletRelease, places[-1], 0.0, _LEFT)

        for number, places in enumerate(strokes, 1):
            self._timed("drag", f"signature, stroke {number}", partial(drawn, places))

    @contextmanager
    def saving_to(self, path: Path) -> Iterator[Path]:
        """The file dialog of the system answers with this path."""
        with patch.object(QFileDialog, "getSaveFileName", lambda *_args: (str(path), "")):
            yield path

    def picture_of(self, widget: QWidget, name: str) -> None:
        """Save a picture of a window of its own."""
        if self.pictures is not None:
            self.pictures.mkdir(parents=True, exist_ok=True)
            self.driver.wait(60)
            widget.grab().save(str(self.pictures / f"{name}.png"))
