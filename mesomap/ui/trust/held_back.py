"""Controls that rest for who may not use them: disabled, with the reason as tooltip and for screen readers.

The services refuse all the same; this only says it before somebody tries.
"""

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from mesomap.ui.controls.asked_role import asked_role

if TYPE_CHECKING:
    from mesomap.services.people import People
    from mesomap.ui.desk import Desk

_CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox)
_HELD, _WHY, _TIP, _WORDS = "mesomapHeld", "mesomapHeldWhy", "mesomapOwnTip", "mesomapOwnWords"


class HeldBack(QObject):
    """One page. Watches what comes to it while somebody without all roles is there; else it costs nothing."""

    def __init__(self, root: QWidget, desk: "Desk") -> None:
        super().__init__(root)
        self._root, self._desk = root, desk
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.apply)
        self._watching = False

    def apply(self) -> None:
        """Hold back what who is here may not use, and let go of the rest."""
        practice = self._desk.practice
        if practice is None or not shiboken6.isValid(self._root):
            return
        people = practice.people
        watched = not people.holds_all()
        if not watched and not self._watching:
            return  # nothing rests, and nothing did
        self._watching = watched
        for widget in [self._root, *self._root.findChildren(QWidget)]:
            if watched:
                widget.installEventFilter(self)
            if isinstance(widget, _CONTROLS):
                self._judge(widget, people)

    def _judge(self, widget: QWidget, people: "People") -> None:
        refused = people.refusal(asked_role(widget))
        if refused:
            _hold(widget, refused)
        elif widget.property(_HELD) is not None:
            _let_go(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Something new on the page; a page that switches a held control on, or gives it other words."""
        if event.type() == QEvent.Type.ChildAdded:
            self._later.start()
        elif isinstance(watched, QWidget) and watched.property(_HELD) is not None:
            if event.type() == QEvent.Type.EnabledChange and _is_on(watched):
                watched.setProperty(_HELD, True)
                watched.setEnabled(False)
            elif event.type() == QEvent.Type.ToolTipChange and watched.toolTip() != watched.property(_WHY):
                watched.setProperty(_TIP, watched.toolTip())
                watched.setToolTip(str(watched.property(_WHY)))
                self._later.start()  # its other words may follow
        return False


def _hold(widget: QWidget, sentence: str) -> None:
    if widget.property(_HELD) is None:
        widget.setProperty(_TIP, widget.toolTip())
        widget.setProperty(_WORDS, widget.accessibleDescription())
        widget.setProperty(_HELD, _is_on(widget))
    elif widget.accessibleDescription() != widget.property(_WHY):
        widget.setProperty(_WORDS, widget.accessibleDescription())
    widget.setProperty(_WHY, sentence)
    widget.setEnabled(False)
    widget.setToolTip(sentence)
    widget.setAccessibleDescription(sentence)


def _is_on(widget: QWidget) -> bool:
    """Whether the page switched it on, whatever its container is."""
    around = widget.parentWidget()
    return widget.isEnabled() if around is None else widget.isEnabledTo(around)


def _let_go(widget: QWidget) -> None:
    enabled = bool(widget.property(_HELD))
    widget.setProperty(_HELD, None)
    widget.setToolTip(str(widget.property(_TIP) or ""))
    widget.setAccessibleDescription(str(widget.property(_WORDS) or ""))
    widget.setEnabled(enabled)


class RolesShown(QObject):
    """Every page of the window: what rests for whom."""

    def __init__(self, window: QWidget, desk: "Desk") -> None:
        super().__init__(window)
        self._window, self._desk = window, desk

    def watch(self, page: QWidget) -> None:
        """From now on the page shows what who is here may do."""
        HeldBack(page, self._desk).apply()

    def refresh(self) -> None:
        """Somebody else is here, or may do something else."""
        for held in self._window.findChildren(HeldBack):
            held.apply()
