"""A hand scanner that types while the body has the keyboard: its digits choose no mixture, its Enter sets no mark."""

import re
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mesomap.ui.charting_keys import typing_now
from mesomap.ui.dose_choice import DoseChoice
from mesomap.ui.mixtures.scan_field import sign_of
from mesomap.ui.session_model import SessionModel

#: No hand types sign after sign so fast.
_GAP_S = 0.05
#: Behind an identifier, ten digits at such a pace are a code of a pack.
_CODE = re.compile(r"(\][A-Za-z][0-9A-Za-z])?\d{10,}")
_IDENTIFIER = re.compile(r"\][A-Za-z]")
_END_MS = 150


class WedgeCatcher(QObject):
    """Watches the keys of the page; take(text) is called with a whole scan. What its first digits chose is put back."""

    def __init__(self, page: QWidget, model: SessionModel, take: Callable[[str], None]) -> None:
        super().__init__(page)
        self._model, self._take = model, take
        self._text = ""
        self._last = 0.0
        self._before: DoseChoice | None = None
        self._catching = False
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(_END_MS)
        self._end.timeout.connect(self._finish)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the keys of a scan from the page."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.isAutoRepeat():
            return super().eventFilter(watched, event)
        if typing_now():
            self._forget()
            return False
        return self._caught(event)

    def _caught(self, event: QKeyEvent) -> bool:
        moment = time.monotonic()
        if moment - self._last > _GAP_S and not self._catching:
            self._forget()
        self._last = moment
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            caught = self._catching
            self._finish()
            return caught
        sign = sign_of(event)
        if not sign:
            return self._catching
        if not self._text:
            self._before = self._model.choice
        self._text += sign
        if self._catching:
            self._end.start()
            return True
        # No hand types a letter so soon after "]", which by itself is a key of the page: what it did is put back later.
        identified = _IDENTIFIER.match(self._text) is not None
        if _CODE.fullmatch(self._text):
            self._catching = True
            if self._before is not None and self._model.choice != self._before:
                self._model.choose(self._before)
        if self._catching or identified:
            self._end.start()
        return self._catching or identified

    def _finish(self) -> None:
        text, caught = self._text, self._catching
        self._forget()
        if caught:
            self._take(text)

    def _forget(self) -> None:
        self._text, self._before, self._catching = "", None, False
        self._end.stop()
