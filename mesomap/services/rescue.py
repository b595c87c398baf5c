"""A practice that does not open any more, or is not there: backups found without it, looked at, restored.

Nobody is at the computer as far as the program knows: the passphrase or the recovery code is what counts.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mesomap.domain.errors import BadInputError
from mesomap.services.background import Progress
from mesomap.storage import Home, home_folder

if TYPE_CHECKING:
    from mesomap.storage.backup_places import BackupSeen
    from mesomap.storage.rescue import OpenedBackup, RescuePreview

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FoundBackup:
    """A backup, and every place where the same one lies; the first of them is read."""

    seen: "BackupSeen"
    places: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """A backup that its secret opened, and what a restore of it would change."""

    opened: "OpenedBackup"
    preview: "RescuePreview"


def _silent(_part: float, _words: str) -> None:
    return None


def _plugged_in() -> tuple[Path, ...]:
    from mesomap.storage.backup_places import plugged_in

    return plugged_in()


class Rescue:
    """The way back for one home folder. Safe to call beside the window. plugged_in: other disks, for tests."""

    def __init__(self, home: Path | None, plugged_in: Callable[[], tuple[Path, ...]] | None = None) -> None:
        self.home = Home(home_folder(home))
        self._plugged_in = plugged_in or _plugged_in

    def known_folders(self) -> tuple[Path, ...]:
        """The practice's own folder of backups, the second one where it is known, and disks that are plugged in."""
        from mesomap.storage.backup_places import kept_second_folder

        second = kept_second_folder(self.home)
        return (self.home.backups, *((second,) if second is not None else ()), *self._plugged_in())

    def found(self) -> tuple[FoundBackup, ...]:
        """Backups of the known folders, the newest first."""
        return self._gathered(self.known_folders())

    def found_in(self, place: Path) -> tuple[FoundBackup, ...]:
        """Backups of a place that a person chose: a backup, a file of one, or a folder that holds some.

        Raises BadInputError, with what to look for, when there is none.
        """
        found = self._gathered((place,))
        if not found:
            raise BadInputError(
                f"There is no MesoMap backup in “{place}”. "
                "A backup is a folder “mesomap-” with a date, and backup.json in it."
            )
        return found

    @staticmethod
    def _gathered(places: tuple[Path, ...]) -> tuple[FoundBackup, ...]:
        from mesomap.storage.backup_places import find_backups

        same: dict[tuple[str, str, int], list[BackupSeen]] = {}
        known: set[Path] = set()
        for place in places:
            for seen in find_backups(place):
                if seen.path.absolute() not in known:
                    known.add(seen.path.absolute())
                    same.setdefault((seen.path.name, seen.database_id, seen.sequence), []).append(seen)
        found = [FoundBackup(copies[0], tuple(each.path for each in copies)) for copies in same.values()]
        return tuple(sorted(found, key=lambda each: (each.seen.made_at, each.seen.path.name), reverse=True))

    def look(self, backup: Path, secret: str, watch: Progress = _silent) -> Looked:
        """Open a backup with a passphrase or recovery code and compare it with what is left; nothing is changed.

        Raises BadInputError, DamagedError, WrongPassphraseError, InUseError, NotWritableError.
        """
        from mesomap.storage.rescue import open_backup, preview_rescue

        opened = open_backup(backup, secret, self.home, watch)
        watch(1.0, "compare")
        return Looked(opened, preview_rescue(self.home, opened))

    def restore(self, looked: Looked, watch: Progress = _silent) -> Path | None:
        """Restore it; returns the folder that keeps what was there, None when there was nothing.

        Raises InUseError, DamagedError, NotWritableError, and whatever `watch` raises; nothing is changed then.
        """
        from mesomap.storage.places import refuse_network_folder, refuse_synced_folder
        from mesomap.storage.rescue import restore_there

        refuse_network_folder(self.home.root)
        if not self.home.exists():
            refuse_synced_folder(self.home.root)
        kept = restore_there(self.home, looked.opened, watch)
        _log.info("a backup was restored without an open practice")
        return kept

    def put_back_keys(self, looked: Looked) -> Path | None:
        """Put back the key file alone, where the preview says keys_only. Raises as restore()."""
        from mesomap.storage.rescue import put_back_keys

        kept = put_back_keys(self.home, looked.opened)
        _log.info("the key file was put back from a backup")
        return kept
