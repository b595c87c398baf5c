"""Hands without a mouse: keys alone from the unlock page to a printed chart, pedal, pen, a finger that never leaves.

Everything is sent to the widget that has the keyboard, or to the canvas, as the system would send it.
"""

import operator
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from mesomap.services import DEMO_PASSPHRASE
from mesomap.ui.dialogs.print_dialog import PrintDialog
from mesomap.ui.main_window import MainWindow
from tests.sessions.desk_hand import DeskHand
from tests.sessions.opened import open_window, practice_of

_LEFT, _NONE, _PLAIN = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
#: A name that is found first by these letters, and one on the same body.
_FIRST, _SECOND = "beispiel", "ejemplo"


def run_hands(out: Path, home: Path) -> None:
    """All of it; raises RuntimeError where something a person needs is not there."""
    window = open_window(home)
    hand = DeskHand(window, out / "hands")
    window.activateWindow()
    _unlock_by_keys(hand)
    _chart_by_keys(hand)
    _print_by_keys(hand, out / "hands.pdf")
    _pen_and_fingers(hand)
    _paste_elsewhere(hand)
    _pedal(hand)
    hand.write_acts(out / "hands.csv")
    report = practice_of(window).verify()
    window.close()
    if not report.ok:
        raise RuntimeError("; ".join(report.findings))
    for first, name in hand.steps:
        acts = [act for n, act in enumerate(hand.acts) if hand.step_of(n) == name]
        print(f"{first:4d} {name:24s} {len(acts):4d} acts, slowest {max(act.ms for act in acts):7.1f} ms")


def _want(so: bool, what: str) -> None:
    if not so:
        raise RuntimeError(what)


def _focus(window: MainWindow) -> QWidget:
    return QApplication.focusWidget() or window.focusWidget() or window


def _key(hand: DeskHand, key: Qt.Key, what: str, held: Qt.KeyboardModifier = _PLAIN, times: int = 1) -> None:
    for _ in range(times):
        hand.act("key", what, lambda: QTest.keyClick(_focus(hand.window), key, held))


def _type(hand: DeskHand, text: str) -> None:
    hand.act("value", text, lambda: QTest.keyClicks(_focus(hand.window), text))


def _tab_to(hand: DeskHand, there: Callable[[QWidget], bool], what: str, most: int = 90) -> None:
    """Tab until the keyboard is there; every stop shows that it has it. Raises RuntimeError when it never comes."""
    for _ in range(most):
        if there(_focus(hand.window)):
            return
        QTest.keyClick(_focus(hand.window), Qt.Key.Key_Tab)
    raise RuntimeError(f"{what} is not reached by Tab")


def _on_canvas(hand: DeskHand) -> bool:
    """Whether the canvas has the keyboard; not hasFocus(), for which a window manager must have made it active."""
    return hand.window.focusWidget() is hand.driver.page.canvas


def _points(hand: DeskHand) -> int:
    return int(hand.driver.page.model.tally().total.about_points)


def _unlock_by_keys(hand: DeskHand) -> None:
    hand.step("unlock by keys")
    window = hand.window
    window.lock()
    hand.driver.wait(100)
    _tab_to(hand, lambda widget: isinstance(widget, QLineEdit), "the passphrase")
    _type(hand, DEMO_PASSPHRASE)
    _key(hand, Qt.Key.Key_Return, "unlock")
    hand.let_work(lambda: window.desk.practice is not None, "the practice")
    hand.driver.wait(200)
    _key(hand, Qt.Key.Key_F, "search patients", _CONTROL)
    _type(hand, _FIRST)
    _tab_to(hand, lambda w: isinstance(w, QPushButton) and w.text() == "Start a session", "Start a session")
    _key(hand, Qt.Key.Key_Space, "start a session")
    hand.let_work(lambda: window.charting is not None, "the session")
    hand.driver.wait(200)
    _want(_on_canvas(hand), "the canvas has not the keyboard when a session is opened")


