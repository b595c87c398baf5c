"""The way to an open practice: the passphrase, the first start, or a backup that is brought back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from mesomap.domain.errors import DamagedError, MesoMapError
from mesomap.services import Practice
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.desk import Desk
from mesomap.ui.pages.unlock import UnlockPage
from mesomap.ui.window_pages import WindowPages

if TYPE_CHECKING:
    from mesomap.ui.backups.rescue_flow import RescueFlow
    from mesomap.ui.first_start_flow import FirstStartFlow


class Opening(QObject):
    """Asks until the desk holds a practice. opened: it does, and what was still to be typed back was."""

    opened = Signal()

    def __init__(self, pages: WindowPages, desk: Desk, beside: BesideTheWindow) -> None:
        super().__init__(pages)
        self._pages, self._desk, self._beside = pages, desk, beside
        self.first_start: FirstStartFlow | None = None
        self.rescue: RescueFlow | None = None
        self.page = self._new_page()

    def renew(self) -> None:
        """Another page that asks, in the text size of the moment."""
        self._pages.take_away(self.page)
        self.page = self._new_page()

    def _new_page(self) -> UnlockPage:
        page = UnlockPage()
        page.entered.connect(self._entered)
        page.restore_asked.connect(self.ask_rescue)
        self._pages.addWidget(page)
        return page

    def ask(self) -> None:
        """Ask for the passphrase; where there is no practice yet, set one up."""
        if not self._desk.exists() and not self._desk.demo:
            self._new_first_start().ask()
            return
        self.page.ask(str(self._desk.home) if self._desk.home is not None else "")
        self._pages.show_page(self.page)

    def ask_rescue(self) -> None:
        """Restore a backup where no practice is open; the page that asked comes back when it is left."""
        from mesomap.services.rescue import Rescue
        from mesomap.ui.backups.rescue_flow import RescueFlow  # seldom needed

        before = self._pages.currentWidget() or self.page

        def restored(secret: str) -> None:
            if before is not self.page:
                self._pages.take_away(before)
            self.ask()
            self.page.show_busy(True)
            self.page.entered.emit(secret)

        self.rescue = RescueFlow(self._pages, before, Rescue(self._desk.home))
        self.rescue.restored.connect(restored)
        self.rescue.ask()

    def _new_first_start(self) -> "FirstStartFlow":
        from mesomap.ui.first_start_flow import FirstStartFlow  # needed once in the life of a practice

        self.first_start = flow = FirstStartFlow(self._pages, self._desk, self._beside)
        flow.page.restore_asked.connect(self.ask_rescue)
        flow.finished.connect(self.opened)
        return flow

    def _entered(self, passphrase: str) -> None:
        # Deriving the key takes a moment on purpose; the page says "Opening…" meanwhile.
        self._beside.run(
            lambda _progress: self._desk.opened(passphrase, create=False),
            done=self._was_opened,
            failed=self._not_opened,
        )

    def _was_opened(self, practice: Practice) -> None:
        self._desk.take(practice)
        if practice.setting("recovery_code_kept") is not False or not self._new_first_start().ask_code(practice):
            self.opened.emit()

    def _not_opened(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self.page.show_error(error.sentence)
        if isinstance(error, DamagedError):
            self.page.offer_restore()
