"""Backups of the open practice: when one is due, where they go, what a restore would do, and the drill."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from mesomap.domain.clock import now
from mesomap.domain.errors import BadInputError, DamagedError, MesoMapError, StoppedError
from mesomap.domain.person import Role
from mesomap.services.background import Progress

if TYPE_CHECKING:
    from mesomap.storage import Database
    from mesomap.storage.backup_list import BackupFacts
    from mesomap.storage.comparing import RestorePreview

_log = logging.getLogger(__name__)

#: While something changes, a backup is made this often.
EVERY = timedelta(minutes=30)
#: Imports that follow each other within this time share the backup before them.
IN_A_ROW = timedelta(minutes=5)
#: Setting of the folder on another disk; "" or None = none was chosen.
SECOND_FOLDER = "window.backup.second_folder"
_TROUBLE = "window.backup.trouble"


@dataclass(frozen=True, slots=True)
class BackupMade:
    """second: the copy on the other disk, None without one. trouble: why there is none although one was wanted."""

    first: Path
    second: Path | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class DrillResult:
    """A restore that was tried: what came back, and how long it took."""

    counts: dict[str, int]
    sequence: int
    seconds: float


def _silent(_part: float, _words: str) -> None:
    return None


class Backups:
    """Backups of one open practice. Safe to call beside the window; clock: for tests.

    require: refuses a role that who is here does not hold: to choose folders and to restore asks for one. None =
    whoever has the passphrase may.
    """

    def __init__(
        self,
        database: "Database",
        clock: Callable[[], datetime] = now,
        require: Callable[[Role], None] | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._require = require

    def _require_administrator(self) -> None:
        if self._require is not None:
            self._require(Role.ADMINISTER)

    # -- where

    @property
    def folder(self) -> Path:
        """Where they go first."""
        return self._database.home.backups

    @property
    def second_folder(self) -> Path | None:
        """The folder on another disk, None when none was chosen."""
        chosen = self._database.setting(SECOND_FOLDER)
        return Path(str(chosen)) if chosen else None

    def choose_second_folder(self, folder: Path | None) -> None:
        """Keep backups in a second folder too, or no more (None). Raises BadInputError, NotWritableError."""
        self._require_administrator()
        if folder is not None:
            folder = folder.expanduser()
            if not folder.is_absolute() or not folder.is_dir():
                raise BadInputError(f"There is no folder “{folder}”. Choose one that is there.")
            if folder.resolve().is_relative_to(self._database.home.root.resolve()):
                raise BadInputError("The second folder lies inside the practice. Choose one on another disk.")
        self._database.set_setting(SECOND_FOLDER, None if folder is None else str(folder))
        self._note_second(folder)

    def _note_second(self, folder: Path | None) -> None:
        """So that it is found when the database cannot be read any more."""
        from mesomap.storage.backup_places import keep_second_folder

        keep_second_folder(self._database.home, folder)

    def on_the_same_disk(self) -> bool:
        """True when the second folder would be lost with the first one."""
        second = self.second_folder
        try:
            return second is not None and second.stat().st_dev == self.folder.stat().st_dev
        except OSError:
            return False

    # -- which there are

    def found(self) -> tuple["BackupFacts", ...]:
        """Backups in the first folder, the newest first; each was verified when it was made."""
        from mesomap.storage.backup_list import list_backups

        return list_backups(self.folder, self._database.subkey("backup"))

    def found_second(self) -> tuple["BackupFacts", ...]:
        """Backups in the second folder; none when it cannot be reached."""
        from mesomap.storage.backup_list import list_backups

        second = self.second_folder
        try:
            return () if second is None else list_backups(second, self._database.subkey("backup"))
        except MesoMapError:
            return ()

    def last_verified(self) -> datetime | None:
        """When the newest verified backup was made."""
        found = self.found()
        return found[0].made_at if found else None

    def changed(self) -> bool:
        """True when a step or the key file is newer than the newest backup."""
        found = self.found()
        return not found or self._state() != (found[0].counts.get("steps", 0), found[0].keys_digest)

    def _state(self) -> tuple[int, str]:
        from mesomap.storage.backup_list import count_steps
        from mesomap.storage.copying import sha256_of

        return count_steps(self._database), sha256_of(self._database.home.keys)

    def due(self) -> bool:
        """True when something changed and the newest backup is half an hour old, or dated in the future."""
        found = self.found()
        age = self._clock() - found[0].made_at if found else None
        return (age is None or not timedelta() <= age < EVERY) and self.changed()

    # -- making

    def make(self, watch: Progress = _silent) -> BackupMade:
        """Make a verified backup, copy it to the second folder, let old ones go. watch may stop it by raising.

        Raises NotWritableError or DamagedError when there is no first one; the result tells of trouble with the second.
        """
        from mesomap.storage import make_backup
        from mesomap.storage.backup_list import copy_backup

        try:
            first = make_backup(self._database, self.folder, watch)
        except StoppedError:
            raise
        except MesoMapError as error:
            self._keep_trouble(error.sentence)
            raise
        second, copy, trouble = self.second_folder, None, self.photo_trouble(first)
        self._note_second(second)
        if second is not None:
            try:
                if not second.is_dir():
                    raise BadInputError(f"The second backup folder “{second}” cannot be reached.")
                copy = copy_backup(first, second, watch)
            except MesoMapError as error:
                trouble = f"{error.sentence} The backup on this disk was made. {trouble}".strip()
                _log.info("no second backup: %s", type(error).__name__)
        self._database.note("backup made")
        self._keep_trouble(trouble)
        self._thin()
        _log.info("backup made")
        return BackupMade(first, copy, trouble)

    def photo_trouble(self, backup: Path) -> str:
        """What is to be said of photos that a backup of this practice could not hold whole, "" = nothing."""
        from mesomap.storage.backup_list import read_facts

        facts = read_facts(backup, self._database.subkey("backup"))
        count = 0 if facts is None else facts.unreadable_photos
        if not count:
            return ""
        what = "A file of a photo is" if count == 1 else f"{count} files of photos are"
        return (
            f"{what} missing or damaged on this disk, and no backup in this folder holds it whole. Everything else is "
            "in the backup. “mesomap verify” names the photos; an older backup or the camera may still hold them."
        )

    def last_trouble(self) -> str:
        """The sentence of the last backup of both folders when it failed, "" when it did not."""
        kept = self._database.setting(_TROUBLE)
        return kept if isinstance(kept, str) else ""

    def _keep_trouble(self, sentence: str) -> None:
        if sentence != self.last_trouble():
            # A disk that is full takes no setting either; the next opening then finds that a backup is due.
            with suppress(MesoMapError):
                self._database.set_setting(_TROUBLE, sentence)

    def make_in(self, folder: Path) -> Path:
        """A verified backup in another folder, once. Raises NotWritableError or DamagedError."""
        from mesomap.storage import make_backup

        made = make_backup(self._database, folder)
        self._database.note("backup made")
        return made

    def make_before(self, watch: Progress = _silent, *, fresh: timedelta = timedelta()) -> Path | None:
        """A backup before something that changes much (import, restore, erasure); None when nothing changed since the
        last one, or when that is not older than `fresh`: files that come in a row need one backup. Raises as make().
        """
        found = self.found()
        if found and timedelta() <= self._clock() - found[0].made_at < fresh:
            return None
        return self.make(watch).first if self.changed() else None

    def _thin(self) -> None:
        from mesomap.storage.backup_list import thin_backups

        for found in (self.found(), self.found_second()):
            gone = thin_backups(found, self._clock())
            if gone:
                _log.info("%d old backups removed", len(gone))

    # -- restoring

    def preview(self, backup: Path) -> "RestorePreview":
        """What a restore of the backup would take away and bring back. Raises BadInputError or DamagedError."""
        from mesomap.storage.comparing import preview_restore

        return preview_restore(self._database, backup)

    def drill(self, backup: Path, watch: Progress = _silent) -> DrillResult:
        """Try a restore into a folder of its own, verify it there, and take it away. Raises DamagedError,
        NotWritableError; the practice is not touched.
        """
        from mesomap.storage.restore import drill

        start = time.monotonic()
        report = drill(self._database, backup, watch)
        self._database.note(f"restore tried: audit number {report.head.sequence}, whole")
        return DrillResult(report.counts, report.head.sequence, time.monotonic() - start)

    def decide_restore(self, backup: Path, watch: Progress = _silent) -> None:
        """Prepare a restore over this practice, after a backup of what is there now. The caller closes the practice
        next; the restore is finished before it is opened again. Raises typed errors; nothing is changed then.
        """
        self._require_administrator()
        from mesomap.storage.copying import part_of
        from mesomap.storage.replacing import stage_restore
        from mesomap.storage.restore import check_own_backup

        check_own_backup(self._database, backup, part_of(watch, 0.0, 0.2))
        try:
            self.make_before(part_of(watch, 0.2, 0.5))
        except DamagedError:
            _log.info("no backup before the restore: damaged; the files themselves are kept")
        stage_restore(
            self._database.home, backup, self._database.subkey,
            who=self._database.who, last=self._database.head, keys=self._database.home.keys,
            watch=part_of(watch, 0.5, 1.0),
        )  # fmt: skip
