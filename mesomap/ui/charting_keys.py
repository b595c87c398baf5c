"""Keys of the charting page. Text fields keep the single letters for themselves."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from mesomap.domain.session import MIXTURE_LETTERS
from mesomap.domain.technique import techniques

#: Single letters and the tool they choose.
TOOL_KEYS = {
    Qt.Key.Key_P: "place",
    Qt.Key.Key_F: "fill",
    Qt.Key.Key_E: "erase",
    Qt.Key.Key_B: "brush",
    Qt.Key.Key_L: "line",
    Qt.Key.Key_V: "select",
    Qt.Key.Key_M: "measure",
    Qt.Key.Key_W: "area",
    Qt.Key.Key_S: "stamp",
    Qt.Key.Key_O: "fan",
    Qt.Key.Key_I: "stroke",
    Qt.Key.Key_C: "complaint",
    Qt.Key.Key_Y: "plan",
}
OVERLAY_KEYS = {
    Qt.Key.Key_H: "coverage",
    Qt.Key.Key_R: "regions",
    Qt.Key.Key_N: "numbers",
    Qt.Key.Key_G: "last_session",
    Qt.Key.Key_D: "heat",
    Qt.Key.Key_U: "guides",
    Qt.Key.Key_K: "complaint",
}
#: Scan code of the key where a keyboard has the digit 1; those up to 8 follow it.
_DIGIT_ROW = {"linux": 10, "win32": 2}
_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_ALT, _CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
#: What is held when a sign of the third level is typed, as [ on a German or French keyboard.
_THIRD_LEVEL = (Qt.KeyboardModifier.GroupSwitchModifier, _CONTROL | _ALT, _ALT)


def typing_now() -> bool:
    """True while a text field has the keyboard: single letters belong to it then."""
    return isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)


def add_shortcut(page: QWidget, keys: QKeySequence | str, act: Callable[[], object]) -> None:
    """A shortcut that works anywhere on the page, also from text fields."""
    shortcut = QShortcut(QKeySequence(keys), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)


class ChartingActions(QObject):
    """What keys can ask of the charting page; the page fills it in."""

    def __init__(
        self,
        *,
        tool: Callable[[str], None],
        to_tool: Callable[[Qt.Key, bool], bool],
        overlay: Callable[[str], None],
        mixture: Callable[[str], None],
        technique_step: Callable[[int], None],
        value_step: Callable[[str, int], None],
        view_step: Callable[[int], None],
        zoom: Callable[[float], None],
        fit: Callable[[], None],
        mirror: Callable[[], None],
        last_time: Callable[[], None],
        overview: Callable[[], None],
        confirm: Callable[[], None],
        revert: Callable[[], None],
    ) -> None:
        super().__init__()
        self.tool, self.to_tool, self.overlay, self.mixture = tool, to_tool, overlay, mixture
        self.technique_step, self.value_step, self.view_step = technique_step, value_step, view_step
        self.zoom, self.fit, self.mirror, self.confirm, self.revert = zoom, fit, mirror, confirm, revert
        self.last_time, self.overview = last_time, overview


def handle_key(actions: ChartingActions, event: QKeyEvent) -> bool:
    """Carry out a plain key; False when it means nothing here or a text field wants it."""
    if typing_now() or not _is_plain(event):
        return False
    key, text = Qt.Key(event.key()), event.text()
    if actions.to_tool(key, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)):
        return True
    if key in TOOL_KEYS:
        actions.tool(TOOL_KEYS[key])
    elif key in OVERLAY_KEYS:
        actions.overlay(OVERLAY_KEYS[key])
    elif key == Qt.Key.Key_X and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        actions.overlay("mirror")
    elif key == Qt.Key.Key_X:
        actions.mirror()
    elif key == Qt.Key.Key_A:
        actions.last_time()
    elif key == Qt.Key.Key_T:
        actions.technique_step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
    elif text == "?":
        actions.overview()
    elif text and text in "12345678":
        actions.mixture(MIXTURE_LETTERS[int(text) - 1])
    elif text and text in "[].,":
        name = "depth_mm" if text in "[]" else "spacing_mm"
        actions.value_step(name, 1 if text in "]." else -1)
    elif text and text in "+=-0":
        actions.fit() if text == "0" else actions.zoom(0.8 if text == "-" else 1.25)
    elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        actions.view_step(-1 if key == Qt.Key.Key_PageUp else 1)
    elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        actions.confirm()
    elif key == Qt.Key.Key_Escape:
        actions.revert()
    elif digit := _digit_key(event):
        actions.mixture(MIXTURE_LETTERS[digit - 1])
    else:
        return False
    return True


def _is_plain(event: QKeyEvent) -> bool:
    """No more is held than the sign itself needs: Shift, or what brings [ and ] where they are on the third level."""
    held = event.modifiers() & ~(_SHIFT | Qt.KeyboardModifier.KeypadModifier)
    return held == _NONE or (bool(event.text()) and event.text() in "[]" and held in _THIRD_LEVEL)


def _digit_key(event: QKeyEvent) -> int:
    """1 to 8 for the keys where most keyboards have these digits and some, as the French, another sign; else 0."""
    place = event.nativeScanCode() - _DIGIT_ROW.get(sys.platform, 0) + 1
    return place if sys.platform in _DIGIT_ROW and 1 <= place <= len(MIXTURE_LETTERS) else 0


def next_technique(current: str, favourites: list[str], step: int) -> str:
    """The technique after or before the current one among the favourites, else in the table."""
    ring = favourites if current in favourites and len(favourites) > 1 else list(techniques())
    return ring[(ring.index(current) + step) % len(ring)]
