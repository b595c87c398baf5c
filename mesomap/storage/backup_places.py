"""Where backups may lie when the practice cannot be asked: its own folder, the second one, disks that are plugged in.

The second folder is a setting inside the encrypted database. So that it is found when that is dead, its path lies in a
plain file beside it, too.
"""

import logging
import os
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mesomap.domain.errors import MesoMapError
from mesomap.storage.backup import LIST_NAME, read_list
from mesomap.storage.files import write_atomic
from mesomap.storage.home import Home

_log = logging.getLogger(__name__)

PREFIX = "mesomap-"
_SECOND_NAME = "second-folder.txt"
_MAX_BYTES = 4096
#: Folders looked into of one place, so that a disk full of other things holds nobody up.
_MOST_FOLDERS = 300


@dataclass(frozen=True, slots=True)
class BackupSeen:
    """What the list of a backup says. Nothing of it is proven before a secret opens the backup.

    made_at has its offset; database_id: the practice that it says it is of.
    """

    path: Path
    made_at: datetime
    sequence: int
    counts: dict[str, int]
    database_id: str


def seen_backup(path: Path) -> BackupSeen | None:
    """What lies there; None when it is no backup, or its list cannot be read."""
    try:
        body, _mac = read_list(path)
        made_at = datetime.fromisoformat(body["made_at"])
        return BackupSeen(
            path,
            made_at if made_at.tzinfo is not None else made_at.astimezone(),
            int(body["sequence"]),
            {str(name): int(count) for name, count in dict(body["counts"]).items()},
            str(body["database_id"]),
        )
    except (MesoMapError, OSError, ValueError, KeyError, TypeError, OverflowError):
        return None


def find_backups(place: Path) -> tuple[BackupSeen, ...]:
    """The backups of a place, the newest first: itself, those in it, and those one folder further down.

    A file inside a backup stands for it. A place that cannot be looked at holds none.
    """
    if place.is_file():
        place = place.parent
    itself = seen_backup(place) if (place / LIST_NAME).is_file() else None
    if itself is not None:
        return (itself,)
    found = {}
    for folder in _folders(place):
        for each in [folder] if (folder / LIST_NAME).is_file() else _named(folder):
            seen = seen_backup(each)
            if seen is not None:
                found[each] = seen
    return tuple(sorted(found.values(), key=lambda seen: (seen.made_at, seen.path.name), reverse=True))


def _folders(place: Path) -> Iterator[Path]:
    try:
        inside = sorted(place.iterdir(), reverse=True)
    except OSError:
        return
    looked = 0
    for path in inside:
        # Names that begin with a dot are backups in the making, or of no interest.
        if looked < _MOST_FOLDERS and not path.name.startswith(".") and _is_folder(path):
            looked += 1
            yield path


def _named(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.glob(f"{PREFIX}*") if (path / LIST_NAME).is_file()]
    except OSError:
        return []


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir() and not path.is_symlink()
    except OSError:
        return False


def keep_second_folder(home: Home, folder: Path | None) -> None:
    """Note the second folder beside the database, None = there is none. Failures are only logged."""
    path = home.root / _SECOND_NAME
    try:
        if folder is None:
            path.unlink(missing_ok=True)
        elif kept_second_folder(home) != folder:
            write_atomic(path, str(folder).encode("utf-8", "surrogateescape"), at_once=False)
    except (MesoMapError, OSError) as error:
        _log.info("second folder not noted: %s", type(error).__name__)


def kept_second_folder(home: Home) -> Path | None:
    """The second folder noted beside the database, None without one."""
    try:
        with (home.root / _SECOND_NAME).open("rb") as stream:
            text = stream.read(_MAX_BYTES).decode("utf-8", "surrogateescape").strip()
    except OSError:
        return None
    folder = Path(text) if text and "\0" not in text else None
    return folder if folder is not None and folder.is_absolute() else None


def plugged_in() -> tuple[Path, ...]:
    """Places where this system shows sticks and other disks."""
    if sys.platform == "win32":
        return tuple(path for letter in string.ascii_uppercase[3:] if _is_folder(path := Path(f"{letter}:\\")))
    places: list[Path] = []
    user = os.environ.get("USER", "")
    for parent in (Path("/media") / user, Path("/run/media") / user, Path("/Volumes")) if user else ():
        places += _folders(parent)
    return tuple(places)