def _chart_by_keys(hand: DeskHand) -> None:
    hand.step("chart by keys")
    page = hand.driver.page
    _tab_to(hand, lambda widget: widget is page.dose.technique_button("papule") or _is_technique(widget), "techniques")
    page.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
    _key(hand, Qt.Key.Key_T, "next technique")
    while page.model.choice.technique != "papule":
        _key(hand, Qt.Key.Key_T, "next technique")
    for name, value in (("depth_mm", "1.5"), ("spacing_mm", "8"), ("volume_ml", "0.02")):
        field = page.dose.field(name)
        if not field.isVisible():
            continue  # given by needle and angle last time
        _tab_to(hand, partial(operator.is_, field), name)
        _key(hand, Qt.Key.Key_A, "all of it", _CONTROL)
        _type(hand, value)
        _key(hand, Qt.Key.Key_Return, f"{name} entered")
    _want(_on_canvas(hand), "after a value the keys do not work on the canvas again")
    _key(hand, Qt.Key.Key_P, "place")
    for way in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        _key(hand, way, "lead the pen", times=2)
        _key(hand, Qt.Key.Key_Return, "place a point")
    _want(_points(hand) == 2, "two points were not placed by keys")
    _key(hand, Qt.Key.Key_F, "fill")
    _key(hand, Qt.Key.Key_Up, "lead the pen", times=17)
    _key(hand, Qt.Key.Key_Return, "show the fill")
    _key(hand, Qt.Key.Key_Return, "record the fill")
    _want(_points(hand) > 2, "a region was not filled by keys")
    hand.picture("1-by-keys")


def _is_technique(widget: QWidget) -> bool:
    return widget.accessibleName() in ("Papule", "Nappage", "Point by point")


def _print_by_keys(hand: DeskHand, path: Path) -> None:
    hand.step("print by keys")
    window = hand.window
    path.unlink(missing_ok=True)
    _key(hand, Qt.Key.Key_P, "print", _CONTROL)
    hand.let_work(lambda: window.print_dialog is not None, "the print dialog")
    dialog = window.print_dialog
    if not isinstance(dialog, PrintDialog):
        raise RuntimeError("the print dialog did not open")
    hand.let_work(dialog.save_button.isEnabled, "the pages")
    hand.picture_of(dialog, "2-print")
    with hand.saving_to(path):
        hand.act("key", "save", lambda: QTest.keyClick(dialog, Qt.Key.Key_S, _CONTROL))
        hand.let_work(lambda: window.print_dialog is None and path.exists(), "the PDF")
    # What a window manager does when a dialog is gone; without one, shortcuts would find no active window.
    window.activateWindow()
    hand.driver.wait(100)
    _want(_on_canvas(hand), "the canvas has not the keyboard after printing")


