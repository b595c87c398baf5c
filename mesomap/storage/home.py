"""The home folder: where the database, the keys and everything beside them lie."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from mesomap.storage.files import make_private_folder


@dataclass(frozen=True, slots=True)
class Home:
    """Paths inside one home folder."""

    root: Path

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.root / "mesomap.db"

    @property
    def unfinished_database(self) -> Path:
        """A database that is being set up; it takes its name once the key file is written."""
        return self.root / "mesomap.db.setup"

    @property
    def restore_staged(self) -> Path:
        """A restore in the making; it counts for nothing."""
        return self.root / "restore-staged"

    @property
    def restore_ready(self) -> Path:
        """A restore that was decided and not begun: the files beside it are the old ones."""
        return self.root / "restore-ready"

    @property
    def restore_cleared(self) -> Path:
        """A restore whose old files are out of the way."""
        return self.root / "restore-cleared"

    @property
    def keys(self) -> Path:
        """The wrapped master key."""
        return self.root / "keys.json"

    @property
    def anchor(self) -> Path:
        """The last audit number and chain head, outside the database."""
        return self.root / "anchor.json"

    @property
    def lock(self) -> Path:
        """Held by the one MesoMap that has the home open."""
        return self.root / "mesomap.lock"

    @property
    def photos(self) -> Path:
        """Encrypted photos."""
        return self.root / "photos"

    @property
    def backups(self) -> Path:
        """Default place of backups."""
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        """Event codes and ids, no personal data."""
        return self.root / "logs"

    def exists(self) -> bool:
        """True when a practice was set up here, whole or not (never a new key where this is true)."""
        found = (self.database, self.keys, self.restore_ready, self.restore_cleared)
        return any(path.exists() for path in found)

    def prepare(self) -> None:
        """Create the folders, for the owner only. Raises NotWritableError."""
        for folder in (self.root, self.photos, self.backups, self.logs):
            make_private_folder(folder)


def home_folder(chosen: str | Path | None = None) -> Path:
    """The home folder: the one chosen, else MESOMAP_HOME, else the usual data folder of the system."""
    if chosen:
        return Path(chosen).expanduser()
    named = os.environ.get("MESOMAP_HOME")
    if named:
        return Path(named).expanduser()
    return Path(platformdirs.user_data_dir("mesomap", appauthor=False))
