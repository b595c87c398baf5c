"""Photos in a backup: encrypted files that never change, so that only new ones are copied.

The rest are links to the copies of the backup before, where the disk knows links; each backup stays whole by itself.
photos.json names every file with its SHA-256.
"""

import json
import os
import shutil
from pathlib import Path
from typing import Any

from mesomap.domain.errors import DamagedError
from mesomap.storage.copying import Moved, Watch, copied, meter, sha256_of, uncounted, unwatched
from mesomap.storage.files import make_private_folder, sync_folder, write_atomic

PHOTO_LIST = "photos.json"
FOLDER = "photos"
_MAX_LIST_BYTES = 1 << 26


def photo_files(folder: Path) -> dict[str, Path]:
    """Photos of a home by their name inside the folder; what begins with a dot is unfinished."""
    if not folder.is_dir():
        return {}
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path for path in found}


def keep_photos(
    source: Path, target: Path, latest: Path | None, doubtful: frozenset[str] = frozenset(), watch: Watch = unwatched
) -> frozenset[str]:
    """Put the photos of a home into a backup in the making and write their list; nothing when there are none. Returns
    the names of those that were copied; the others are links to their copies in `latest`.

    target: the photos folder of the backup. latest: an older backup with photos on the same disk, None without one.
    doubtful: names that are copied anew in any case. Raises OSError, and whatever `watch` raises.
    """
    files = photo_files(source)
    if not files:
        return frozenset()
    moved = meter(watch, "photos", sum(path.stat().st_size for path in files.values()))
    before = _listed_in(latest)
    new: set[str] = set()
    listed: dict[str, str] = {}
    folders = {target}
    make_private_folder(target)
    for name, path in files.items():
        copy = target / name
        folders.add(copy.parent)
        make_private_folder(copy.parent)
        kept, digest = before.get(name, (None, ""))
        if kept is not None and name not in doubtful and _linked(kept, copy, path.stat().st_size):
            moved(path.stat().st_size)
        else:
            digest = copied(path, copy, moved)
            new.add(name)
        listed[name] = digest
    for folder in folders:
        sync_folder(folder)
    write_atomic(target.parent / PHOTO_LIST, json.dumps(listed, indent=0).encode("utf-8"))
    return frozenset(new)


def latest_with_photos(folder: Path) -> Path | None:
    """The newest backup in the folder that holds photos."""
    return next((backup for backup in sorted(folder.glob("mesomap-*"), reverse=True) if _read_list(backup)), None)


def _listed_in(backup: Path | None) -> dict[str, tuple[Path, str]]:
    """Where a backup keeps each photo, and its SHA-256."""
    if backup is None:
        return {}
    return {name: (backup / FOLDER / name, digest) for name, digest in _read_list(backup).items()}


def _read_list(backup: Path) -> dict[str, str]:
    try:
        with (backup / PHOTO_LIST).open("rb") as stream:
            body: Any = json.loads(stream.read(_MAX_LIST_BYTES))
        return {str(name): str(digest) for name, digest in body.items()}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def _linked(kept: Path, copy: Path, size: int) -> bool:
    try:
        if kept.stat().st_size != size:
            return False
        os.link(kept, copy)
    except OSError:
        return False
    return True


def checked_photos(backup: Path, moved: Moved = uncounted) -> tuple[str, ...]:
    """Names of the photos of a backup, each as its list says. Raises DamagedError, OSError, what `moved` raises."""
    listed = _read_list(backup)
    there = photo_files(backup / FOLDER)
    if listed.keys() != there.keys():
        raise DamagedError(f"“{backup}” lacks photos or holds others. It was not used; choose another one.")
    for name, path in there.items():
        if sha256_of(path, moved) != listed[name]:
            raise DamagedError(f"A photo in “{backup}” is damaged. It was not used; choose another one.")
    return tuple(there)


def put_back_photos(backup: Path, target: Path, moved: Moved = uncounted) -> int:
    """Copy the photos of a backup that the folder lacks; returns how many there were to copy. Raises OSError, and
    whatever `moved` raises.
    """
    count = 0
    for name, path in photo_files(backup / FOLDER).items():
        place = target / name
        if place.exists():
            continue
        make_private_folder(place.parent)
        partial = place.with_name(f".{place.name}.restoring")
        partial.unlink(missing_ok=True)
        copied(path, partial, moved)
        partial.replace(place)
        count += 1
    if count:
        sync_folder(target)
    return count


def copy_photo_folder(backup: Path, copy: Path, watch: Watch = unwatched) -> None:
    """The photos of one backup into another that is in the making, with their list. Raises OSError, and whatever
    `watch` raises.
    """
    if not (backup / PHOTO_LIST).exists():
        return
    keep_photos(backup / FOLDER, copy / FOLDER, latest_with_photos(copy.parent), watch=watch)
    shutil.copyfile(backup / PHOTO_LIST, copy / PHOTO_LIST)
