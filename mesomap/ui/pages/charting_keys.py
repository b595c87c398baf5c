"""Keys of the charting page. Text fields keep the single letters for themselves."""

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
        confirm: Callable[[], None],
        revert: Callable[[], None],
    ) -> None:
        super().__init__()
        self.tool, self.to_tool, self.overlay, self.mixture = tool, to_tool, overlay, mixture
        self.technique_step, self.value_step, self.view_step = technique_step, value_step, view_step
        self.zoom, self.fit, self.mirror, self.confirm, self.revert = zoom, fit, mirror, confirm, revert
        self.last_time = last_time


def handle_key(actions: ChartingActions, event: QKeyEvent) -> bool:
    """Carry out a plain key; False when it means nothing here or a text field wants it."""
    if typing_now() or event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
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
    elif text and text in "12345678":
        actions.mixture(MIXTURE_LETTERS[int(text) - 1])
    elif text and text in "[].,":
        name = "depth_mm" if text in "[]" else "spacing_mm"
        actions.value_step(name, 1 if text in "]." else -1)
    elif text and text in "+-0":
        actions.fit() if text == "0" else actions.zoom(1.25 if text == "+" else 0.8)
    elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        actions.view_step(-1 if key == Qt.Key.Key_PageUp else 1)
    elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        actions.confirm()
    elif key == Qt.Key.Key_Escape:
        actions.revert()
    else:
        return False
    return True


def next_technique(current: str, favourites: list[str], step: int) -> str:
    """The technique after or before the current one among the favourites, else in the table."""
    ring = favourites if current in favourites and len(favourites) > 1 else list(techniques())
    return ring[(ring.index(current) + step) % len(ring)]
