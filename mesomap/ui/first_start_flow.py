"""The first start in the window: the page's questions carried out, the practice made beside the window."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mesomap.domain.errors import MesoMapError
from mesomap.services import Practice
from mesomap.services.first_start import Setup, code_was_kept, set_up
from mesomap.services.letterhead import letterhead
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.desk import Desk
from mesomap.ui.pages.first_start import FirstStart
from mesomap.ui.window_pages import WindowPages

log = logging.getLogger(__name__)


class FirstStartFlow(QObject):
    """Runs one first start, or only the recovery code that is still to be typed back; finished is sent at the end."""

    finished = Signal()

    def __init__(self, pages: WindowPages, desk: Desk, beside: BesideTheWindow) -> None:
        super().__init__(pages)
        self._pages, self._desk, self._beside = pages, desk, beside
        self.page = FirstStart(str(desk.home or ""))
        self.page.create_asked.connect(self._create)
        self.page.code_kept.connect(self._kept)
        self.page.finished.connect(self._finish)

    def ask(self) -> None:
        """From the beginning: there is no practice yet."""
        self._pages.show_page(self.page)

    def ask_code(self, practice: Practice) -> bool:
        """Only the recovery code, made anew; False when it cannot be made now (it is asked next time)."""
        try:
            code = practice.people.new_recovery_code()
        except MesoMapError as error:
            log.info("no new recovery code: %s", type(error).__name__)
            return False
        self.page.show_code(code, letterhead(practice).lines, only_code=True)
        self._pages.show_page(self.page)
        return True

    def _create(self, setup: Setup) -> None:
        home = self._desk.home
        self._beside.run(
            lambda _progress: set_up(home, setup),
            done=self._made,
            failed=self._not_made,
        )

    def _not_made(self, error: Exception) -> None:
        if not isinstance(error, MesoMapError):
            raise error
        self.page.show_error(error.sentence)

    def _made(self, practice: Practice) -> None:
        self._desk.take(practice)
        self.page.show_code(practice.recovery_code, letterhead(practice).lines)
        practice.recovery_code = ""

    def _kept(self) -> None:
        practice = self._desk.practice
        if practice is not None:
            code_was_kept(practice)

    def _finish(self, folder: str) -> None:
        practice = self._desk.practice
        if practice is not None and folder:
            try:
                practice.backups.choose_second_folder(Path(folder))
            except MesoMapError as error:
                self.page.backup.show_folder("", error.sentence)
                return
        self._pages.take_away(self.page)
        self.finished.emit()
        self.deleteLater()


