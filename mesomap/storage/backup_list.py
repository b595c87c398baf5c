"""The backups of a practice in a folder: which there are, copying one to another disk, letting old ones go."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from mesomap.domain.errors import MesoMapError
from mesomap.storage import tables
from mesomap.storage.backup import LIST_NAME, check_files, check_mac, new_backup_folder, read_list
from mesomap.storage.backup_photos import copy_photo_folder
from mesomap.storage.copying import Watch, copied, meter, part_of
from mesomap.storage.database import Database
from mesomap.storage.files import sentence_for
from mesomap.storage.restore import FILES
from mesomap.storage.thinning import superseded

_PREFIX = "mesomap-"
_GOING = ".mesomap-unfinished-going-"


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What the list of a backup says. It was verified when it was made; made_at has its offset.

    unreadable_photos: files of photos that were missing or damaged in the practice when it was made.
    """

    path: Path
    made_at: datetime
    sequence: int
    head: str
    counts: dict[str, int]
    keys_digest: str
    unreadable_photos: int = 0


def read_facts(backup: Path, key: bytes) -> BackupFacts | None:
    """The facts of one backup; None when its list is not one that this practice wrote. key: the backup subkey."""
    try:
        body, mac = read_list(backup)
        check_mac(backup, body, mac, key)
        return BackupFacts(
            backup,
            datetime.fromisoformat(body["made_at"]),
            int(body["sequence"]),
            str(body["head"]),
            {str(name): int(count) for name, count in dict(body["counts"]).items()},
            str(dict(body["files"]).get("keys.json", "")),
            int(body.get("unreadable_photos", 0)),
        )
    except (MesoMapError, ValueError, KeyError, TypeError):
        return None


def list_backups(folder: Path, key: bytes) -> tuple[BackupFacts, ...]:
    """The backups of this practice inside the folder, the newest first; those of others are passed over.

    Raises NotWritableError when the folder cannot be looked at.
    """
    try:
        found = [read_facts(path, key) for path in folder.glob(f"{_PREFIX}*")] if folder.is_dir() else []
    except OSError as error:
        raise sentence_for(error, folder) from error
    facts = [each for each in found if each is not None]
    return tuple(sorted(facts, key=lambda each: (each.made_at, each.path.name), reverse=True))


def count_steps(database: Database) -> int:
    """Steps recorded so far: when there are more than a backup holds, it is not up to date."""
    with database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(tables.steps)).scalar_one())


def copy_backup(backup: Path, folder: Path, watch: Watch) -> Path:
    """A second copy of a backup in another folder, read again and compared; returns it.

    Raises NotWritableError, DamagedError, and whatever `watch` raises; nothing is left behind then.
    """
    stamp = backup.name.removeprefix(_PREFIX)
    if (folder / backup.name).is_dir():
        return folder / backup.name
    with new_backup_folder(folder, stamp) as partial:
        moved = meter(part_of(watch, 0.0, 0.3), "second", sum((backup / name).stat().st_size for name in FILES))
        for name in (*FILES, LIST_NAME):
            copied(backup / name, partial / name, moved)
        copy_photo_folder(backup, partial, _as_second(part_of(watch, 0.3, 0.6)))
        check_files(partial, read_list(backup)[0], _as_second(part_of(watch, 0.6, 1.0)))
        watch(1.0, "second")
    return folder / backup.name


def _as_second(watch: Watch) -> Watch:
    """Whatever part of it is done, it is the second copy that is made."""
    return lambda part, _stage: watch(part, "second")


def thin_backups(found: Sequence[BackupFacts], at: datetime) -> tuple[Path, ...]:
    """Let the backups go that newer ones stand in for (storage.thinning); returns their paths.

    found: the backups of one folder, all of this practice. One that cannot be removed stays for the next time.
    """
    gone = []
    for place in superseded([facts.made_at for facts in found], at):
        path = found[place].path
        going = path.with_name(f"{_GOING}{path.name.removeprefix(_PREFIX)}")
        try:
            path.replace(going)  # half a backup never lies there under the name of a whole one
            shutil.rmtree(going)
        except OSError:
            continue
        gone.append(path)
    return tuple(gone)
