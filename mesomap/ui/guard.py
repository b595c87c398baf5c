"""Hide and lock of the window: who is there, when it covers itself, and when the practice is closed.

While hidden no page of the window is shown, other windows of the program lie behind a curtain, and keys that would act
on them go nowhere.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget

from mesomap.domain.errors import MesoMapError, NotFoundError
from mesomap.services.hiding import HideTimes, PinGate, Watch, hide_times

if TYPE_CHECKING:
    from mesomap.ui.background import BesideTheWindow
    from mesomap.ui.desk import Desk
    from mesomap.ui.pages.cover import Cover, Curtain

log = logging.getLogger(__name__)

_LOOK_MS = 5_000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate, QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.Wheel,
    }
)  # fmt: skip


class Guard(QObject):
    """Hides one window and says when it is to be locked.

    lock_asked: the practice is to be closed. shown_again: the cover went, and somebody else may be there.
    """

    lock_asked = Signal()
    shown_again = Signal()

    def __init__(
        self,
        window: QWidget,
        pages: QWidget,
        desk: "Desk",
        beside: "BesideTheWindow",
        in_session: Callable[[], bool],
    ) -> None:
        """pages: what of the window is not shown while it is hidden. in_session: whether a session is open."""
        super().__init__(window)
        self._window, self._pages, self._desk, self._beside = window, pages, desk, beside
        self._in_session = in_session
        self.watch = Watch()
        self.gate = PinGate()
        self.cover: Cover | None = None
        self._curtains: list[Curtain] = []
        self._focus: QWidget | None = None
        self._title = ""
        self._times = HideTimes()
        self._watched: set[int] = set()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch_window)
            # Somebody comes back to the window: after sleep at once, not at the next look of the clock.
            application.applicationStateChanged.connect(self._state_changed)

    # -- watching

    def _watch_window(self, window: QWindow | None) -> None:
        """Touches are noticed where they enter the program, not at every widget that they pass."""
        if window is not None and id(window) not in self._watched:
            self._watched.add(id(window))
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is there; nothing is kept back."""
        if event.type() in _TOUCHES:
            self.watch.touch()
        return super().eventFilter(watched, event)

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self.look()

    def begin(self) -> None:
        """A practice was opened: its times hold, and who is there is asked for when that is not plain."""
        practice = self._desk.practice
        if practice is None:
            return
        self.watch.begin()
        self.gate.begin_anew()
        self.renew_times()
        self._timer.start()
        if practice.people.current is None and not practice.people.begin():
            self._cover(began=False)

    def renew_times(self) -> None:
        """The times of the practice, as they are set now."""
        practice = self._desk.practice
        if practice is not None:
            self._times = hide_times(practice)

    def look(self) -> None:
        """Hide or lock when it is time. The demonstration holds nobody's records and stays as it is."""
        if self._desk.practice is None or self._desk.demo:
            self._timer.stop()
        elif self.watch.must_lock():
            log.info("locked: the computer slept, its clock was set, or another day began")
            self.lock_asked.emit()
        elif self.cover is None and self.watch.is_idle(self._times.seconds(in_session=self._in_session())):
            log.info("hidden: nobody was there")
            self.hide()

    # -- hiding

    @property
    def is_hidden(self) -> bool:
        """Whether the window is covered."""
        return self.cover is not None

    def hide(self) -> None:
        """Cover the window and every other one of the program; what is open stays open."""
        if self.cover is None and self._desk.practice is not None:
            self._cover(began=True)

    def _cover(self, *, began: bool) -> None:
        from mesomap.ui.pages.cover import Cover, Curtain  # late: the window paints first

        practice = self._desk.practice
        if practice is None:
            return
        self._put_away_small_windows()
        self._focus = QApplication.focusWidget()
        modal = QApplication.activeModalWidget()
        host = modal if modal is not None else self._window
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible() and widget is not host and widget.isWindow() and widget is not self._window:
                self._curtains.append(Curtain(widget))
        self._pages.setVisible(False)
        if host is not self._window:
            self._curtains.append(Curtain(self._window))
        current = practice.people.current
        cover = Cover(host, practice.people.active(), None if current is None else current.id, began=began)
        cover.entered.connect(self._entered)
        cover.lock_asked.connect(self.lock_asked)
        fit = _Fit(cover)
        fit.went.connect(self._cover_went)
        host.installEventFilter(fit)
        for curtain in (*self._curtains, cover):
            curtain.show()
            curtain.fit()
        self.cover = cover
        if self._desk.demo:
            cover.show_hint(self.tr("demo, in the demonstration"))
        self._title = self._window.windowTitle()
        self._window.setWindowTitle("MesoMap")
        cover.ask_again("")

    def _cover_went(self) -> None:
        """The form that bore the cover was closed by its own work, such as a signing: the window gets a cover."""
        if self.cover is None:
            return
        for widget in (*self._curtains, self.cover):
            widget.hide()
            widget.deleteLater()
        self._curtains, self.cover = [], None
        title = self._title
        self._cover(began=True)
        self._title = title

    @staticmethod
    def _put_away_small_windows() -> None:
        """Boxes, menus and file choosers hold nothing that would be lost, and are too small for a cover."""
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible() and isinstance(widget, (QMessageBox, QFileDialog)):
                widget.reject()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()

    def show_again(self) -> None:
        """Everything as it was."""
        if self.cover is None:
            return
        for curtain in (*self._curtains, self.cover):
            curtain.hide()
            curtain.deleteLater()
        self._curtains, self.cover = [], None
        self._pages.setVisible(True)
        self._window.setWindowTitle(self._title)
        self.shown_again.emit()
        if self._focus is not None and self._focus.isVisible():
            self._focus.setFocus()
        self._focus = None
        self.watch.touch()

    def drop(self) -> None:
        """The practice is about to be closed: forms and the cover go, behind them the passphrase is asked for."""
        self._timer.stop()
        self._focus = None
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible() and isinstance(widget, QDialog):
                # Not reject(): a form would ask whether to keep what was entered.
                widget.done(QDialog.DialogCode.Rejected)
        if self.cover is not None:
            for widget in (*self._curtains, self.cover):
                widget.hide()
                widget.deleteLater()
            self._curtains, self.cover = [], None
            self._pages.setVisible(True)

    # -- who is there

    def _entered(self, person_id: UUID | None, secret: str) -> None:
        practice, cover = self._desk.practice, self.cover
        if practice is None or cover is None or self.gate.wait_s > 0:
            return
        people = practice.people
        try:
            person = None if person_id is None else people.person(person_id)
        except NotFoundError:
            return
        if person is not None and person.pin_hash:
            if people.come(person, secret):
                self._came()
            else:
                self._wrong(self.tr("The PIN is not right."))
            return
        cover.show_checking()
        self._beside.run(
            lambda _progress: people.check_passphrase(secret),
            done=lambda _nothing: self._came() if person is None or people.take(person) else None,
            failed=self._wrong_passphrase,
        )

    def _wrong_passphrase(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self._wrong(error.sentence)

    def _came(self) -> None:
        self.gate.begin_anew()
        self.show_again()

    def _wrong(self, sentence: str) -> None:
        self.gate.count_wrong()
        log.info("a wrong PIN or passphrase, %d tries left", self.gate.left)
        if self.gate.must_lock:
            practice = self._desk.practice
            if practice is not None:
                practice.people.note_wrong_pins()
            self.lock_asked.emit()
        elif self.cover is not None:
            left = self.tr("{0} {1} tries are left before the practice is locked.").format(sentence, self.gate.left)
            last = self.tr("{0} One try is left before the practice is locked.").format(sentence)
            self.cover.ask_again(left if self.gate.left > 1 else last, self.gate.wait_s)


class _Fit(QObject):
    """Fits a cover to its window when that changes its size; a form below it takes no keys and is not closed."""

    went = Signal()

    def __init__(self, cover: "Cover") -> None:
        super().__init__(cover)
        self._cover = cover

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A new size; Escape and the window's cross do nothing to what is covered."""
        if event.type() == QEvent.Type.Resize:
            self._cover.fit()
        elif event.type() == QEvent.Type.KeyPress:
            return True
        elif event.type() == QEvent.Type.Hide and isinstance(watched, QDialog):
            QTimer.singleShot(0, self, self.went.emit)
        elif event.type() == QEvent.Type.Close and isinstance(watched, QDialog):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