def _pen(hand: DeskHand, kind: QEvent.Type, x: float, y: float, *, down: bool) -> None:
    """A stylus that measures no pressure."""
    canvas, at = hand.driver.page.canvas, QPointF(hand.driver.place_of(x, y))
    device = QPointingDevice(
        "pen", 9, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position, 1, 3,
    )  # fmt: skip
    button = _NONE if kind == QEvent.Type.TabletMove else _LEFT
    event = QTabletEvent(
        kind, device, at, QPointF(canvas.mapToGlobal(at)), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, _PLAIN, button,
        _LEFT if down else _NONE,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def _pen_and_fingers(hand: DeskHand) -> None:
    """A finger that never leaves, the window put away meanwhile, then mouse, pen, palm."""
    hand.step("pen and fingers")
    page = hand.driver.page
    _key(hand, Qt.Key.Key_P, "place")
    x, y = hand.driver.middle_of("cheek_buccal.left")
    before, canvas, device = _points(hand), page.canvas, QTest.createTouchDevice()
    finger = QTest.touchEvent(canvas, device, False)
    finger.press(0, hand.driver.place_of(x, y), canvas)
    hand.act("tap", "a finger that never leaves", lambda: finger.commit())
    hand.window.showMinimized()
    hand.driver.wait(50)
    hand.window.showNormal()
    hand.driver.wait(100)
    here = canvas.context().origin_mm
    hand.driver.hover(x - 20, y)
    _want(canvas.context().origin_mm == here, "the mouse drags what a finger held")
    hand.tap(x, y, "mouse after the finger")
    hand.act("tap", "pen without pressure", lambda: _pen(hand, QEvent.Type.TabletPress, x, y - 12, down=True))
    hand.act("tap", "pen leaves", lambda: _pen(hand, QEvent.Type.TabletRelease, x, y - 12, down=False))
    _want(_points(hand) == before + 2, f"mouse and pen placed {_points(hand) - before} points, not one each")
    palm = QTest.touchEvent(canvas, device, False)
    for number in range(3):
        palm.press(number, hand.driver.place_of(x - 8 * number, y + 10), canvas)
    hand.act("tap", "palm", lambda: palm.commit())
    for number in range(3):
        palm.release(number, hand.driver.place_of(x - 8 * number, y + 10), canvas)
    hand.act("tap", "palm leaves", lambda: palm.commit())
    _want(_points(hand) == before + 2, "a palm did something while a pen is at work")
    page.tools_bar.show_pen_only(False)
    hand.picture("3-pen")


def _paste_elsewhere(hand: DeskHand) -> None:
    """All points of the cheek copied, and landed in a session of somebody else with the same body."""
    hand.step("paste elsewhere")
    window = hand.window
    hand.key(Qt.Key.Key_V, "select")
    hand.drag(hand.around("cheek_buccal.left", 0.95), "lasso")
    hand.key(Qt.Key.Key_C, "copy", _CONTROL)
    window.show_patients()
    _key(hand, Qt.Key.Key_F, "search patients", _CONTROL)
    _type(hand, _SECOND)
    hand.press(window.patients.card, "Start a session")
    hand.let_work(lambda: window.charting is not None, "the other session")
    hand.view("head_front")
    _want(_points(hand) == 0, "the other session is not empty")
    hand.key(Qt.Key.Key_V, "paste", _CONTROL)
    x, y = hand.driver.middle_of("cheek_buccal.right")
    hand.driver.hover(x, y)
    hand.picture("4-paste")
    hand.tap(x, y, "land")
    _want(_points(hand) > 0, "what was copied did not land")
    landed, step = _points(hand), hand.driver.page.model.service.undo_name
    hand.key(Qt.Key.Key_Z, "undo", _CONTROL)
    _want(_points(hand) == 0, f"undoing “{step}” took {landed - _points(hand)} of {landed} points away")
    hand.key(Qt.Key.Key_Z, "redo", _CONTROL | Qt.KeyboardModifier.ShiftModifier)


def _pedal(hand: DeskHand) -> None:
    """The last session as a plan, confirmed region by region by a pedal that sends F6."""
    hand.step("pedal")
    page = hand.driver.page
    hand.key(Qt.Key.Key_A, "as last time")
    _key(hand, Qt.Key.Key_Return, "plan")
    _want(page.model.plan.exists, "Enter does not plan the last session")
    hand.key(Qt.Key.Key_F11, "read back")
    reading = page.plan.assistant
    hand.click(reading.pedal, "choose the pedal's key")
    _key(hand, Qt.Key.Key_F6, "the pedal")
    done = 0
    while reading.assistant.current is not None and done < 60:
        if not done:
            hand.driver.wait(100)
            reading.grab().save(str((hand.pictures or Path()) / "5-read-back.png"))
        _key(hand, Qt.Key.Key_F6, "the pedal: done")
        done += 1
    _want(reading.assistant.current is None, "a pedal did not settle the plan")
    _want(not page.points.list.isVisible(), "the pedal opened something behind")
    _key(hand, Qt.Key.Key_Escape, "leave")
    _want(_on_canvas(hand), "the canvas has not the keyboard after reading back")
