"""A restore where no practice is open, carried out beside the window, with a way back until it is decided."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from mesomap.domain.errors import MesoMapError, WrongPassphraseError
from mesomap.services.background import Progress
from mesomap.services.rescue import FoundBackup, Looked, Rescue
from mesomap.ui.background import BesideTheWindow
from mesomap.ui.backups.rescue_page import RescuePage
from mesomap.ui.backups.stoppable import stoppable
from mesomap.ui.window_pages import WindowPages

log = logging.getLogger(__name__)

T = TypeVar("T")


class RescueFlow(QObject):
    """Runs one. before: the page that comes back when it is left. ask_folder: chooses a folder, for tests.

    restored(secret): the practice is there again, and this opens it.
    """

    restored = Signal(str)

    def __init__(self, pages: WindowPages, before: QWidget, rescue: Rescue) -> None:
        super().__init__(pages)
        self._pages, self._before = pages, before
        self.rescue = rescue
        self.ask_folder: Callable[[str], str] = self._ask_folder
        self._beside = BesideTheWindow(self)
        self._looked: Looked | None = None
        self._stopped = False
        self.page = RescuePage(self.rescue.home.root)
        self.page.look_asked.connect(self._look)
        self.page.restore_asked.connect(lambda: self._bring_back(self.rescue.restore))
        self.page.keys_asked.connect(lambda: self._bring_back(lambda looked, _watch: self.rescue.put_back_keys(looked)))
        self.page.open_asked.connect(self._open)
        self.page.stop_asked.connect(self._stop)
        self.page.left.connect(self._leave)
        self.page.choice.again_asked.connect(self.look_for)
        self.page.choice.folder_asked.connect(self._choose_folder)

    def ask(self) -> None:
        """Show the page and look into the known folders."""
        self._pages.show_page(self.page)
        self.look_for()

    @property
    def busy(self) -> bool:
        """True while something is being done."""
        return self._beside.busy

    # -- which backup

    def look_for(self) -> None:
        """Look into the known folders again."""
        self._run(lambda _watch: self.rescue.found(), self._found, self._not_found)

    def _found(self, found: tuple[FoundBackup, ...]) -> None:
        nowhere = self.tr(
            "No backup was found in “{0}” or on a disk that is plugged in. Plug in the disk or stick that holds them "
            "and look again, or choose the folder."
        ).format(self.rescue.home.backups)
        self.page.show_found(found, self.rescue.home.backups, nowhere)

    def _choose_folder(self) -> None:
        chosen = self.ask_folder(self.tr("Folder with backups"))
        if chosen:
            self._run(lambda _watch: self.rescue.found_in(Path(chosen)), self._found, self._not_found)

    def _not_found(self, error: MesoMapError) -> None:
        self.page.choice.say(error.sentence)

    def _ask_folder(self, title: str) -> str:
        return QFileDialog.getExistingDirectory(self._pages.window(), title)

    # -- what it changes

    def _look(self, path: Path, secret: str) -> None:
        self._run(lambda watch: self.rescue.look(path, secret, watch), self._seen, self._not_seen)

    def _seen(self, looked: Looked) -> None:
        self._looked = looked
        self.page.show_looked(looked)

    def _not_seen(self, error: MesoMapError) -> None:
        if isinstance(error, WrongPassphraseError):
            self.page.choice.secret.show_error(error.sentence)
            self.page.focus_secret()
        else:
            self.page.choice.say(error.sentence)

    # -- the restore

    def _bring_back(self, work: Callable[[Looked, Progress], Path | None]) -> None:
        looked = self._looked
        if looked is not None:
            self._run(lambda watch: work(looked, watch), self._back, self._not_back)

    def _not_back(self, error: MesoMapError) -> None:
        self.page.show_trouble(error.sentence)

    def _back(self, kept: Path | None) -> None:
        whole = self.tr("Every record in it was verified, and the restore stands in the audit.")
        if self._looked is not None and self._looked.preview.keys_only:
            whole = self.tr("The database was found whole.")
        aside = self.tr("What was there before is kept in “{0}”.").format(kept) if kept is not None else ""
        self.page.show_done("\n\n".join(part for part in (whole, aside) if part))

    def _open(self) -> None:
        if self._looked is None:
            return
        secret = self._looked.opened.secret
        self._end()
        self.restored.emit(secret)

    def _leave(self) -> None:
        before = self._before
        self._end()
        self._pages.show_page(before)

    def _end(self) -> None:
        self._looked = None
        self._pages.take_away(self.page)
        self.deleteLater()

    # -- beside the window

    def _stop(self) -> None:
        self._stopped = True

    def _run(
        self, work: Callable[[Progress], T], done: Callable[[T], None], failed: Callable[[MesoMapError], None]
    ) -> None:
        self._stopped = False
        self.page.show_trouble("")
        self.page.show_work("")

        def over(result: T) -> None:
            self.page.show_work(None)
            done(result)

        def broke(error: Exception) -> None:
            self.page.show_work(None)
            if not isinstance(error, MesoMapError):
                raise error
            log.info("restore: %s", type(error).__name__)
            failed(error)

        watched = stoppable(work, lambda: self._stopped)
        self._beside.run(
            watched, done=over, failed=broke, progress=lambda part, stage: self.page.show_work(stage, part)
        )
